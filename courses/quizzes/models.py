import uuid
from datetime import UTC
from urllib.parse import urlencode

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    CommentPanel,
    FieldPanel,
    HelpPanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
)
from wagtail.models import Page

from courses.append_only import AppendOnly, AppendOnlyQuerySet
from courses.catalogue import outline as outlines
from courses.catalogue import previewing
from courses.catalogue.gate import GatedPage
from courses.choices import AttemptOrigin, AttemptState, Purpose, Review
from courses.enrolment.models import Enrolment
from courses.fields import BlocksField, SectorsField
from courses.people.models import Person
from courses.people.roles import may_see_keys
from courses.questions.forms import QuizPageForm
from courses.questions.models import QuestionEdition
from courses.questions.plain import blocks_of
from courses.quizzes import limits
from courses.quizzes.blocks import QuizBlocks
from courses.quizzes.checking import quiz_problems
from courses.quizzes.noticing import quiz_notes
from courses.quizzes.previewing import preview_items
from courses.sectors import is_for


def _in_utc(moment):
    """One text for one moment, whichever zone it was typed in."""
    return moment.astimezone(UTC).isoformat()


class QuizPage(GatedPage, Page):
    """Where a quiz is written: its questions in it, references to the bank, and draws."""

    intro = models.TextField(_("what to say before it starts"), blank=True)
    questions = BlocksField(QuizBlocks(), verbose_name=_("questions"), blank=True)
    purpose = models.CharField(_("it is a"), max_length=10, choices=Purpose.choices, default=Purpose.CHECK)
    review = models.CharField(_("feedback"), max_length=10, choices=Review.choices, default=Review.PRACTICE)
    pass_mark = models.PositiveSmallIntegerField(
        _("pass mark, per cent"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    attempts_allowed = models.PositiveSmallIntegerField(
        _("attempts allowed"), default=0, help_text=_("0: as many as people need.")
    )
    wait_minutes = models.PositiveIntegerField(_("minutes to wait between attempts"), default=0)
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True, help_text=_("Empty: open at once."))
    closes_at = models.DateTimeField(
        _("closes"),
        null=True,
        blank=True,
        help_text=_(
            "Empty: stays open, which is best for people on shifts, at sea or at posts abroad. "
            "Whoever has begun before may finish."
        ),
    )
    time_limit_minutes = models.PositiveSmallIntegerField(
        _("time limit, in minutes"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(600)],
        help_text=_(
            "Empty: no limit, which is best. People with old phones, weak networks, disabilities or shifts "
            "lose by a clock, whatever they know. Set one only where an agency insists, and first give extra "
            "time to those who need it, under Exceptions at each person's course."
        ),
    )
    shuffle = models.BooleanField(_("shuffle the answers"), default=True)
    sectors = SectorsField(verbose_name=_("only for these sectors"))

    content_panels = [
        *Page.content_panels,
        FieldPanel("intro"),
        HelpPanel(template="courses/quizzes/bank_panel.html", heading=_("Several from the bank")),
        FieldPanel("questions"),
    ]
    settings_panels = [
        FieldPanel("purpose"),
        FieldPanel("review"),
        MultiFieldPanel(
            [FieldPanel("pass_mark"), FieldPanel("attempts_allowed"), FieldPanel("wait_minutes")],
            heading=_("Passing"),
        ),
        MultiFieldPanel([FieldPanel("opens_at"), FieldPanel("closes_at")], heading=_("When it is open")),
        FieldPanel("time_limit_minutes"),
        FieldPanel("shuffle"),
        FieldPanel("sectors"),
        PublishingPanel(),
        CommentPanel(),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Questions")),
            ObjectList(settings_panels, heading=_("Settings")),
            ObjectList([FieldPanel("slug")], heading=_("Address")),
        ]
    )
    parent_page_types = ["courses.CoursePage"]
    subpage_types = []

    base_form_class = QuizPageForm
    template = "courses/quizzes/preview.html"

    class Meta:
        verbose_name = _("quiz")
        verbose_name_plural = _("quizzes")

    def problems(self):
        return quiz_problems(self)

    def notes(self):
        return quiz_notes(self)

    def publish(self, *args, **kwargs):
        # All or nothing: never live without an edition that can be taken.
        with transaction.atomic():
            return super().publish(*args, **kwargs)

    publish.alters_data = True

    def policy(self):
        """What an edition of this quiz promises to those who take it."""
        return {
            "purpose": self.purpose,
            "review": self.review,
            "pass_mark": self.pass_mark,
            "attempts_allowed": self.attempts_allowed,
            "wait_minutes": self.wait_minutes,
            "shuffle": self.shuffle,
            "intro": self.intro,
            # Only where they are set: an edition without them reads the same, and no other is made.
            **({"opens_at": _in_utc(self.opens_at)} if self.opens_at else {}),
            **({"closes_at": _in_utc(self.closes_at)} if self.closes_at else {}),
            **({"time_limit_minutes": self.time_limit_minutes} if self.time_limit_minutes else {}),
        }

    def serve(self, request, *args, **kwargs):
        """The page holds the keys: nobody is served it. People start the quiz instead."""
        return redirect("quiz_start", key=self.translation_key)

    def part_for(self, sector):
        """What it is in an outline, as its draft stands."""
        questions = sum(
            (value.get("count") or 0) if kind == "draw" else is_for(value.get("sectors"), sector)
            for _id, kind, value in blocks_of(self.questions)
        )
        return outlines.Part(
            kind=outlines.QUIZ,
            page_id=self.pk,
            key=self.translation_key,
            title=self.title,
            slug=self.slug,
            purpose=self.purpose,
            questions=questions,
            sectors=tuple(self.sectors),
        )

    preview_sizes = previewing.PHONE_FIRST

    @property
    def preview_modes(self):
        """The whole at a glance, or played question by question (`try_views`)."""
        (_everyone, *sectors) = previewing.sector_modes()
        return [
            ("", _("With the answers")),
            ("trainee", _("As it is asked")),
            (previewing.TRY, _("To try it")),
            *sectors,
        ]

    def serve_preview(self, request, mode_name):
        if self.pk and mode_name not in ("", "trainee"):
            sector = "" if mode_name == previewing.TRY else mode_name
            return redirect(f"{reverse('try_quiz', args=[self.pk])}?{urlencode({'as': sector})}")
        told = mode_name == "" and may_see_keys(request.user)
        context = {"page": self, "shown": preview_items(self), "with_answers": told}
        return TemplateResponse(request, self.template, context)


class QuizEditionQuerySet(AppendOnlyQuerySet):
    def newest(self, quiz_keys, locale="en"):
        """The newest edition of each quiz, in `locale` or else in English: {quiz key: edition}."""
        editions = self.filter(quiz_key__in=quiz_keys, locale__in={locale, "en"})
        newer = QuizEdition.objects.filter(
            quiz_key=models.OuterRef("quiz_key"),
            locale=models.OuterRef("locale"),
            n__gt=models.OuterRef("n"),
        )
        found = {}
        for edition in editions.filter(~models.Exists(newer)):
            if edition.quiz_key not in found or edition.locale == locale:
                found[edition.quiz_key] = edition
        return found


class QuizEdition(AppendOnly):
    """A quiz as it was published. Attempts pin one."""

    # The translation key of the QuizPage: languages of one quiz share it.
    quiz_key = models.UUIDField(db_index=True)
    locale = models.CharField(max_length=10)
    n = models.PositiveIntegerField()
    title = models.CharField(max_length=255)
    course = models.ForeignKey("courses.Course", models.PROTECT, null=True, related_name="quiz_editions")
    # {"purpose", "review", "pass_mark", "attempts_allowed", "wait_minutes", "shuffle", "intro"}
    # and, where they are set, "opens_at" and "closes_at" as ISO 8601 with their zone, and "time_limit_minutes"
    policy = models.JSONField()
    # [{"question": key, "meaning": n, "slip": n, "sectors": [...]} | {"draw": {...DrawBlock values}}]
    items = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)

    objects = QuizEditionQuerySet.as_manager()

    class Meta:
        ordering = ["quiz_key", "locale", "n"]
        constraints = [
            models.UniqueConstraint(fields=["quiz_key", "locale", "n"], name="one_quiz_edition_per_n")
        ]

    def __str__(self):
        return f"{self.title} ({self.n})"

    def size_for(self, sector):
        """How many questions somebody of this sector is asked."""
        return sum(
            item["draw"]["count"] if "draw" in item else is_for(item.get("sectors"), sector)
            for item in self.items
        )


class AttemptQuerySet(models.QuerySet):
    def of(self, person):
        return self.filter(person=person)

    def taken(self):
        """Begun, and not void: what its person may open."""
        return self.filter(state__in=[AttemptState.OPEN, AttemptState.SUBMITTED])

    def counted(self):
        return self.exclude(state=AttemptState.VOID)

    def overdue(self, at):
        """Open, though nothing can arrive any more that counts."""
        return self.filter(state=AttemptState.OPEN, deadline__lt=at - limits.GRACE)

    def with_latest_marking(self):
        """Adds `score` and `passed` of the marking that counts."""
        markings = Marking.objects.filter(attempt=models.OuterRef("pk")).order_by("-n")
        return self.annotate(
            score=models.Subquery(markings.values("score")[:1]),
            passed=models.Subquery(markings.values("passed")[:1]),
        )


class Attempt(models.Model):
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="attempts", verbose_name=_("person"))
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, null=True, related_name="attempts")
    quiz_edition = models.ForeignKey(QuizEdition, models.PROTECT, related_name="attempts")
    quiz_key = models.UUIDField()
    cycle = models.PositiveSmallIntegerField(default=1)
    origin = models.CharField(max_length=10, choices=AttemptOrigin.choices, default=AttemptOrigin.SERVER)
    state = models.CharField(_("state"), max_length=10, choices=AttemptState.choices, default=AttemptState.OPEN)
    prepared_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(_("started"), null=True)
    # By the server's clock, with the person's extra time. Without one nothing ends by itself.
    deadline = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(_("submitted"), null=True)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "quiz_key", "cycle"],
                condition=models.Q(state=AttemptState.OPEN, origin=AttemptOrigin.SERVER),
                name="one_open_attempt",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=AttemptState.SUBMITTED) | models.Q(submitted_at__isnull=False),
                name="submitted_attempt_has_time",
            ),
        ]
        # The newest attempt of a person who has been away: without this PostgreSQL walks
        # backwards through everybody else's rows.
        indexes = [
            models.Index(fields=["person", "quiz_key", "-id"], name="attempt_newest"),
            models.Index(
                fields=["deadline"],
                condition=models.Q(state=AttemptState.OPEN, deadline__isnull=False),
                name="attempt_running_out",
            ),
        ]
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")

    def __str__(self):
        return f"{self.person}: {self.quiz_edition.title}"

    def url_of(self, name, *args, **query):
        """The address of one of this attempt's pages."""
        address = reverse(name, args=[self.uuid, *args])
        return f"{address}?{urlencode(query)}" if query else address

    @property
    def is_open(self):
        return self.state == AttemptState.OPEN

    @property
    def is_submitted(self):
        return self.state == AttemptState.SUBMITTED

    def is_over(self, at):
        """Still open, but its time has ended: it is to be handed in as it stands."""
        return self.is_open and limits.is_over(self.deadline, at)

    @property
    def ran_out_of_time(self):
        """It was handed in when its time ended, not before."""
        return self.is_submitted and self.deadline is not None and self.submitted_at >= self.deadline

    @property
    def shows_feedback(self):
        """Practice: what is right is said after each answer, and then that answer stays."""
        return self.quiz_edition.policy["review"] == Review.PRACTICE

    @property
    def may_be_unsure(self):
        return self.quiz_edition.policy["purpose"] != Purpose.FINAL

    def latest_marking(self):
        return self.markings.order_by("-n").first()


class AttemptItem(AppendOnly):
    """One question as it was asked: the edition, its place, the order of its answers."""

    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="items")
    n = models.PositiveSmallIntegerField()
    question_edition = models.ForeignKey(QuestionEdition, models.PROTECT, related_name="asked")
    option_order = models.JSONField()
    # As they were when it was asked: a later change of the bank rewrites no result.
    critical = models.BooleanField(default=False)
    topic = models.CharField(max_length=20, blank=True)
    module = models.CharField(max_length=12, blank=True)

    class Meta:
        ordering = ["attempt_id", "n"]
        constraints = [models.UniqueConstraint(fields=["attempt", "n"], name="one_item_per_place")]

    def __str__(self):
        return f"{self.attempt_id}: {self.n}"


class AnswerEvent(AppendOnly):
    """One answer given, kept for ever. The last effective one of an item counts."""

    uuid = models.UUIDField(unique=True)
    item = models.ForeignKey(AttemptItem, models.PROTECT, related_name="events")
    # {"chosen": [option id, ...]}, {"rows": {row id: option id or place}}, {"text": str}
    # or {"not_sure": true}
    payload = models.JSONField()
    sha256 = models.CharField(max_length=64)
    device = models.CharField(max_length=40, blank=True)
    device_seq = models.PositiveBigIntegerField(null=True)
    client_at = models.DateTimeField(null=True)
    # Server clock minus client clock, in milliseconds.
    offset = models.BigIntegerField(null=True)
    received_at = models.DateTimeField()
    effective_at = models.DateTimeField()

    class Meta:
        ordering = ["item_id", "effective_at", "device_seq", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "device", "device_seq"],
                condition=models.Q(device_seq__isnull=False),
                name="one_event_per_device_and_place",
            )
        ]

    def __str__(self):
        return f"{self.item_id}: {self.uuid}"


class Marking(AppendOnly):
    """A result. Never changed: marking again adds a row, and the last one counts."""

    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="markings")
    n = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    # {question key: version}
    key_versions = models.JSONField()
    # Points of 100, as a whole number, rounded down: 79.9 is not 80.
    score = models.PositiveSmallIntegerField()
    passed = models.BooleanField()
    # {"items": [{"n", "fraction", "answered", "not_sure"}], "topics": {topic: [points, of]},
    #  "critical_wrong": [n, ...], "critical_topics": [topic, ...], "points": n, "of": n, "not_sure": n}
    details = models.JSONField()
    actor = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["attempt_id", "n"]
        constraints = [models.UniqueConstraint(fields=["attempt", "n"], name="one_marking_per_n")]

    def __str__(self):
        return f"{self.attempt_id}: {self.score}"
