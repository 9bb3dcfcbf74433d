"""The queue of people who wait for approval, and deciding about many of them at once."""

from abc import abstractmethod

from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic

from courses.desk_selection import Group, ManyView, Selectable
from courses.people import roles
from courses.people.approving import approve, refuse
from courses.people.desk_forms import ReasonForm
from courses.people.models import ApprovalQuestion, Person


class DecideManyView(ManyView):
    index_url_name = "people:waiting"
    header_icon = "user"
    heading = ""

    def may(self, user):
        return roles.may_manage_people(user)

    def get_queryset(self):
        # Also those decided about meanwhile: they are named.
        return Person.objects.visible_to(self.request.user).current().with_place().order_by("full_name", "pk")

    @abstractmethod
    def decide_one(self, person, answers):
        """Call the verb for one who still waits. True if that changed anything."""

    @abstractmethod
    def told(self, n):
        """The message for `n` people."""

    def groups(self, answers):
        waiting, decided = Group(self.heading), Group(_("Left alone, because somebody has decided already"))
        for person in self.rows:
            if person.is_pending:
                waiting.rows.append((person, person.agency))
            else:
                decided.rows.append((person, person.get_approval_display()))
        return [waiting, decided]

    def decide(self, answers):
        done, skipped = 0, []
        for person in self.rows:
            if self.decide_one(person, answers):
                done += 1
            else:
                skipped.append(person.full_name)
        if done:
            messages.success(self.request, self.told(done))
        if skipped:
            messages.warning(
                self.request,
                _("Left alone, because somebody has decided already: %(names)s.")
                % {"names": ", ".join(skipped)},
            )


class ApproveManyView(DecideManyView):
    name = "approve"
    label = gettext_lazy("Approve…")
    url_name = "people:approve_many"
    page_title = gettext_lazy("Approve these people?")
    explanation = gettext_lazy("The final test and the certificate open for them, and each gets a message.")
    heading = gettext_lazy("Will be approved")
    button = gettext_lazy("Yes, approve them")

    def decide_one(self, person, answers):
        return approve(person, actor=self.request.user, at=self.at, only_waiting=True)

    def told(self, n):
        return ngettext("%(n)d person was approved.", "%(n)d people were approved.", n) % {"n": n}


class RefuseManyView(DecideManyView):
    name = "refuse"
    label = gettext_lazy("Refuse…")
    url_name = "people:refuse_many"
    form_class = ReasonForm
    page_title = gettext_lazy("Refuse these people?")
    explanation = gettext_lazy(
        "They can no longer sign in, and each gets a message without the reason. Nothing is deleted, and you "
        "can approve them later."
    )
    heading = gettext_lazy("Will be refused")
    button = gettext_lazy("Yes, refuse them")
    serious = True

    def decide_one(self, person, answers):
        return refuse(person, answers["reason"], actor=self.request.user, at=self.at, only_waiting=True)

    def told(self, n):
        return ngettext("%(n)d person was refused.", "%(n)d people were refused.", n) % {"n": n}


class WaitingFilters(WagtailFilterSet):
    class Meta:
        model = Person
        fields = ["agency", "agency__sector"]


class WaitingView(Selectable, generic.IndexView):
    model = Person
    page_title = gettext_lazy("People waiting for approval")
    header_icon = "user"
    index_url_name = "people:waiting"
    index_results_url_name = "people:waiting_results"
    # Where a name leads.
    person_url_name = "people:edit"
    filterset_class = WaitingFilters
    search_fields = ["full_name", "user__email"]
    search_backend_name = None
    default_ordering = "created_at"
    paginate_by = 50
    deeds = [ApproveManyView, RefuseManyView]
    list_display = [
        "full_name",
        Column("agency", label=gettext_lazy("Agency"), sort_key="agency__name"),
        Column("post", label=gettext_lazy("Post"), sort_key="post__name"),
        "rank",
        Column("email", label=gettext_lazy("E-mail")),
        DateColumn("created_at", label=gettext_lazy("Signed up"), sort_key="created_at"),
        DateColumn("asked_at", label=gettext_lazy("Asked on"), sort_key="asked_at"),
    ]

    def dispatch(self, request, *args, **kwargs):
        if not roles.may_manage_people(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self):
        asked = ApprovalQuestion.objects.filter(person=OuterRef("pk")).order_by("-id").values("at")[:1]
        waiting = Person.objects.visible_to(self.request.user).pending().with_place()
        return waiting.select_related("user").annotate(asked_at=Subquery(asked))

    @property
    def no_results_message(self):
        if self.is_searching or self.is_filtering:
            return _("Nobody who waits matches this.")
        return _("Nobody is waiting.")

    def get_edit_url(self, instance):
        return reverse(self.person_url_name, args=[instance.pk])

    def get_list_more_buttons(self, instance):
        return decisions(instance)


def decisions(person):
    """The entries of a row's menu that decide about a person now."""
    entries = []
    if not person.is_approved:
        entries.append(MenuItem(_("Approve"), url=reverse("people:approve", args=[person.pk]), priority=1))
    if person.is_pending and person.email:
        entries.append(MenuItem(_("Ask a question"), url=reverse("people:ask", args=[person.pk]), priority=2))
    if not person.is_refused:
        entries.append(MenuItem(_("Refuse"), url=reverse("people:refuse", args=[person.pk]), priority=40))
    return entries
