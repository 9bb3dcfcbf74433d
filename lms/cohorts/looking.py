"""The progress table of a cohort, narrowed as the address says; for the desk and for facilitators."""

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _

from lms.cohorts import standing

ROWS_A_PAGE = 50


class TableForm(forms.Form):
    q = forms.CharField(label=_("Name"), max_length=100, required=False)
    status = forms.ChoiceField(
        label=_("How far"), required=False, choices=[("", _("all")), *standing.Status.choices]
    )
    due = forms.ChoiceField(label=_("Dates"), required=False, choices=[("", _("all")), *standing.Due.choices])
    sort = forms.ChoiceField(label=_("Sorted by"), required=False, choices=standing.Sort.choices)

    def __init__(self, data):
        super().__init__(data)
        # What is no choice narrows nothing.
        self.is_valid()
        self.wanted = self.cleaned_data

    @property
    def narrows(self):
        return any(self.wanted.get(name) for name in ("q", "status", "due"))


def rows_for(cohort, data, *, day):
    """(form, every row, the rows that fit)."""
    form, every = TableForm(data), standing.rows_of(cohort, day=day)
    wanted = {name: form.wanted.get(name) or "" for name in ("status", "due", "sort")}
    return form, every, standing.narrowed(every, day, words=form.wanted.get("q") or "", **wanted)


def table_of(cohort, data, *, day):
    """What `lms/cohorts/_table.html` and the desk's like it show: one page of the table."""
    form, every, rows = rows_for(cohort, data, day=day)
    listing = Paginator(rows, ROWS_A_PAGE).get_page(data.get("page"))
    return {
        "table_form": form,
        "headings": standing.HEADINGS,
        "listing": listing,
        "rows": [(row, standing.cells(row), row.is_overdue(day)) for row in listing],
        "totals": standing.totals(every),
        "size": len(every),
        "day": day,
    }
