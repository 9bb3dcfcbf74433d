"""Pages of the desk on which people are approved, refused and given a role."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from courses.desk import DecideView
from courses.people import roles
from courses.people.approving import approve, refuse
from courses.people.desk_forms import RefuseForm, RoleForm
from courses.people.models import Person


class WaitingView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "people/desk/waiting.html"
    page_title = gettext_lazy("People waiting for approval")
    header_icon = "user"

    def dispatch(self, request, *args, **kwargs):
        if not roles.may_manage_people(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self):
        waiting = Person.objects.visible_to(self.request.user).pending().with_place()
        return waiting.select_related("user").order_by("created_at")

    def get_context_data(self, **kwargs):
        return super().get_context_data(people=self.get_queryset()[:200], **kwargs)

    def post(self, request):
        ticked = [int(pk) for pk in request.POST.getlist("person") if pk.isdecimal() and len(pk) < 19]
        at = timezone.now()
        done = sum(
            approve(person, actor=request.user, at=at) for person in self.get_queryset().filter(pk__in=ticked)
        )
        if done:
            messages.success(
                request,
                ngettext("%(n)d person was approved.", "%(n)d people were approved.", done) % {"n": done},
            )
        else:
            messages.warning(request, _("Nobody was ticked, so nothing changed."))
        return redirect("people:waiting")


class PersonView(DecideView):
    index_url_name = "people:index"
    header_icon = "user"

    def may(self, user):
        return roles.may_manage_people(user)

    def get_queryset(self):
        return Person.objects.visible_to(self.request.user).current().with_place().select_related("user")


class ApproveView(PersonView):
    page_title = gettext_lazy("Approve")
    explanation = gettext_lazy("The final test and the certificate open for this person.")
    button = gettext_lazy("Yes, approve")

    def decide(self, person, form):
        approve(person, actor=self.request.user, at=self.at)
        return _("%(name)s is approved.") % {"name": person}


class RefuseView(PersonView):
    page_title = gettext_lazy("Refuse")
    form_class = RefuseForm
    explanation = gettext_lazy(
        "This person can no longer sign in. Nothing is deleted, and you can approve them later."
    )
    button = gettext_lazy("Yes, refuse")
    serious = True

    def decide(self, person, form):
        refuse(person, form.cleaned_data["reason"], actor=self.request.user, at=self.at)
        return _("%(name)s is refused.") % {"name": person}


class RoleView(PersonView):
    page_title = gettext_lazy("Role")
    form_class = RoleForm
    explanation = gettext_lazy("The role decides what this person may see and do on the site.")
    button = gettext_lazy("Save")

    def may(self, user):
        return roles.may_give_roles(user)

    def get_queryset(self):
        return super().get_queryset().filter(user__isnull=False)

    def get_initial(self):
        return {"role": self.object.user.role}

    def decide(self, person, form):
        roles.give_role(person.user, form.cleaned_data["role"], actor=self.request.user, at=self.at)
        return _("%(name)s is now: %(role)s.") % {"name": person, "role": person.user.get_role_display()}
