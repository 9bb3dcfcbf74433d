import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin
from wagtail.search import index

from courses.append_only import AppendOnly
from courses.choices import Difficulty, Pool, Topic
from courses.fields import BlocksField, SectorsField
from courses.kinds.blocks import QuestionBlocks


class Question(models.Model):
    """The lasting record of a question, wherever it is written: a quiz page or the bank."""

    # The id of the block, or the uuid of the bank question.
    key = models.UUIDField(unique=True)
    # "bank", or the translation key of the quiz page where it is edited.
    home = models.CharField(max_length=40)
    code = models.CharField(max_length=40, blank=True, db_index=True)
    pool = models.CharField(max_length=10, choices=Pool.choices, blank=True, db_index=True)
    module = models.CharField(max_length=12, blank=True)
    objective = models.CharField(max_length=200, blank=True)
    topic = models.CharField(max_length=20, choices=Topic.choices, blank=True)
    difficulty = models.CharField(max_length=10, choices=Difficulty.choices, default=Difficulty.MEDIUM)
    sectors = SectorsField()
    critical = models.BooleanField(default=False)
    # Retired questions are drawn no more; attempts that have them keep them.
    retired = models.BooleanField(default=False)

    class Meta:
        ordering = ["module", "code", "id"]

    def __str__(self):
        return self.code or str(self.key)

    def latest_edition(self, locale="en"):
        return self.editions.filter(locale=locale).order_by("-meaning", "-slip").first()


class QuestionEdition(AppendOnly):
    """The wording somebody was asked, without any key. Never changed."""

    question = models.ForeignKey(Question, models.PROTECT, related_name="editions")
    locale = models.CharField(max_length=10)
    meaning = models.PositiveIntegerField()
    slip = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    # Renderers for old schemas are never deleted.
    schema = models.PositiveSmallIntegerField(default=1)
    # {"stem": str, "options": [{"id": str, "text": str}, ...]}
    body = models.JSONField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["question_id", "locale", "meaning", "slip"]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "locale", "meaning", "slip"], name="one_question_edition_per_wording"
            )
        ]

    def __str__(self):
        return f"{self.question} {self.locale} {self.meaning}.{self.slip}"


class QuestionKey(AppendOnly):
    """What is right, and what is said about each answer. Versioned apart from the wording."""

    question = models.ForeignKey(Question, models.PROTECT, related_name="keys")
    meaning = models.PositiveIntegerField()
    version = models.PositiveIntegerField()
    # {"right": [option id, ...]}
    key = models.JSONField()
    # {"options": {option id: sentence}, "general": sentence}
    feedback = models.JSONField(default=dict)

    class Meta:
        ordering = ["question_id", "meaning", "version"]
        constraints = [
            models.UniqueConstraint(fields=["question", "meaning", "version"], name="one_key_per_version")
        ]

    def __str__(self):
        return f"{self.question} {self.meaning} key {self.version}"


class BankQuestion(DraftStateMixin, RevisionMixin, PreviewableMixin, index.Indexed, models.Model):
    """Where a question of the bank is written. Publishing freezes an edition of it."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(_("code"), max_length=40, unique=True, help_text=_("For example F-C1-02."))
    pool = models.CharField(_("used for"), max_length=10, choices=Pool.choices, default=Pool.CHECK)
    module = models.CharField(_("module"), max_length=12, blank=True, help_text=_("For example C1."))
    objective = models.CharField(_("objective"), max_length=200, blank=True)
    topic = models.CharField(_("topic"), max_length=20, choices=Topic.choices)
    difficulty = models.CharField(
        _("difficulty"), max_length=10, choices=Difficulty.choices, default=Difficulty.MEDIUM
    )
    sectors = SectorsField(verbose_name=_("for these sectors"))
    critical = models.BooleanField(
        _("critical"),
        default=False,
        help_text=_("A wrong answer could put a person at risk: it fails the attempt whatever the score."),
    )
    # Exactly one block: the question.
    body = BlocksField(QuestionBlocks(), verbose_name=_("question"), max_num=1, min_num=1)
    source = models.CharField(_("source"), max_length=300, blank=True)
    stem_text = models.TextField(editable=False, blank=True)

    panels = [
        FieldPanel("code"),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel("pool"),
                FieldPanel("module"),
                FieldPanel("objective"),
                FieldPanel("topic"),
                FieldPanel("difficulty"),
                FieldPanel("sectors"),
                FieldPanel("critical"),
            ],
            heading=_("Where it belongs"),
        ),
        FieldPanel("source"),
    ]
    search_fields = [index.SearchField("stem_text"), index.SearchField("code"), index.FilterField("pool")]

    class Meta:
        ordering = ["module", "code"]
        verbose_name = _("question")
        verbose_name_plural = _("questions")

    def __str__(self):
        return f"{self.code}: {self.stem_text[:80]}" if self.stem_text else self.code
