import uuid

from django.core.exceptions import ValidationError
from django.core.files.storage import storages
from django.core.validators import RegexValidator
from django.db import models
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable, PreviewableMixin

from certificates import codes, sample, wording
from certificates.states import CertificateState
from courses.append_only import AppendOnly, AppendOnlyQuerySet
from courses.catalogue.models import Course
from courses.choices import CertificateKind, CertificateVerb, crest_path
from courses.directory.models import Signatory
from courses.people.models import Person
from courses.people.visibility import same_as
from courses.progress.models import Completion

PREFIX = RegexValidator(r"^[A-Z]{1,8}$", _("Use one to eight capital letters."))
COLOUR = RegexValidator(r"^#[0-9a-fA-F]{6}$", _("Give a colour as # and six digits, such as #0d3346."))


def private_storage():
    return storages["private"]


# What a design says before anybody changes it: of completing a course, of taking part in a workshop.
COMPLETION_WORDS = {
    "title": "Certificate of Completion",
    "before_name": "This is to certify that",
    "wording": "has completed the course and passed the final test in\n{course}\n{hours}, completed on {date}",
}
ATTENDANCE_WORDS = {
    "title": "Statement of Attendance",
    "before_name": "This is to state that",
    "wording": "took part in\n{course}\n{hours}, {dates}\n{place}",
}


class Design(PreviewableMixin, ClusterableModel):
    """How certificates look and what they say. Issued certificates keep a copy of it."""

    kind = models.CharField(
        _("for"),
        max_length=12,
        choices=CertificateKind.choices,
        default=CertificateKind.COMPLETION,
        help_text=_(
            "Statements of attendance have a sheet of their own, so that nobody takes one for the other."
        ),
    )
    name = models.CharField(_("name of the design"), max_length=120, unique=True)
    language = models.CharField(
        _("language"),
        max_length=10,
        default="en",
        help_text=_("In which these words are, and dates are written."),
    )
    prefix = models.CharField(
        _("numbers begin with"),
        max_length=8,
        default="SL",
        validators=[PREFIX],
        help_text=_("No topic, no sector."),
    )
    issuer = models.CharField(_("issuer, at the top"), max_length=120, default="Government of Saint Lucia")
    programme = models.CharField(_("programme"), max_length=160, blank=True)
    title = models.CharField(_("title"), max_length=120, default=COMPLETION_WORDS["title"])
    before_name = models.CharField(
        _("line before the name"), max_length=160, default=COMPLETION_WORDS["before_name"]
    )
    wording = models.TextField(
        _("wording after the name"),
        default=COMPLETION_WORDS["wording"],
        help_text=_(
            "You may use {course}, {hours}, {date}, {agency}, {rank}, {dates}, {place}. One line each. "
            "Of a workshop, {course} is its title, {dates} the days and {place} where it was."
        ),
    )
    crest = models.ImageField(
        _("crest"),
        upload_to=crest_path,
        storage=private_storage,
        blank=True,
        help_text=_("PNG. Empty: the programme's own emblem. Use the national arms only with permission."),
    )
    ink = models.CharField(_("ink colour"), max_length=7, default="#0d3346", validators=[COLOUR])
    accent = models.CharField(_("line colour"), max_length=7, default="#b98a1d", validators=[COLOUR])

    class Meta:
        ordering = ["name"]
        verbose_name = _("certificate design")
        verbose_name_plural = _("certificate designs")

    def __str__(self):
        return self.name

    def clean(self):
        super().clean()
        if self.kind == CertificateKind.ATTENDANCE:
            # What was left as it stood in the form speaks of completing a course.
            for name, words in COMPLETION_WORDS.items():
                if getattr(self, name).replace("\r\n", "\n") == words:
                    setattr(self, name, ATTENDANCE_WORDS[name])
        try:
            wording.check(self.wording)
        except wording.UnknownPlaceholder as unknown:
            known = ", ".join(f"{{{name}}}" for name in wording.PLACEHOLDERS)
            raise ValidationError(
                {
                    "wording": _("“%(name)s” is not known here. You may use %(known)s.")
                    % {"name": unknown.name, "known": known}
                }
            ) from None

    @property
    def preview_modes(self):
        return [("short", _("With a short name")), ("long", _("With a long name"))]

    @property
    def preview_sizes(self):
        return [
            {"name": "paper", "icon": "desktop", "device_width": 1123, "label": _("As wide as the paper")},
        ]

    def serve_preview(self, request, mode_name):
        return HttpResponse(sample.preview(self, long=mode_name == "long"))


class DesignSignature(Orderable):
    design = ParentalKey(Design, on_delete=models.CASCADE, related_name="signatures")
    signatory = models.ForeignKey(
        Signatory,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("signatory"),
        help_text=_("Empty: a blank line for ink."),
    )
    blank_title = models.CharField(
        _("title under a blank line"), max_length=160, blank=True, help_text=_("Only without a signatory.")
    )
    panels = [FieldPanel("signatory"), FieldPanel("blank_title")]


class CourseDesign(Orderable):
    """Which design a course's certificates use: one each."""

    design = ParentalKey(Design, on_delete=models.CASCADE, related_name="courses")
    course = models.OneToOneField(Course, models.PROTECT, related_name="certificate_design")
    panels = [FieldPanel("course")]


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
