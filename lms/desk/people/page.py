"""Everything the focal point may know about one person, on one page."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.widgets import Button
from wagtail.admin.widgets.button import HeaderButton

from certificates.states import CertificateState
from courses.desk import DeskScreen
from courses.mailing.models import Letter
from courses.people import roles
from courses.people.cards import card_in_force, refusal
from courses.people.desk_forms import NoteForm
from courses.people.heard import devices_of
from courses.people.merging import in_force
from courses.people.models import ApprovalQuestion, NameCorrection, Person, PersonNote
from courses.people.noting import add_note
from courses.people.waiting import decisions
from lms.desk.people.hearing import heard_in_words, with_last_heard
from lms.desk.people.history import history_of
from lms.desk.people.record import StudyRecord
from lms.looks.models import Look

LOOKS = 10
CONFIRMED = EmailAddress.objects.filter(user__person=OuterRef("pk"), verified=True)
SECOND_STEP = Authenticator.objects.filter(user__person=OuterRef("pk"), type=Authenticator.Type.TOTP)


class PersonPageView(DeskScreen, FormView):
    """The page; a POST adds a note."""

    template_name = "lms/desk/person.html"
    form_class = NoteForm
    header_icon = "user"

    def may(self, user):
        return roles.may_manage_people(user)

    def prepare(self, **kwargs):
        people = Person.objects.visible_to(self.request.user).current().with_place().select_related("user")
        people = with_last_heard(people).annotate(
            has_confirmed=Exists(CONFIRMED), has_second_step=Exists(SECOND_STEP)
        )
        self.object = get_object_or_404(people, pk=kwargs["pk"])

    def get_page_title(self):
        return self.object.full_name

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse("people:index"), "label": gettext_lazy("People")},
            {"url": "", "label": self.get_page_title()},
        ]

    @cached_property
    def card(self):
        return card_in_force(self.object)

    @cached_property
    def header_buttons(self):
        edit = reverse("people:edit", args=[self.object.pk])
        buttons = [HeaderButton(_("Edit"), url=edit, icon_name="edit")]
        if getattr(self.object, "user", None) is None:
            invite = reverse("people:invite", args=[self.object.pk])
            buttons.append(HeaderButton(_("Invite by e-mail"), url=invite, icon_name="mail"))
        return buttons

    @cached_property
    def header_more_buttons(self):
        buttons = [Button.from_menu_item(item) for item in decisions(self.object)]
        if refusal(self.object, timezone.localdate()) is None:
            words = _("Print a new code card…") if self.card else _("Print a code card…")
            buttons.append(Button(words, url=reverse("people:card", args=[self.object.pk])))
        if self.card:
            stop = reverse("people:card_stop", args=[self.object.pk])
            buttons.append(Button(_("Stop the code card…"), url=stop))
        transcript = reverse("transcript", args=[self.object.uuid])
        buttons.append(Button(_("Record of training (PDF)"), url=transcript))
        data = reverse("data_of", args=[self.object.uuid])
        buttons.append(Button(_("Everything kept about the person (ZIP)"), url=data))
        # By its name: erasing stands above the desk.
        erase = reverse("erasure_ask", args=[self.object.uuid])
        buttons.append(Button(_("Erase personal data…"), url=erase))
        merge = reverse("people:merge", args=[self.object.pk])
        buttons.append(Button(_("Merge with another record…"), url=merge))
        if roles.may_give_roles(self.request.user) and self.object.role_label:
            buttons.append(Button(_("Role"), url=reverse("people:role", args=[self.object.pk])))
            reset = reverse("desk_second_step", args=[self.object.pk])
            buttons.append(Button(_("Remove the second step"), url=reset))
        return buttons

    def get_context_data(self, **kwargs):
        person = self.object
        record = StudyRecord(person, day=timezone.localdate())
        return super().get_context_data(
            person=person,
            record=record,
            certificates=[(one, CertificateState(one.state).label) for one in record.certificates],
            heard=heard_in_words(person),
            devices=devices_of(person),
            sign_in=[*sign_in_of(person), *card_in_words(self.card)],
            corrections=NameCorrection.objects.of(person),
            questions=ApprovalQuestion.objects.of(person),
            merges=in_force(person),
            notes=PersonNote.objects.of(person),
            letters=Letter.objects.troubled().filter(person__in=record.ids).defer("body", "attachments")[:10],
            history=history_of(record),
            looks=Look.objects.of(person)[:LOOKS],
            panel=None,
            **kwargs,
        )

    def form_valid(self, form):
        add_note(self.object, form.cleaned_data["text"], actor=self.request.user, at=timezone.now())
        messages.success(self.request, _("The note is kept."))
        return redirect(f"{self.request.path}#notes")


def sign_in_of(person):
    """How this person, as the page finds them, signs in: plain sentences."""
    user = getattr(person, "user", None)
    if user is None:
        return [_("There is no log-in: this person cannot sign in.")]
    told = [_role_in_words(user)]
    if not roles.may_sign_in(user):
        told.append(_("Cannot sign in now: switched off, refused, or has left."))
    if user.email:
        told.append(_("Signs in with %(address)s.") % {"address": user.email})
        if not person.has_confirmed:
            told.append(_("The address is not confirmed yet."))
    else:
        told.append(_("There is no e-mail address."))
    if user.last_login:
        day = date_format(timezone.localtime(user.last_login), "j F Y")
        told.append(_("Signed in last on %(date)s.") % {"date": day})
    else:
        told.append(_("Has never signed in."))
    if person.has_second_step:
        told.append(_("The second step is on: a code from an app is asked for."))
    elif roles.needs_second_factor(user):
        told.append(_("The second step is not set up, and this role needs it."))
    else:
        told.append(_("The second step is off."))
    return told


def _role_in_words(user):
    role = user.get_role_display()
    if user.role_until is None:
        return _("Role: %(role)s.") % {"role": role}
    told = {"role": role, "date": date_format(user.role_until, "j F Y")}
    if user.role_until < timezone.localdate():
        return _("Role: %(role)s until %(date)s, so now no more than a trainee.") % told
    return _("Role: %(role)s until %(date)s.") % told


def card_in_words(card):
    if card is None:
        return []
    day = date_format(timezone.localtime(card.issued_at), "j F Y")
    told = [_("Has a code card, printed on %(date)s by %(who)s.") % {"date": day, "who": card.issued_by}]
    if card.last_used_at:
        day = date_format(timezone.localtime(card.last_used_at), "j F Y")
        told.append(_("The card was used last on %(date)s.") % {"date": day})
    return told
