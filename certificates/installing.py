from django.db import transaction

from certificates.models import ATTENDANCE_WORDS, CourseDesign, Design, DesignSignature
from courses.choices import CertificateKind


@transaction.atomic
def install_design(course):
    """First designs, for a course and for workshops, with two lines for ink. Not where there is any."""
    if Design.objects.exists():
        return None
    design = Design(
        name="National certificate",
        programme="National Training Programme",
        signatures=_lines(),
        courses=[CourseDesign(course=course)],
    )
    design.save()
    Design(
        name="National statement of attendance",
        kind=CertificateKind.ATTENDANCE,
        programme=design.programme,
        signatures=_lines(),
        **ATTENDANCE_WORDS,
    ).save()
    return design


def _lines():
    return [
        DesignSignature(blank_title="Permanent Secretary", sort_order=0),
        DesignSignature(blank_title="Capacity-Building Focal Point", sort_order=1),
    ]
