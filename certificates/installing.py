from django.db import transaction

from certificates.models import CourseDesign, Design, DesignSignature


@transaction.atomic
def install_design(course):
    """A first design for a course, with two lines for ink. Where there is any design, nothing is done."""
    if Design.objects.exists():
        return None
    design = Design(
        name="National certificate",
        programme="National Training Programme",
        signatures=[
            DesignSignature(blank_title="Permanent Secretary", sort_order=0),
            DesignSignature(blank_title="Capacity-Building Focal Point", sort_order=1),
        ],
        courses=[CourseDesign(course=course)],
    )
    design.save()
    return design
