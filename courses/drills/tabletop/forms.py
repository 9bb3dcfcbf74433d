from django import forms
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

from courses.people.telltale import telltale

WRITTEN = ["roles", "duties", "injects", "questions"]


class TableTopForm(WagtailAdminModelForm):
    """What cannot be held is told where it is written, before anybody prints it."""

    def clean(self):
        cleaned = super().clean()
        for name in WRITTEN:
            found = next(filter(None, (telltale(text) for text in _texts(cleaned.get(name)))), "")
            if found:
                message = _("“%(found)s” looks like somebody's number or address. Everything here is invented.")
                self.add_error(name, forms.ValidationError(message, params={"found": found}))
        if not self.errors:
            for name in cleaned:
                setattr(self.instance, name, cleaned[name])
            for field, sentences in self.instance.problems().items():
                self.add_error(field, [forms.ValidationError(sentence) for sentence in sentences])
        return cleaned


def _texts(stream):
    for block in stream or ():
        parts = block.value.values() if hasattr(block.value, "values") else [block.value]
        yield from (part for part in parts if isinstance(part, str))
