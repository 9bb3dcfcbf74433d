"""Tags for phones and slow lines."""

from django import template

from lms.offline import bundles, less_data

register = template.Library()


@register.simple_tag(takes_context=True)
def less_data_choices(context):
    """{% less_data_choices as choices %}: [(value, words, whether it is chosen), ...] on this device."""
    chosen = less_data.choice_of(context["request"])
    return [(choice.value, choice.label, choice == chosen) for choice in less_data.Choice]


@register.simple_tag(takes_context=True)
def saving_of(context, standing):
    """{% saving_of standing as bundle %}: what saving the course takes, where that is known; see `bundles`."""
    return bundles.known(standing, standing.person, less=context["request"].less_data)
