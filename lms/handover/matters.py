"""What is open on the site, kind by kind: what the next one must know of, and take over by name.

Each kind is a `Matter`: whose rows, how one is told, where it is seen to. To add one, write its rows and
name it in MATTERS.
"""

from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.db.models import Max, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page, Revision, WorkflowState

from certificates.batches.models import PrintRun
from certificates.seconding import waiting_for_second_person
from courses.choices import EnrolmentState, ImportState, PrintRunState, RepairState, WorkshopKind, WorkshopState
from courses.directory.models import ContactRole, Entry, Signatory
from courses.enrolment.cohorts import Cohort, Invitation
from courses.enrolment.models import Enrolment
from courses.imports.models import ImportJob
from courses.mailing.models import Letter
from courses.people.models import NameCorrection, Person
from courses.people.visibility import same_as
from courses.progress.models import Completion
from courses.quizzes.late import persons_waiting
from courses.quizzes.repairs import KeyRepair
from courses.workshops.models import Workshop
from lms.desk import drafts, tasks
from lms.desk.panels import counted
from lms.handover import renaming
from lms.home.models import SiteTexts
from lms.reports.packs.models import OrderState, PackOrder

# Of one kind; a longer list is behind its link.
SHOWN = 20


@dataclass(frozen=True)
class Matter:
    """`rows(goes, at)`: a query set or list. `line(row)`: (words, address or ""). `url()`: the whole list.

    Where people wait there is no `line`: they are counted, and named behind the link alone; the record goes
    into drawers. `rename(row, goes, comes)` puts the new name where the old one stood; True if it stood there.
    """

    key: str
    title: str
    rows: object
    line: object = None
    url: object = None
    rename: object = None


@dataclass(frozen=True)
class Found:
    """What is open of one kind now."""

    matter: Matter
    count: int
    # [(words, address), …] of the first.
    lines: list

    @property
    def more(self):
        return self.count - len(self.lines)

    @property
    def url(self):
        return self.matter.url() if self.matter.url else ""


def open_matters(goes, *, at):
    """[Found] of every kind of which there is anything, in the order of MATTERS."""
    return [each for each in look(MATTERS, goes, at=at) if each.count]


def look(matters, goes, *, at):
    """[Found] of these kinds. What is only counted is counted in one query."""
    rows = {matter: matter.rows(goes, at) for matter in matters}
    counts = counted(**{matter.key: rows[matter] for matter in matters if matter.line is None})
    return [
        Found(matter, counts[matter.key], []) if matter.line is None else _listed(matter, rows[matter])
        for matter in matters
    ]


def _listed(matter, rows):
    if isinstance(rows, list):
        return Found(matter, len(rows), [matter.line(row) for row in rows[:SHOWN]])
    first = list(rows[: SHOWN + 1])
    count = len(first) if len(first) <= SHOWN else rows.count()
    return Found(matter, count, [matter.line(row) for row in first[:SHOWN]])


# --- What is written ----------------------------------------------------------------------------


def _edit(row):
    return AdminURLFinder().get_edit_url(row) or ""


def _readings(_goes, _at):
    waiting = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS)
    return waiting.prefetch_related("content_object").order_by("pk")


def _reading(row):
    return str(row.content_object), _edit(row.content_object)


def _drafts(_goes, _at):
    return drafts.pages()


def _draft_questions(_goes, _at):
    return drafts.questions()


def _scheduled(_goes, _at):
    due = Revision.objects.filter(approved_go_live_at__isnull=False)
    return due.prefetch_related("content_object").order_by("approved_go_live_at")


def _scheduled_line(row):
    return f"{row.object_str}, {_moment(row.approved_go_live_at)}", _edit(row.content_object)


def _ending(_goes, at):
    return Page.objects.filter(live=True, expire_at__gt=at).order_by("expire_at")


def _ending_line(row):
    return f"{row.title}, {_moment(row.expire_at)}", _edit(row)


def _locked(goes, _at):
    return Page.objects.filter(locked=True, locked_by__person=goes).order_by("pk")


def _repairs(_goes, _at):
    waiting = {RepairState.WORKING_OUT, RepairState.PROPOSED, RepairState.RUNNING}
    return KeyRepair.objects.filter(state__in=waiting).order_by("pk")


def _titled(row):
    return str(row), _edit(row)


# --- Workshops and groups -----------------------------------------------------------------------


def _workshops(_goes, at, *, to_come):
    """Those that are not closed, whose last session is over or not."""
    rows = Workshop.objects.filter(
        kind=WorkshopKind.WORKSHOP, state__in=[WorkshopState.PLANNED, WorkshopState.OPEN]
    )
    rows = rows.annotate(last=Max("sessions__ends_at")).prefetch_related("facilitators").order_by("last", "pk")
    return rows.filter(Q(last=None) | Q(last__gt=at)) if to_come else rows.filter(last__lte=at)


def _workshop(row, name):
    when = f", {_day(row.last)}" if row.last else ""
    who = f" ({row.facilitator_names})" if row.facilitator_names else ""
    return f"{row.title}{when}{who}", reverse(name, args=[row.uuid])


def _cohorts(goes, _at):
    return Cohort.objects.open().filter(facilitator__in=same_as(goes))


# --- People and their requests ------------------------------------------------------------------


def _pending(_goes, _at):
    return Person.objects.pending().order_by("pk")


def _requests(_goes, _at):
    return Enrolment.objects.filter(state=EnrolmentState.REQUESTED)


def _corrections(_goes, _at):
    return NameCorrection.objects.filter(decided_at=None)


def _late(_goes, _at):
    return Person.objects.filter(pk__in=persons_waiting()).order_by("pk")


def _invitations(_goes, _at):
    return Invitation.objects.open().order_by("pk")


def _imports(_goes, _at):
    undone = [ImportState.UPLOADED, ImportState.CHECKING, ImportState.CHECKED, ImportState.RUNNING]
    return ImportJob.objects.filter(state__in=undone).order_by("pk")


def _import(row):
    return row.file_name, reverse("desk_import", args=[row.uuid])


# --- Certificates and figures -------------------------------------------------------------------


def _seconds(_goes, _at):
    return Completion.objects.filter(pk__in=waiting_for_second_person().order_by().values("pk"))


def _print_runs(_goes, _at):
    return PrintRun.objects.filter(state=PrintRunState.DRAWING).order_by("pk")


def _packs(_goes, _at):
    return PackOrder.objects.filter(state__in=[OrderState.MAKING, OrderState.FAILED]).order_by("pk")


def _pack(row):
    return str(row), reverse("reports_pack_order", args=[row.uuid])


# --- Where the person is named ------------------------------------------------------------------


def _entries(goes, _at):
    named = Q(role=ContactRole.FOCAL_POINT) | Q(name__icontains=goes.full_name)
    if goes.email:
        named |= Q(email__iexact=goes.email)
    return Entry.objects.filter(named)


def _signatories(goes, at):
    today = timezone.localdate(at)
    named = Signatory.objects.filter(name__icontains=goes.full_name)
    return named.filter(Q(mandate_to=None) | Q(mandate_to__gte=today))


def _recipients(goes, _at):
    """Addresses of this person to which the site sends, or in whose name."""
    address = goes.email.lower()
    if not address:
        return []
    found = []
    for texts in SiteTexts.objects.filter(contact_email__iexact=address):
        found.append((_("E-mail of the training team, shown on the site"), _texts_url(texts)))
    if address in settings.DEFAULT_FROM_EMAIL.lower():
        found.append((_("Sender of every letter: DEFAULT_FROM_EMAIL, set on the server"), ""))
    return found


def _texts_url(texts):
    return reverse("wagtailsettings:edit", args=["lms", "sitetexts", texts.site_id])


def _recipient(row):
    words, url = row
    return str(words), url


def _letters(_goes, _at):
    return Letter.objects.troubled().order_by("pk")


def _failed(_goes, _at):
    return tasks.failed().order_by("-finished_at")


def _day(moment):
    return date_format(timezone.localtime(moment), "j F Y")


def _moment(moment):
    return date_format(timezone.localtime(moment), "j F Y, H:i")


def _to(name):
    return partial(reverse, name)


MATTERS = (
    Matter("readings", _("Drafts that wait for a colleague’s reading"), _readings, _reading),
    Matter("drafts", _("Pages that are not published"), _drafts, url=_to("desk_drafts")),
    Matter("questions", _("Questions that are not published"), _draft_questions, url=_to("desk_drafts")),
    Matter("scheduled", _("Pages and questions that go live by themselves"), _scheduled, _scheduled_line),
    Matter("ending", _("Pages that end by themselves"), _ending, _ending_line),
    Matter("locked", _("Pages locked by who goes"), _locked, _titled, rename=renaming.locked_page),
    Matter("repairs", _("Wrong keys being put right"), _repairs, url=_to("reports_questions")),
    Matter(
        "workshops", _("Workshops to come"), partial(_workshops, to_come=True),
        partial(_workshop, name="workshop"), _to("workshops:index"), renaming.workshop,
    ),
    Matter(
        "registers", _("Registers that are not closed"), partial(_workshops, to_come=False),
        partial(_workshop, name="workshop_after"), _to("workshops:index"), renaming.workshop,
    ),
    Matter("cohorts", _("Cohorts led by who goes"), _cohorts, _titled, _to("cohorts:index"), renaming.cohort),
    Matter("pending", _("People who wait for approval"), _pending, url=_to("people:waiting")),
    Matter("requests", _("Requests to start a course"), _requests, url=_to("enrolments:index")),
    Matter("names", _("Requests to correct a name"), _corrections, url=_to("name-corrections:index")),
    Matter(
        "seconds", _("Certificates that wait for a second person"), _seconds,
        url=_to("certificates:second_person"),
    ),
    Matter("prints", _("Print runs and reissues being made"), _print_runs, url=_to("certificates:prints")),
    Matter("late", _("Answers that came late"), _late, url=_to("results_late")),
    Matter("invitations", _("Invitations not accepted"), _invitations, url=_to("invitations:index")),
    Matter("imports", _("Lists not imported to their end"), _imports, _import, _to("desk_imports")),
    Matter("packs", _("Figures ordered and not made"), _packs, _pack, _to("reports_packs")),
    Matter(
        "entries", _("Directory entries of the focal point, or with the name of who goes"), _entries, _titled,
        _to("directory:index"),
    ),
    Matter("signatories", _("Signatories with the name of who goes"), _signatories, _titled),
    Matter("recipients", _("Where the site uses the e-mail address of who goes"), _recipients, _recipient),
    Matter("letters", _("Letters that came back or may not have arrived"), _letters, url=_to("letters:index")),
    Matter("failed", _("Work in the background that failed"), _failed, url=_to("desk_tasks")),
)  # fmt: skip
BY_KEY = {matter.key: matter for matter in MATTERS}
