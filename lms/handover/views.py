"""The screens of a hand-over: one page that says what is done and what comes next, and one for each deed."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView, TemplateView, View
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from courses.desk import DecideView, DeskScreen
from courses.enrolment.inviting import NotInvited
from courses.people import roles
from courses.people.guard import lacks_second_step
from courses.people.holding import holding
from lms.backups.standing import standing
from lms.desk.backups import rows as backup_rows
from lms.handover import answering, beginning, closing, finishing, giving, matters, taking
from lms.handover.forms import AnswerForm, BeginForm, DayForm
from lms.handover.models import Handover, HandoverRecord
from lms.handover.refusing import HandoverRefused

NOT_INVITED = {
    "invited": gettext_lazy("Somebody has invited this address already, and it is not accepted yet."),
    "has_login": gettext_lazy("This address has a log-in already."),
    "refused": gettext_lazy("This person was refused."),
}


class HandoversView(DeskScreen, TemplateView):
    template_name = "lms/handover/list.html"
    page_title = gettext_lazy("Hand over")
    header_icon = "group"

    def may(self, user):
        return roles.may_hand_over(user)

    @cached_property
    def header_buttons(self):
        return [HeaderButton(_("Begin a hand-over"), url=reverse("handover_begin"), icon_name="plus")]

    def get_context_data(self, **kwargs):
        shown = Handover.objects.visible_to(self.request.user).with_people()[:100]
        return super().get_context_data(handovers=shown, **kwargs)


class BeginView(DeskScreen, FormView):
    template_name = "lms/desk/new_form.html"
    form_class = BeginForm
    page_title = gettext_lazy("Begin a hand-over")
    header_icon = "group"

    def may(self, user):
        return roles.may_hand_over(user)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_context_data(self, **kwargs):
        said = _(
            "Nothing changes for anybody yet, but that somebody new is invited. You can leave at any step and"
            " go on another day."
        )
        return super().get_context_data(
            explanation=said, button=_("Begin"), back_url=reverse("handovers"), **kwargs
        )

    def form_valid(self, form):
        asked = {name: form.cleaned_data[name] for name in ("goes", "comes", "both_until", "stays_trainee")}
        if not roles.may_begin_hand_over(self.request.user, asked["goes"]):
            raise PermissionDenied
        invited = {name: form.cleaned_data[name] for name in ("address", "full_name")}
        try:
            handover = beginning.begin(**asked, **invited, actor=self.request.user, at=timezone.now())
        except HandoverRefused as refused:
            form.add_error(None, refused.words)
            return self.form_invalid(form)
        except NotInvited as refused:
            form.add_error("address", NOT_INVITED[refused.code])
            return self.form_invalid(form)
        return redirect("handover", handover.uuid)


class HandoverScreen(DeskScreen):
    """About one hand-over: for administrators, and for those two whose it is."""

    header_icon = "group"

    def may(self, user):
        return roles.may_hand_over(user)

    def prepare(self, **kwargs):
        seen = Handover.objects.visible_to(self.request.user).with_people()
        self.object = get_object_or_404(seen, uuid=kwargs["uuid"])
        self.at = timezone.now()

    def get_page_subtitle(self):
        return str(self.object)

    def get_back_url(self):
        return reverse("handover", args=[self.object.uuid])


@dataclass(frozen=True)
class Step:
    key: str
    title: str
    done: bool


class HandoverView(HandoverScreen, TemplateView):
    template_name = "lms/handover/walk.html"

    def get_page_title(self):
        return _("Hand over")

    def get_context_data(self, **kwargs):
        handover, user = self.object, self.request.user
        taken = taking.taken_of(handover)
        open_now = matters.open_matters(handover.goes, at=self.at) if handover.is_open else []
        comes = handover.next_person
        record = HandoverRecord.objects.filter(handover=handover).defer("pdf", "facts").first()
        left = [found for found in open_now if found.matter.key not in taken]
        return super().get_context_data(
            handover=handover,
            comes=comes,
            steps=[
                Step("who", _("Who goes, who comes"), comes is not None),
                Step("rights", _("Rights"), handover.rights_at is not None),
                Step("matters", _("What is open"), bool(handover.finished_at) or self._all_taken(left)),
                Step("answers", _("What the site cannot know"), handover.answered_at is not None),
                Step("site", _("How the site stands"), bool(handover.finished_at)),
                Step("end", _("Record, and the end of the old access"), handover.closed_at is not None),
            ],
            matters=[(found, taken.get(found.matter.key)) for found in open_now],
            not_open=[one for one in matters.MATTERS if one.key not in {each.matter.key for each in open_now}],
            taken=[(matters.BY_KEY[key], one) for key, one in taken.items() if key in matters.BY_KEY],
            left=left,
            needs_second_step=comes is not None and handover.rights_at and lacks_second_step(comes.user),
            settles=roles.may_settle_hand_over(user, comes) if comes else roles.is_administrator(user),
            administrators=[
                one for one in holding({"administrator"}, also_superusers=True) if one.pk != user.pk
            ],
            stuck=HandoverRefused(handover.stuck).words if handover.stuck else "",
            record=record,
            **kwargs,
        )

    def _all_taken(self, left):
        return self.object.rights_at is not None and not left


class SiteView(HandoverScreen, TemplateView):
    """The backups, and what the doctor finds: looked at together before the end."""

    template_name = "lms/handover/site.html"
    page_title = gettext_lazy("How the site stands")

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            handover=self.object,
            backups=backup_rows(standing(self.at)),
            findings=finishing.findings(self.at),
            **kwargs,
        )


class TakeView(HandoverScreen, View):
    """A POST takes over what is ticked."""

    http_method_names = ["post"]

    def post(self, request, **kwargs):
        keys = set(request.POST.getlist("matter"))
        try:
            taken = taking.take_over(self.object, keys, actor=request.user, at=self.at)
        except HandoverRefused as refused:
            messages.error(request, refused.words)
        else:
            said = ngettext("%(n)s matter is taken over.", "%(n)s matters are taken over.", len(taken))
            messages.success(request, said % {"n": len(taken)})
        return redirect(f"{self.get_back_url()}#matters")


class FormScreen(HandoverScreen, FormView):
    """One form about the hand-over, and back."""

    template_name = "lms/desk/new_form.html"
    explanation = ""
    button = gettext_lazy("Save")

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            explanation=self.explanation, button=self.button, back_url=self.get_back_url(), **kwargs
        )

    def form_valid(self, form):
        try:
            self.keep(form.cleaned_data)
        except HandoverRefused as refused:
            form.add_error(None, refused.words)
            return self.form_invalid(form)
        return redirect(self.get_back_url())


class DayView(FormScreen):
    form_class = DayForm
    page_title = gettext_lazy("Until when both have access")

    def get_initial(self):
        return {"both_until": self.object.both_until, "stays_trainee": self.object.stays_trainee}

    def keep(self, given):
        beginning.change_day(self.object, actor=self.request.user, at=self.at, **given)


class AnswerView(FormScreen):
    form_class = AnswerForm
    page_title = gettext_lazy("What the site cannot know")

    def get_initial(self):
        return {"key_holder": self.object.key_holder, "outside": self.object.outside}

    def keep(self, given):
        answering.answer(self.object, actor=self.request.user, at=self.at, **given)


class DeedView(HandoverScreen, DecideView):
    """One deed that is confirmed first. What it lacks is said above the form."""

    serious = True
    # Whether an administrator does it, and not the one who comes.
    settles = True

    def prepare(self, **kwargs):
        super().prepare(**kwargs)
        user, comes = self.request.user, self.object.next_person
        if self.settles and not roles.is_administrator(user):
            raise PermissionDenied
        if self.settles and comes is not None and roles.is_oneself(user, comes):
            raise PermissionDenied

    def get_queryset(self):
        return Handover.objects.visible_to(self.request.user)

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except HandoverRefused as refused:
            form.add_error(None, refused.words)
            return self.form_invalid(form)


class GiveView(DeedView):
    page_title = gettext_lazy("Give the rights")
    button = gettext_lazy("Yes, give the rights")
    serious = False

    @property
    def explanation(self):
        comes = self.object.next_person
        if comes is None:
            return HandoverRefused("no_login").words
        return _(
            "%(name)s (%(address)s), now %(was)s, becomes %(role)s, is signed out everywhere, and sets up a"
            " second step at the next sign-in. Make sure who it is."
        ) % {
            "name": comes.full_name,
            "address": comes.email or _("no e-mail"),
            "was": comes.user.get_role_display(),
            "role": self.object.next_role.label,
        }

    def decide(self, handover, form):
        giving.give_rights(handover, actor=self.request.user, at=self.at)
        return _("The rights are given.")


class FinishView(DeedView):
    page_title = gettext_lazy("Finish the hand-over")
    button = gettext_lazy("Yes, finish and make the record")

    @property
    def explanation(self):
        said = _("The record is made and stays as it is; nothing can be changed after it but the last day.")
        return f"{said} {_what_closes(self.object, self.at)}"

    def decide(self, handover, form):
        finishing.finish(handover, actor=self.request.user, at=self.at)
        return _("The hand-over is finished. Print the record, and have it signed.")


class CloseView(DeedView):
    page_title = gettext_lazy("Close the old access now")
    button = gettext_lazy("Yes, close it now")

    @property
    def explanation(self):
        return _(
            "%(name)s loses the role and the second step and is signed out everywhere, at once. What they did"
            " stays on record."
        ) % {"name": self.object.goes}

    def decide(self, handover, form):
        closing.close_access(handover, actor=self.request.user, at=self.at)
        return _("The old access is closed.")


class GiveUpView(DeedView):
    page_title = gettext_lazy("Give up the hand-over")
    button = gettext_lazy("Yes, give it up")
    explanation = gettext_lazy(
        "Rights that were given stay, and what was taken over: take them back under People. An invitation that"
        " is not accepted opens nothing any more."
    )
    settles = False

    def decide(self, handover, form):
        beginning.give_up(handover, actor=self.request.user, at=self.at)
        return _("The hand-over is given up.")


class RecordView(HandoverScreen, View):
    """The stored bytes: printed again, it is the same sheet."""

    def get(self, request, **kwargs):
        record = get_object_or_404(HandoverRecord, handover=self.object)
        answer = HttpResponse(bytes(record.pdf), content_type="application/pdf")
        answer["Content-Disposition"] = f'inline; filename="record-{str(self.object.uuid)[:8]}.pdf"'
        return answer


def _what_closes(handover, at):
    if handover.closes_at_once(at):
        return _("The access of %(name)s is closed at once.") % {"name": handover.goes}
    return _("The access of %(name)s is closed by itself after %(day)s.") % {
        "name": handover.goes,
        "day": date_format(handover.both_until, "j F Y"),
    }
