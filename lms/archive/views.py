"""Archives at the desk: order one, see how it stands, take it away."""

from django import forms
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, View
from wagtail.admin import messages

from courses.desk import DeskScreen
from courses.people import roles
from lms.archive.models import ArchiveOrder, ArchiveState
from lms.archive.ordering import has_keys, order
from lms.archive.taking_out import take_out
from lms.archive.throwing_away import DAYS, KEPT
from lms.backups.refusing import Refused

SHOWN = 20
NO_KEY = gettext_lazy(
    "No key is set, so nothing can be closed and no archive is made. Ask whoever looks after the server to run"
    " “manage.py backup --new-key”, to keep the private key off the server, to write the public one into"
    " BACKUP_RECIPIENTS in .env, and to start the site and its worker again."
)


class OrderForm(forms.Form):
    what = forms.ChoiceField(
        label=gettext_lazy("What it holds"),
        widget=forms.RadioSelect,
        initial="all",
        choices=[
            ("all", gettext_lazy("Everything: people, training, certificates, results, the audit log")),
            ("nobody", gettext_lazy("What names nobody: lessons, questions, figures, the directory")),
        ],
    )


class ArchivesView(DeskScreen, FormView):
    template_name = "lms/archive/list.html"
    form_class = OrderForm
    page_title = gettext_lazy("Archive")
    header_icon = "download"

    def may(self, user):
        return roles.may_take_archives(user)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            orders=ArchiveOrder.objects.all()[:SHOWN],
            no_key="" if has_keys() else NO_KEY,
            days=DAYS,
            kept=KEPT,
            **kwargs,
        )

    def form_valid(self, form):
        people = form.cleaned_data["what"] == "all"
        try:
            order(people=people, actor=self.request.user, at=timezone.now())
        except Refused:
            messages.error(self.request, NO_KEY)
        else:
            messages.success(self.request, _("The archive is being made. You can leave this page meanwhile."))
        return redirect("archives")


class ArchiveFileView(DeskScreen, View):
    def may(self, user):
        return roles.may_take_archives(user)

    def get(self, request, uuid):
        made = get_object_or_404(ArchiveOrder, uuid=uuid, state=ArchiveState.READY)
        try:
            file = take_out(made, actor=request.user, at=timezone.now())
        except FileNotFoundError:
            messages.error(request, _("This file is there no longer. Order another archive."))
            return redirect("archives")
        answer = FileResponse(
            file, as_attachment=True, filename=made.file_name, content_type="application/octet-stream"
        )
        answer["Cache-Control"] = "private, no-store"
        return answer
