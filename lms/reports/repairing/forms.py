"""What is right, in the question's own form, and why the key is another one now."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.kinds import BadAnswer, form, keying, kind_of
from courses.kinds.answering import NUMBER, TEXT, option_ids
from courses.kinds.typed import MAX_LENGTH
from courses.people.careful import CarefulForm, FreeTextField
from courses.quizzes.wording import problem_in_words

MOST_TEXTS = 20
PROBLEMS = {
    "all_right": gettext_lazy("Not every answer can be right. Leave at least one out"),
    "bad_tolerance": gettext_lazy("The tolerance is 0 or more"),
}


class ReasonForm(CarefulForm):
    reason = FreeTextField(
        label=gettext_lazy("Reason"),
        max_length=300,
        help_text=gettext_lazy(
            "It is kept with every result that is marked again. This is not where you report a case: write "
            "nothing about a case, and nothing about anybody's health."
        ),
    )


class TakeBackForm(ReasonForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _(
            "It is kept with the result and with what is withdrawn; the office sees it, the public does not. "
            "This is not where you report a case: write nothing about a case, and nothing about anybody's "
            "health."
        )


class KeyForm(ReasonForm):
    """The right answer itself is in the fields of the question, beside those of this form."""

    def __init__(self, *args, edition, key, **kwargs):
        super().__init__(*args, **kwargs)
        self.edition, self.kind = edition, kind_of(edition.kind)
        self.payload = keying.right_answer(edition.kind, key)
        if self.kind.ASKS == TEXT:
            self.fields["accepted"] = forms.CharField(
                label=_("Other answers that are right, one on each line"),
                required=False,
                initial="\n".join(key["right"][1:]),
                widget=forms.Textarea(attrs={"rows": 4}),
                max_length=MOST_TEXTS * MAX_LENGTH,
            )
        if self.kind.ASKS == NUMBER:
            self.fields["tolerance"] = forms.CharField(
                label=_("Tolerance"),
                required=False,
                initial=key["tolerance"],
                max_length=20,
                help_text=_("How far an answer may be away and still be right. 0: exactly this number."),
            )
        self.order_fields(["accepted", "tolerance", "reason"])

    @property
    def asked(self):
        """What the template of a question's fields reads."""
        body = self.edition.body
        return {
            "asks": self.kind.ASKS,
            "several": self.kind.SEVERAL,
            "unit": body.get("unit", ""),
            **self.kind.fields(body, option_ids(body), self.payload),
        }

    def clean(self):
        cleaned = super().clean()
        if not hasattr(self.data, "lists"):
            return cleaned
        self.payload = form.read({name: values for name, values in self.data.lists() if name != "no_case"})
        try:
            cleaned["key"] = keying.read_key(
                self.edition.kind,
                self.edition.body,
                self.payload,
                accepted=[line for line in cleaned.get("accepted", "").splitlines() if line.strip()][
                    :MOST_TEXTS
                ],
                tolerance=cleaned.get("tolerance") or "0",
            )
        except BadAnswer as refused:
            words = PROBLEMS.get(refused.code) or problem_in_words(
                refused.code, may_be_unsure=False, places=refused.places
            )
            self.add_error(None, words)
        return cleaned
