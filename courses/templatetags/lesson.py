"""Tags for the blocks of a lesson."""

from hashlib import blake2s

from django import template

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
