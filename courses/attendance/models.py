import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.append_only import AppendOnly, AppendOnlyQuerySet
from courses.choices import AttendanceMark, AttendanceMethod, Presence, private_storage, sheet_photo_path
from courses.people.models import PlaceAsWas
from courses.workshops.models import Registration, Session, Workshop

# What a session counts for: a late one counts too.
ATTENDED = [Presence.PRESENT, Presence.LATE]


class Attendance(PlaceAsWas):
    """One person at one session, as the log of it adds up to; place and person as they were then.

    Written by `signing_in.write` alone, from AttendanceEvent.
    """

    registration = models.ForeignKey(Registration, models.PROTECT, related_name="attendances")
    session = models.ForeignKey(Session, models.PROTECT, related_name="attendances")
    presence = models.CharField(_("presence"), max_length=12, choices=Presence.choices)
    arrived_at = models.DateTimeField(_("arrived"), null=True, blank=True)

    class Meta:
        ordering = ["session_id", "registration_id"]
        constraints = [
            models.UniqueConstraint(fields=["session", "registration"], name="one_attendance_per_session")
        ]
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")

    def __str__(self):
        return f"{self.registration}: {self.presence}"

    @property
    def is_attended(self):
        return self.presence in ATTENDED


class AttendanceEventQuerySet(AppendOnlyQuerySet):
    def live(self):
        """What was not undone, without the undos themselves; in no order."""
        return self.exclude(mark=AttendanceMark.UNDO).filter(cancelled_by=None).order_by()


class AttendanceEvent(AppendOnly):
    """One sign-in, mark or correction, as it came in. Never changed; an undo is a row of its own."""

    objects = AttendanceEventQuerySet.as_manager()

    # Given by the device, so that sending it again is known.
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    registration = models.ForeignKey(Registration, models.PROTECT, related_name="attendance_events")
    session = models.ForeignKey(Session, models.PROTECT, related_name="attendance_events")
    mark = models.CharField(_("what"), max_length=10, choices=AttendanceMark.choices)
    method = models.CharField(_("how"), max_length=10, choices=AttendanceMethod.choices)
    # An explicit word of the facilitator beats every sign-in.
    correction = models.BooleanField(default=False)
    cancels = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="cancelled_by")
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    # When the person was there, by the server's reckoning; what the device said; when it got here.
    effective_at = models.DateTimeField()
    client_at = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField()
    device = models.CharField(max_length=40, blank=True)
    author = models.CharField(_("by"), max_length=200)

    class Meta:
        ordering = ["id"]
        verbose_name = _("attendance log")
        verbose_name_plural = _("attendance log")

    def __str__(self):
        return f"{self.registration}: {self.mark}"


class SheetPhoto(AppendOnly):
    """The signed sheet as evidence: for the facilitator and the focal point alone."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="sheet_photos")
    session = models.ForeignKey(Session, models.PROTECT, null=True, blank=True, related_name="+")
    file = models.FileField(_("photograph"), upload_to=sheet_photo_path, storage=private_storage)
    sha256 = models.CharField(max_length=64)
    author = models.CharField(_("added by"), max_length=200)
    at = models.DateTimeField(_("added"))

    class Meta:
        ordering = ["id"]
        verbose_name = _("photograph of a sheet")
        verbose_name_plural = _("photographs of sheets")

    def __str__(self):
        return f"{self.workshop}: {self.at:%Y-%m-%d}"
