"""A lesson from a Word document: upload, and what came of it."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from courses.catalogue.models import LessonPage
from courses.quizzes.writing import NotPossible, left_out_of, write_lesson
from lms.desk.new import WriterView
from lms.desk.new_forms import DocumentForm


class DocumentView(WriterView):
    template_name = "lms/desk/new_form.html"
    header_icon = "doc-full"
    page_title = gettext_lazy("Lesson from a Word document")

    def get_context_data(self, **kwargs):
        kwargs.setdefault("form", DocumentForm(with_modules=True))
        return super().get_context_data(
            explanation=_("Its headings, lists, links and tables become a draft. Pictures do not come along."),
            button=_("Make the draft"),
            back_url=reverse("desk_new"),
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        form = DocumentForm(request.POST, request.FILES, with_modules=True)
        lesson = self._write(form) if form.is_valid() else None
        if lesson is None:
            return self.render_to_response(self.get_context_data(form=form))
        return redirect("desk_document_report", lesson.pk)

    def _write(self, form):
        given = form.cleaned_data
        document, (page, module_id) = given["file"], given["place"]
        try:
            return write_lesson(
                given["title"],
                document.blocks,
                page,
                module_id=module_id,
                left_out={what: n for what, n in document.left_out.items() if n},
                actor=self.request.user,
                at=timezone.now(),
            )
        except NotPossible as reason:
            form.add_error(None, str(reason))
            return None


class DocumentReportView(WriterView):
    template_name = "lms/desk/document_report.html"
    header_icon = "doc-full"
    page_title = gettext_lazy("The draft is made")

    def get_context_data(self, **kwargs):
        lesson = get_object_or_404(LessonPage, pk=self.kwargs["pk"])
        left_out = left_out_of(lesson)
        if left_out is None:
            raise Http404
        tables = sum(block.block_type == "table" for block in lesson.get_latest_revision_as_object().body)
        said = [sentence_of(what, n) for what, n in sorted(left_out.items())]
        return super().get_context_data(lesson=lesson, said=said, tables=tables, **kwargs)


def sentence_of(what, n):
    """One line of the report."""
    sentences = {
        "pictures": ngettext("%(n)d picture was left out.", "%(n)d pictures were left out.", n),
        "text boxes": ngettext("%(n)d text box was left out.", "%(n)d text boxes were left out.", n),
        "footnotes": ngettext("%(n)d footnote was left out.", "%(n)d footnotes were left out.", n),
        "comments": ngettext("%(n)d comment was left out.", "%(n)d comments were left out.", n),
        "hidden": ngettext("%(n)d hidden text was left out.", "%(n)d hidden texts were left out.", n),
        "deletions": ngettext(
            "%(n)d tracked deletion stays deleted.", "%(n)d tracked deletions stay deleted.", n
        ),
        "insertions": ngettext(
            "%(n)d tracked insertion was taken in.", "%(n)d tracked insertions were taken in.", n
        ),
        "colours": ngettext("%(n)d coloured text lost its colour.", "%(n)d coloured texts lost theirs.", n),
        "links": ngettext(
            "%(n)d link that does not lead to the web lost its address.",
            "%(n)d links that do not lead to the web lost their address.",
            n,
        ),
        "tables": ngettext(
            "%(n)d table within a table was left out.", "%(n)d tables within tables were left out.", n
        ),
        "cells": ngettext("%(n)d very large table was cut.", "%(n)d very large tables were cut.", n),
    }
    return sentences[what] % {"n": n}
