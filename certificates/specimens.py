"""The certificate of a course as it would be printed today, with an invented name. Never issued."""

from django.utils import timezone

from certificates import sample
from certificates.facts import pictures_of
from certificates.issuing import design_of


def specimen_of(course):
    """The bytes of a PDF that says SPECIMEN. Takes no number, keeps nothing."""
    # WeasyPrint takes half a second and 50 MB to load: who never draws does not pay.
    from certificates import pdf  # noqa: PLC0415

    design = design_of(course)
    pictures = pictures_of(design, timezone.localdate())
    facts = sample.facts_of_sample(
        design, pictures, name=sample.SHORT, course=course.title, months=course.validity_months
    )
    return pdf.render(facts, pictures)
