import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.choices import LetterState
from courses.people.models import Person


class LetterQuerySet(models.QuerySet):
    def due(self, at):
        return self.filter(state=LetterState.QUEUED, next_try_at__lte=at)


class Letter(models.Model):
    """One mail to one address, kept until a mail server took it. Written by `posting.post`."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # What the mail is about, as the sender counts it: a second post with the same key sends nothing.
    key = models.CharField(max_length=200, unique=True)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="letters", verbose_name=_("person")
    )
    address = models.EmailField(_("address"))
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"))
    reply_to = models.EmailField(_("answers go to"), blank=True)
    # [{"name", "type", "text"}]: calendar files, mostly.
    attachments = models.JSONField(default=list, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=LetterState.choices, default=LetterState.QUEUED)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    posted_at = models.DateTimeField(_("written"))
    next_try_at = models.DateTimeField(_("next try"))
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    # What the mail server said last, for the office.
    answer = models.CharField(_("answer of the mail server"), max_length=300, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "next_try_at"], name="letters_due")]
        verbose_name = _("letter")
        verbose_name_plural = _("letters")

    def __str__(self):
        return f"{self.address}: {self.subject}"
