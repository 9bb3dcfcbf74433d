"""The desk's list of the bank: what is asked where, how it goes, and deeds for many at once."""

from wagtail.admin.ui.tables import BulkActionsCheckboxColumn
from wagtail.snippets.views.snippets import IndexView

from courses.desk_selection import Selectable
from courses.questions.viewsets import BankQuestionViewSet
from lms.desk.bank.classifying import ClassifyManyView
from lms.desk.bank.filters import BankFilters
from lms.desk.bank.table import COLUMNS, BankTable


class _OneBoxIndexView(BankTable, IndexView):
    """Without Wagtail's own boxes beside ours."""

    @property
    def columns(self):
        return [column for column in super().columns if not isinstance(column, BulkActionsCheckboxColumn)]


class BankIndexView(Selectable, _OneBoxIndexView):
    deeds = [ClassifyManyView]


class BankViewSet(BankQuestionViewSet):
    index_view_class = BankIndexView
    filterset_class = BankFilters
    # A snippet's view set names its templates itself.
    index_template_name = Selectable.template_name
    index_results_template_name = Selectable.results_template_name
    list_display = ["code", *COLUMNS]
