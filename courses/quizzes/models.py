import uuid
from functools import lru_cache
from urllib.parse import urlencode

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from courses.append_only import AppendOnly, AppendOnlyQuerySet
from courses.choices import (
    ARRIVALS_THAT_COUNT,
    ARRIVALS_TO_DECIDE,
    Arrival,
    AttemptOrigin,
    AttemptState,
    Purpose,
    Review,
)
from courses.enrolment.models import Enrolment
from courses.people.models import Person
from courses.people.visibility import OfPerson
from courses.prepared import Blank, Prepared
from courses.questions.models import QuestionEdition
from courses.quizzes import limits
from courses.sectors import is_for


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

    @property
    def may_be_unsure(self):
        """Whether “I am not sure” is offered."""
        return self.policy["purpose"] != Purpose.FINAL

    def size_for(self, sector):
        """How many questions somebody of this sector is asked."""
        return sum(
            item["draw"]["count"] if "draw" in item else is_for(item.get("sectors"), sector)
            for item in self.items
        )


@lru_cache(maxsize=100)
def _address(name, *args):
    # A paper says the same address of its attempt many times.
    return reverse(name, args=args)


class AttemptQuerySet(OfPerson):
    def taken(self):
        """Begun, and not void: what its person may open."""
        return self.filter(state__in=[AttemptState.OPEN, AttemptState.SUBMITTED])

    def prepared(self):
        return self.filter(state=AttemptState.PREPARED)

    def to_answer(self):
        """What a device may keep: open, or prepared to be begun on it."""
        return self.filter(state__in=[AttemptState.OPEN, AttemptState.PREPARED])

    def counted(self):
        """Begun, whatever became of it, unless it was made void."""
        return self.exclude(state__in=[AttemptState.PREPARED, AttemptState.VOID])

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
    # That of the enrolment; 0 without one.
    cycle = models.PositiveSmallIntegerField(default=1)
    origin = models.CharField(max_length=10, choices=AttemptOrigin.choices, default=AttemptOrigin.SERVER)
    # The device that a paper was prepared for; it alone begins it.
    device = models.CharField(max_length=40, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=AttemptState.choices, default=AttemptState.OPEN)
    prepared_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(_("started"), null=True)
    # By the server's clock, with the person's extra time. Without one nothing ends by itself.
    deadline = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(_("submitted"), null=True)
    # With the person's data, by `lms.erasing`.
    answers_erased_at = models.DateTimeField(null=True, editable=False)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "quiz_key", "cycle"],
                # Those outside every course have a rule of their own: the same quiz may be open as the
                # pre-test of one workshop and the post-test of another.
                condition=models.Q(
                    state=AttemptState.OPEN, origin=AttemptOrigin.SERVER, enrolment__isnull=False
                ),
                name="one_open_attempt",
            ),
            models.UniqueConstraint(
                fields=["person", "quiz_key", "cycle", "device"],
                condition=models.Q(state=AttemptState.PREPARED),
                name="one_prepared_attempt_per_device",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=[AttemptState.OPEN, AttemptState.SUBMITTED])
                | models.Q(started_at__isnull=False),
                name="begun_attempt_has_time",
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
        address = _address(name, self.uuid, *args)
        return f"{address}?{urlencode(query)}" if query else address

    @property
    def is_prepared(self):
        return self.state == AttemptState.PREPARED

    @property
    def is_open(self):
        return self.state == AttemptState.OPEN

    @property
    def is_submitted(self):
        return self.state == AttemptState.SUBMITTED

    @property
    def answers_are_erased(self):
        """With the person's data: what it came to stands, and is never reckoned again."""
        return self.answers_erased_at is not None

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
        return self.quiz_edition.may_be_unsure

    def latest_marking(self):
        return LATEST_MARKING.first(attempt=self.pk)


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


class AnswerEventQuerySet(AppendOnlyQuerySet):
    def counting(self):
        """Without those that came too late, unless they were accepted: what markings are made of."""
        return self.filter(models.Q(arrival__in=ARRIVALS_THAT_COUNT) | models.Q(late_decision__accepted=True))

    def late(self):
        """Those that wait for a decision, or of which one was made."""
        return self.filter(arrival__in=ARRIVALS_TO_DECIDE).exclude(item__attempt__state=AttemptState.VOID)

    def undecided(self):
        """Late, and nothing was decided; where a later answer counts anyway, there is nothing to decide."""
        later = AnswerEvent.objects.counting().filter(
            item=models.OuterRef("item"), effective_at__gt=models.OuterRef("effective_at")
        )
        return self.late().filter(~models.Exists(later), late_decision=None)


class AnswerEvent(AppendOnly):
    """One answer given, kept for ever. The last effective one of an item counts."""

    uuid = models.UUIDField(unique=True)
    item = models.ForeignKey(AttemptItem, models.PROTECT, related_name="events")
    # {"chosen": [option id, ...]}, {"rows": {row id: option id or place}},
    # {"parts": {part id: [option id, ...]}}, {"text": str} or {"not_sure": true}
    payload = models.JSONField()
    sha256 = models.CharField(max_length=64)
    device = models.CharField(max_length=40, blank=True)
    device_seq = models.PositiveBigIntegerField(null=True)
    client_at = models.DateTimeField(null=True)
    # Server clock minus client clock, in milliseconds.
    offset = models.BigIntegerField(null=True)
    received_at = models.DateTimeField()
    effective_at = models.DateTimeField()
    arrival = models.CharField(max_length=12, choices=Arrival.choices, default=Arrival.IN_TIME)

    objects = AnswerEventQuerySet.as_manager()

    class Meta:
        ordering = ["item_id", "effective_at", "device_seq", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "device", "device_seq"],
                condition=models.Q(device_seq__isnull=False),
                name="one_event_per_device_and_place",
            )
        ]
        indexes = [
            models.Index(
                fields=["received_at"],
                condition=~models.Q(arrival__in=ARRIVALS_THAT_COUNT),
                name="answer_came_late",
            )
        ]

    def __str__(self):
        return f"{self.item_id}: {self.uuid}"

    @property
    def is_late(self):
        return self.arrival not in ARRIVALS_THAT_COUNT

    @property
    def counts(self):
        """As `counting()` finds them."""
        decision = getattr(self, "late_decision", None) if self.pk else None
        return not self.is_late or (decision is not None and decision.accepted)


class LateDecision(AppendOnly):
    """What was decided about an answer that came too late to count by itself. Once, for good."""

    event = models.OneToOneField(AnswerEvent, models.PROTECT, related_name="late_decision")
    accepted = models.BooleanField()
    reason = models.CharField(max_length=300)
    actor = models.CharField(max_length=200)
    at = models.DateTimeField()

    def __str__(self):
        return f"{self.event_id}: {self.accepted}"


LATEST_MARKING = Prepared(lambda: Marking.objects.filter(attempt=Blank("attempt")).order_by("-n")[:1])


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
        indexes = [
            # Whether it was passed is read from the index alone: the rows themselves are large.
            models.Index(fields=["attempt", "n", "passed"], name="marking_that_counts"),
            models.Index(fields=["attempt"], condition=models.Q(n__gt=1), name="marked_again"),
        ]

    def __str__(self):
        return f"{self.attempt_id}: {self.score}"
