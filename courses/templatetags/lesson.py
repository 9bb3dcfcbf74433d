"""Tags for the blocks of a lesson."""

from hashlib import blake2s

from django import template
from django.utils.translation import ngettext

from courses.directory import book

register = template.Library()


@register.simple_tag
def contacts(roles, post=None):
    """{% contacts value.roles post as entries %}: directory lines for a duty station."""
    return book.entries_for(roles or [], post or None)


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
