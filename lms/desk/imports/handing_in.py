"""The imports there were; a new file; and what its columns are."""

from contextlib import suppress
from itertools import islice

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages

from courses.choices import ImportKind
from courses.imports import handing_in, kinds, reading
from courses.imports.headings import is_privileged
from courses.imports.models import ImportJob
from courses.imports.refusing import ColumnsMissing, NothingKnown, NotNow, Unreadable
from courses.imports.wording import problem_in_words
from lms.desk.imports.forms import ColumnsForm, UploadForm
from lms.desk.imports.screen import NOT_NOW, ImportScreen, JobScreen

PER_PAGE = 30
SHOWN = 3
TITLES = {
    ImportKind.PEOPLE: gettext_lazy("Import people"),
    ImportKind.REGISTER: gettext_lazy("Import an old paper register"),
}
EXPLANATIONS = {
    ImportKind.PEOPLE: gettext_lazy(
        "Nothing is imported before you have seen what each row comes to. Columns for the name, e-mail, "
        "agency, post, sector, rank, service number, telephone, sex and language are known. Nobody gets a "
        "log-in by this."
    ),
    ImportKind.REGISTER: gettext_lazy(
        "For training before this site: each row names somebody, the agency, the date, the topic and the "
        "hours; a title and a venue if you like. Nothing is imported before you have seen what each row "
        "comes to."
    ),
}


class ImportsView(ImportScreen, TemplateView):
    template_name = "lms/desk/imports/list.html"
    page_title = gettext_lazy("Imports")

    def get_context_data(self, **kwargs):
        page = Paginator(ImportJob.objects.all(), PER_PAGE).get_page(self.request.GET.get("p"))
        return super().get_context_data(jobs=page, titles=TITLES.items(), **kwargs)


class UploadView(ImportScreen, FormView):
    template_name = "lms/desk/imports/upload.html"
    form_class = UploadForm

    def prepare(self, **kwargs):
        if not kinds.is_known(kwargs["kind"]):
            raise Http404
        self.kind = ImportKind(kwargs["kind"])

    def get_page_title(self):
        return TITLES[self.kind]

    def get_context_data(self, **kwargs):
        return super().get_context_data(explanation=EXPLANATIONS[self.kind], **kwargs)

    def form_valid(self, form):
        file = form.cleaned_data["file"]
        try:
            job = handing_in.upload(self.kind, file, file.name, actor=self.request.user, at=timezone.now())
        except Unreadable as refused:
            form.add_error("file", problem_in_words(refused.code))
        except NothingKnown as refused:
            form.add_error(
                "file",
                _("No heading is known (%(found)s). Missing: %(missing)s. Name them in the first row.")
                % {"found": ", ".join(refused.headings)[:200], "missing": _listed(refused.missing)},
            )
        else:
            return redirect("desk_import_columns", job.uuid)
        return self.form_invalid(form)


def _first_rows(file):
    """Those that can be read; what is wrong further down, the check says."""
    rows = []
    with suppress(Unreadable):
        rows.extend(islice(reading.rows_of(file), SHOWN))
    return rows


def _listed(labels):
    return ", ".join(str(label) for label in labels)


class ColumnsView(JobScreen, FormView):
    template_name = "lms/desk/imports/columns.html"
    form_class = ColumnsForm
    page_title = gettext_lazy("Choose the columns")

    def dispatch(self, request, *args, **kwargs):
        try:
            return super().dispatch(request, *args, **kwargs)
        except NotNow:
            messages.warning(request, NOT_NOW)
            return redirect("desk_import", kwargs["uuid"])

    def prepare(self, **kwargs):
        super().prepare(**kwargs)
        if self.job.state not in handing_in.BEFORE:
            raise NotNow
        try:
            with self.job.file.open("rb") as file:
                self.headings = reading.headings_of(file)
                self.first = _first_rows(file)
        except FileNotFoundError:
            raise NotNow from None

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        kwargs |= {"headings": self.headings, "kind": self.kind, "columns": self.job.columns}
        return {**kwargs, "initial": {"agency": self.job.agency}}

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        form = context["form"]
        columns = [
            {
                "heading": heading,
                "cells": [row.cells[n] for row in self.first],
                "field": form[f"column_{n}"] if f"column_{n}" in form.fields else None,
            }
            for n, heading in enumerate(self.headings)
        ]
        ignored = [heading for heading in self.headings if is_privileged(heading)]
        return {**context, "job": self.job, "columns": columns, "ignored": ignored, "back_url": self.address}

    def form_valid(self, form):
        given = form.cleaned_data
        try:
            handing_in.choose_columns(
                self.job, given["columns"], given["agency"], actor=self.request.user, at=timezone.now()
            )
        except ColumnsMissing as refused:
            form.add_error(None, _("Still missing: %(what)s.") % {"what": _listed(refused.missing)})
            return self.form_invalid(form)
        return redirect(self.address)
