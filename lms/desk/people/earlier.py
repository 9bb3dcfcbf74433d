"""Earlier paper certificates on a person's page: recording one, its scan, and striking one out."""

from datetime import timedelta

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.widgets import AdminDateInput

from courses.attendance.photographs import PhotoRefused
from courses.desk import DecideView, DeskScreen
from courses.people import roles
from courses.people.careful import CarefulForm, FreeTextField
from courses.people.desk_forms import ReasonForm
from courses.people.models import Person
from courses.transcript.models import EarlierTraining
from courses.transcript.recording import record_earlier, strike

REFUSED = {
    "size": gettext_lazy("The scan is too large. Choose a file of less than 10 MB."),
    "type": gettext_lazy("The scan must be a JPEG or PNG picture, or a PDF."),
    "broken": gettext_lazy("The file cannot be opened. Scan or photograph the certificate again."),
}


class EarlierForm(CarefulForm):
    title = FreeTextField(
        label=gettext_lazy("What was learnt"),
        max_length=200,
        help_text=gettext_lazy("As the paper says. Write nothing about a case here."),
    )
    provider = FreeTextField(label=gettext_lazy("Who gave it"), max_length=200)
    held_on = forms.DateField(label=gettext_lazy("Date, or the last day"), widget=AdminDateInput)
    hours = forms.DecimalField(
        label=gettext_lazy("Hours"), min_value=0.5, max_value=400, max_digits=4, decimal_places=1
    )
    scan = forms.FileField(
        label=gettext_lazy("Scan of the certificate"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,application/pdf"}),
        help_text=gettext_lazy("JPEG, PNG or PDF. It is kept as evidence; only the training team can open it."),
    )

    def clean_held_on(self):
        day = self.cleaned_data["held_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come. Give the day of the paper certificate."))
        if day < timezone.localdate() - timedelta(days=40 * 366):
            raise forms.ValidationError(_("This is more than forty years ago. Check the year."))
        return day


class RecordEarlierView(DeskScreen, FormView):
    template_name = "people/desk/decide.html"
    form_class = EarlierForm
    page_title = gettext_lazy("Record an earlier certificate")
    header_icon = "history"
    explanation = gettext_lazy(
        "For training from before this site, or given elsewhere. It counts in the person's record, marked as "
        "recorded later by you."
    )
    button = gettext_lazy("Put on record")

    def may(self, user):
        return roles.may_manage_people(user)

    def prepare(self, **kwargs):
        people = Person.objects.visible_to(self.request.user).current()
        self.person = get_object_or_404(people, pk=kwargs["pk"])

    def get_page_subtitle(self):
        return self.person.full_name

    def get_success_url(self):
        return reverse("people:person", args=[self.person.pk]) + "#learnt"

    def get_context_data(self, **kwargs):
        return super().get_context_data(back_url=self.get_success_url(), panel=None, **kwargs)

    def form_valid(self, form):
        answers = form.cleaned_data
        try:
            _training, is_new = record_earlier(
                self.person,
                title=answers["title"],
                provider=answers["provider"],
                held_on=answers["held_on"],
                minutes=int(answers["hours"] * 60),
                scan=answers["scan"],
                actor=self.request.user,
                at=timezone.now(),
            )
        except PhotoRefused as refused:
            form.add_error("scan", REFUSED[refused.code])
            return self.form_invalid(form)
        said = _("The earlier training is on record.") if is_new else _("This was on record already.")
        messages.success(self.request, said)
        return redirect(self.get_success_url())


class StrikeEarlierView(DecideView):
    page_title = gettext_lazy("Strike out an earlier training")
    header_icon = "history"
    form_class = ReasonForm
    explanation = gettext_lazy(
        "It no longer counts and the person no longer sees it. It stays on record, with your reason."
    )
    button = gettext_lazy("Yes, strike it out")
    serious = True

    def may(self, user):
        return roles.may_manage_people(user)

    def get_queryset(self):
        return EarlierTraining.objects.counted().select_related("person")

    def get_back_url(self):
        return reverse("people:person", args=[self.object.person.counts_as.pk]) + "#learnt"

    def decide(self, training, form):
        strike(training, form.cleaned_data["reason"], actor=self.request.user, at=self.at)
        return _("It no longer counts.")


@require_safe
def scan(request, pk):
    """The scan of one earlier certificate, for the training team."""
    if not roles.may_manage_people(request.user):
        raise PermissionDenied
    training = get_object_or_404(EarlierTraining, pk=pk)
    if not training.scan:
        raise Http404
    kind = training.scan.name.rpartition(".")[2]
    return FileResponse(
        training.scan.open("rb"),
        as_attachment=True,
        filename=f"scan-{training.pk}.{kind}",
        content_type={"jpg": "image/jpeg", "pdf": "application/pdf"}[kind],
    )
