"""The twelve kinds of block a lesson is made of. One template each, in templates/courses/blocks/."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page

from courses.blocks import RICH, RICH_SHORT, SectorsBlock
from courses.directory.models import ContactRole
from courses.procedures.choosing import ClauseChooserBlock

READING = _("Reading")
PRACTISING = _("Practising")
MEDIA = _("Pictures, films and files")


def template(name):
    return f"courses/blocks/{name}.html"


class ClausesBlock(blocks.ListBlock):
    """The clauses of a procedure that a block goes by: whoever reads it can open them, and whoever changes one
    finds the block."""

    def __init__(self, **kwargs):
        super().__init__(
            ClauseChooserBlock(label=_("Clause")), default=[], label=_("Clauses it goes by"), **kwargs
        )


class ParagraphBlock(blocks.StructBlock):
    text = blocks.RichTextBlock(label=_("Text"), features=RICH)
    sectors = SectorsBlock()

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        group = READING
        template = template("paragraph")
        description = _("Headings, lists and links. Text pasted from Word keeps them.")


class ContentNoteBlock(blocks.StructBlock):
    themes = blocks.MultipleChoiceBlock(
        label=_("It mentions"),
        required=False,
        choices=[
            ("violence", _("violence")),
            ("sexual_exploitation", _("sexual exploitation")),
            ("children", _("harm to children")),
            ("self_harm", _("self-harm or suicide")),
        ],
    )
    text = blocks.TextBlock(label=_("Note"), rows=3, help_text=_("Say what comes and what does not."))
    sectors = SectorsBlock()

    class Meta:
        icon = "warning"
        label = _("Before you read")
        group = READING
        template = template("content_note")
        description = _("A calm note before content that is hard to read.")


class KeyPointBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(
        label=_("Kind"),
        default="remember",
        choices=[
            ("remember", _("Remember")),
            ("example", _("Example")),
            ("task", _("Try it at work")),
            ("sop", _("National procedure")),
        ],
    )
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    text = blocks.RichTextBlock(label=_("Text"), features=RICH_SHORT)
    minutes = blocks.IntegerBlock(
        label=_("Minutes"), required=False, min_value=0, max_value=120, help_text=_("Time the task takes.")
    )
    clauses = ClausesBlock()
    sectors = SectorsBlock()

    class Meta:
        icon = "key"
        label = _("Key point")
        group = READING
        template = template("key_point")
        description = _("A point to remember, an example, a task, or a note on the national procedure.")


class DoDontBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    do = blocks.ListBlock(blocks.CharBlock(max_length=300), label=_("Do"), min_num=1)
    dont = blocks.ListBlock(blocks.CharBlock(max_length=300), label=_("Do not"), min_num=1)
    clauses = ClausesBlock()
    sectors = SectorsBlock()

    class Meta:
        icon = "tick-inverse"
        label = _("Do and don't")
        group = READING
        template = template("do_dont")


class IndicatorsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    layout = blocks.ChoiceBlock(
        label=_("Shown as"),
        default="list",
        choices=[
            ("list", _("List of signs")),
            ("grid", _("Cards")),
            ("steps", _("Steps, one after the other")),
            ("parts", _("Parts of a whole")),
            ("cycle", _("A circle of steps")),
            ("lanes", _("Side by side")),
        ],
    )
    intro = blocks.TextBlock(label=_("Introduction"), required=False, rows=2)
    items = blocks.ListBlock(
        blocks.StructBlock(
            [
                ("title", blocks.CharBlock(label=_("Sign or step"), max_length=200)),
                ("text", blocks.TextBlock(label=_("Explanation"), required=False, rows=2)),
            ]
        ),
        label=_("Signs or steps"),
        min_num=1,
    )
    note = blocks.CharBlock(label=_("Note below"), required=False, max_length=300)
    clauses = ClausesBlock()
    sectors = SectorsBlock()

    class Meta:
        icon = "list-ul"
        label = _("Signs or diagram")
        group = READING
        template = template("indicators")
        description = _("A list of signs, or a simple diagram made of words.")


class PictureValue(blocks.StructValue):
    @property
    def words(self):
        """What stands for the picture where it is not seen."""
        return "" if self.get("decorative") else (self.get("alt_text") or "").strip()


class PictureBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("Picture"))
    alt_text = blocks.CharBlock(
        label=_("What the picture shows"),
        required=False,
        max_length=300,
        help_text=_("For people who cannot see it. Needed before publishing, unless decorative."),
    )
    decorative = blocks.BooleanBlock(label=_("Only decorative"), required=False)
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=300)
    sectors = SectorsBlock()

    class Meta:
        icon = "image"
        label = _("Picture")
        group = MEDIA
        template = template("picture")
        value_class = PictureValue
        description = _("Places, papers, hands at work. Never a picture of a person as a victim.")


class FilmBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    film = DocumentChooserBlock(label=_("Film file"), help_text=_("MP4 or WebM."))
    captions = DocumentChooserBlock(
        label=_("Captions file"), required=False, help_text=_("WebVTT. Needed before publishing.")
    )
    transcript = blocks.RichTextBlock(
        label=_("Transcript"), required=False, features=RICH_SHORT, help_text=_("Needed before publishing.")
    )
    minutes = blocks.IntegerBlock(label=_("Minutes"), min_value=1, max_value=240)
    sectors = SectorsBlock()

    class Meta:
        icon = "media"
        label = _("Film")
        group = MEDIA
        template = template("film")


class AudioBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    audio = DocumentChooserBlock(label=_("Sound file"))
    transcript = blocks.RichTextBlock(
        label=_("Transcript"), required=False, features=RICH_SHORT, help_text=_("Needed before publishing.")
    )
    minutes = blocks.IntegerBlock(label=_("Minutes"), min_value=1, max_value=240)
    sectors = SectorsBlock()

    class Meta:
        icon = "media"
        label = _("Sound")
        group = MEDIA
        template = template("audio")


class TableBlock(blocks.StructBlock):
    caption = blocks.CharBlock(label=_("What the table shows"), max_length=200)
    table = TypedTableBlock([("text", blocks.CharBlock(label=_("Text"), required=False))], label=_("Table"))
    note = blocks.CharBlock(label=_("Note below"), required=False, max_length=300)
    sectors = SectorsBlock()

    class Meta:
        icon = "table"
        label = _("Table")
        group = READING
        template = template("table")


class DocumentBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("File"))
    description = blocks.CharBlock(label=_("What it is"), required=False, max_length=200)
    sectors = SectorsBlock()

    class Meta:
        icon = "doc-full"
        label = _("File to download")
        group = MEDIA
        template = template("document")


class QuickQuestionBlock(blocks.StructBlock):
    stem = blocks.TextBlock(label=_("Question"), rows=2)
    answers = blocks.ListBlock(
        blocks.StructBlock(
            [
                ("text", blocks.CharBlock(label=_("Answer"), max_length=300)),
                ("right", blocks.BooleanBlock(label=_("Right"), required=False)),
                ("why", blocks.CharBlock(label=_("Why"), required=False, max_length=400)),
            ]
        ),
        label=_("Answers"),
        min_num=2,
        max_num=6,
    )
    sectors = SectorsBlock()

    class Meta:
        icon = "help"
        label = _("Quick question")
        group = PRACTISING
        template = template("quick_question")
        description = _("Practice inside the lesson. Nothing is recorded.")


class ContactsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    roles = blocks.MultipleChoiceBlock(label=_("Whom"), choices=ContactRole.choices)
    sectors = SectorsBlock()

    class Meta:
        icon = "mobile-alt"
        label = _("Contacts")
        group = READING
        template = template("contacts")
        description = _("Numbers from the national directory, with the date they were checked.")


class LessonBlocks(blocks.StreamBlock):
    paragraph = ParagraphBlock()
    content_note = ContentNoteBlock()
    key_point = KeyPointBlock()
    do_dont = DoDontBlock()
    indicators = IndicatorsBlock()
    picture = PictureBlock()
    film = FilmBlock()
    audio = AudioBlock()
    table = TableBlock()
    document = DocumentBlock()
    quick_question = QuickQuestionBlock()
    contacts = ContactsBlock()


class PartChooserBlock(blocks.PageChooserBlock):
    """Pages of an outline, of their own type and with their parents: the chooser's widget asks for both."""

    def bulk_to_python(self, values):
        wanted = [value for value in values if value is not None]
        if not wanted:
            return [None] * len(values)
        pages = {page.pk: page for page in Page.objects.filter(pk__in=wanted).specific(defer=True)}
        above = {page.path[: -page.steplen] for page in pages.values()}
        parents = {parent.path: parent for parent in Page.objects.filter(path__in=above)}
        for page in pages.values():
            page._cached_parent_obj = parents.get(page.path[: -page.steplen])
        return [pages.get(value) for value in values]


class ModuleBlock(blocks.StructBlock):
    """A module of the outline: a named group of lessons with, perhaps, a check at its end."""

    code = blocks.CharBlock(label=_("Code"), max_length=12, help_text=_("For drawing questions, such as C1."))
    title = blocks.CharBlock(label=_("Title"), max_length=160)
    summary = blocks.CharBlock(label=_("In one sentence"), required=False, max_length=300)
    objectives = blocks.ListBlock(
        blocks.CharBlock(max_length=200), label=_("What people can do afterwards"), required=False
    )
    parts = blocks.ListBlock(
        PartChooserBlock(
            page_type=["courses.LessonPage", "courses.QuizPage", "courses.ScenarioPage", "courses.CasePage"]
        ),
        label=_("Lessons, cases and checks, in order"),
    )
    sectors = SectorsBlock()

    class Meta:
        icon = "folder-open-inverse"
        label = _("Module")


class OutlineBlocks(blocks.StreamBlock):
    module = ModuleBlock()
