"""What a scenario is written with: situations with choices, and endings."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.catalogue.blocks import AudioBlock, ClausesBlock, FilmBlock, PictureBlock
from courses.choices import CriticalError, DrillStep, EndingKind

NAME = _("Short name")
NAME_HELP = _("One word, such as “door”. Choices say by it where they lead; it also stands in addresses.")


class MediaBlock(blocks.StreamBlock):
    """A picture, a film or a sound from the site's own, as in lessons."""

    picture = PictureBlock()
    film = FilmBlock()
    audio = AudioBlock()

    class Meta:
        max_num = 1
        required = False


class WayOnBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("What people can do"), rows=2, max_length=300)
    to = blocks.CharBlock(
        label=_("Leads to"), max_length=40, help_text=_("The short name of a situation or an ending.")
    )
    points = blocks.IntegerBlock(
        label=_("Points"), default=0, min_value=0, max_value=3, help_text=_("2 for what the procedure asks.")
    )
    consequence = blocks.TextBlock(
        label=_("What follows"),
        rows=2,
        max_length=600,
        help_text=_("What comes of the choice itself. How a victim reacts is never right or wrong."),
    )
    critical = blocks.ChoiceBlock(
        label=_("Critical error"),
        choices=CriticalError.choices,
        required=False,
        help_text=_("Whoever chooses this first has not passed, whatever the points."),
    )

    class Meta:
        icon = "arrow-right"
        label = _("Choice")


class SituationBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=NAME, max_length=40, help_text=NAME_HELP)
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = blocks.TextBlock(label=_("What happens"), rows=5)
    media = MediaBlock(label=_("Picture, film or sound"), required=False)
    step = blocks.ChoiceBlock(label=_("Step of the procedure"), choices=DrillStep.choices)
    asks = blocks.TextBlock(
        label=_("What the procedure asks here"),
        rows=2,
        max_length=600,
        help_text=_("Read afterwards, when people look back at their way."),
    )
    clauses = ClausesBlock()
    choices = blocks.ListBlock(WayOnBlock(), label=_("Choices"), min_num=2, max_num=5)

    class Meta:
        icon = "help"
        label = _("Situation")
        label_format = "{name}: {title}"


class EndingBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=NAME, max_length=40, help_text=NAME_HELP)
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    kind = blocks.ChoiceBlock(label=_("Kind"), choices=EndingKind.choices, default=EndingKind.GOOD)
    text = blocks.TextBlock(
        label=_("How it ends"),
        rows=4,
        help_text=_("What the choices made possible. Never measured by whether a victim co-operates."),
    )
    text_if_missed = blocks.TextBlock(
        label=_("How it ends when a step was missed"),
        required=False,
        rows=3,
        help_text=_("Shown instead to those who came here and have not passed. Empty: the text above."),
    )
    debrief = blocks.CharBlock(label=_("A question to think about"), required=False, max_length=300)

    class Meta:
        icon = "tick-inverse"
        label = _("Ending")
        label_format = "{name}: {title}"


class SceneBlocks(blocks.StreamBlock):
    situation = SituationBlock()
    ending = EndingBlock()
