from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable, PreviewableMixin

from certificates import sample, wording
from courses.catalogue.models import Course
from courses.choices import CertificateKind, crest_path, private_storage
from courses.directory.models import Signatory

PREFIX = RegexValidator(r"^[A-Z]{1,8}$", _("Use one to eight capital letters."))
COLOUR = RegexValidator(r"^#[0-9a-fA-F]{6}$", _("Give a colour as # and six digits, such as #0d3346."))


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
