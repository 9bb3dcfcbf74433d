"""The clock of keeping: what goes by itself after which time, and whose time here is over."""

from datetime import timedelta
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from courses.choices import Approval
from courses.dates import add_months
from courses.enrolment import forgetting
from courses.imports import purging
from courses.imports.models import ImportJob
from courses.mailing import sending
from courses.mailing.models import FINISHED, Letter
from courses.people import ending, heard
from courses.people.models import Device, Person, User
from courses.people.roles import STAFF_ROLES
from lms.erasing.models import Erasure, KeepingTimes
from lms.looks import noting
from lms.looks.models import Look


class Kind(NamedTuple):
    """What goes by itself: for how long it is kept, how many there are, and of how many the time is over."""

    what: str
    kept_for: timedelta
    n: int
    due: int

    @property
    def days(self):
        n = self.kept_for.days
        return ngettext("%(n)d day", "%(n)d days", n) % {"n": n}


def kinds(at):
    """[Kind, ...], each in two queries. The night takes what is due; more than a day's of it means that the
    nightly run does not run."""
    letters, imports = Letter.objects.exclude(body=""), ImportJob.objects.filter(purged_at=None)
    sessions, invitations = ending.tracked(), forgetting.unanswered()
    return [
        _kind(
            _("Texts of letters that were sent"),
            sending.PURGED_AFTER,
            letters,
            letters.filter(state__in=FINISHED, next_try_at__lt=at - sending.PURGED_AFTER),
        ),
        _kind(
            _("Uploaded lists of people"),
            purging.KEPT_FOR,
            imports,
            imports.filter(created_at__lt=at - purging.KEPT_FOR),
        ),
        _kind(
            _("Invitations that nobody answered"),
            forgetting.KEPT_FOR,
            invitations,
            invitations.filter(expires_at__lt=at - forgetting.KEPT_FOR),
        ),
        _kind(
            _("Where sessions came from: address and browser"),
            ending.KEPT_FOR,
            sessions,
            ending.ended(at),
        ),
        _kind(
            _("Devices, since they last spoke"),
            heard.KEPT_FOR,
            Device.objects.all(),
            Device.objects.filter(last_heard_at__lt=at - heard.KEPT_FOR),
        ),
        _kind(_("Who looked at personal data"), noting.KEPT_FOR, Look.objects.all(), noting.over(at)),
    ]


def _kind(what, kept_for, rows, due):
    return Kind(what, kept_for, rows.order_by().count(), due.order_by().count())


def forget(*, at):
    """What no other nightly command takes. Returns {what: how many}."""
    return {
        "invitations": forgetting.forget_unanswered(at=at),
        "sessions": ending.forget_ended(at=at),
        "looks": noting.forget_looks(at=at),
    }


def times():
    return KeepingTimes.objects.filter(site__is_default_site=True).first() or KeepingTimes()


def whose_time_is_over(at, keeping=None):
    """People who left, were refused or were never approved so long ago, and of whom there is more than the
    record of training. Without those of whom an erasure is asked for."""
    keeping, today = keeping or times(), timezone.localdate(at)
    left = add_months(today, -12 * keeping.years_after_leaving)
    waited_since = add_months(today, -keeping.months_after_refusal)
    gone = Q(left_on__lte=left) | Q(
        ~Q(approval=Approval.APPROVED), created_at__date__lte=waited_since, left_on=None
    )
    roles = User.objects.filter(
        Q(person=OuterRef("pk")) | Q(person__merged_into=OuterRef("pk")), role__in=STAFF_ROLES
    )
    settled = Erasure.objects.filter(withdrawn_at=None, person=OuterRef("pk"))
    return (
        Person.objects.current()
        .filter(gone, ~Exists(roles), ~Exists(settled))
        .with_place()
        .order_by("left_on", "created_at", "pk")
    )
