"""A design shown with invented facts. A sample is always a specimen."""

from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from certificates.facts import compose, pictures_of
from certificates.sheet import font_faces, html_of, style_sheet

SHORT = "Ann Jules"
LONG = "Marie-Antoinette Philomène Théodora Alexandrine Desrivières-Charlemagne Mondésir de la Grange"


def preview(design, *, long):
    day = timezone.localdate()
    pictures = pictures_of(design, day)
    used_for = design.courses.all()
    facts = compose(
        design,
        pictures,
        day=day,
        name=LONG if long else SHORT,
        agency=_("Name of the agency"),
        rank=_("Rank"),
        course=used_for[0].course.title if used_for else _("Title of the course"),
        minutes=380,
        completed_on=day,
        valid_until=date(day.year + 2, day.month, min(day.day, 28)),
        number=f"{design.prefix}-{day.year}-00000-X",
        token="0" * 32,
        short_code="XXXXXXXXXX",
        specimen=True,
    )
    css = font_faces(lambda file: reverse("certificate-designs:font", args=[file])) + style_sheet()
    return html_of(facts, pictures, preview_css=css)
