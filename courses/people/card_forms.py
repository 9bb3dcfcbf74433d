"""Signing in with a code card."""

from allauth.account.adapter import get_adapter
from allauth.account.app_settings import EmailVerificationMethod
from allauth.account.internal import flows
from allauth.account.models import Login
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.people import devices
from courses.people.forms import OwnDeviceField

# Of what people type: the code with dashes and spaces, a number with its country.
LONGEST_CODE, LONGEST_NUMBER = 40, 40


class CardForm(forms.Form):
    number = forms.CharField(
        label=gettext_lazy("Your service number or telephone number"),
        max_length=LONGEST_NUMBER,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": gettext_lazy("Enter your service number or telephone number.")},
    )
    code = forms.CharField(
        label=gettext_lazy("The code on your card"),
        help_text=gettext_lazy("Twelve letters and digits. Capitals, spaces and dashes do not matter."),
        max_length=LONGEST_CODE,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": gettext_lazy("Enter the code on your card.")},
    )
    own_device = OwnDeviceField()

    def __init__(self, *args, request=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.request = request
        self.user = None

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        # The adapter counts the failures, as it does for passwords.
        self.user = get_adapter().authenticate(self.request, card=cleaned["number"], password=cleaned["code"])
        if self.user is None:
            raise forms.ValidationError(
                _(
                    "This number and this code do not belong together. Check both. If the card is old, ask "
                    "the training team for a new one."
                )
            )
        return cleaned

    def login(self, request, redirect_url=None):
        """allauth's own way in, without the question for a confirmed address: there may be none."""
        flows.login.record_authentication(request, self.user, method="code_card")
        login = Login(
            user=self.user, redirect_url=redirect_url, email_verification=EmailVerificationMethod.NONE
        )
        response = flows.login.perform_login(request, login)
        devices.remember_choice(request, own=self.cleaned_data["own_device"] == "yes")
        return response
