"""Forms of the room: a sheet typed in, and the survey."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.people.careful import CarefulForm, FreeTextField
from courses.room.freezing import LETTERS
from courses.room.survey import SCALE, STATEMENTS


class SheetForm(CarefulForm):
    """One answer sheet. What it says is read by `compact`."""

    row = forms.CharField(
        label=gettext_lazy("Row"), max_length=6, help_text=gettext_lazy("As on the sheet: 14, or W2.")
    )
    letter = forms.ChoiceField(
        label=gettext_lazy("Form"), choices=[(letter, letter) for letter in LETTERS], widget=forms.RadioSelect
    )
    answers = forms.CharField(
        label=gettext_lazy("Answers"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "spellcheck": "false"}),
        help_text=gettext_lazy(
            "Such as: 1 B, 2 AC, 3 D, 4 -, 5 18. A hyphen where the sheet is empty, ? for “not sure”. "
            "Lines to be matched: 6 BAC. An order: 7 312. The parts of a case: 8 B/AC."
        ),
    )
    reason = FreeTextField(
        label=gettext_lazy("Why it is corrected"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("The entry before stays on record. Write nothing about a case here."),
    )


class SurveyForm(CarefulForm):
    """The survey. `said` is what `survey.reply` keeps."""

    helped = FreeTextField(
        label=gettext_lazy("What helped you most?"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Write nothing about a victim or a case, and no names."),
    )
    better = FreeTextField(
        label=gettext_lazy("What should be better next time?"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Write nothing about a victim or a case, and no names."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, words in STATEMENTS.items():
            self.fields[name] = forms.TypedChoiceField(
                label=words,
                choices=SCALE,
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
            )
        self.order_fields([*STATEMENTS, "helped", "better", "no_case"])

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not any(cleaned.values()):
            raise forms.ValidationError(_("Answer at least one question."))
        return cleaned

    @property
    def said(self):
        cleaned = self.cleaned_data
        marks = {name: cleaned[name] for name in STATEMENTS if cleaned[name]}
        return {"marks": marks, "helped": cleaned["helped"], "better": cleaned["better"]}
