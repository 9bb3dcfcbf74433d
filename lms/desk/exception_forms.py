"""What is asked before an exception: always the reason."""

import uuid
from decimal import Decimal

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateInput

from courses.people.careful import CarefulForm, FreeTextField


class ExceptionForm(CarefulForm):
    reason = FreeTextField(
        label=gettext_lazy("Reason"),
        max_length=400,
        help_text=gettext_lazy(
            "Kept with the exception, for the office. This is not where you report a case: "
            "write nothing about a case, and nothing about anybody's health."
        ),
    )


class DueForm(ExceptionForm):
    due_on = forms.DateField(label=gettext_lazy("New date"), widget=AdminDateInput)
    field_order = ["due_on", "reason"]

    def __init__(self, *args, was, **kwargs):
        super().__init__(*args, **kwargs)
        self.was = was

    def clean_due_on(self):
        day = self.cleaned_data["due_on"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("This day has passed."))
        if self.was and day <= self.was:
            raise forms.ValidationError(_("Choose a day after the date there is."))
        return day


class RecogniseForm(ExceptionForm):
    parts = forms.TypedMultipleChoiceField(
        label=gettext_lazy("What was learnt there"), widget=forms.CheckboxSelectMultiple, coerce=uuid.UUID
    )
    source = FreeTextField(
        label=gettext_lazy("Where"),
        max_length=200,
        help_text=gettext_lazy("The course and who gave it, as on the certificate or letter you have seen."),
    )
    learnt_on = forms.DateField(label=gettext_lazy("Completed there on"), widget=AdminDateInput)
    hours = forms.DecimalField(
        label=gettext_lazy("Hours there"), min_value=Decimal("0.5"), max_value=2000, decimal_places=1
    )
    field_order = ["parts", "source", "learnt_on", "hours", "reason"]

    def __init__(self, *args, parts, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parts"].choices = [(str(part.key), part.title) for part in parts]

    def clean_learnt_on(self):
        day = self.cleaned_data["learnt_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet."))
        return day


class TimeForm(ExceptionForm):
    MINUTES = "minutes"

    how_much = forms.ChoiceField(
        label=gettext_lazy("Extra time, in all"),
        widget=forms.RadioSelect,
        choices=[
            ("25", gettext_lazy("A quarter more (25 per cent)")),
            ("50", gettext_lazy("Half as much again (50 per cent)")),
            ("100", gettext_lazy("Twice the time (100 per cent)")),
            (MINUTES, gettext_lazy("As many minutes as I write below")),
        ],
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes of extra time"), min_value=1, max_value=600, required=False
    )
    field_order = ["how_much", "minutes", "reason"]

    def clean(self):
        """Gives what the verb takes: the reason, and one of two measures."""
        cleaned = super().clean()
        how_much, minutes = cleaned.pop("how_much", None), cleaned.pop("minutes", None)
        if how_much != self.MINUTES:
            return {**cleaned, "per_cent": how_much and int(how_much)}
        if minutes is None and "minutes" not in self.errors:
            self.add_error("minutes", _("Write how many minutes."))
        return {**cleaned, "minutes": minutes}


class EndForm(ExceptionForm):
    HAND_IN, VOID = "hand_in", "void"

    how = forms.ChoiceField(
        label=gettext_lazy("What happens to it"),
        widget=forms.RadioSelect,
        choices=[
            (
                VOID,
                gettext_lazy(
                    "End it without counting it: it gets no result and uses up no attempt. "
                    "The person can start again. For a failure that was not theirs."
                ),
            ),
            (
                HAND_IN,
                gettext_lazy(
                    "Hand it in as it stands: it is marked, questions without an answer get no points, "
                    "and it counts as an attempt."
                ),
            ),
        ],
    )
    field_order = ["how", "reason"]
