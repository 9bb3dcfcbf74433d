import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from certificates import codes
from certificates.states import CertificateState
from courses.append_only import AppendOnly, AppendOnlyQuerySet
from courses.choices import CertificateKind, CertificateVerb
from courses.people.models import Person
from courses.people.visibility import same_as
from courses.progress.models import Completion


class NumberSeries(models.Model):
    """The last number given, taken under a row lock. Numbers are never reused."""

    prefix = models.CharField(max_length=10)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["prefix", "year"], name="one_series_per_year")]

    def __str__(self):
        return f"{self.prefix}-{self.year}"


class SecondPerson(AppendOnly):
    """Somebody else confirmed a completion whose person can see the answer keys."""

    completion = models.OneToOneField(Completion, models.PROTECT, related_name="second_person")
    confirmed_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("confirmed by"))
    # As the name was then.
    name = models.CharField(max_length=160)
    at = models.DateTimeField(_("when"))

    class Meta:
        ordering = ["-id"]
        verbose_name = _("confirmation by a second person")
        verbose_name_plural = _("confirmations by a second person")

    def __str__(self):
        return f"{self.completion}: {self.name}"


class CertificateQuerySet(AppendOnlyQuerySet):
    def with_state(self, day):
        """Each certificate's `state` on a day, and when and why it was withdrawn, in the same query."""
        withdrawn = CertificateEvent.objects.filter(
            certificate=models.OuterRef("pk"), verb=CertificateVerb.WITHDRAWN
        )
        return self.annotate(
            withdrawn_at=models.Subquery(withdrawn.values("at")[:1]),
            withdrawn_for=models.Subquery(withdrawn.values("public_reason")[:1]),
            state=models.Case(
                models.When(withdrawn_at__isnull=False, then=models.Value(CertificateState.WITHDRAWN)),
                models.When(replaced_by__isnull=False, then=models.Value(CertificateState.REPLACED)),
                models.When(valid_until__lt=day, then=models.Value(CertificateState.EXPIRED)),
                default=models.Value(CertificateState.IN_FORCE),
                output_field=models.CharField(),
            ),
        )

    def for_lists(self, day):
        """With state and neighbours."""
        return (
            self.with_state(day)
            .select_related(
                "person__agency",
                "completion__enrolment__course",
                "completion__agency",
                "replaces",
                "replaced_by",
            )
            .defer("replaces__facts", "replaced_by__facts")
        )

    def for_record(self, person, day):
        """The person's own with state and neighbours: `for_lists` without the agencies.

        With them these are nine tables, and PostgreSQL puts more than eight together in the order in which
        they are written: it joined everybody's certificates before it looked whose they are.
        """
        rows = self.of(person).for_lists(day).select_related(None)
        return rows.select_related("completion__enrolment__course", "replaces", "replaced_by")

    def of(self, person):
        """The person's own, and those of records merged into this one."""
        return self.filter(person__in=same_as(person))


class Certificate(AppendOnly):
    """An issued certificate: every fact printed on it. Never changed; its bytes are in CertificateFile."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(_("number"), max_length=40, unique=True)
    token = models.CharField(max_length=64, unique=True)
    short_code = models.CharField(max_length=16, unique=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="certificates", verbose_name=_("person"))
    kind = models.CharField(_("kind"), max_length=12, choices=CertificateKind.choices)
    completion = models.ForeignKey(
        Completion, models.PROTECT, null=True, blank=True, related_name="certificates"
    )
    # For attendance certificates: the workshop registration, by its uuid.
    attendance_basis = models.UUIDField(null=True, blank=True)
    # Everything printed: see facts.facts_of().
    facts = models.JSONField()
    specimen = models.BooleanField(_("specimen"), default=False)
    issued_at = models.DateTimeField(_("issued"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name=_("replaces")
    )

    objects = CertificateQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["completion"],
                condition=models.Q(replaces=None, completion__isnull=False),
                name="one_original_per_completion",
            ),
            models.UniqueConstraint(
                fields=["attendance_basis"],
                condition=models.Q(replaces=None, attendance_basis__isnull=False),
                name="one_original_per_attendance",
            ),
            models.CheckConstraint(
                condition=models.Q(completion__isnull=False, attendance_basis=None)
                | models.Q(completion=None, attendance_basis__isnull=False),
                name="certificate_has_one_basis",
            ),
        ]
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")

    def __str__(self):
        return self.number

    @property
    def is_attendance(self):
        return self.kind == CertificateKind.ATTENDANCE

    @property
    def file_name(self):
        """Neutral: no name and no topic."""
        return f"certificate-{self.number}.pdf"

    @property
    def printed_code(self):
        return codes.printed_code(self.short_code)


class CertificateFile(AppendOnly):
    """The very bytes of a certificate: drawn once from its facts (see `filing`), never changed."""

    certificate = models.OneToOneField(Certificate, models.PROTECT, related_name="file")
    pdf = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    drawn_at = models.DateTimeField(_("drawn"))

    class Meta:
        verbose_name = _("file of a certificate")
        verbose_name_plural = _("files of certificates")

    def __str__(self):
        return str(self.certificate)


class CertificateArt(AppendOnly):
    """A crest or signature as it was when a certificate was issued with it (see `artwork`)."""

    sha256 = models.CharField(max_length=64, unique=True)
    png = models.BinaryField()

    class Meta:
        verbose_name = _("picture on certificates")
        verbose_name_plural = _("pictures on certificates")

    def __str__(self):
        return self.sha256


class CertificateEvent(AppendOnly):
    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="events")
    verb = models.CharField(_("what"), max_length=12, choices=CertificateVerb.choices)
    # For the public: "error" or "other" when withdrawn. For the office: the reason in words.
    public_reason = models.CharField(max_length=12, blank=True)
    reason = models.CharField(_("reason"), max_length=400, blank=True)
    actor = models.CharField(_("who"), max_length=200)
    at = models.DateTimeField(_("when"))

    class Meta:
        ordering = ["certificate_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["certificate"],
                condition=models.Q(verb=CertificateVerb.WITHDRAWN),
                name="withdrawn_once",
            )
        ]

    def __str__(self):
        return f"{self.certificate}: {self.verb}"
