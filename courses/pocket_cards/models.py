from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import CharBlock, ChoiceBlock, StructBlock
from wagtail.models import PreviewableMixin, RevisionMixin

from courses.directory import book
from courses.directory.models import ContactRole
from courses.fields import BlocksField
from courses.people.models import Sector
from courses.pocket_cards.forms import PocketCardForm
from courses.procedures.choosing import ClauseChooserBlock
from courses.procedures.register import clauses_with

# What fits on both sides of a card of 85 x 54 mm.
STEPS = SIGNS = PHRASES = 6
CONTACTS = 8
CLAUSES = 8


class PhraseBlock(StructBlock):
    english = CharBlock(label=_("English"), max_length=50)
    spanish = CharBlock(label=_("Spanish"), max_length=50)
    purpose = CharBlock(
        label=_("When to say it"), required=False, max_length=60, help_text=_("On the screen, not on paper.")
    )

    class Meta:
        icon = "openquote"
        label = _("Phrase")


class PocketCard(PreviewableMixin, RevisionMixin, models.Model):
    """What people of one sector carry with them at work. Telephone numbers come from the directory."""

    sector = models.OneToOneField(
        Sector, models.PROTECT, related_name="pocket_card", verbose_name=_("for the people of")
    )
    steps = BlocksField(
        [("step", CharBlock(label=_("Step"), max_length=110))],
        verbose_name=_("steps"),
        min_num=1,
        max_num=STEPS,
        help_text=_("What to do, in this order. They are numbered by themselves."),
    )
    contacts = BlocksField(
        [("contact", ChoiceBlock(label=_("Contact"), choices=ContactRole.choices))],
        verbose_name=_("whom to call"),
        min_num=1,
        max_num=CONTACTS,
        help_text=_("The numbers come from the directory, also those for a post abroad."),
    )
    signs = BlocksField(
        [("sign", CharBlock(label=_("Sign"), max_length=80))],
        verbose_name=_("signs"),
        blank=True,
        max_num=SIGNS,
    )
    phrases = BlocksField([("phrase", PhraseBlock())], verbose_name=_("phrases"), blank=True, max_num=PHRASES)
    note = models.CharField(_("note at the end"), max_length=90, blank=True)
    clauses = BlocksField(
        [("clause", ClauseChooserBlock(label=_("Clause")))],
        verbose_name=_("clauses it goes by"),
        blank=True,
        default=list,
        max_num=CLAUSES,
        help_text=_("On the screen and on a card kept on a device, not on paper."),
    )

    panels = [
        FieldPanel("sector"),
        FieldPanel("steps"),
        FieldPanel("contacts"),
        FieldPanel("signs"),
        FieldPanel("phrases"),
        FieldPanel("note"),
        FieldPanel("clauses"),
    ]
    base_form_class = PocketCardForm

    class Meta:
        ordering = ["sector__order", "sector__name"]
        verbose_name = _("pocket card")
        verbose_name_plural = _("pocket cards")

    def __str__(self):
        return str(self.sector)

    def lines(self, post=None):
        """The directory's lines for its contacts, at a duty station. What the directory lacks is left out."""
        return book.entries_for(dict.fromkeys(block.value for block in self.contacts), post)

    def cited(self):
        """The Clauses it goes by, as they are called now."""
        return clauses_with([block["value"] for block in self.clauses.raw_data])

    def get_preview_template(self, request, mode_name):
        return "courses/pocket_cards/preview.html"

    def get_preview_context(self, request, mode_name):
        return {"request": request, "card": self, "lines": self.lines(), "clauses": self.cited(), "post": None}
