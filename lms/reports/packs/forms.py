from django import forms
from django.utils.translation import gettext_lazy as _

from courses.people.careful import CarefulForm, FreeTextField


class ReasonForm(CarefulForm):
    """Why figures are corrected."""

    reason = FreeTextField(label=_("What was wrong"), max_length=300)


class WordsForm(CarefulForm):
    """A sentence of a report. Line breaks become spaces."""

    text = FreeTextField(
        label=_("The sentence"), max_length=1500, widget=forms.Textarea(attrs={"rows": 5, "class": "wide"})
    )
