from django import forms
from django.utils.translation import gettext_lazy as _

from certificates import codes

# Copied from paper: nothing to remember, correct or translate.
TYPED_IN = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}


class VerifyForm(forms.Form):
    """By the printed code, or by number with surname. Whether there is such a one is not its business."""

    code = forms.CharField(
        label=_("Code printed on the certificate"),
        max_length=40,
        required=False,
        help_text=_("Ten letters and digits, such as 7QK4-29HM-X3."),
        widget=forms.TextInput(attrs=TYPED_IN),
    )
    number = forms.CharField(
        label=_("Certificate number"),
        max_length=40,
        required=False,
        help_text=_("Such as SL-2026-00417-K."),
        widget=forms.TextInput(attrs=TYPED_IN),
    )
    surname = forms.CharField(
        label=_("Surname on the certificate"),
        max_length=160,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean(self):
        code, number, surname = (self.cleaned_data.get(name, "") for name in ("code", "number", "surname"))
        if not code and not number:
            raise forms.ValidationError(_("Enter the code, or the number with the surname."))
        if code:
            return
        if not surname:
            self.add_error("surname", _("Enter the surname too."))
        cleaned = codes.clean_number(number)
        if not cleaned or not codes.is_well_formed(cleaned):
            self.add_error(
                "number", _("This is not a number of ours. Look at the last character again, and the digits.")
            )
