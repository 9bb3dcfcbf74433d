"""“Use a module of another course”: written once, corrected once for every course that has it."""

from django import forms
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from courses.catalogue import raw
from courses.catalogue.models import CoursePage
from courses.catalogue.writing import NotPossible, outline_of
from courses.quizzes.reusing import reusable_parts, reuse_module
from lms.desk.new import WriterView
from lms.desk.new_forms import course_pages


class ReuseForm(forms.Form):
    """A module of another course in the same language. Choices are "page:module"."""

    module = forms.ChoiceField(
        label=gettext_lazy("Module"),
        help_text=gettext_lazy("Only what is published comes with it. Final tests and pre-tests stay behind."),
    )

    def __init__(self, *args, course_page, **kwargs):
        super().__init__(*args, **kwargs)
        others = course_pages().filter(locale_id=course_page.locale_id).exclude(course_id=course_page.course_id)
        self.pages, usable = {str(page.pk): page for page in others}, reusable_parts()
        groups = [(page.draft_title, _modules_of(page, usable)) for page in self.pages.values()]
        found = [group for group in groups if group[1]]
        self.fields["module"].choices = [("", _("Choose")), *found]
        if not found:
            self.fields["module"].help_text = _("No other course has a published module to use yet.")

    def clean_module(self):
        """(course page, id of the module)"""
        page_id, _colon, module_id = self.cleaned_data["module"].partition(":")
        return self.pages[page_id], module_id


def _modules_of(page, usable):
    """Those of which something can be used."""
    found = []
    for each in outline_of(page):
        n = len(usable.intersection(raw.bare(part) for part in each["value"].get("parts", [])))
        if n:
            words = ngettext("%(course)s – %(module)s, %(n)d part", "%(course)s – %(module)s, %(n)d parts", n)
            names = {"course": page.draft_title, "module": each["value"].get("title", ""), "n": n}
            found.append((f"{page.pk}:{each['id']}", words % names))
    return found


class ReuseView(WriterView):
    template_name = "lms/desk/new_form.html"
    header_icon = "folder-inverse"
    page_title = gettext_lazy("Use a module of another course")

    def prepare(self, **kwargs):
        self.page = get_object_or_404(CoursePage, pk=kwargs["pk"], alias_of=None)
        self.edit_url = reverse("wagtailadmin_pages:edit", args=[self.page.pk])

    def get_page_subtitle(self):
        return self.page.draft_title

    def get_context_data(self, **kwargs):
        kwargs.setdefault("form", ReuseForm(course_page=self.page))
        return super().get_context_data(
            explanation=_(
                "Its lessons and checks are used in both courses. They are corrected in the course they come"
                " from, and the correction appears in every course. What people do counts in each course by"
                " itself. To change the words for this course alone, copy a lesson instead."
            ),
            button=_("Use it here"),
            back_url=self.edit_url,
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        form = ReuseForm(request.POST, course_page=self.page)
        made = self._reuse(form) if form.is_valid() else None
        if not made:
            return self.render_to_response(self.get_context_data(form=form))
        from_page, _module = form.cleaned_data["module"]
        messages.success(
            request,
            _(
                "Used here now: %(titles)s. They are corrected in “%(course)s”. Trainees see them here when you"
                " publish this course page."
            )
            % {"titles": ", ".join(f"“{part.title}”" for part in made), "course": from_page.draft_title},
        )
        return redirect(self.edit_url)

    def _reuse(self, form):
        from_page, module_id = form.cleaned_data["module"]
        deed = {"actor": self.request.user, "at": timezone.now()}
        try:
            return reuse_module(self.page, from_page=from_page, module_id=module_id, **deed)
        except NotPossible as reason:
            form.add_error(None, str(reason))
            return None
