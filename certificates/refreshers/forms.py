from django import forms
from django.utils.translation import gettext as _

from certificates.refreshers.asking import asked


class CheckForm(forms.Form):
    """The questions of a call, each with one answer to choose."""

    def __init__(self, *args, questions, **kwargs):
        super().__init__(*args, **kwargs)
        self.questions = questions
        for question in questions:
            body, _key = asked(question)
            self.fields[name_of(question)] = forms.ChoiceField(
                label=body["stem"],
                choices=[(one["id"], one["text"]) for one in body["options"]],
                widget=forms.RadioSelect,
            )

    def chosen(self):
        return {question.pk: self.cleaned_data[name_of(question)] for question in self.questions}

    def tell_wrong(self, wrong):
        for question in wrong:
            self.add_error(name_of(question), _("This is not right. Read once more what has changed."))


def name_of(question):
    return f"question-{question.pk}"
