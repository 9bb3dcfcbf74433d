"""What every table of results shares: who may look, sorting, and the same rows as a sheet."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports.base import ReportView

from courses import spreadsheets
from courses.audit import log
from courses.people import roles

ROWS_AT_ONCE = 500


def only_for_results(request):
    if not roles.may_see_results(request.user):
        raise PermissionDenied


def sheet_name(what):
    """Neutral: what circulates says in its name nothing of the topic."""
    return f"{what}-{timezone.localdate():%Y-%m-%d}"


def plain(value):
    """A value of a cell for a sheet: local time to the minute, and no empty words."""
    if isinstance(value, datetime):
        return timezone.localtime(value).replace(tzinfo=None, second=0, microsecond=0)
    return value


def on_day(moment):
    return timezone.localtime(moment).date() if moment else ""


def sheet_response(file_format, name, headings, rows):
    answer = spreadsheets.xlsx_response if file_format == "xlsx" else spreadsheets.csv_response
    return answer(sheet_name(name), [str(heading) for heading in headings], rows)


class LinkColumn(Column):
    """A value that leads somewhere; `get_url(row)` may be empty."""

    cell_template_name = "lms/reports/link_cell.html"

    def __init__(self, name, *, get_url, **kwargs):
        super().__init__(name, **kwargs)
        self.get_url = get_url

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        return {**context, "url": self.get_url(instance)}


class ResultTable(ReportView):
    """Give the columns, `find` (the object above the table), `get_base_queryset` and `complete`."""

    # Wagtail cuts off what is wider than the window.
    results_template_name = "lms/reports/rows.html"
    header_icon = "table"
    is_searchable = True
    search_fields = ["person__full_name"]
    search_backend_name = None
    default_ordering = "-started_at"
    show_export_buttons = True
    empty = ""
    nothing_fits = _("Nobody fits. Take a filter or a word away.")
    breadcrumbs_items = [
        *ReportView.breadcrumbs_items,
        {"url": reverse_lazy("results"), "label": _("Results")},
    ]

    def dispatch(self, request, *args, **kwargs):
        only_for_results(request)
        self.about = self.find()
        return super().dispatch(request, *args, **kwargs)

    def get_index_url(self):
        return reverse(self.index_url_name, kwargs=self.kwargs)

    def get_index_results_url(self):
        return reverse(self.index_results_url_name, kwargs=self.kwargs)

    def get_page_title(self):
        return str(self.about)

    def order_queryset(self, queryset):
        """Rows without a value stand last on every database, and rows alike keep their order."""
        name = self.ordering.removeprefix("-")
        order = F(name).desc if self.ordering.startswith("-") else F(name).asc
        return queryset.order_by(order(nulls_last=True), "-pk")

    @property
    def no_results_message(self):
        return self.nothing_fits if self.is_searching or self.is_filtering else self.empty

    def complete(self, rows):
        """Add to these rows, a page or a batch of them, what the query does not bring. Returns them."""
        return rows

    def get_table(self, object_list):
        return super().get_table(self.complete(list(object_list)))

    def get_filtered_queryset(self):
        return self.get_queryset()  # which is filtered

    def get(self, request, *args, **kwargs):
        # Before Wagtail reads every row to count them.
        if self.is_export:
            return self.as_spreadsheet(self.get_filtered_queryset(), request.GET["export"])
        return super().get(request, *args, **kwargs)

    def as_spreadsheet(self, queryset, spreadsheet_format):
        keys = list(queryset.values_list("pk", flat=True))
        log.record(
            "results exported",
            self.about,
            actor=self.request.user,
            at=timezone.now(),
            rows=len(keys),
            format=spreadsheet_format,
        )
        headings = [column.label for column in self.columns]
        return sheet_response(spreadsheet_format, "results", headings, self._sheet_rows(keys, get_language()))

    def _sheet_rows(self, keys, language):
        """One row at a time, read some hundreds at once. By then the request's language is forgotten."""
        for start in range(0, len(keys), ROWS_AT_ONCE):
            some = keys[start : start + ROWS_AT_ONCE]
            with override(language):
                found = self.get_base_queryset().in_bulk(some)
                rows = self.complete([found[key] for key in some if key in found])
                cells = [[plain(column.get_value(row)) for column in self.columns] for row in rows]
            yield from cells
