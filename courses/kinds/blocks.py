"""How each kind of question is written in Wagtail. The rules of each kind stand beside it, pure."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class OptionBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Answer"), max_length=300)
    right = blocks.BooleanBlock(label=_("Right"), required=False)
    why = blocks.CharBlock(label=_("Why"), required=False, max_length=500)


CHANGE = blocks.ChoiceBlock(
    label=_("If you changed a question that people have answered"),
    default="slip",
    choices=[
        ("slip", _("I corrected the wording; it means the same")),
        ("meaning", _("It now means something else: a new question")),
    ],
)


class SingleBlock(blocks.StructBlock):
    stem = blocks.TextBlock(label=_("Question"), rows=3)
    options = blocks.ListBlock(OptionBlock(), label=_("Answers"), min_num=2, max_num=8)
    why = blocks.TextBlock(label=_("What to say afterwards"), required=False, rows=2)
    change = CHANGE

    class Meta:
        icon = "radio-full"
        label = _("One right answer")


class MultipleBlock(blocks.StructBlock):
    stem = blocks.TextBlock(label=_("Question"), rows=3)
    options = blocks.ListBlock(OptionBlock(), label=_("Answers"), min_num=3, max_num=8)
    why = blocks.TextBlock(label=_("What to say afterwards"), required=False, rows=2)
    change = CHANGE

    class Meta:
        icon = "tick"
        label = _("Several right answers")


class TrueFalseBlock(blocks.StructBlock):
    stem = blocks.TextBlock(label=_("Statement"), rows=3)
    answer = blocks.ChoiceBlock(
        label=_("It is"), required=False, choices=[("true", _("True")), ("false", _("False"))]
    )
    why_true = blocks.CharBlock(label=_("Said to those who choose True"), required=False, max_length=500)
    why_false = blocks.CharBlock(label=_("Said to those who choose False"), required=False, max_length=500)
    why = blocks.TextBlock(label=_("What to say afterwards"), required=False, rows=2)
    change = CHANGE

    class Meta:
        icon = "resubmit"
        label = _("True or false")


class QuestionBlocks(blocks.StreamBlock):
    """One question of the bank."""

    single = SingleBlock()
    multiple = MultipleBlock()
    true_false = TrueFalseBlock()
