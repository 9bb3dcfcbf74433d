from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from courses.choices import private_storage, signature_path
from courses.people.models import Post

YEAR = timedelta(days=365)


class ContactRole(models.TextChoices):
    EMERGENCY = "emergency", _("Emergency line")
    HOTLINE = "hotline", _("Hotline")
    FOCAL_POINT = "focal_point", _("Focal point")
    HELP_DESK = "help_desk", _("Help desk")
    HUMAN_SERVICES = "human_services", _("Human Services")
    VULNERABLE_PERSONS_UNIT = "vulnerable_persons_unit", _("Vulnerable Persons Unit")
    MAJOR_CRIMES_UNIT = "major_crimes_unit", _("Major Crimes Unit")
    GENDER_RELATIONS = "gender_relations", _("Gender Relations")
    EXTERNAL_AFFAIRS = "external_affairs", _("External Affairs")
    LABOUR = "labour", _("Labour Department")
    PROSECUTOR = "prosecutor", _("Prosecutor")
    HEALTH_MINISTRY = "health_ministry", _("Health")
    IMMIGRATION = "immigration", _("Immigration")
    DISTRESS_HELPLINE = "distress_helpline", _("Someone to talk to")
    SHELTER_PARTNERS = "shelter_partners", _("Shelter partners")


class EntryQuerySet(models.QuerySet):
    def unchecked(self, day):
        """Never checked, or more than a year before `day`."""
        return self.filter(models.Q(checked_on=None) | models.Q(checked_on__lt=day - YEAR))


class Entry(models.Model):
    """One line of the national directory: whom to call, and when that was last checked."""

    role = models.CharField(_("role"), max_length=30, choices=ContactRole.choices)
    post = models.ForeignKey(
        Post,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("only for this duty station"),
        help_text=_("Leave empty for Saint Lucia. Numbers here may not work abroad."),
    )
    name = models.CharField(_("name"), max_length=200)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    free_all_hours = models.BooleanField(
        _("free to call, 24 hours"), default=False, help_text=_("Tick only when a test call has shown it.")
    )
    checked_on = models.DateField(_("checked on"), null=True, blank=True)

    panels = [
        FieldPanel("role"),
        FieldPanel("post"),
        FieldPanel("name"),
        FieldPanel("phone"),
        FieldPanel("email"),
        FieldPanel("note"),
        FieldPanel("free_all_hours"),
        FieldPanel("checked_on"),
    ]

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["role", "post_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["role", "post"], name="one_entry_per_role_and_post"),
            models.UniqueConstraint(
                fields=["role"], condition=models.Q(post=None), name="one_home_entry_per_role"
            ),
        ]
        verbose_name = _("directory entry")
        verbose_name_plural = _("directory")

    def __str__(self):
        return f"{self.get_role_display()}: {self.name}"


class Signatory(models.Model):
    """Who signs certificates, and from when to when they may."""

    name = models.CharField(_("name"), max_length=160)
    title = models.CharField(_("title"), max_length=160)
    mandate_from = models.DateField(_("mandate from"))
    mandate_to = models.DateField(_("mandate to"), null=True, blank=True)
    image = models.ImageField(
        _("image of the signature"),
        upload_to=signature_path,
        storage=private_storage,
        blank=True,
        help_text=_("Optional. Leave empty to print a line for ink."),
    )
    consent_on = models.DateField(_("consent to use the image, given on"), null=True, blank=True)
    consent_note = models.CharField(_("where the consent is kept"), max_length=200, blank=True)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(image="") | models.Q(consent_on__isnull=False),
                name="signature_image_needs_consent",
                violation_error_message=_(
                    "Give the date on which the signatory agreed to the use of the image."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(mandate_to=None) | models.Q(mandate_to__gte=models.F("mandate_from")),
                name="mandate_ends_after_it_begins",
                violation_error_message=_("The mandate ends before it begins."),
            ),
        ]
        verbose_name = _("signatory")
        verbose_name_plural = _("signatories")

    def __str__(self):
        return f"{self.name}, {self.title}"

    def in_office_on(self, day):
        return self.mandate_from <= day and (self.mandate_to is None or day <= self.mandate_to)
