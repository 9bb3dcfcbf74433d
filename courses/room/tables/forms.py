from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.drills.tabletop import deck, scoring
from courses.people.careful import CarefulForm, FreeTextField
from courses.room.tables.models import MOST_TABLES

MARKS = [
    (scoring.DONE, gettext_lazy("Done")),
    (scoring.PROMPTED, gettext_lazy("After a prompt")),
    (scoring.MISSED, gettext_lazy("Missed")),
]
PROBLEMS = {
    deck.UNREADABLE: gettext_lazy(
        "At card %(at)d the sheet says “%(said)s”, which cannot be read. Type such as 1B 7A 3C."
    ),
    deck.OTHER_CARD: gettext_lazy(
        "The way so far leads to card %(at)d, and the sheet goes on with “%(said)s”. "
        "Look at the letter before it."
    ),
    deck.NO_LETTER: gettext_lazy("Card %(at)d has no choice as in “%(said)s”."),
    deck.AFTER_THE_END: gettext_lazy(
        "The case ends with card %(at)d, and the sheet goes on with “%(said)s”. Look at the letter before it."
    ),
}


class TableForm(CarefulForm):
    """The sheet of a table: `cleaned_data["log"]` is its way, as `deck.read` gives it."""

    table = forms.IntegerField(label=gettext_lazy("Table"), min_value=1, max_value=MOST_TABLES)
    way = forms.CharField(
        label=gettext_lazy("The way it took"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off", "spellcheck": "false"}),
        help_text=gettext_lazy(
            "Card and letter of each decision, such as: 1B 7A 3C. Where time was up, stop at the last one."
        ),
    )
    absent = forms.MultipleChoiceField(
        label=gettext_lazy("Agencies that nobody played"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    reason = FreeTextField(
        label=gettext_lazy("Why it is corrected"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("What was entered before stays on record. Write no names here."),
    )

    def __init__(self, *args, held, cards, **kwargs):
        super().__init__(*args, **kwargs)
        self.cards = cards
        names = [one["agency"] for one in held.edition.content["roles"]]
        self.fields["absent"].choices = [(name, name) for name in names]

    def clean(self):
        cleaned = super().clean()
        if "way" in cleaned:
            cleaned["log"], problems = deck.read(cleaned["way"], self.cards)
            for problem in problems:
                facts = {"at": problem.at, "said": problem.said[:20]}
                self.add_error("way", PROBLEMS[problem.code] % facts)
        if len(cleaned.get("absent", ())) == len(self.fields["absent"].choices):
            self.add_error("absent", _("Somebody sat at the table: leave one agency unticked at least."))
        return cleaned


class MarksForm(forms.Form):
    """Whether each agency did what it was asked. `marks`: as `holding.enter` takes them."""

    def __init__(self, *args, duties, **kwargs):
        super().__init__(*args, **kwargs)
        for duty in duties:
            self.fields[f"duty-{duty['id']}"] = forms.ChoiceField(
                label=f"{duty['agency']}: {duty['text']}", choices=MARKS, widget=forms.RadioSelect
            )

    @property
    def marks(self):
        return {name.removeprefix("duty-"): mark for name, mark in self.cleaned_data.items()}
