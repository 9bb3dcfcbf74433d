"""Free text is stopped once where it may name a victim or a case; who wrote it decides."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.people.fields import PlainTextField
from courses.people.telltale import telltale


class FreeTextField(PlainTextField):
    """What somebody writes in their own words. Belongs in a CarefulForm."""


class CarefulForm(forms.Form):
    """A telephone number, another long number or an address in a FreeTextField stops the form.

    What was typed stays, and a box to tick appears that lets it pass. Templates render the
    visible fields: the box is not among them before.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["no_case"] = forms.BooleanField(
            label=gettext_lazy("This is not about a victim or a case"),
            required=False,
            widget=forms.HiddenInput,
        )

    def full_clean(self):
        super().full_clean()
        # Ticked, and something else is wrong: shown as ticked, so that it is not asked for again.
        if self._errors and self.data.get(self.add_prefix("no_case")):
            self.fields["no_case"].widget = forms.CheckboxInput()

    def clean(self):
        cleaned = super().clean()
        cleaned = self.cleaned_data if cleaned is None else cleaned
        if not cleaned.pop("no_case", False):
            self._stop(cleaned)
        return cleaned

    def _stop(self, cleaned):
        for name, field in self.fields.items():
            found = telltale(cleaned.get(name) or "") if isinstance(field, FreeTextField) else ""
            if found:
                self.fields["no_case"].widget = forms.CheckboxInput()
                self.add_error(
                    name,
                    _(
                        "“%(found)s” looks like a telephone number, an address or a number of somebody. "
                        "This is not where you report a case. Take it out, or tick the box below."
                    )
                    % {"found": found},
                )
