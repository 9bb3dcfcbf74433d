from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.catalogue import docx
from courses.catalogue.models import CoursePage
from courses.catalogue.writing import outline_of
from courses.quizzes.writing import IN_A_MODULE, Template

REFUSED = {
    docx.NOT_A_DOCUMENT: gettext_lazy(
        "This is not a Word document of the kind .docx. Open it in Word and save it as “Word document (.docx)”."
    ),
    docx.TOO_LARGE: gettext_lazy("This document is too large. Take the pictures out or divide it."),
    docx.LOCKED: gettext_lazy("This document is locked with a password. Take the password off first."),
    docx.DAMAGED: gettext_lazy("This document is damaged. Open it in Word, save it again, and try once more."),
}
# Said wherever something is written freely.
NO_CASES = gettext_lazy("This is not where you report a case: no real people, please.")


def read_word(file):
    """What is in an uploaded document (docx.Document). Raises ValidationError in words."""
    try:
        if file.size > docx.LARGEST_FILE:
            raise docx.NotReadable(docx.TOO_LARGE)
        found = docx.read(file)
    except docx.NotReadable as refused:
        raise forms.ValidationError(REFUSED[refused.code]) from refused
    if not found.blocks:
        raise forms.ValidationError(_("There is no text in this document."))
    return found


def course_pages():
    """Every course an author may add to, with what its outline needs: one query."""
    pages = CoursePage.objects.filter(alias_of=None).select_related("latest_revision")
    return pages.order_by("draft_title", "pk")


class TitleForm(forms.Form):
    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=160,
        help_text=gettext_lazy(
            "You can change it later. This is not where you report a case: no real people, please."
        ),
    )


class CourseForm(TitleForm):
    with_final = forms.BooleanField(
        label=gettext_lazy("With a final test"),
        required=False,
        initial=True,
        help_text=gettext_lazy("Then the course is completed by passing it."),
    )


class PlaceForm(forms.Form):
    """Where a part goes: a course, or a module of it. Choices are "page:module"."""

    place = forms.ChoiceField(label=gettext_lazy("Where it belongs"))

    def __init__(self, *args, with_modules, **kwargs):
        super().__init__(*args, **kwargs)
        self.pages = {str(page.pk): page for page in course_pages()}
        choice = _modules_of if with_modules else _course
        places = [choice(page) for page in self.pages.values()]
        self.fields["place"].choices = [("", _("Choose")), *places]

    def clean_place(self):
        """(course page, id of the module or "")"""
        page_id, _colon, module_id = self.cleaned_data["place"].partition(":")
        return self.pages[page_id], module_id


class PartForm(TitleForm, PlaceForm):
    field_order = ["title", "place"]


class DocumentForm(PlaceForm):
    file = forms.FileField(
        label=gettext_lazy("Word document"),
        widget=forms.FileInput(attrs={"accept": ".docx"}),
        help_text=format_lazy(
            "{} {}", gettext_lazy("A .docx file of less than 10 MB. The file itself is not kept."), NO_CASES
        ),
    )
    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=160,
        required=False,
        help_text=gettext_lazy("Leave it empty to take the first heading of the document."),
    )
    field_order = ["file", "title", "place"]

    def clean_file(self):
        """What is in the document (docx.Document)."""
        return read_word(self.cleaned_data["file"])

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("title") and cleaned.get("file"):
            cleaned["title"] = cleaned["file"].title[:160] or _("New lesson")
        return cleaned


def _course(page):
    return (f"{page.pk}:", page.draft_title)


def _modules_of(page):
    modules = [(f"{page.pk}:{each['id']}", each["value"].get("title", "")) for each in outline_of(page)]
    return (page.draft_title, [*modules, (f"{page.pk}:", _("A new module with this title"))])


def form_for(template, data=None, initial=None):
    if template == Template.COURSE:
        return CourseForm(data)
    return PartForm(data, initial=initial, with_modules=template in IN_A_MODULE)
