"""“Minor or material?”: asked after an edit of what people have done before, with their number."""

from django import forms
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView
from wagtail.admin import messages

from courses.catalogue.addresses import TAUGHT
from courses.desk import DeskScreen
from courses.people import roles
from courses.people.careful import CarefulForm, FreeTextField
from courses.progress import reopening
from courses.progress.reopening import EditRefused
from lms.desk.copying import taught_page

MINOR, MATERIAL = "minor", "material"


def ask_what_kind(request, page):
    """Hook after_publish_page. What is scheduled is not live yet; it is asked by the button of the page."""
    if isinstance(page, TAUGHT) and not reopening.is_marked(page) and reopening.concerned_by(page):
        return redirect("desk_edit", page.pk)
    return None


def counts_in_words(concerned):
    """Two sentences: how many are on their way, and how many completed the course."""
    on_their_way, completed = concerned.counts
    return [
        ngettext(
            "%(n)d person on the way has done this.",
            "%(n)d people on the way have done this.",
            on_their_way,
        )
        % {"n": on_their_way},
        ngettext(
            "%(n)d person who completed the course had done this.",
            "%(n)d people who completed the course had done this.",
            completed,
        )
        % {"n": completed},
    ]


class EditForm(CarefulForm):
    kind = forms.ChoiceField(
        label=gettext_lazy("This edit is"),
        choices=[
            (MINOR, gettext_lazy("Minor: nobody is asked for anything")),
            (MATERIAL, gettext_lazy("Material: everybody counted here has it to do again")),
        ],
        initial=MINOR,
        widget=forms.RadioSelect,
    )
    what = FreeTextField(
        label=gettext_lazy("What changed, in a sentence"),
        required=False,
        max_length=300,
        help_text=gettext_lazy(
            "For a material edit. They read it beside the part. Write nothing about a case here."
        ),
    )
    # The numbers that stood on the screen.
    on_their_way = forms.IntegerField(widget=forms.HiddenInput)
    completed = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("kind") == MATERIAL and not self.errors and not cleaned.get("what"):
            self.add_error("what", _("Say what changed: those who are asked read it."))
        return cleaned


class EditView(DeskScreen, FormView):
    template_name = "lms/desk/edit.html"
    form_class = EditForm
    header_icon = "history"
    page_title = gettext_lazy("Minor or material?")

    def may(self, user):
        return roles.may_write_courses(user)

    def prepare(self, pk):
        self.page = taught_page(self.request.user, pk)
        self.concerned = reopening.concerned_by(self.page)

    def get_page_subtitle(self):
        return self.page.title

    def get_initial(self):
        on_their_way, completed = self.concerned.counts
        return {"on_their_way": on_their_way, "completed": completed}

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            page=self.page,
            concerned=self.concerned,
            counts=counts_in_words(self.concerned),
            marked=reopening.is_marked(self.page),
            back_url=self.get_success_url(),
            **kwargs,
        )

    def get_success_url(self):
        name = "desk_share" if self.page.live else "wagtailadmin_pages:edit"
        return reverse(name, args=[self.page.pk])

    def form_valid(self, form):
        said, by = form.cleaned_data, {"actor": self.request.user, "at": timezone.now()}
        if said["kind"] == MINOR:
            reopening.mark_minor(self.page, **by)
            return super().form_valid(form)
        shown = said["on_their_way"], said["completed"]
        try:
            edit = reopening.mark_material(self.page, what=said["what"], shown=shown, **by)
        except EditRefused as refused:
            messages.error(self.request, refused.words)
            return redirect("desk_edit", self.page.pk)
        asked = edit.on_their_way + edit.completed
        words = ngettext("%(n)d person has it to do again.", "%(n)d people have it to do again.", asked)
        messages.success(self.request, words % {"n": asked})
        return super().form_valid(form)
