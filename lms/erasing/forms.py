from django import forms
from django.utils.translation import gettext_lazy as _

from courses.choices import ErasureWhy


class AskForm(forms.Form):
    why = forms.ChoiceField(label=_("Why"), choices=ErasureWhy.choices, widget=forms.RadioSelect)
    filed_as = forms.CharField(
        label=_("Where the request is filed"),
        max_length=200,
        required=False,
        help_text=_("The number of the file, not what is in it: this stays."),
    )


class ConfirmForm(forms.Form):
    sure = forms.BooleanField(label=_("I have looked at the request and at the list, and it is this person."))
