import uuid

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from courses.append_only import AppendOnly, AppendOnlyQuerySet
from courses.drills.cases.freezing import fields_of
from courses.enrolment.models import Enrolment
from courses.people.models import Person
from courses.people.visibility import OfPerson


class CaseEditionQuerySet(AppendOnlyQuerySet):
    def newest(self, case_key, locale="en"):
        """The newest edition of the case, in `locale` or else in English; or None."""
        editions = self.filter(case_key=case_key).order_by("-n")
        return editions.filter(locale=locale).first() or editions.filter(locale="en").first()


class CaseEdition(AppendOnly):
    """A practice case as it was published. Runs pin one."""

    # The translation key of the CasePage: languages of one case share it.
    case_key = models.UUIDField(db_index=True)
    locale = models.CharField(max_length=10)
    n = models.PositiveIntegerField()
    title = models.CharField(max_length=255)
    course = models.ForeignKey("courses.Course", models.PROTECT, null=True, related_name="case_editions")
    intro = models.TextField(blank=True)
    pass_mark = models.PositiveSmallIntegerField()
    # What people see, and apart from it what is right: see `freezing`.
    pages = models.JSONField()
    key = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CaseEditionQuerySet.as_manager()

    class Meta:
        ordering = ["case_key", "locale", "n"]
        constraints = [
            models.UniqueConstraint(fields=["case_key", "locale", "n"], name="one_case_edition_per_n")
        ]

    def __str__(self):
        return f"{self.title} ({self.n})"

    @cached_property
    def fields(self):
        return fields_of(self.pages)


class CaseRun(models.Model):
    """One person's way through one practice case, once."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="case_runs", verbose_name=_("person"))
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="case_runs")
    edition = models.ForeignKey(CaseEdition, models.PROTECT, related_name="runs")
    case_key = models.UUIDField()
    started_at = models.DateTimeField(_("started"))
    handed_in_at = models.DateTimeField(_("handed in"), null=True)

    objects = OfPerson.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "case_key"],
                condition=models.Q(handed_in_at=None),
                name="one_open_run_of_a_case",
            )
        ]
        indexes = [models.Index(fields=["enrolment", "case_key", "-id"], name="case_run_newest")]
        verbose_name = _("practice case filled in")
        verbose_name_plural = _("practice cases filled in")

    def __str__(self):
        return f"{self.person}: {self.edition.title}"

    @property
    def is_open(self):
        return self.handed_in_at is None

    def get_state_display(self):
        return _("Begun") if self.is_open else _("Handed in")

    def answers(self):
        """{field id: the last answer to it}."""
        merged = {}
        for saved in self.saved.all():
            merged |= saved.payload
        return merged

    def right_key(self):
        """The key by which it was marked: its own edition's, or that which was put right since."""
        marking = self.marking()
        by = marking and marking.details.get("by")
        return CaseEdition.objects.get(pk=by).key if by else self.edition.key

    def marking(self):
        """The CaseMarking that counts, or None."""
        return self.markings.order_by("-n").first()


class CaseAnswer(AppendOnly):
    """What was saved of a form at one time: answers to the fields of one page. The last to a field counts."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    run = models.ForeignKey(CaseRun, models.PROTECT, related_name="saved")
    # {field id: answer as of `answering`}
    payload = models.JSONField()
    client_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField()

    class Meta:
        ordering = ["run_id", "id"]
        verbose_name = _("answers in a practice case")
        verbose_name_plural = _("answers in practice cases")

    def __str__(self):
        return f"{self.run_id}: {self.uuid}"


class CaseMarking(AppendOnly):
    """A result by the key. Never changed: marking again adds a row, and the last one counts."""

    run = models.ForeignKey(CaseRun, models.PROTECT, related_name="markings")
    n = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    # Points of 100, as a whole number, rounded down.
    score = models.PositiveSmallIntegerField()
    passed = models.BooleanField()
    # {"points", "of", "steps": {step: [points, of]}, "critical": [[field, option, code], ...],
    #  "fields": [{"id", "step", "points", "of", "right"}]}
    details = models.JSONField()

    class Meta:
        ordering = ["run_id", "n"]
        constraints = [models.UniqueConstraint(fields=["run", "n"], name="one_case_marking_per_n")]
        verbose_name = _("result of a practice case")
        verbose_name_plural = _("results of practice cases")

    def __str__(self):
        return f"{self.run_id}: {self.score}"


class CaseJudgement(AppendOnly):
    """How a longer text was judged by its rubric: by whoever wrote it, or by the facilitator. Of each the last
    one counts; it gives no points."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    run = models.ForeignKey(CaseRun, models.PROTECT, related_name="judgements")
    field = models.CharField(max_length=40)
    # The ids of the lines of the rubric that the text meets.
    met = models.JSONField()
    is_own = models.BooleanField()
    actor = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ["run_id", "id"]
        verbose_name = _("judgement of a text in a practice case")
        verbose_name_plural = _("judgements of texts in practice cases")

    def __str__(self):
        return f"{self.run_id}: {len(self.met)}"
