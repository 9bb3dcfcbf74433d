from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from courses.blocks import SectorsBlock
from courses.catalogue.blocks import ClausesBlock
from courses.choices import Difficulty, Pool, Topic
from courses.kinds.blocks import (
    CaseBlock,
    MatchingBlock,
    MultipleBlock,
    NumericBlock,
    OrderingBlock,
    ShortBlock,
    SingleBlock,
    TrueFalseBlock,
)


class WrittenHere(blocks.StructBlock):
    """What every question written in the quiz carries beside its own fields."""

    topic = blocks.ChoiceBlock(label=_("Topic"), choices=Topic.choices, required=False)
    difficulty = blocks.ChoiceBlock(
        label=_("Difficulty"), choices=Difficulty.choices, default=Difficulty.MEDIUM, required=False
    )
    objective = blocks.CharBlock(label=_("Objective"), required=False, max_length=200)
    critical = blocks.BooleanBlock(
        label=_("Critical"),
        required=False,
        help_text=_("A wrong answer fails the attempt, whatever the score."),
    )
    clauses = ClausesBlock()
    sectors = SectorsBlock()


class SingleHere(SingleBlock, WrittenHere):
    class Meta:
        icon = "radio-full"
        label = _("One right answer")


class MultipleHere(MultipleBlock, WrittenHere):
    class Meta:
        icon = "tick"
        label = _("Several right answers")


class TrueFalseHere(TrueFalseBlock, WrittenHere):
    class Meta:
        icon = "resubmit"
        label = _("True or false")


class MatchingHere(MatchingBlock, WrittenHere):
    class Meta:
        icon = "link"
        label = _("Match the pairs")


class OrderingHere(OrderingBlock, WrittenHere):
    class Meta:
        icon = "list-ol"
        label = _("Put in order")


class ShortHere(ShortBlock, WrittenHere):
    class Meta:
        icon = "pilcrow"
        label = _("Short answer")


class NumericHere(NumericBlock, WrittenHere):
    class Meta:
        icon = "decimal"
        label = _("A number")


class CaseHere(CaseBlock, WrittenHere):
    class Meta:
        icon = "doc-full"
        label = _("A case with several questions")


class BankBlock(blocks.StructBlock):
    question = SnippetChooserBlock("courses.BankQuestion", label=_("Question from the bank"))

    class Meta:
        icon = "folder-inverse"
        label = _("A question from the bank")


class DrawBlock(blocks.StructBlock):
    """Draws some questions at random, different ones for each person."""

    count = blocks.IntegerBlock(label=_("How many"), min_value=1, max_value=50)
    pool = blocks.ChoiceBlock(label=_("From"), choices=Pool.choices)
    module = blocks.CharBlock(label=_("Module"), required=False, max_length=12)
    topic = blocks.ChoiceBlock(label=_("Topic"), choices=Topic.choices, required=False)
    difficulty = blocks.ChoiceBlock(label=_("Difficulty"), choices=Difficulty.choices, required=False)
    own_sector = blocks.BooleanBlock(label=_("Only questions for the person's own sector"), required=False)
    critical = blocks.IntegerBlock(
        label=_("Of these, critical at least"), default=0, min_value=0, max_value=50, required=False
    )

    class Meta:
        icon = "site"
        label = _("Draw at random")


class QuizBlocks(blocks.StreamBlock):
    single = SingleHere()
    multiple = MultipleHere()
    true_false = TrueFalseHere()
    matching = MatchingHere()
    ordering = OrderingHere()
    short = ShortHere()
    numeric = NumericHere()
    case = CaseHere()
    bank = BankBlock()
    draw = DrawBlock()
