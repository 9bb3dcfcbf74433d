import uuid

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from courses.append_only import AppendOnlyError
from courses.choices import CitationState, ClauseChange, ProcedureState, WrittenIn
from courses.fields import SectorsField


class Procedure(models.Model):
    """A procedure that people are trained in, such as the national SOP. It lasts; its editions follow."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=160, unique=True)
    is_model = models.BooleanField(
        _("a model only"),
        default=False,
        help_text=_(
            "Readers are told that it is a model for training, and that the national procedure prevails."
        ),
    )

    class Meta:
        ordering = ["name"]
        verbose_name = _("procedure")
        verbose_name_plural = _("procedures")

    def __str__(self):
        return self.name

    @cached_property
    def in_force(self):
        """The newest published edition, or None."""
        return self.editions.published().order_by("-n").first()

    @cached_property
    def draft(self):
        return self.editions.drafts().first()


class ProcedureEditionQuerySet(models.QuerySet):
    def published(self):
        return self.filter(state=ProcedureState.PUBLISHED)

    def drafts(self):
        return self.filter(state=ProcedureState.DRAFT)


class ProcedureEdition(ClusterableModel):
    """One edition. Its wordings may be written while it is a draft; published, it is never changed."""

    procedure = models.ForeignKey(
        Procedure, models.PROTECT, related_name="editions", verbose_name=_("procedure")
    )
    n = models.PositiveSmallIntegerField(editable=False)
    label = models.CharField(
        _("edition"), max_length=60, help_text=_("As people call it, such as “2026” or “second edition, 2026”.")
    )
    source = models.CharField(
        _("source"),
        max_length=200,
        blank=True,
        help_text=_("Who approved it, when, and where the text is kept."),
    )
    in_force_from = models.DateField(_("in force from"), null=True, blank=True)
    state = models.CharField(
        max_length=10, choices=ProcedureState.choices, default=ProcedureState.DRAFT, editable=False
    )
    published_at = models.DateTimeField(_("published"), null=True, editable=False)
    published_by = models.CharField(_("published by"), max_length=200, blank=True, editable=False)
    # Clauses that this edition left out, which people must hear of; of the others their wordings say it.
    left_out_material = models.ManyToManyField("courses.Clause", related_name="+", blank=True, editable=False)

    objects = ProcedureEditionQuerySet.as_manager()

    class Meta:
        ordering = ["procedure", "-n"]
        constraints = [
            models.UniqueConstraint(fields=["procedure", "n"], name="procedure_edition_once"),
            models.UniqueConstraint(
                fields=["procedure"], condition=models.Q(state="draft"), name="one_draft_of_a_procedure"
            ),
            models.CheckConstraint(
                condition=models.Q(state="draft") | models.Q(published_at__isnull=False),
                name="published_procedure_has_a_date",
            ),
        ]
        verbose_name = _("edition of a procedure")
        verbose_name_plural = _("editions of procedures")

    def __str__(self):
        return f"{self.procedure}, {self.label}"

    @property
    def is_draft(self):
        return self.state == ProcedureState.DRAFT

    @cached_property
    def material_clauses(self):
        """The keys of the clauses whose change people must hear of."""
        reworded = self.wordings.filter(is_material=True).values_list("clause", flat=True)
        return {*reworded, *self.left_out_material.values_list("pk", flat=True)}


class Clause(models.Model):
    """What lasts of a clause while its number and words change. Everything that cites, cites this.

    `number` and `title` are those of the edition in force, or of the last one that had it.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="clauses")
    number = models.CharField(_("number"), max_length=12, blank=True)
    title = models.CharField(_("title"), max_length=160, blank=True)
    place = models.PositiveSmallIntegerField(default=0)
    is_in_force = models.BooleanField(_("in force"), default=False)

    class Meta:
        ordering = ["procedure", "place", "pk"]
        verbose_name = _("clause")
        verbose_name_plural = _("clauses")

    def __str__(self):
        return f"{self.number} {self.title}".strip()


class ClauseWording(Orderable):
    """A clause as one edition says it."""

    edition = ParentalKey(ProcedureEdition, on_delete=models.PROTECT, related_name="wordings")
    clause = models.ForeignKey(Clause, models.PROTECT, related_name="wordings", editable=False)
    number = models.CharField(_("number"), max_length=12, help_text=_("As the text has it, such as 4.2."))
    title = models.CharField(_("title"), max_length=160)
    text = models.TextField(_("text"), blank=True)
    steps = models.TextField(_("steps"), blank=True, help_text=_("One a line, in their order."))
    role = models.CharField(_("who is responsible"), max_length=160, blank=True)
    time_limit = models.CharField(_("time limit"), max_length=80, blank=True)
    sectors = SectorsField(_("sectors"), help_text=_("None chosen: it concerns everyone."))
    is_material = models.BooleanField(default=False, editable=False)

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["edition", "clause"], name="clause_once_in_an_edition")]
        verbose_name = _("clause")
        verbose_name_plural = _("clauses")

    def __str__(self):
        return f"{self.number} {self.title}"

    @property
    def steps_list(self):
        return [line.strip() for line in self.steps.splitlines() if line.strip()]

    def save(self, *args, **kwargs):
        self._refuse_if_published()
        if self.clause_id is None:
            self.clause = Clause.objects.create(procedure=self.edition.procedure)
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        self._refuse_if_published()
        return super().delete(*args, **kwargs)

    def _refuse_if_published(self):
        if ProcedureEdition.objects.published().filter(pk=self.edition_id).exists():
            raise AppendOnlyError("The words of a published edition are never changed.")


class CitationReview(models.Model):
    """One place that cites a clause which an edition changed: somebody looks at it and says what came of it."""

    edition = models.ForeignKey(ProcedureEdition, models.PROTECT, related_name="reviews")
    clause = models.ForeignKey(Clause, models.PROTECT, related_name="reviews")
    change = models.CharField(max_length=10, choices=ClauseChange.choices)
    # Where it stood when the edition was published, in words: evidence outlives pages.
    written_in = models.CharField(max_length=10, choices=WrittenIn.choices, default=WrittenIn.PAGE)
    number = models.PositiveBigIntegerField()
    title = models.CharField(max_length=255)
    place = models.CharField(max_length=160)
    state = models.CharField(max_length=12, choices=CitationState.choices, default=CitationState.OPEN)
    decided_by = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["clause__place", "title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "clause", "written_in", "number", "place"], name="citation_reviewed_once"
            ),
            models.CheckConstraint(
                condition=models.Q(state="open", decided_at__isnull=True)
                | (~models.Q(state="open") & models.Q(decided_at__isnull=False)),
                name="citation_review_says_when",
            ),
        ]
        verbose_name = _("citation to look at")
        verbose_name_plural = _("citations to look at")

    def __str__(self):
        return f"{self.clause}: {self.title}, {self.place}"

    @property
    def is_open(self):
        return self.state == CitationState.OPEN
