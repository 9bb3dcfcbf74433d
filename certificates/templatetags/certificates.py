"""Tags for somebody's own certificates on pages of other areas."""

from django import template

from certificates.records import certificates_at

register = template.Library()


@register.simple_tag
def own_certificates(registration):
    """{% own_certificates registration as certificates %}"""
    return certificates_at(registration)
