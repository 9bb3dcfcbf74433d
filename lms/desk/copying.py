"""Copying a course, a lesson or a quiz. Wagtail's own copy keeps the ids that evidence hangs on,
and may put a copy live without asking its gate: its button leads here."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.models import Page

from courses.catalogue.addresses import TAUGHT
from courses.catalogue.models import CoursePage
from courses.people import roles
from courses.quizzes.copying import copy_course, copy_part
from courses.quizzes.writing import NotPossible
from lms.desk.new import WriterView
from lms.desk.new_forms import TitleForm


def taught_page(user, pk):
    """The course page, lesson or quiz, for somebody who may write it; else 403 or 404."""
    if not roles.may_write_courses(user):
        raise PermissionDenied
    return get_object_or_404(Page.objects.type(*TAUGHT), pk=pk).specific


def copy_with_fresh_ids(request, page):
    """Hook before_copy_page. What holds courses is not copied whole: its copies would go live ungated."""
    if issubclass(page.specific_class, TAUGHT):
        return redirect("desk_copy", page.pk)
    if page.get_descendants().type(*TAUGHT).exists():
        messages.error(
            request,
            _("“%(title)s” holds courses. Copy each course by itself: you get drafts of all its parts.")
            % {"title": page.get_admin_display_title()},
        )
        return redirect("wagtailadmin_explore", page.pk)
    return None


class CopyView(WriterView):
    template_name = "lms/desk/new_form.html"
    header_icon = "copy"
    page_title = gettext_lazy("Copy")

    def prepare(self, **kwargs):
        self.page = taught_page(self.request.user, kwargs["pk"])

    def get_page_subtitle(self):
        return self.page.draft_title

    def get_context_data(self, **kwargs):
        title = _("Copy of %(title)s") % {"title": self.page.draft_title}
        kwargs.setdefault("form", TitleForm(initial={"title": title[:160]}))
        return super().get_context_data(
            explanation=self._explanation(),
            button=_("Make the copy"),
            back_url=reverse("wagtailadmin_pages:edit", args=[self.page.pk]),
            **kwargs,
        )

    def _explanation(self):
        if isinstance(self.page, CoursePage):
            return _(
                "You get drafts of the course and of all its lessons and quizzes. What people did in the"
                " original does not count in the copy. Questions from the bank are not copied: both use them."
            )
        return _("You get a draft beside the original. Put it into a module of the course when it is ready.")

    def post(self, request, *args, **kwargs):
        form = TitleForm(request.POST)
        copied = self._copy(form) if form.is_valid() else None
        if copied is None:
            return self.render_to_response(self.get_context_data(form=form))
        messages.success(
            request,
            _("“%(title)s” was made as a draft. Nobody but authors sees it until you publish it.")
            % {"title": copied.title},
        )
        return redirect("wagtailadmin_pages:edit", copied.pk)

    def _copy(self, form):
        verb = copy_course if isinstance(self.page, CoursePage) else copy_part
        try:
            return verb(self.page, form.cleaned_data["title"], actor=self.request.user, at=timezone.now())
        except NotPossible as reason:
            form.add_error(None, str(reason))
            return None
