"""How a practice case is written: its account, and the form with its key. One list, in the order of reading."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.catalogue.blocks import ClausesBlock
from courses.choices import CriticalError, DrillStep

ACCOUNT = _("What becomes known")
FORM = _("Fields of the form")


class CasePageBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Heading"), max_length=120)

    class Meta:
        icon = "doc-empty"
        label = _("A new page")
        group = ACCOUNT
        description = _("What follows is seen when the page before was filled in, as time goes on in the case.")


class StatementBlock(blocks.StructBlock):
    when = blocks.CharBlock(label=_("When"), required=False, max_length=60)
    title = blocks.CharBlock(label=_("Heading"), required=False, max_length=120)
    text = blocks.TextBlock(label=_("Text"), rows=6, help_text=_("An empty line begins a new paragraph."))

    class Meta:
        icon = "openquote"
        label = _("Statement")
        group = ACCOUNT
        description = _("What the person says, or what you meet. Everybody in it is invented.")


class DocumentBlock(StatementBlock):
    class Meta:
        icon = "doc-full"
        label = _("Document")
        group = ACCOUNT
        description = _(
            "A paper of the case, in words: a contract, a message, a list. No number of a real one."
        )


class NoteBlock(StatementBlock):
    class Meta:
        icon = "time"
        label = _("Note that arrives")
        group = ACCOUNT
        description = _("What comes in meanwhile: a call, a word of a colleague.")


class FieldOfForm(blocks.StructBlock):
    """What every field of the form has beside its own key."""

    label = blocks.CharBlock(label=_("Field"), max_length=200)
    help = blocks.CharBlock(label=_("Help"), required=False, max_length=300)
    step = blocks.ChoiceBlock(label=_("Step of the procedure"), choices=DrillStep.choices)


def _why():
    return blocks.TextBlock(label=_("Reason, read afterwards"), required=False, rows=2)


class CriticalBlock(blocks.ChoiceBlock):
    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("Critical error"))
        super().__init__(choices=CriticalError.choices, required=False, **kwargs)


class FormOptionBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Option"), max_length=200)
    right = blocks.BooleanBlock(label=_("Right"), required=False)
    critical = CriticalBlock(
        help_text=_("To choose it where it is wrong, or among several to leave it out where it is right.")
    )
    why = blocks.CharBlock(label=_("Reason"), required=False, max_length=400)


def _points():
    return blocks.IntegerBlock(label=_("Points"), default=1, min_value=1, max_value=10)


class ChoiceFieldBlock(FieldOfForm):
    options = blocks.ListBlock(FormOptionBlock(), label=_("Options"), min_num=2, max_num=12)
    points = _points()
    why = _why()
    clauses = ClausesBlock()

    class Meta:
        icon = "radio-full"
        label = _("One choice")
        group = FORM


class ChoicesFieldBlock(FieldOfForm):
    options = blocks.ListBlock(
        FormOptionBlock(),
        label=_("Options"),
        min_num=2,
        max_num=16,
        help_text=_("A right one is worth a point, a wrong one takes one away. Add enough that are wrong."),
    )
    least = blocks.IntegerBlock(label=_("Points needed"), default=2, min_value=1, max_value=16)
    why = _why()
    clauses = ClausesBlock()

    class Meta:
        icon = "tick"
        label = _("Several choices")
        group = FORM


class ShortFieldBlock(FieldOfForm):
    accepted = blocks.TextBlock(
        label=_("Accepted answers"),
        rows=3,
        help_text=_(
            "One a line. Every word of a line has to be in the answer, in any order; “clinic*” stands for all "
            "that begins so."
        ),
    )
    least = blocks.IntegerBlock(label=_("Lines that have to be met"), default=1, min_value=1, max_value=10)
    refused = blocks.TextBlock(
        label=_("What must not be in it"), required=False, rows=2, help_text=_("One a line, such as a label.")
    )
    critical = CriticalBlock(label=_("If it is in it, it is this critical error"))
    model = blocks.CharBlock(label=_("A good answer, read afterwards"), max_length=300)
    points = _points()
    why = _why()
    clauses = ClausesBlock()

    class Meta:
        icon = "pilcrow"
        label = _("A few words")
        group = FORM


class RubricLineBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("A good text…"), max_length=200)


class LongFieldBlock(FieldOfForm):
    rubric = blocks.ListBlock(
        RubricLineBlock(),
        label=_("What a good text does"),
        min_num=1,
        max_num=8,
        help_text=_(
            "Trainees judge their own text by it, and the facilitator may confirm. It gives no points."
        ),
    )
    model = blocks.TextBlock(label=_("A good text, read afterwards"), rows=4)
    why = _why()
    clauses = ClausesBlock()

    class Meta:
        icon = "edit"
        label = _("A longer text")
        group = FORM


class TimeRowBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("What was done"), max_length=160)
    at = blocks.CharBlock(
        label=_("Right time"), max_length=60, help_text=_("Such as 14:10; several with commas between them.")
    )
    why = blocks.CharBlock(label=_("Reason"), required=False, max_length=400)


class TimesFieldBlock(FieldOfForm):
    rows = blocks.ListBlock(TimeRowBlock(), label=_("Rows"), min_num=1, max_num=10)
    least = blocks.IntegerBlock(label=_("Right times needed"), default=1, min_value=1, max_value=10)
    why = _why()
    clauses = ClausesBlock()

    class Meta:
        icon = "time"
        label = _("Times of what was done")
        group = FORM


class CaseBlocks(blocks.StreamBlock):
    page = CasePageBlock()
    statement = StatementBlock()
    document = DocumentBlock()
    note = NoteBlock()
    choice = ChoiceFieldBlock()
    choices = ChoicesFieldBlock()
    short = ShortFieldBlock()
    long = LongFieldBlock()
    times = TimesFieldBlock()
