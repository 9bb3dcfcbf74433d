"""Form fields for people: grouped choices that work without script, and careful text."""

from itertools import groupby

from django import forms
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.people.names import NameRefused, clean_name, clean_text

REASONS = {
    "empty": gettext_lazy("Enter the full name."),
    "long": gettext_lazy("Shorten the name to 160 characters or fewer."),
    "letters": gettext_lazy("Enter the name in letters, beginning with a letter."),
    "characters": gettext_lazy("Use only letters, spaces, hyphens, full stops and apostrophes in the name."),
}


class NameField(forms.CharField):
    """A person's name as it will be printed on a certificate."""

    def __init__(self, **kwargs):
        super().__init__(max_length=160, strip=True, **kwargs)

    def to_python(self, value):
        value = super().to_python(value)
        if value in self.empty_values:
            return value
        try:
            return clean_name(value)
        except NameRefused as refused:
            raise forms.ValidationError(REASONS[refused.reason]) from None


class PlainTextField(forms.CharField):
    """One line of text without invisible or direction-changing characters."""

    def to_python(self, value):
        value = super().to_python(value)
        try:
            return clean_text(value)
        except NameRefused:
            raise forms.ValidationError(
                _("Remove the characters that cannot be seen. Typing the text again helps.")
            ) from None


class _Groups(ModelChoiceIterator):
    def __iter__(self):
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        for group, members in groupby(self.queryset, key=self.field.group_of):
            yield (str(group), [self.choice(member) for member in members])


class GroupedModelChoiceField(forms.ModelChoiceField):
    """A select with headings. The queryset must be ordered by what `group_of` gives."""

    iterator = _Groups

    def __init__(self, queryset, *, group_of, **kwargs):
        self.group_of = group_of
        super().__init__(queryset, **kwargs)
