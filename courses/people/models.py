import uuid

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from courses.append_only import AppendOnly
from courses.choices import Approval, Role, Sex, SignupMode, make_username
from courses.people.visibility import OfPerson, OfPersonAppendOnly, PersonQuerySet


class Sector(models.Model):
    """A line of work with a learning path. The code never changes; retire, do not delete."""

    code = models.SlugField(_("code"), max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=120)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    retired = models.BooleanField(_("no longer used"), default=False)

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")

    def __str__(self):
        return self.name


class Agency(ClusterableModel):
    name = models.CharField(_("name"), max_length=200, unique=True)
    short_name = models.CharField(_("short name"), max_length=40, blank=True)
    sector = models.ForeignKey(Sector, models.PROTECT, related_name="agencies", verbose_name=_("sector"))
    headcount = models.PositiveIntegerField(
        _("front-line staff"), null=True, blank=True, help_text=_("How many people should be trained in all.")
    )
    retired = models.BooleanField(_("no longer used"), default=False)

    panels = [
        FieldPanel("name"),
        FieldPanel("short_name"),
        FieldPanel("sector"),
        FieldPanel("headcount"),
        FieldPanel("retired"),
        InlinePanel("posts", label=_("Post or duty station")),
    ]

    class Meta:
        ordering = ["name"]
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")

    def __str__(self):
        return self.name


class Post(models.Model):
    """Where somebody works: a station, a clinic, a mission abroad."""

    agency = ParentalKey(Agency, on_delete=models.PROTECT, related_name="posts", verbose_name=_("agency"))
    name = models.CharField(_("name"), max_length=120)
    abroad = models.BooleanField(
        _("outside Saint Lucia"), default=False, help_text=_("Emergency numbers differ there.")
    )
    headcount = models.PositiveIntegerField(_("front-line staff"), null=True, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["agency", "name"], name="post_once_per_agency")]
        verbose_name = _("post")
        verbose_name_plural = _("posts")

    def __str__(self):
        return self.name


class Person(models.Model):
    """Who is trained. A log-in (User) may belong to a person; the record hangs on the person."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    full_name = models.CharField(
        _("full name"), max_length=160, help_text=_("As it should read on a certificate.")
    )
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="people", verbose_name=_("agency")
    )
    post = models.ForeignKey(
        Post,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="people",
        verbose_name=_("post or duty station"),
    )
    sector = models.ForeignKey(
        Sector,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("sector"),
        help_text=_("Only if it differs from the agency's."),
    )
    rank = models.CharField(_("job title or rank"), max_length=120, blank=True)
    service_number = models.CharField(_("service number"), max_length=40, blank=True)
    # Digits and a leading plus alone: `phones.clean_phone` writes it.
    phone = models.CharField(
        _("telephone"), max_length=20, blank=True, db_index=True, help_text=_("To sign in with a code card.")
    )
    # Of somebody without a log-in: by it they are recognised and invited. Written by no one but the office.
    contact_email = models.EmailField(
        _("e-mail address without a log-in"),
        blank=True,
        help_text=_("To invite the person. A log-in has an address of its own."),
    )
    sex = models.CharField(_("sex"), max_length=10, choices=Sex.choices, blank=True)
    language = models.CharField(_("preferred language"), max_length=10, default="en")
    left_on = models.DateField(_("left on"), null=True, blank=True)
    agency_on_certificate = models.BooleanField(
        _("show the agency on certificates"),
        default=True,
        help_text=_("Untick where the workplace itself must stay unknown, such as a shelter."),
    )
    approval = models.CharField(
        _("approval"), max_length=10, choices=Approval.choices, default=Approval.PENDING, db_index=True
    )
    reminders_muted = models.BooleanField(_("no reminders by mail"), default=False)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    created_at = models.DateTimeField(_("added"), auto_now_add=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["full_name", "id"]
        indexes = [models.Index(Lower("contact_email"), name="person_contact_email")]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "service_number"],
                condition=~models.Q(service_number=""),
                name="service_number_once_per_agency",
            ),
            models.CheckConstraint(condition=~models.Q(full_name=""), name="person_has_name"),
        ]
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self):
        return self.full_name

    @property
    def is_approved(self):
        return self.approval == Approval.APPROVED

    @property
    def is_pending(self):
        return self.approval == Approval.PENDING

    @property
    def is_refused(self):
        return self.approval == Approval.REFUSED

    @property
    def path_sector(self):
        """The sector whose parts this person studies: their own, else the agency's, else None."""
        return self.sector or (self.agency.sector if self.agency else None)

    @property
    def sector_code(self):
        sector = self.path_sector
        return sector.code if sector else ""

    @property
    def role_label(self):
        user = getattr(self, "user", None)
        return user.get_role_display() if user else ""

    @property
    def counts_as(self):
        """Whose record this one is part of: the person it was merged into, else itself.

        One step leads there: whatever was merged into a record goes along when that one is merged.
        """
        return self.merged_into or self

    @property
    def email(self):
        """The address of the person's log-in, or ""."""
        user = getattr(self, "user", None)
        return (user and user.email) or ""

    def as_now(self):
        """Agency, sector, post, rank and sex as they are today, for a row that must not change later."""
        sector = self.path_sector
        return {
            "agency_name": self.agency.name if self.agency else "",
            "sector_code": sector.code if sector else "",
            "sector_name": sector.name if sector else "",
            "post_name": self.post.name if self.post else "",
            "rank": self.rank,
            "sex": self.sex,
        }


class PlaceAsWas(models.Model):
    """Where somebody stood when something was done: a transfer rewrites no history."""

    agency_name = models.CharField(max_length=200, blank=True)
    # Which agency, for counting; the name above is what it was called.
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    sector_code = models.CharField(max_length=30, blank=True)
    sector_name = models.CharField(max_length=120, blank=True)
    post_name = models.CharField(max_length=120, blank=True)
    rank = models.CharField(max_length=120, blank=True)
    sex = models.CharField(max_length=10, blank=True)

    class Meta:
        abstract = True


class User(AbstractUser):
    """A log-in and nothing else. E-mail is optional: some sign in by code card."""

    username = models.CharField(_("log-in name"), max_length=150, unique=True, default=make_username)
    email = models.EmailField(_("e-mail address"), null=True, blank=True, default=None)  # noqa: DJ001 - two people without e-mail must not collide
    person = models.OneToOneField(
        Person, models.PROTECT, null=True, blank=True, related_name="user", verbose_name=_("person")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices, default=Role.TRAINEE)
    # The last day on which it is held. An auditor always has one.
    role_until = models.DateField(_("role held until"), null=True, blank=True)

    REQUIRED_FIELDS = ["email"]

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_user_per_email", condition=~models.Q(email=None)),
            models.CheckConstraint(
                condition=~models.Q(role=Role.AUDITOR) | models.Q(role_until__isnull=False),
                name="auditor_until_a_day",
            ),
        ]
        verbose_name = _("log-in")
        verbose_name_plural = _("log-ins")

    def __str__(self):
        return self.get_full_name() or self.email or self.username

    def save(self, *args, **kwargs):
        self.email = (self.email or "").strip() or None
        super().save(*args, **kwargs)

    def get_full_name(self):
        return self.person.full_name if self.person_id else super().get_full_name()

    def stand_on(self, survivor):
        """Let `person` be the record that this log-in's own was merged into.

        In memory alone: `person_id` stays, so that saving the log-in moves nothing, and undoing the
        merge gives it back its own record.
        """
        self._meta.get_field("person").set_cached_value(self, survivor)


class NameCorrection(models.Model):
    """A trainee asks for another spelling of the name; the focal point decides."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="name_corrections")
    wanted = models.CharField(_("name as it should read"), max_length=160)
    # An issued certificate that carries the wrong name, by number.
    certificate_number = models.CharField(_("certificate"), max_length=40, blank=True)
    asked_at = models.DateTimeField(_("asked"))
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    accepted = models.BooleanField(_("accepted"), null=True)
    decided_by = models.CharField(_("decided by"), max_length=200, blank=True)

    objects = OfPerson.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(decided_at=None), name="one_open_name_correction"
            )
        ]
        verbose_name = _("name correction")
        verbose_name_plural = _("name corrections")

    def __str__(self):
        return f"{self.person}: {self.wanted}"


class ApprovalQuestion(AppendOnly):
    """What the focal point asked a waiting person by mail before deciding."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="approval_questions")
    text = models.CharField(_("question"), max_length=500)
    author = models.CharField(_("asked by"), max_length=200)
    at = models.DateTimeField(_("asked"))

    objects = OfPersonAppendOnly.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("question before approval")
        verbose_name_plural = _("questions before approval")

    def __str__(self):
        return f"{self.person}: {self.text}"


class PersonNote(AppendOnly):
    """A note of the office about a person, who reads it in the copy of their data alone. Nobody changes it."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="notes")
    text = models.CharField(_("note"), max_length=1000)
    author = models.CharField(_("written by"), max_length=200)
    at = models.DateTimeField(_("written"))

    objects = OfPersonAppendOnly.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("note")
        verbose_name_plural = _("notes")

    def __str__(self):
        return f"{self.person}: {self.text}"


class Merge(models.Model):
    """One record was joined to another: a pointer, and what is needed to undo it exactly."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="merges", verbose_name=_("record"))
    into = models.ForeignKey(Person, models.PROTECT, related_name="merges_taken", verbose_name=_("merged into"))
    # Keys of the records that had been merged into `person`, and go along.
    brought = models.JSONField(default=list)
    at = models.DateTimeField(_("merged"))
    by = models.CharField(_("merged by"), max_length=200)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    undone_by = models.CharField(_("undone by"), max_length=200, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(undone_at=None), name="one_merge_in_force_per_person"
            ),
            models.CheckConstraint(
                condition=~models.Q(person=models.F("into")), name="nobody_merges_with_oneself"
            ),
        ]
        verbose_name = _("merge")
        verbose_name_plural = _("merges")

    def __str__(self):
        return f"{self.person} → {self.into}"


class NotTheSame(AppendOnly):
    """Somebody looked at two records that are alike, and they are two people."""

    # The lower key first, so that a pair is there once.
    one = models.ForeignKey(Person, models.PROTECT, related_name="+")
    other = models.ForeignKey(Person, models.PROTECT, related_name="+")
    author = models.CharField(_("said by"), max_length=200)
    at = models.DateTimeField(_("said"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="one_answer_per_pair"),
            models.CheckConstraint(condition=models.Q(one__lt=models.F("other")), name="lower_key_first"),
        ]
        verbose_name = _("not the same person")
        verbose_name_plural = _("not the same person")

    def __str__(self):
        return f"{self.one} ≠ {self.other}"


class CodeCard(models.Model):
    """A printed code with which somebody signs in. The code itself is on the card alone."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="code_cards", verbose_name=_("person"))
    hash = models.CharField(max_length=200, editable=False)
    issued_at = models.DateTimeField(_("issued"))
    issued_by = models.CharField(_("issued by"), max_length=200)
    revoked_at = models.DateTimeField(_("stopped"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(revoked_at=None), name="one_code_card_in_force"
            )
        ]
        verbose_name = _("code card")
        verbose_name_plural = _("code cards")

    def __str__(self):
        return f"{self.person}: {self.issued_at:%Y-%m-%d}"


class Device(models.Model):
    """A browser that has spoken for a person by itself. What it still keeps, only it knows."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="devices")
    # Made up by the browser, and known to nobody else.
    name = models.CharField(max_length=40)
    first_heard_at = models.DateTimeField(_("first heard from"))
    last_heard_at = models.DateTimeField(_("last heard from"), db_index=True)

    objects = OfPerson.as_manager()

    class Meta:
        ordering = ["-last_heard_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["person", "name"], name="one_device_per_name")]
        verbose_name = _("device")
        verbose_name_plural = _("devices")

    def __str__(self):
        return f"{self.person}: {self.last_heard_at:%Y-%m-%d}"


@register_setting(icon="group")
class SignupSettings(BaseSiteSetting):
    mode = models.CharField(
        _("who may sign up"), max_length=12, choices=SignupMode.choices, default=SignupMode.OPEN
    )
    domains = models.TextField(
        _("allowed e-mail domains"), blank=True, help_text=_("One a line, for example: govt.lc")
    )

    panels = [MultiFieldPanel([FieldPanel("mode"), FieldPanel("domains")], heading=_("Sign-up"))]

    class Meta:
        verbose_name = _("sign-up")

    def allowed_domains(self):
        return {line.strip().lower().lstrip("@") for line in self.domains.splitlines() if line.strip()}
