import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.append_only import AppendOnly, AppendOnlyQuerySet
from courses.choices import AttemptOrigin, RunState, ScenarioMode
from courses.drills.scenarios import playing, scoring
from courses.enrolment.models import Enrolment
from courses.people.models import Person
from courses.people.visibility import OfPerson


class ScenarioEditionQuerySet(AppendOnlyQuerySet):
    def newest_of(self, scenario_key, locale="en"):
        """The newest edition, in `locale` or else in English; None if it was never published."""
        of_it = self.filter(scenario_key=scenario_key).order_by("-n")
        return of_it.filter(locale=locale).first() or of_it.filter(locale="en").first()


class ScenarioEdition(AppendOnly):
    """A scenario as it was published. Runs pin one."""

    # The translation key of the ScenarioPage: languages of one scenario share it.
    scenario_key = models.UUIDField(db_index=True)
    locale = models.CharField(max_length=10)
    n = models.PositiveIntegerField()
    title = models.CharField(max_length=255)
    course = models.ForeignKey("courses.Course", models.PROTECT, null=True, related_name="scenario_editions")
    # {"mode", "pass_mark", "minutes", "summary", "content_note", "instead": key of another scenario or ""}
    policy = models.JSONField()
    # As of `written.story_of`.
    story = models.JSONField()
    created_at = models.DateTimeField()

    objects = ScenarioEditionQuerySet.as_manager()

    class Meta:
        ordering = ["scenario_key", "locale", "n"]
        constraints = [
            models.UniqueConstraint(fields=["scenario_key", "locale", "n"], name="one_scenario_edition_per_n")
        ]

    def __str__(self):
        return f"{self.title} ({self.n})"

    @property
    def is_practice(self):
        return self.policy["mode"] == ScenarioMode.PRACTICE


class RunQuerySet(OfPerson):
    def open(self):
        return self.filter(state=RunState.OPEN)

    def with_latest_marking(self):
        """Adds `score` and `passed` of the marking that counts; None while it is not finished."""
        markings = RunMarking.objects.filter(run=models.OuterRef("pk")).order_by("-n")
        return self.annotate(
            score=models.Subquery(markings.values("score")[:1]),
            passed=models.Subquery(markings.values("passed")[:1]),
        )


class Run(models.Model):
    """One person's way through a scenario, once."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="runs", verbose_name=_("person"))
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="runs")
    edition = models.ForeignKey(ScenarioEdition, models.PROTECT, related_name="runs")
    # The scenario on the person's path that it counts for: its own, or the one it was taken instead of.
    credit_key = models.UUIDField()
    cycle = models.PositiveSmallIntegerField()
    origin = models.CharField(max_length=10, choices=AttemptOrigin.choices, default=AttemptOrigin.SERVER)
    state = models.CharField(_("state"), max_length=10, choices=RunState.choices, default=RunState.OPEN)
    started_at = models.DateTimeField(_("started"))
    ended_at = models.DateTimeField(_("ended"), null=True)

    objects = RunQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "credit_key", "cycle"],
                # What was begun on a device without a network is never refused.
                condition=models.Q(state=RunState.OPEN, origin=AttemptOrigin.SERVER),
                name="one_open_run",
            ),
            models.CheckConstraint(
                condition=models.Q(state=RunState.OPEN) | models.Q(ended_at__isnull=False),
                name="ended_run_has_time",
            ),
        ]
        indexes = [models.Index(fields=["person", "credit_key", "-id"], name="run_newest")]
        verbose_name = _("run of a scenario")
        verbose_name_plural = _("runs of scenarios")

    def __str__(self):
        return f"{self.person}: {self.edition.title}"

    @property
    def is_open(self):
        return self.state == RunState.OPEN

    @property
    def is_ended(self):
        return self.state == RunState.ENDED

    def log(self):
        """[(situation, choice), ...] as `playing` reads it."""
        return list(self.moves.order_by("n").values_list("situation", "choice"))

    def played(self):
        """Where the person stands (playing.Played)."""
        return playing.play(self.edition.story, self.log(), back=self.edition.is_practice)

    def scored(self):
        """What the log comes to (scoring.Score), worked out anew."""
        return scoring.score(self.edition.story, self.log(), back=self.edition.is_practice)

    def right_story(self, marking):
        """The story by whose points it was marked: its own edition's, or that which was put right since."""
        by = marking.details.get("by")
        return ScenarioEdition.objects.get(pk=by).story if by else self.edition.story

    def latest_marking(self):
        return self.markings.order_by("-n").first()


class Move(AppendOnly):
    """One choice, or one step back, kept for ever, whether it moved anybody or not."""

    uuid = models.UUIDField(unique=True)
    run = models.ForeignKey(Run, models.PROTECT, related_name="moves")
    # In the order in which they were kept, from 1.
    n = models.PositiveIntegerField()
    situation = models.CharField(max_length=60)
    # The id of the choice; "": back to this situation.
    choice = models.CharField(max_length=40, blank=True)
    device = models.CharField(max_length=40, blank=True)
    device_seq = models.PositiveBigIntegerField(null=True)
    client_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField()

    class Meta:
        ordering = ["run_id", "n"]
        constraints = [models.UniqueConstraint(fields=["run", "n"], name="one_move_per_place")]

    def __str__(self):
        return f"{self.run_id}: {self.n}"


class RunMarking(AppendOnly):
    """What a run came to. Never changed: marking again adds a row, and the last one counts."""

    run = models.ForeignKey(Run, models.PROTECT, related_name="markings")
    n = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    # Points of 100, as a whole number, rounded down.
    score = models.PositiveSmallIntegerField()
    passed = models.BooleanField()
    # {"points", "of", "steps": {step: [points, of]}, "critical": [[situation, choice, error], ...],
    #  "missed": [situation, ...], "ending": id}
    details = models.JSONField()

    class Meta:
        ordering = ["run_id", "n"]
        constraints = [models.UniqueConstraint(fields=["run", "n"], name="one_run_marking_per_n")]

    def __str__(self):
        return f"{self.run_id}: {self.score}"
