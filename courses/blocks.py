"""Small blocks that several areas build on."""

from django.apps import apps
from django.core.cache import caches
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

RICH = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]
RICH_SHORT = ["bold", "italic", "ol", "ul", "link"]


SECTORS = "sector-choices"


def sector_choices():
    """The sectors in use, read when a form is shown, never when code is imported.

    An editor has a list of them in each part of a page, so they are remembered for a minute;
    a sector that is saved forgets them (`courses.people.receivers`).
    """
    remembered = caches["bodies"]
    choices = remembered.get(SECTORS)
    if choices is None:
        Sector = apps.get_model("people", "Sector")
        choices = list(Sector.objects.filter(retired=False).values_list("code", "name"))
        remembered.set(SECTORS, choices, 60)
    return choices


class SectorsBlock(blocks.MultipleChoiceBlock):
    """Tick the sectors that see this part. Nothing ticked: everyone."""

    def __init__(self, **kwargs):
        kwargs.setdefault("choices", sector_choices)
        kwargs.setdefault("required", False)
        kwargs.setdefault("widget", CheckboxSelectMultiple)
        kwargs.setdefault("label", _("Only for these sectors"))
        kwargs.setdefault("help_text", _("Tick nothing to show it to everyone."))
        super().__init__(**kwargs)

    def deconstruct(self):
        # The choices are rows, not schema: a new sector is no migration.
        return ("courses.blocks.SectorsBlock", [], {})
