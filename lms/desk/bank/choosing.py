"""Choosing several questions from the bank for one quiz."""

from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.ui.tables import BaseColumn, TitleColumn
from wagtail.admin.views import generic

from courses.catalogue.writing import NotPossible
from courses.desk import DeskScreen
from courses.desk_selection import whole_numbers
from courses.people import roles
from courses.questions.models import BankQuestion
from courses.questions.viewsets import BankQuestionViewSet
from courses.quizzes.choosing import add_from_bank, named_in, questions_of, why_not
from courses.quizzes.pages import QuizPage
from lms.desk.bank.classifying import NOTHING
from lms.desk.bank.filters import BankFilters
from lms.desk.bank.table import COLUMNS, EDIT, BankTable


class ChooseColumn(BaseColumn):
    """A box, or why the quiz cannot take the question."""

    header_template_name = "courses/desk/select_header.html"
    cell_template_name = "lms/desk/bank/choose_cell.html"


class ChooseFromBankView(DeskScreen, BankTable, generic.IndexView):
    model = BankQuestion
    template_name = "lms/desk/bank/choose.html"
    results_template_name = "lms/desk/bank/choose_results.html"
    page_title = gettext_lazy("Choose from the bank")
    header_icon = "help"
    filterset_class = BankFilters
    is_searchable = True
    search_fields = BankQuestionViewSet.search_fields
    search_backend_name = None
    default_ordering = BankQuestionViewSet.ordering
    paginate_by = BankQuestionViewSet.list_per_page
    columns = [
        ChooseColumn("chosen", label=gettext_lazy("Choose")),
        TitleColumn(
            "code",
            label=gettext_lazy("Code"),
            sort_key="code",
            get_url=lambda question: reverse(EDIT, args=[question.pk]),
            # What is ticked here stays ticked.
            link_attrs={"target": "_blank", "rel": "noopener"},
        ),
        *COLUMNS,
    ]

    def may(self, user):
        return roles.may_write_courses(user)

    def prepare(self, **kwargs):
        pages = QuizPage.objects.filter(alias_of=None).select_related("latest_revision")
        self.quiz = get_object_or_404(pages, pk=kwargs["pk"])
        if not self.quiz.permissions_for_user(self.request.user).can_edit():
            raise PermissionDenied

    def get_page_subtitle(self):
        return self.quiz.draft_title

    def get_index_url(self):
        return reverse("desk_choose_questions", kwargs=self.kwargs)

    def get_index_results_url(self):
        return reverse("desk_choose_questions_rows", kwargs=self.kwargs)

    @cached_property
    def edit_url(self):
        return reverse("wagtailadmin_pages:edit", args=[self.quiz.pk])

    def complete(self, rows):
        purpose = self.quiz.get_latest_revision_as_object().purpose
        named = named_in(questions_of(self.quiz))
        for row in rows:
            row.why_not = why_not(row, purpose, named)
        return super().complete(rows)

    def get_context_data(self, *args, **kwargs):
        query = self.request.GET.copy()
        query.pop("_w_filter_fragment", None)
        return super().get_context_data(*args, list_query=query.urlencode(), **kwargs)

    def post(self, request, *args, **kwargs):
        try:
            numbers = whole_numbers(request.POST.getlist("row"))
            added = add_from_bank(self.quiz.pk, numbers, actor=request.user, at=timezone.now())
        except NotPossible as why:
            messages.error(request, str(why))
            return redirect(self.edit_url)
        if not added:
            messages.warning(request, NOTHING)
        else:
            messages.success(request, self._said(len(added)))
        if added and "more" not in request.POST:
            return redirect(self.edit_url)
        return redirect(f"{self.get_index_url()}?{request.GET.urlencode()}")

    @staticmethod
    def _said(n):
        words = ngettext(
            "%(n)d question was added at the end. It is a draft until you publish it.",
            "%(n)d questions were added at the end. It is a draft until you publish it.",
            n,
        )
        return words % {"n": n}
