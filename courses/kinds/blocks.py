"""How each kind of question is written in Wagtail. The rules of each kind stand beside it, pure."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class OptionBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Answer"), max_length=300)
    right = blocks.BooleanBlock(label=_("Right"), required=False)
    why = blocks.CharBlock(label=_("Why"), required=False, max_length=500)


# Empty until somebody was asked the question: `courses.questions.versioning` asks for it then.
CHANGE = blocks.ChoiceBlock(
    label=_("If you changed a question that people have answered"),
    required=False,
    choices=[
        ("slip", _("I corrected the wording; it means the same")),
        ("meaning", _("It now means something else: a new question")),
    ],
    help_text=_(
        "The same: results stay, and earlier and later answers count as answers to one question. "
        "Something else: earlier results stay with the old question; from now on people are asked "
        "the new one, and it counts from nothing."
    ),
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


class PairBlock(blocks.StructBlock):
    left = blocks.CharBlock(label=_("Entry"), max_length=300)
    right = blocks.CharBlock(label=_("Its match"), max_length=300)


class WordsBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Text"), max_length=300)


class AcceptedBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Accepted answer"), max_length=200)


class MatchingBlock(blocks.StructBlock):
    stem = blocks.TextBlock(label=_("Question"), rows=3)
    pairs = blocks.ListBlock(
        PairBlock(),
        label=_("Pairs"),
        min_num=2,
        max_num=8,
        help_text=_("The matches are shown in another order to each person."),
    )
    others = blocks.ListBlock(
        WordsBlock(),
        label=_("Matches that fit nothing"),
        default=[],
        min_num=0,
        max_num=4,
        required=False,
        help_text=_("They make guessing harder. You may leave this empty."),
    )
    why = blocks.TextBlock(label=_("What to say afterwards"), required=False, rows=2)
    change = CHANGE

    class Meta:
        icon = "link"
        label = _("Match the pairs")


class OrderingBlock(blocks.StructBlock):
    stem = blocks.TextBlock(label=_("Question"), rows=3)
    entries = blocks.ListBlock(
        WordsBlock(),
        label=_("Entries, in the right order"),
        min_num=3,
        max_num=8,
        help_text=_("They are shown in another order to each person."),
    )
    why = blocks.TextBlock(label=_("What to say afterwards"), required=False, rows=2)
    change = CHANGE

    class Meta:
        icon = "list-ol"
        label = _("Put in order")


class ShortBlock(blocks.StructBlock):
    stem = blocks.TextBlock(label=_("Question"), rows=3)
    accepted = blocks.ListBlock(
        AcceptedBlock(),
        label=_("Accepted answers"),
        min_num=1,
        max_num=20,
        help_text=_(
            "The first one is shown as the right answer. Capital letters, accents and spaces do not count. "
            "In a translated quiz, keep the accepted answers of every language."
        ),
    )
    why = blocks.TextBlock(label=_("What to say afterwards"), required=False, rows=2)
    change = CHANGE

    class Meta:
        icon = "pilcrow"
        label = _("Short answer")


class NumericBlock(blocks.StructBlock):
    stem = blocks.TextBlock(label=_("Question"), rows=3)
    answer = blocks.DecimalBlock(label=_("Right number"), max_digits=15, decimal_places=6)
    tolerance = blocks.DecimalBlock(
        label=_("Tolerance"),
        default=0,
        required=False,
        min_value=0,
        max_digits=15,
        decimal_places=6,
        help_text=_("How far an answer may be away and still be right. 0: exactly this number."),
    )
    unit = blocks.CharBlock(
        label=_("Unit"),
        required=False,
        max_length=30,
        help_text=_("For example: years. Shown beside the field."),
    )
    why = blocks.TextBlock(label=_("What to say afterwards"), required=False, rows=2)
    change = CHANGE

    class Meta:
        icon = "decimal"
        label = _("A number")


class PartBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Question"), rows=2)
    several = blocks.BooleanBlock(
        label=_("Several answers are right"),
        required=False,
        help_text=_("People may then choose more than one, and part of them is part of the points."),
    )
    options = blocks.ListBlock(OptionBlock(), label=_("Answers"), min_num=2, max_num=6)
    why = blocks.TextBlock(label=_("What to say afterwards"), required=False, rows=2)


class CaseBlock(blocks.StructBlock):
    stem = blocks.TextBlock(
        label=_("The case"),
        rows=6,
        help_text=_("Shown once, above its questions. Invent it: write nothing about a real case or person."),
    )
    parts = blocks.ListBlock(
        PartBlock(),
        label=_("Questions about it"),
        min_num=2,
        max_num=6,
        help_text=_("All on one page. Each counts the same; together they count as one question of the quiz."),
    )
    why = blocks.TextBlock(label=_("What to say afterwards"), required=False, rows=2)
    change = CHANGE

    class Meta:
        icon = "doc-full"
        label = _("A case with several questions")
