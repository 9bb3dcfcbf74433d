"""What a table-top exercise is written with: role cards, what each agency is asked to do, and injects."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.catalogue.blocks import ClausesBlock

AGENCY = _("Agency")
AT = _("At the situation")
AT_HELP = _("The short name of a situation of the scenario, such as “door”.")


class RoleBlock(blocks.StructBlock):
    agency = blocks.CharBlock(
        label=AGENCY, max_length=60, help_text=_("As it is called at the table, such as “Health”.")
    )
    who = blocks.TextBlock(label=_("Who you are"), rows=2, max_length=300)
    knows = blocks.TextBlock(
        label=_("What you know, and the others do not"), required=False, rows=3, max_length=600
    )
    can = blocks.TextBlock(label=_("What only you can do"), required=False, rows=3, max_length=600)

    class Meta:
        icon = "group"
        label = _("Role card")
        label_format = "{agency}"


class DutyBlock(blocks.StructBlock):
    agency = blocks.CharBlock(label=AGENCY, max_length=60, help_text=_("As on its role card."))
    at = blocks.CharBlock(label=AT, max_length=40, help_text=AT_HELP)
    text = blocks.TextBlock(
        label=_("What the procedure asks of this agency here"),
        rows=2,
        max_length=240,
        help_text=_("Something that a trainer at the table can see or hear done."),
    )
    clauses = ClausesBlock()

    class Meta:
        icon = "tick"
        label = _("Duty")
        label_format = "{agency}: {text}"


class InjectBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=80)
    text = blocks.TextBlock(label=_("What becomes known"), rows=3, max_length=600)
    to = blocks.CharBlock(
        label=_("Handed to"), required=False, max_length=60, help_text=_("An agency. Empty: the whole table.")
    )
    at = blocks.CharBlock(label=AT, max_length=40, help_text=AT_HELP)
    minute = blocks.IntegerBlock(
        label=_("At the latest after minutes"),
        min_value=1,
        max_value=480,
        help_text=_("Handed out then, also where the table has not come to the situation."),
    )

    class Meta:
        icon = "mail"
        label = _("Inject")
        label_format = "{title}"
