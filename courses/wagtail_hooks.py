"""Registers the bank of questions. The other screens stand in the desk's menu (lms.desk)."""

from wagtail.snippets.models import register_snippet

from courses.questions.viewsets import BankQuestionViewSet

register_snippet(BankQuestionViewSet(add_to_admin_menu=True, menu_order=200))
