"""The desk's list of invitations: what became of each, sent again or taken back. Verbs alone write them."""

from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import HeaderButton

from courses.desk import DecideView, ListedPolicy
from courses.enrolment import inviting
from courses.enrolment.cohorts import Invitation
from courses.people import roles
from lms.desk.cohorts.inviting import InviteLinesView
from lms.desk.cohorts.states import is_open, may_be_resent, state_in_words

NOT_SENT = {
    "over": gettext_lazy("It was accepted or taken back meanwhile, so nothing was sent."),
    "often": gettext_lazy("It was sent four times. Telephone, or take it back and invite another address."),
    "soon": gettext_lazy("It was sent within the last hour, so nothing was sent."),
}


class InvitationIndexView(generic.IndexView):
    def get_base_queryset(self):
        return Invitation.objects.select_related("cohort", "letter")

    @cached_property
    def header_buttons(self):
        return [HeaderButton(_("Invite people"), url=reverse("invitations:invite"), icon_name="plus")]

    def get_list_more_buttons(self, instance):
        buttons = []
        if may_be_resent(instance, timezone.now()):
            buttons.append(MenuItem(_("Send again"), url=reverse("invitations:resend", args=[instance.pk])))
        if is_open(instance):
            buttons.append(MenuItem(_("Take back"), url=reverse("invitations:withdraw", args=[instance.pk])))
        return buttons


class InvitationDeed(DecideView):
    header_icon = "mail"
    index_url_name = "invitations:index"

    def may(self, user):
        return roles.may_manage_people(user)

    def get_queryset(self):
        return Invitation.objects.open()

    def get_back_url(self):
        cohort = self.object.cohort_id
        return reverse("cohorts:cohort", args=[cohort]) if cohort else super().get_back_url()


class ResendView(InvitationDeed):
    page_title = gettext_lazy("Send the invitation again")
    explanation = gettext_lazy("The same link goes out once more and works for 14 days from now.")
    button = gettext_lazy("Yes, send again")

    def decide(self, invitation, form):
        try:
            inviting.resend(invitation, actor=self.request.user, at=self.at)
        except inviting.NotSent as refused:
            return NOT_SENT[refused.code]
        return _("The invitation to %(name)s is on its way.") % {"name": invitation.full_name}


class WithdrawView(InvitationDeed):
    page_title = gettext_lazy("Take the invitation back")
    explanation = gettext_lazy("Its link opens nothing any more. You can invite the person again.")
    button = gettext_lazy("Yes, take it back")
    serious = True

    def decide(self, invitation, form):
        if not inviting.withdraw(invitation, actor=self.request.user, at=self.at):
            return _("It was accepted meanwhile, so nothing changed.")
        return _("The invitation to %(name)s is taken back.") % {"name": invitation.full_name}


class InvitationViewSet(ModelViewSet):
    model = Invitation
    name = "invitations"
    icon = "mail"
    menu_label = gettext_lazy("Invitations")
    index_view_class = InvitationIndexView
    copy_view_enabled = False
    form_fields = []
    list_display = [
        # By its name alone: only then does Wagtail set the row's buttons under it.
        "full_name",
        "address",
        Column("cohort", label=gettext_lazy("Cohort"), sort_key="cohort__name"),
        Column("state", label=gettext_lazy("State"), accessor=lambda one: state_in_words(one, timezone.now())),
        "at",
        "expires_at",
        "sendings",
    ]
    list_filter = ["cohort"]
    search_fields = ["full_name", "address"]
    search_backend_name = None
    permission_policy = ListedPolicy(Invitation)

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),  # the list first: the menu leads to the first
            path("invite/", InviteLinesView.as_view(), name="invite"),
            path("<int:pk>/resend/", ResendView.as_view(), name="resend"),
            path("<int:pk>/withdraw/", WithdrawView.as_view(), name="withdraw"),
        ]


invitation_viewset = InvitationViewSet()
