"""Where one question of the bank is used, quiz by quiz."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from courses.desk import DeskScreen
from courses.people import roles
from courses.questions.models import BankQuestion
from lms.desk.bank.table import with_facts


class QuestionUsesView(DeskScreen, TemplateView):
    template_name = "lms/desk/bank/uses.html"
    page_title = gettext_lazy("Where it is used")
    header_icon = "help"

    def may(self, user):
        return roles.may_write_courses(user)

    def prepare(self, **kwargs):
        self.question = get_object_or_404(BankQuestion, pk=kwargs["pk"])

    def get_page_subtitle(self):
        return self.question.code

    def get_context_data(self, **kwargs):
        (question,) = with_facts([self.question])
        return super().get_context_data(question=question, found=question.found, **kwargs)
