"""What goes by a clause, for whoever reads it."""

from django import template

from courses.progress.citing import parts_citing

register = template.Library()


@register.simple_tag
def places_citing(clause, person):
    """{% places_citing clause person as places %}"""
    return parts_citing(person, clause)
