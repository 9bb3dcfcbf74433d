"""Tags for what somebody can do in the room."""

from django import template
from django.utils import timezone

from courses.room.links import links_of

register = template.Library()


@register.simple_tag
def room_links(registration):
    """{% room_links registration as links %}"""
    return links_of(registration, timezone.now())
