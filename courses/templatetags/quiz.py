"""Tags for taking a quiz."""

from django import template

register = template.Library()


@register.simple_tag
def attempt_url(attempt, name, *args, **query):
    """{% attempt_url attempt "attempt_question" n from="review" %}: of an attempt or of a `trying.Try`."""
    return attempt.url_of(name, *args, **query)
