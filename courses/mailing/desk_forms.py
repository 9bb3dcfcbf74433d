from django import forms
from django.utils.translation import gettext_lazy

from courses.mailing.lines import LONGEST_ADDRESS


class AddressForm(forms.Form):
    address = forms.EmailField(
        label=gettext_lazy("Address"),
        max_length=LONGEST_ADDRESS,
        help_text=gettext_lazy("Correct it if it was mistyped. The address of the account stays as it is."),
    )


class CameBackForm(forms.Form):
    """A choice and no free text: notices quote addresses and numbers of people."""

    why = forms.ChoiceField(
        label=gettext_lazy("What the notice says"),
        widget=forms.RadioSelect,
        choices=[
            ("unknown", gettext_lazy("There is no such address")),
            ("full", gettext_lazy("The mailbox is full")),
            ("refused", gettext_lazy("The mail was not accepted there")),
            ("other", gettext_lazy("Something else")),
        ],
    )

    @property
    def words(self):
        return str(dict(self.fields["why"].choices)[self.cleaned_data["why"]])
