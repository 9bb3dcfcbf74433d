from django import forms
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

from courses.people.telltale import telltale
from courses.pocket_cards.sizing import back_fits, front_fits

WRITTEN = ["steps", "signs", "phrases", "note"]


class PocketCardForm(WagtailAdminModelForm):
    """Numbers and addresses stand in the directory alone, and what is written fits on paper."""

    def clean(self):
        cleaned = super().clean()
        for name in WRITTEN:
            found = next(filter(None, map(telltale, _texts(cleaned.get(name)))), "")
            if found:
                message = _("“%(found)s” is a number or an address. Choose the contact for it instead.")
                self.add_error(name, forms.ValidationError(message, params={"found": found}))
        if not self.errors:
            self._check_size(cleaned)
        return cleaned

    def _check_size(self, cleaned):
        phrases = [(block.value["english"], block.value["spanish"]) for block in cleaned["phrases"]]
        if not front_fits(_texts(cleaned["steps"]), _texts(cleaned["signs"])):
            self.add_error("steps", _("Steps and signs do not fit on one side of the card."))
        if not back_fits(cleaned["contacts"], phrases):
            self.add_error("phrases", _("Contacts and phrases do not fit on one side of the card."))


def _texts(value):
    if value is None or isinstance(value, str):
        return [value or ""]
    texts = []
    for block in value:
        texts += block.value.values() if hasattr(block.value, "values") else [block.value]
    return [text or "" for text in texts]
