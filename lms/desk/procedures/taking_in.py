"""The clauses of a draft from a Word document, or from text that was pasted."""

from django import forms
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages

from courses.procedures import editions, wording_of
from courses.procedures.models import ProcedureEdition
from courses.procedures.refusing import ProcedureRefused
from lms.desk.documents import sentence_of
from lms.desk.new_forms import NO_CASES, read_word
from lms.desk.procedures.views import ProcedureScreen

LONGEST = 200_000
TABLES = ngettext_lazy("%(n)d table was left out.", "%(n)d tables were left out.", "n")
BEFORE = ngettext_lazy(
    "%(n)d line before the first clause was left out.",
    "%(n)d lines before the first clause were left out.",
    "n",
)
UNNUMBERED = ngettext_lazy(
    "%(n)d heading had no number; it got the number of its place.",
    "%(n)d headings had no number; they got the numbers of their places.",
    "n",
)
CUT = ngettext_lazy(
    "%(n)d title or short field was too long and was cut.",
    "%(n)d titles or short fields were too long and were cut.",
    "n",
)


class TakeInForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Word document"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".docx"}),
        help_text=gettext_lazy(
            "Each heading begins a clause; its number stands before it. The file itself is not kept."
        ),
    )
    text = forms.CharField(
        label=gettext_lazy("Or paste the text here"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=NO_CASES,
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        return read_word(file) if file else None

    def clean(self):
        cleaned = super().clean()
        document, text = cleaned.get("file"), cleaned.get("text")
        if not self.errors and bool(document) == bool(text):
            raise forms.ValidationError(_("Choose a document or paste the text: one of the two."))
        return cleaned


class TakeInView(ProcedureScreen, FormView):
    template_name = "people/desk/decide.html"
    form_class = TakeInForm
    page_title = gettext_lazy("Enter it from a document")
    explanation = gettext_lazy(
        "In pasted text a line such as “4.2 Consent” begins a clause and a dash begins a step. A clause whose"
        " number the draft has gets the new words, others are added; what the document lacks stays as it is."
    )
    button = gettext_lazy("Enter it into the draft")

    def prepare(self, pk):
        drafts = ProcedureEdition.objects.drafts().select_related("procedure")
        self.edition = get_object_or_404(drafts, pk=pk)

    def get_page_subtitle(self):
        return str(self.edition)

    def get_context_data(self, **kwargs):
        return super().get_context_data(back_url=self._back_url, **kwargs)

    @property
    def _back_url(self):
        return reverse("desk_procedure", args=[self.edition.procedure_id])

    def form_valid(self, form):
        document = form.cleaned_data["file"]
        lines = _lines_of(document) if document else wording_of.lines_of_text(form.cleaned_data["text"])
        found = wording_of.clauses_of(lines)
        try:
            reworded, added = editions.take_in(
                self.edition, found.clauses, actor=self.request.user, at=timezone.now()
            )
        except ProcedureRefused as refused:
            form.add_error(None, refused.words)
            return self.form_invalid(form)
        numbers = {"reworded": reworded, "added": added}
        messages.success(self.request, _("Clauses entered anew: %(reworded)d, added: %(added)d.") % numbers)
        for sentence in [*_left_out(document), *_of(found)]:
            messages.warning(self.request, sentence)
        return redirect("procedure_editions:edit", self.edition.pk)


def _lines_of(document):
    texts = (block["value"]["text"] for block in document.blocks if block["type"] == "paragraph")
    return wording_of.lines_of_html("".join(texts))


def _left_out(document):
    """In words, what a document holds that a procedure cannot."""
    if document is None:
        return []
    said = [sentence_of(what, n) for what, n in sorted(document.left_out.items()) if n]
    return said + _counted(TABLES, sum(block["type"] == "table" for block in document.blocks))


def _of(found):
    return (
        _counted(BEFORE, found.before) + _counted(UNNUMBERED, found.unnumbered) + _counted(CUT, found.shortened)
    )


def _counted(words, n):
    return [words % {"n": n}] if n else []
