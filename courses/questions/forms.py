"""Forms in which questions are written, and in which many of the bank are put in order."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.catalogue.gate_form import GatedForm, GatedPageForm
from courses.choices import Topic
from courses.people.fields import PlainTextField
from courses.people.telltale import telltale


class _AsksAnew:
    """Whether a change is a slip or a new meaning is said for one publishing: once it is published,
    the next edit begins with nothing said, and whoever changes an answered question says it anew.

    The draft may differ from what is live in another question, or in nothing at all: what is written
    as it was last published has nothing to say yet, whatever else waits to be published.
    """

    questions_field = "body"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            return
        blocks = dict(enumerate(self.initial.get(self.questions_field, ())))
        said = {n for n, block in blocks.items() if block.value.get("change")}
        if said and (not self.instance.live or self.instance.has_unpublished_changes):
            said &= self.instance.places_as_frozen()
        for n in said:
            blocks[n].value["change"] = ""


class BankQuestionForm(_AsksAnew, GatedForm):
    pass


class QuizPageForm(_AsksAnew, GatedPageForm):
    questions_field = "questions"


class TagsField(PlainTextField):
    """Tags with commas between them, as a list."""

    def to_python(self, value):
        tags = [tag for part in (super().to_python(value) or "").split(",") if (tag := part.strip())]
        if any(len(tag) > 100 for tag in tags):
            raise forms.ValidationError(_("Use shorter tags."))
        return tags


class NewTagsField(TagsField):
    """No tag is ever somebody's number: here is no box that lets it pass."""

    def to_python(self, value):
        tags = super().to_python(value)
        for tag in tags:
            if found := telltale(tag):
                raise forms.ValidationError(
                    _(
                        "“%(found)s” looks like a telephone number, an address or a number of somebody. "
                        "Take it out: everybody who writes reads the tags."
                    )
                    % {"found": found}
                )
        return tags


class ClassifyForm(forms.Form):
    topic = forms.ChoiceField(
        choices=[("", gettext_lazy("Leave as it is")), *Topic.choices],
        required=False,
        label=gettext_lazy("Topic"),
    )
    module = PlainTextField(
        required=False,
        max_length=12,
        label=gettext_lazy("Module"),
        help_text=gettext_lazy("For example C1. Empty: leave as it is."),
    )
    add = NewTagsField(
        required=False,
        max_length=400,
        label=gettext_lazy("Tags to add"),
        help_text=gettext_lazy("With commas between them. Write nothing about a case here."),
    )
    remove = TagsField(required=False, max_length=400, label=gettext_lazy("Tags to take away"))

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not any(cleaned.values()):
            raise forms.ValidationError(_("Choose what should change."))
        taken = {tag.casefold() for tag in cleaned.get("remove") or ()}
        both = [tag for tag in cleaned.get("add") or () if tag.casefold() in taken]
        if both:
            raise forms.ValidationError(
                _("You add and take away the same: %(tags)s.") % {"tags": ", ".join(both)}
            )
        return cleaned
