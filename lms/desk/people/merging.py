"""Pages on which two records of one person are joined, and that is undone."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages

from courses.desk import DecideView, DeskScreen
from courses.people import roles
from courses.people.merging import MergeRefused, NotUndone, merge, refusal, unmerge
from courses.people.models import Merge, Person
from lms.desk.people import alike, comparing

ROWS_A_PAGE = 25
LONGEST_SEARCH = 100


def people_for(request):
    return Person.objects.visible_to(request.user).current().with_place().select_related("user")


class AboutPersonScreen(DeskScreen, TemplateView):
    header_icon = "user"

    def may(self, user):
        return roles.may_manage_people(user)

    def prepare(self, **kwargs):
        self.object = get_object_or_404(people_for(self.request), pk=kwargs["pk"])

    def get_page_subtitle(self):
        return self.object.full_name

    def get_breadcrumbs_items(self):
        person = reverse("people:person", args=[self.object.pk])
        return [
            *self.breadcrumbs_items,
            {"url": reverse("people:index"), "label": gettext_lazy("People")},
            {"url": person, "label": self.object.full_name},
            {"url": "", "label": self.get_page_title()},
        ]


class ChooseOtherView(AboutPersonScreen):
    """Which record is the same person: those alike first, any other by a search."""

    template_name = "lms/desk/merge_choose.html"
    page_title = gettext_lazy("Merge with another record")

    def get_context_data(self, **kwargs):
        words = " ".join(self.request.GET.get("q", "").replace("\x00", "").split())[:LONGEST_SEARCH]
        others = people_for(self.request).exclude(pk=self.object.pk)
        if words:
            found = others
            for word in words.split():
                found = found.filter(
                    Q(full_name__icontains=word)
                    | Q(service_number__icontains=word)
                    | Q(phone__icontains=word)
                    | Q(user__email__icontains=word)
                    | Q(agency__name__icontains=word)
                    | Q(agency__short_name__icontains=word)
                )
        else:
            found = others.filter(pk__in=alike.others_like(self.object, self.request.user))
        listing = Paginator(found.order_by("full_name", "pk"), ROWS_A_PAGE).get_page(self.request.GET.get("p"))
        return super().get_context_data(person=self.object, words=words, listing=listing, panel=None, **kwargs)


class MergeView(AboutPersonScreen):
    """The two side by side; a POST joins the first to the second."""

    template_name = "lms/desk/merge.html"
    page_title = gettext_lazy("Are these one person?")

    def prepare(self, **kwargs):
        super().prepare(**kwargs)
        self.into = get_object_or_404(people_for(self.request), pk=kwargs["into"])
        if self.into == self.object:
            raise Http404

    @cached_property
    def refused(self):
        return refusal(self.object, self.into)

    def get_context_data(self, **kwargs):
        told = {
            "person": self.object,
            "into": self.into,
            "rows": comparing.rows(self.object, self.into),
            "warnings": [] if self.refused else comparing.warnings(self.object, self.into),
            "refused": self.refused and self.refused.label,
            "may_turn": refusal(self.into, self.object) is None,
            "panel": None,
        }
        return super().get_context_data(**{**kwargs, **told})

    def post(self, request, *args, **kwargs):
        try:
            merge(self.object, self.into, actor=request.user, at=timezone.now())
        except MergeRefused as refused:
            messages.warning(request, _("Nothing was merged. %(why)s") % {"why": refused.reason.label})
            return redirect(request.path)
        messages.success(
            request,
            _("%(merged)s is merged into %(name)s. You can undo it on this page.")
            % {"merged": self.object, "name": self.into},
        )
        return redirect("people:person", self.into.pk)


class UnmergeView(DecideView):
    page_title = gettext_lazy("Undo the merge")
    header_icon = "user"
    explanation = gettext_lazy(
        "The two records stand by themselves again, each with what it had. What was done since stays with the "
        "record in which it was done."
    )
    button = gettext_lazy("Yes, undo it")

    def may(self, user):
        return roles.may_manage_people(user)

    def get_queryset(self):
        seen = Person.objects.visible_to(self.request.user).current().order_by().values("pk")
        return Merge.objects.filter(undone_at=None, into__in=seen).select_related("person", "into")

    def get_back_url(self):
        return reverse("people:person", args=[self.object.into_id])

    def decide(self, done, form):
        try:
            unmerge(done, actor=self.request.user, at=self.at)
        except NotUndone:
            return _("Nothing was undone: this was merged on, or undone already.")
        return _("%(merged)s is a record of its own again.") % {"merged": done.person}
