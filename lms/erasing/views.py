"""The screens of erasing: how long everything is kept, whose time is over, one erasure to its end."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from courses.choices import ErasureWhy
from courses.desk import DecideView, DeskScreen
from courses.people import roles
from courses.people.models import Person
from lms.erasing import asking, clock, deciding
from lms.erasing.foreseeing import foresee
from lms.erasing.forms import AskForm, ConfirmForm
from lms.erasing.models import Erasure
from lms.erasing.refusing import REASONS, ErasureRefused

ROWS_A_PAGE = 50


class ErasingScreen(DeskScreen):
    header_icon = "bin"

    def may(self, user):
        return roles.may_manage_people(user)

    def prepare(self, **kwargs):
        self.at = timezone.now()


class ErasuresView(ErasingScreen, TemplateView):
    template_name = "lms/erasing/list.html"
    page_title = gettext_lazy("Erasing of personal data")

    @cached_property
    def header_buttons(self):
        return [HeaderButton(_("How long it is kept"), url=reverse("keeping"), icon_name="time")]

    def get_context_data(self, **kwargs):
        rows = Paginator(Erasure.objects.select_related("person"), ROWS_A_PAGE)
        return super().get_context_data(listing=rows.get_page(self.request.GET.get("p")), **kwargs)


class KeepingView(ErasingScreen, TemplateView):
    """What goes by itself, and whose time is over; a POST asks for the erasure of those who are ticked."""

    template_name = "lms/erasing/keeping.html"
    page_title = gettext_lazy("How long personal data are kept")
    header_icon = "time"

    @cached_property
    def header_buttons(self):
        buttons = [HeaderButton(_("Erasures"), url=reverse("erasures"), icon_name="bin")]
        if roles.may_change_site(self.request.user):
            change = reverse("wagtailsettings:edit", args=["lms", "keepingtimes"])
            buttons.append(HeaderButton(_("Change the times"), url=change, icon_name="cog"))
        return buttons

    def get_context_data(self, **kwargs):
        times = clock.times()
        due = Paginator(clock.whose_time_is_over(self.at, times), ROWS_A_PAGE)
        return super().get_context_data(
            kinds=clock.kinds(self.at), times=times, listing=due.get_page(self.request.GET.get("p")), **kwargs
        )

    def post(self, request):
        wanted = [key for key in request.POST.getlist("person") if key.isdecimal()][:ROWS_A_PAGE]
        asked, refused = 0, []
        for person in clock.whose_time_is_over(self.at).filter(pk__in=wanted):
            try:
                asking.ask(person, why=ErasureWhy.TIME, actor=request.user, at=self.at)
                asked += 1
            except ErasureRefused as error:
                refused.append(f"{person}: {error.words}")
        if asked:
            words = ngettext(
                "The erasure of %(n)d person is asked for. A second person confirms it.",
                "The erasure of %(n)d people is asked for. A second person confirms each.",
                asked,
            )
            messages.success(request, words % {"n": asked})
        for words in refused:
            messages.warning(request, words)
        if not asked and not refused:
            messages.warning(request, _("Nobody was ticked."))
        return redirect("erasures" if asked else "keeping")


class AskView(ErasingScreen, FormView):
    """What would go and what would stay; a POST asks for it."""

    template_name = "lms/erasing/ask.html"
    form_class = AskForm
    page_title = gettext_lazy("Erase personal data")

    def prepare(self, **kwargs):
        super().prepare(**kwargs)
        seen = Person.objects.visible_to(self.request.user).current().with_place()
        self.object = get_object_or_404(seen, uuid=kwargs["uuid"])

    def get_page_subtitle(self):
        return self.object.full_name

    def get_context_data(self, **kwargs):
        code = asking.refusal(self.object, actor=self.request.user, at=self.at)
        return super().get_context_data(
            person=self.object,
            foreseen=foresee(self.object),
            refused=REASONS.get(code),
            back_url=reverse("people:person", args=[self.object.pk]),
            **kwargs,
        )

    def form_valid(self, form):
        try:
            erasure = asking.ask(self.object, **form.cleaned_data, actor=self.request.user, at=self.at)
        except ErasureRefused as refused:
            form.add_error(None, refused.words)
            return self.form_invalid(form)
        messages.success(
            self.request, _("It is asked for. Nothing is erased before a second person confirms it.")
        )
        return redirect("erasure", erasure.uuid)


class ErasureView(ErasingScreen, TemplateView):
    template_name = "lms/erasing/erasure.html"
    page_title = gettext_lazy("Erasure")

    def prepare(self, **kwargs):
        super().prepare(**kwargs)
        self.object = get_object_or_404(Erasure.objects.select_related("person"), uuid=kwargs["uuid"])

    def get_page_subtitle(self):
        return str(self.object)

    def get_context_data(self, **kwargs):
        erasure = self.object
        return super().get_context_data(
            erasure=erasure,
            foreseen=foresee(erasure.person),
            may_confirm=erasure.is_open and erasure.asked_by_id != self.request.user.pk,
            gone=sum(erasure.gone.values()),
            **kwargs,
        )


class DeedView(ErasingScreen, DecideView):
    def prepare(self, **kwargs):
        ErasingScreen.prepare(self, **kwargs)
        self.object = get_object_or_404(self.get_queryset(), uuid=kwargs["uuid"])

    def get_queryset(self):
        return Erasure.objects.select_related("person")

    def get_back_url(self):
        return reverse("erasure", args=[self.object.uuid])

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except ErasureRefused as refused:
            messages.error(self.request, refused.words)
            return redirect(self.get_back_url())


class ConfirmView(DeedView):
    page_title = gettext_lazy("Erase for good")
    form_class = ConfirmForm
    explanation = gettext_lazy(
        "The log-in, addresses, telephone, notes, letters and answers go at once, and nobody can bring them"
        " back. The record of training stays. Frozen reports and backups made before still hold the name; a"
        " backup that is restored is erased again."
    )
    button = gettext_lazy("Yes, erase it for good")
    serious = True

    def decide(self, erasure, form):
        deciding.confirm(erasure, actor=self.request.user, at=self.at)
        return _("It is erased.")


class WithdrawView(DeedView):
    page_title = gettext_lazy("Do not erase")
    explanation = gettext_lazy("Nothing is erased. That it was asked for stays on record.")
    button = gettext_lazy("Yes, take it back")

    def decide(self, erasure, form):
        deciding.withdraw(erasure, actor=self.request.user, at=self.at)
        return _("It is taken back.")
