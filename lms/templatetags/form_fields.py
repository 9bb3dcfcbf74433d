"""What a form field says when something is wrong with it."""

from django import forms, template
from django.utils.translation import gettext as _

register = template.Library()

CHOSEN = {"select", "radioselect", "checkboxselectmultiple", "selectmultiple"}


@register.filter
def mistakes(field):
    """The errors of a field; "This field is required" becomes words that name the field.

    A summary of three equal sentences tells nobody where to look.
    """
    bare = str(forms.Field.default_error_messages["required"])
    if field.widget_type in CHOSEN:
        named = _("Choose an answer for “%(field)s”.")
    else:
        named = _("Fill in “%(field)s”.")
    return [named % {"field": field.label} if error == bare else error for error in field.errors]
