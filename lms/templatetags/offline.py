"""Tags for phones and slow lines."""

from django import template

from lms.offline import less_data

register = template.Library()


@register.simple_tag(takes_context=True)
def less_data_choices(context):
    """{% less_data_choices as choices %}: [(value, words, whether it is chosen), ...] on this device."""
    chosen = less_data.choice_of(context["request"])
    return [(choice.value, choice.label, choice == chosen) for choice in less_data.Choice]
