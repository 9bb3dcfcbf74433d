"""“Write something new”: what, one short form, and then the editor of its first part."""

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages

from courses.desk import DeskScreen
from courses.people import roles
from courses.quizzes.writing import NotPossible, Template, write_course, write_part
from lms.desk.new_forms import form_for

ABOUT = {
    Template.COURSE: gettext_lazy("Its page, a first module with a lesson and a check, and a final test."),
    Template.MODULE: gettext_lazy("A lesson and a check with five questions, as a new module of a course."),
    Template.SHORT: gettext_lazy("A short lesson and five questions about it, in a module of a course."),
    Template.LESSON: gettext_lazy("One lesson in a module of a course."),
    Template.WORKSHOP: gettext_lazy("Five questions to ask before and after a workshop. Nobody fails it."),
    Template.QUIZ: gettext_lazy("Five questions in a module of a course, with a pass mark."),
    Template.SCENARIO: gettext_lazy(
        "A case told in situations, with choices that lead on to others. It begins with five situations and "
        "two endings that are joined already."
    ),
}


class WriterView(DeskScreen, TemplateView):
    """A screen for those who write courses."""

    def may(self, user):
        return roles.may_write_courses(user)


class ChooseView(WriterView):
    template_name = "lms/desk/new.html"
    page_title = gettext_lazy("Write something new")
    header_icon = "plus-inverse"

    def get_context_data(self, **kwargs):
        templates = [(template, ABOUT[template]) for template in Template]
        return super().get_context_data(templates=templates, **kwargs)


class WriteView(WriterView):
    template_name = "lms/desk/new_form.html"
    header_icon = "plus-inverse"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        if kwargs["template"] not in Template.values:
            raise Http404
        self.template = Template(kwargs["template"])
        self.page_title = self.template.label

    def get_context_data(self, **kwargs):
        kwargs.setdefault("form", form_for(self.template, initial={"place": self.request.GET.get("place", "")}))
        return super().get_context_data(
            explanation=ABOUT[self.template],
            button=_("Make the draft"),
            back_url=reverse("desk_new"),
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        form = form_for(self.template, request.POST)
        made = self._write(form) if form.is_valid() else None
        if not made:
            return self.render_to_response(self.get_context_data(form=form))
        tell_what_was_made(request, made)
        return redirect("wagtailadmin_pages:edit", made[0].pk)

    def _write(self, form):
        given, actor, at = form.cleaned_data, self.request.user, timezone.now()
        try:
            if self.template == Template.COURSE:
                return write_course(given["title"], with_final=given["with_final"], actor=actor, at=at)
            page, module_id = given["place"]
            return write_part(self.template, given["title"], page, module_id=module_id, actor=actor, at=at)
        except NotPossible as reason:
            form.add_error(None, str(reason))
            return None


def tell_what_was_made(request, made):
    """One message that names the drafts, with a button to each of the others."""
    messages.success(
        request,
        _("These drafts were made: %(titles)s. Nobody but authors sees them until you publish them.")
        % {"titles": ", ".join(f"“{page.title}”" for page in made)},
        buttons=[
            messages.button(reverse("wagtailadmin_pages:edit", args=[page.pk]), page.title) for page in made[1:]
        ],
    )
