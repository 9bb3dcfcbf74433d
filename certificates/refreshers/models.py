import uuid

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from certificates.refreshers.states import CallState
from courses.append_only import AppendOnly, AppendOnlyError
from courses.people.models import Person
from courses.people.visibility import OfPersonAppendOnly
from courses.procedures.models import ProcedureEdition
from courses.progress.models import Completion


class RefresherCall(ClusterableModel):
    """What an edition changed, told to those who were certified before it. Its words may be written while it is
    a draft; once it is sent they are never changed, because people are asked by them."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    edition = models.OneToOneField(
        ProcedureEdition, models.PROTECT, related_name="refresher_call", editable=False
    )
    intro = models.TextField(
        _("what to say first"), help_text=_("In two or three sentences: what has changed, and from when.")
    )
    minutes = models.PositiveSmallIntegerField(
        _("minutes it takes"), default=15, validators=[MinValueValidator(1)]
    )
    # [[key of a course, sector], ...]: whose path cited a changed clause when the edition was published.
    # Later the lessons may be written anew.
    paths = models.JSONField(default=list, editable=False)
    state = models.CharField(max_length=10, choices=CallState.choices, default=CallState.DRAFT, editable=False)
    raised_at = models.DateTimeField(_("raised"), editable=False)
    sent_at = models.DateTimeField(_("sent"), null=True, editable=False)
    sent_by = models.CharField(_("sent by"), max_length=200, blank=True, editable=False)

    class Meta:
        ordering = ["-raised_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="draft") | models.Q(sent_at__isnull=False),
                name="refresher_call_sent_has_a_date",
            )
        ]
        verbose_name = _("refresher call")
        verbose_name_plural = _("refresher calls")

    def __str__(self):
        return f"{self.edition}"

    @property
    def is_draft(self):
        return self.state == CallState.DRAFT


class PartOfCall(Orderable):
    """Written with its call, and never after it was sent."""

    class Meta(Orderable.Meta):
        abstract = True

    def save(self, *args, **kwargs):
        self._refuse_if_sent()
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        self._refuse_if_sent()
        return super().delete(*args, **kwargs)

    def _refuse_if_sent(self):
        if RefresherCall.objects.filter(pk=self.call_id, state=CallState.SENT).exists():
            raise AppendOnlyError("The words of a call that was sent are never changed.")


class RefresherPoint(PartOfCall):
    """What one change means at work."""

    call = ParentalKey(RefresherCall, on_delete=models.PROTECT, related_name="points")
    heading = models.CharField(_("heading"), max_length=200)
    text = models.TextField(_("what it means at work"), blank=True)

    class Meta(PartOfCall.Meta):
        verbose_name = _("point")
        verbose_name_plural = _("points")

    def __str__(self):
        return self.heading


class RefresherQuestion(PartOfCall):
    """One question of the check, with one right answer."""

    call = ParentalKey(RefresherCall, on_delete=models.PROTECT, related_name="questions")
    stem = models.TextField(_("question"))
    right = models.TextField(_("right answer"))
    wrong = models.TextField(_("wrong answer"))
    also_wrong = models.TextField(_("another wrong answer"), blank=True)

    class Meta(PartOfCall.Meta):
        verbose_name = _("question of the check")
        verbose_name_plural = _("questions of the check")

    def __str__(self):
        return self.stem


class OfCalled(OfPersonAppendOnly):
    owner = "called__person"


class RefresherCalled(AppendOnly):
    """Somebody was called: for one completion whose certificate was in force then."""

    call = models.ForeignKey(RefresherCall, models.PROTECT, related_name="called", verbose_name=_("call"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="refresher_calls", verbose_name=_("person"))
    completion = models.ForeignKey(Completion, models.PROTECT, related_name="refresher_calls")
    at = models.DateTimeField(_("called"))

    objects = OfPersonAppendOnly.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["call", "completion"], name="called_once_per_completion")
        ]
        verbose_name = _("somebody called to a refresher")
        verbose_name_plural = _("people called to a refresher")

    def __str__(self):
        return f"{self.call}: {self.completion_id}"


class RefresherTry(AppendOnly):
    """The check was answered. `answers`: {key of a question: what was chosen, as it read}."""

    call = models.ForeignKey(RefresherCall, models.PROTECT, related_name="tries", verbose_name=_("call"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="refresher_tries", verbose_name=_("person"))
    answers = models.JSONField(_("answers"))
    right = models.PositiveSmallIntegerField(_("right"))
    asked = models.PositiveSmallIntegerField(_("asked"))
    at = models.DateTimeField(_("when"))

    objects = OfPersonAppendOnly.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("check of a refresher answered")
        verbose_name_plural = _("checks of refreshers answered")

    def __str__(self):
        return f"{self.call}: {self.right} / {self.asked}"


class RefresherDone(AppendOnly):
    """The call is closed for one completion: its check was passed. `renewed_by` is the completion it made; none
    where the course had been begun anew meanwhile."""

    called = models.OneToOneField(RefresherCalled, models.PROTECT, related_name="done")
    passed_by = models.ForeignKey(RefresherTry, models.PROTECT, related_name="+")
    renewed_by = models.OneToOneField(Completion, models.PROTECT, null=True, related_name="refresher_done")
    at = models.DateTimeField(_("when"))

    objects = OfCalled.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("refresher completed")
        verbose_name_plural = _("refreshers completed")

    def __str__(self):
        return f"{self.called}"
