"""A design shown with invented facts. A sample is always a specimen."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from certificates.facts import compose, pictures_of
from certificates.sheet import font_faces, html_of, style_sheet
from courses.choices import CertificateKind
from courses.dates import add_months

SHORT = "Ann Jules"
LONG = "Marie-Antoinette Philomène Théodora Alexandrine Desrivières-Charlemagne Mondésir de la Grange"


def preview(design, *, long):
    """The design as HTML, for the desk's preview."""
    used_for = design.courses.all()
    course = used_for[0].course.title if used_for else _("Title of the course")
    if design.kind == CertificateKind.ATTENDANCE:
        course = _("Title of the workshop")
    pictures = pictures_of(design, timezone.localdate())
    facts = facts_of_sample(design, pictures, name=LONG if long else SHORT, course=course)
    css = font_faces(lambda file: reverse("certificate-designs:font", args=[file])) + style_sheet()
    return html_of(facts, pictures, preview_css=css)


def facts_of_sample(design, pictures, *, name, course, months=24):
    day, attends = timezone.localdate(), design.kind == CertificateKind.ATTENDANCE
    return compose(
        design,
        pictures,
        day=day,
        name=name,
        agency=_("Name of the agency"),
        rank=_("Rank"),
        course=course,
        minutes=380,
        completed_on=day,
        valid_until=add_months(day, months) if months and not attends else None,
        number=f"{design.prefix}-{day.year}-00000-X",
        token="0" * 32,
        short_code="XXXXXXXXXX",
        specimen=True,
        kind=design.kind,
        days=[day - timedelta(days=1), day] if attends else [],
        place=_("Name of the place") if attends else "",
    )
