import uuid

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin
from wagtail.search import index

from courses.append_only import AppendOnly, AppendOnlyQuerySet
from courses.catalogue import previewing
from courses.catalogue.gate import GatedPage
from courses.catalogue.noticing import question_notes
from courses.choices import Difficulty, Pool, Topic
from courses.fields import BlocksField, SectorsField
from courses.kinds import keying
from courses.people.roles import may_see_keys
from courses.questions.blocks import QuestionBlocks
from courses.questions.drawing import Candidate
from courses.questions.forms import BankQuestionForm
from courses.questions.freezing import NEVER_FROZEN, is_as_frozen, pasts_of, question_problems
from courses.questions.plain import blocks_of, facts_of
from courses.questions.previewing import show
from courses.questions.problems import another_key, sentence

# Where questions of the bank are at home.
BANK = "bank"


class QuestionQuerySet(models.QuerySet):
    def key_of_block(self, block_id, quiz_key):
        """The key of a question written in a quiz: its block's id, the same in every language.

        Copying a quiz keeps the ids of its blocks; the copy's questions are others, so they
        get keys of their own, always the same ones.
        """
        return self.keys_of_blocks([block_id], quiz_key)[block_id]

    def keys_of_blocks(self, block_ids, quiz_key):
        """The same of many: {block id: key}. One query."""
        keys = {block_id: uuid.UUID(str(block_id)) for block_id in block_ids}
        others = self.filter(key__in=keys.values()).exclude(home=str(quiz_key))
        taken = set(others.values_list("key", flat=True)) if keys else ()
        return {
            block_id: uuid.uuid5(uuid.UUID(str(quiz_key)), str(block_id)) if key in taken else key
            for block_id, key in keys.items()
        }

    def candidates(self, pools):
        """What may be drawn from these pools of the bank, as drawing.Candidate."""
        published = QuestionEdition.objects.filter(question=models.OuterRef("pk"))
        rows = self.filter(models.Exists(published), home=BANK, pool__in=pools, retired=False).order_by("pk")
        return [
            Candidate(
                key=str(question.key),
                pool=question.pool,
                module=question.module,
                topic=question.topic,
                difficulty=question.difficulty,
                sectors=tuple(question.sectors),
                critical=question.critical,
            )
            for question in rows
        ]


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
    # Keys of the clauses of procedures that it goes by now.
    clauses = models.JSONField(default=list, blank=True)
    # Retired questions are drawn no more; attempts that have them keep them.
    retired = models.BooleanField(default=False)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["module", "code", "id"]

    def __str__(self):
        return self.code or str(self.key)

    def latest_key(self, meaning):
        return self.keys.filter(meaning=meaning).order_by("-version").first()


class QuestionEditionQuerySet(AppendOnlyQuerySet):
    def newest(self, locale):
        """The newest edition of each question in `locale`, or in English where there is none."""
        newest = (
            QuestionEdition.objects.filter(question=models.OuterRef("question"), locale__in={locale, "en"})
            .annotate(own=models.Case(models.When(locale=locale, then=1), default=0))
            .order_by("-own", "-meaning", "-slip")
        )
        return self.filter(pk=models.Subquery(newest.values("pk")[:1]))

    def pasts(self, locale):
        """{question key: Past} of the questions of these editions."""
        return pasts_of(self, QuestionKey.objects, locale)


class QuestionEdition(AppendOnly):
    """The wording somebody was asked, without any key. Never changed."""

    question = models.ForeignKey(Question, models.PROTECT, related_name="editions")
    locale = models.CharField(max_length=10)
    meaning = models.PositiveIntegerField()
    slip = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    # Renderers for old schemas are never deleted.
    schema = models.PositiveSmallIntegerField(default=1)
    # {"stem": str, "options": [{"id": str, "text": str}, ...]}; matching has "rows" like options
    # beside it, a number its "unit", and a case "parts": [{"id", "text", "several", "options"}, ...].
    body = models.JSONField()
    sha256 = models.CharField(max_length=64)

    objects = QuestionEditionQuerySet.as_manager()

    class Meta:
        ordering = ["question_id", "locale", "meaning", "slip"]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "locale", "meaning", "slip"], name="one_question_edition_per_wording"
            )
        ]

    def __str__(self):
        return f"{self.question} {self.locale} {self.meaning}.{self.slip}"


class QuestionKeyQuerySet(AppendOnlyQuerySet):
    def newest_for(self, editions):
        """{(question id, meaning): the newest key} for these editions."""
        wanted = {(edition.question_id, edition.meaning) for edition in editions}
        found = {}
        for key in self.filter(question__in={question for question, _meaning in wanted}).order_by("version"):
            if (key.question_id, key.meaning) in wanted:
                found[(key.question_id, key.meaning)] = key
        return found


class QuestionKey(AppendOnly):
    """What is right, and what is said about each answer. Versioned apart from the wording."""

    question = models.ForeignKey(Question, models.PROTECT, related_name="keys")
    meaning = models.PositiveIntegerField()
    version = models.PositiveIntegerField()
    # {"right": [option id, ...]}, or {row id: option id or place}, {part id: [option id, ...]},
    # [accepted text, ...], or a number as text with its "tolerance"
    key = models.JSONField()
    # The key that the page goes on writing where its block cannot say this one; None: the same.
    written = models.JSONField(null=True)
    # {locale: {"options": {option id: sentence}, "general": sentence}}; a case has "parts" beside
    # "options": {part id: sentence}
    feedback = models.JSONField(default=dict)

    objects = QuestionKeyQuerySet.as_manager()

    class Meta:
        ordering = ["question_id", "meaning", "version"]
        constraints = [
            models.UniqueConstraint(fields=["question", "meaning", "version"], name="one_key_per_version")
        ]

    def __str__(self):
        return f"{self.question} {self.meaning} key {self.version}"


class BankQuestionTag(TaggedItemBase):
    """A word by which authors find a question again. Nobody who learns sees it."""

    content_object = ParentalKey("courses.BankQuestion", on_delete=models.CASCADE, related_name="tagged_items")


class BankQuestion(
    GatedPage, DraftStateMixin, RevisionMixin, PreviewableMixin, index.Indexed, ClusterableModel
):
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
    tags = ClusterTaggableManager(
        through=BankQuestionTag,
        blank=True,
        verbose_name=_("tags"),
        help_text=_("Words of your own by which you find it again."),
    )
    # What the list of questions is searched and narrowed by; follows `body`.
    kind = models.CharField(editable=False, blank=True, max_length=20)
    stem_text = models.TextField(editable=False, blank=True)
    # The answers to choose from, without what is right.
    answers_text = models.TextField(editable=False, blank=True)

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
                FieldPanel("tags"),
            ],
            heading=_("Where it belongs"),
        ),
        FieldPanel("source"),
    ]
    search_fields = [index.SearchField("stem_text"), index.SearchField("code"), index.FilterField("pool")]
    base_form_class = BankQuestionForm

    class Meta:
        ordering = ["module", "code"]
        verbose_name = _("question")
        verbose_name_plural = _("questions")

    def __str__(self):
        return f"{self.code}: {self.stem_text[:80]}" if self.stem_text else self.code

    def save(self, *args, **kwargs):
        self.kind, self.stem_text, self.answers_text = facts_of(self.body)
        super().save(*args, **kwargs)

    @property
    def clauses(self):
        """Keys of the clauses it goes by."""
        return [key for _id, _kind, value in blocks_of(self.body) for key in value.get("clauses") or ()]

    def problems(self):
        written = blocks_of(self.body)
        if len(written) != 1:
            return [_("Write the question first.")]
        ((_block_id, kind, value),) = written
        codes = question_problems(self._past(), kind=kind, value=value)
        return [sentence(code, _("The question")) for code in codes]

    def places_as_frozen(self):
        """{0} when it is written as it was last published; see QuizPage."""
        past = self._past()
        written = enumerate(blocks_of(self.body))
        return {n for n, (_id, kind, value) in written if is_as_frozen(past, kind=kind, value=value)}

    def _past(self):
        return QuestionEdition.objects.filter(question__key=self.key).pasts("en").get(self.key, NEVER_FROZEN)

    def notes(self):
        return [
            note
            for _block_id, kind, value in blocks_of(self.body)
            for note in question_notes(kind, value, _("The question"))
        ] + self._key_notes()

    def _key_notes(self):
        key = self._past().key if self.kind in keying.NOT_WRITTEN else None
        return [another_key(_("The question"))] if key is not None and key.written is not None else []

    def publish(self, *args, **kwargs):
        # All or nothing: never live without an edition that can be asked.
        with transaction.atomic():
            return super().publish(*args, **kwargs)

    publish.alters_data = True

    preview_sizes = previewing.PHONE_FIRST

    @property
    def preview_modes(self):
        return [("", _("With the answers")), ("trainee", _("As it is asked"))]

    def get_preview_template(self, request, mode_name):
        return "courses/quizzes/preview_question.html"

    def get_preview_context(self, request, mode_name):
        shown = [show(kind, value) for _block_id, kind, value in blocks_of(self.body)]
        told = mode_name != "trainee" and may_see_keys(request.user)
        return {"object": self, "request": request, "shown": shown, "with_answers": told}
