"""Tags for what somebody can do in the room."""

from django import template
from django.utils import timezone

from courses.room.links import links_of, papers_of, workshop_of

register = template.Library()


@register.simple_tag
def room_links(registration):
    """{% room_links registration as links %}"""
    return links_of(registration, timezone.now())


@register.simple_tag
def room_papers(workshop):
    """{% room_papers workshop as tests %}"""
    return papers_of(workshop)


@register.simple_tag
def room_workshop(attempt):
    """{% room_workshop attempt as workshop %}: where the attempt was a test in the room, or None."""
    return workshop_of(attempt)
