import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.choices import LetterState
from courses.people.models import Person

# What the office should look at: it did not arrive, or nobody knows.
TROUBLED = [LetterState.UNCERTAIN, LetterState.FAILED, LetterState.BOUNCED]
# Nothing is done with these any more by itself.
FINISHED = [LetterState.SENT, LetterState.WITHDRAWN, *TROUBLED]


class LetterQuerySet(models.QuerySet):
    def due(self, at):
        return self.filter(state=LetterState.QUEUED, next_try_at__lte=at)

    def troubled(self):
        """What did not arrive, or may not have, and nobody has set aside."""
        return self.filter(state__in=TROUBLED, set_aside_at=None)

    def troubled_first(self):
        return self.annotate(
            in_order=models.Case(models.When(state__in=TROUBLED, set_aside_at=None, then=0), default=1)
        ).order_by("in_order", "-pk")


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
    # Empty once it was purged.
    body = models.TextField(_("text"), blank=True)
    reply_to = models.EmailField(_("answers go to"), blank=True)
    # [{"name", "type", "text"}]: calendar files, mostly.
    attachments = models.JSONField(default=list, blank=True)
    # Where a mail program may go to end letters of this kind; see RFC 8058.
    unsubscribe_url = models.URLField(max_length=400, blank=True)
    # Sent also to somebody who was turned away or has left: it may say just that.
    always = models.BooleanField(default=False)
    state = models.CharField(_("state"), max_length=10, choices=LetterState.choices, default=LetterState.QUEUED)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    posted_at = models.DateTimeField(_("written"))
    next_try_at = models.DateTimeField(_("next try"))
    tried_at = models.DateTimeField(_("last try"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    # What the mail server said last, for the office.
    answer = models.CharField(_("answer of the mail server"), max_length=300, blank=True)
    # Somebody of the office has seen the trouble.
    set_aside_at = models.DateTimeField(_("set aside"), null=True, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "next_try_at"], name="letters_due")]
        verbose_name = _("letter")
        verbose_name_plural = _("letters")

    def __str__(self):
        return f"{self.address}: {self.subject}"

    @property
    def is_troubled(self):
        return self.state in TROUBLED and self.set_aside_at is None

    @property
    def may_be_sent_again(self):
        """Once its text is purged it cannot be."""
        return self.state in TROUBLED and bool(self.body)

    @property
    def may_have_come_back(self):
        return self.state in (LetterState.SENT, LetterState.UNCERTAIN)
