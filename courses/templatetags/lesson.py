"""Tags for the blocks of a lesson."""

from hashlib import blake2s

from django import template
from django.urls import reverse
from django.utils.translation import ngettext

from courses.catalogue import sizes
from courses.catalogue.addresses import address_of
from courses.directory import book

register = template.Library()


@register.simple_tag
def contacts(roles, post=None):
    """{% contacts value.roles post as entries %}: directory lines for a duty station."""
    return book.entries_for(roles or [], post or None)


@register.simple_tag(takes_context=True)
def part_url(context, page, part):
    """Where a part of the course page opens; inside a preview, its preview."""
    if preview := context.get("preview"):
        return preview.url_of(part)
    return address_of(page, part)


@register.simple_tag(takes_context=True)
def course_url(context, page):
    """The course's outline; inside a preview, its preview."""
    preview = context.get("preview")
    return preview.url_of_course(page) if preview else reverse("course", args=[page.slug])


@register.simple_tag(takes_context=True)
def home_url(context):
    """Where people go who stop for now; inside a preview, to its beginning."""
    preview = context.get("preview")
    return preview.home if preview else reverse("home")


# On a phone the third part of a page lies below what is seen.
SEEN_AT_ONCE = 2


@register.filter
def seen_at_once(blocks):
    """The id of the picture that is seen without scrolling; the others load when they come near."""
    return next((block.id for block in list(blocks)[:SEEN_AT_ONCE] if block.block_type == "picture"), None)


register.filter("size_of", sizes.size_of)


@register.filter
def mark(text):
    """A short name made of a text, to tie parts of one block together."""
    return blake2s(str(text).encode(), digest_size=4).hexdigest()


@register.filter
def duration(minutes):
    """Minutes as people say them: 285 is "4 hours 45 minutes"."""
    hours, rest = divmod(int(minutes), 60)
    parts = []
    if hours:
        parts.append(ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours})
    if rest or not hours:
        parts.append(ngettext("%(n)s minute", "%(n)s minutes", rest) % {"n": rest})
    return " ".join(parts)
