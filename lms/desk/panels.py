"""The desk's first page: where to begin, and what needs the focal point."""

from dataclasses import dataclass

from django.db.models import Count, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.ui.components import Component

from certificates.seconding import waiting_for_second_person
from courses.choices import EnrolmentState
from courses.directory.models import Entry
from courses.enrolment.models import Enrolment
from courses.mailing.models import Letter
from courses.people import roles
from courses.people.models import NameCorrection, Person
from courses.progress.models import Completion
from courses.quizzes.late import persons_waiting
from lms.desk import drafts, tasks
from lms.desk.backups import BackupPanel


@dataclass(frozen=True)
class Need:
    words: str
    url: str


class StartPanel(Component):
    """Four large buttons: what a focal point comes here for."""

    name = "start"
    template_name = "lms/desk/start_panel.html"
    order = 5

    def get_context_data(self, parent_context):
        return {
            "name": parent_context["request"].user.get_full_name(),
            "buttons": [
                (_("Write"), _("A course, a lesson, a test"), reverse("desk_new"), "edit"),
                (_("Questions"), _("The bank that tests draw from"), reverse("desk_questions"), "help"),
                (_("People"), _("Let in, assign, look up"), reverse("people:index"), "group"),
                (_("Certificates"), _("Find, correct, withdraw"), reverse("certificates:index"), "doc-full"),
            ],
        }


class NeedsPanel(Component):
    name = "needs"
    template_name = "lms/desk/needs_panel.html"
    order = 10

    def get_context_data(self, parent_context):
        return {"needs": list(needs_of(parent_context["request"].user))}


def needs_of(user):
    """What waits for this log-in, as sentences with an address each. Nothing that counts nought."""
    counts = counted(
        people=Person.objects.visible_to(user).pending(),
        requests=Enrolment.objects.filter(state=EnrolmentState.REQUESTED),
        names=NameCorrection.objects.filter(decided_at=None),
        unchecked=Entry.objects.unchecked(timezone.localdate()),
        failed=tasks.failed(),
        letters=Letter.objects.troubled(),
        late=Person.objects.filter(pk__in=persons_waiting()),
        seconds=Completion.objects.filter(pk__in=waiting_for_second_person().order_by().values("pk")),
        pages=drafts.pages(),
        questions=drafts.questions(),
    )
    if people := counts["people"]:
        words = ngettext("%(n)s person waits for approval", "%(n)s people wait for approval", people)
        yield Need(words % {"n": people}, reverse("people:waiting"))
    if requests := counts["requests"]:
        words = ngettext("%(n)s request to start a course", "%(n)s requests to start a course", requests)
        yield Need(words % {"n": requests}, reverse("enrolments:index") + f"?state={EnrolmentState.REQUESTED}")
    if names := counts["names"]:
        words = ngettext("%(n)s request to correct a name", "%(n)s requests to correct a name", names)
        yield Need(words % {"n": names}, reverse("name-corrections:index"))
    if unconfirmed := counts["seconds"]:
        words = ngettext(
            "%(n)s certificate waits for a second person",
            "%(n)s certificates wait for a second person",
            unconfirmed,
        )
        yield Need(words % {"n": unconfirmed}, reverse("certificates:second_person"))
    if late := counts["late"]:
        words = ngettext("Answers that came late: %(n)s person", "Answers that came late: %(n)s people", late)
        yield Need(words % {"n": late}, reverse("results_late") + "?state=waiting")
    refused = drafts.refused_on_time()
    if refused:
        words = ngettext(
            "%(n)s page was due and could not go live", "%(n)s pages were due and could not go live", refused
        )
        yield Need(words % {"n": refused}, reverse("desk_drafts"))
    if unpublished := counts["pages"] + counts["questions"]:
        words = ngettext("%(n)s draft is not published", "%(n)s drafts are not published", unpublished)
        yield Need(words % {"n": unpublished}, reverse("desk_drafts"))
    if unchecked := counts["unchecked"]:
        words = ngettext(
            "%(n)s directory entry was not checked for a year",
            "%(n)s directory entries were not checked for a year",
            unchecked,
        )
        yield Need(words % {"n": unchecked}, reverse("directory:index") + "?checked=no")
    if letters := counts["letters"]:
        words = ngettext(
            "%(n)s letter came back or may not have arrived",
            "%(n)s letters came back or may not have arrived",
            letters,
        )
        yield Need(words % {"n": letters}, reverse("letters:index"))
    if failed := counts["failed"]:
        words = ngettext("%(n)s mail or certificate failed", "%(n)s mails or certificates failed", failed)
        yield Need(words % {"n": failed}, reverse("desk_tasks"))


def counted(**querysets):
    """{name: how many rows}, in one query for all of them."""
    counts = [
        rows.order_by().annotate(what=Value(name)).values_list("what").annotate(n=Count("pk"))
        for name, rows in querysets.items()
    ]
    if not counts:
        return {}
    # Of nothing there is no row.
    return dict.fromkeys(querysets, 0) | dict(counts[0].union(*counts[1:], all=True))


def show_ours(request, panels):
    """Hook construct_homepage_panels."""
    if roles.may_manage_people(request.user):
        panels += [StartPanel(), NeedsPanel(), BackupPanel()]


def show_no_summary(request, items):
    """Hook construct_homepage_summary_items: numbers of pages and pictures help nobody here."""
    items.clear()
