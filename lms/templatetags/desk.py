"""Tags for the focal point's desk."""

from django import template
from django.utils import timezone

register = template.Library()


@register.inclusion_tag("lms/desk/content_checks.html")
def content_checks(page):
    """What stops a page or a question from being published, and what its author may look at again."""
    if not hasattr(page, "notes") or page.pk is None:
        return {"at": None}
    return {"problems": page.problems(), "notes": page.notes(), "at": timezone.localtime()}
