"""Charts as SVG, made here: the same on the page, in a PDF and in a mail; no script, no library, no other host.

Each function takes plain rows and returns a `Chart`: `.svg`, markup that a template prints as it is (empty
where there is no row), and `.key`, [(swatch, words)]. The words of keys can be given in place of those here.
A number that is hidden or not known is not drawn: the words of its row say so. Bars begin at nothing; colours
are doubled by hatching and form. Shown with `lms/reports/charts/figure.html`.
"""

from django.utils.translation import gettext_lazy as _

from lms.reports.charts import bars as _bars
from lms.reports.charts import columns as _columns
from lms.reports.charts import dots as _dots
from lms.reports.charts.chart import Chart

__all__ = ["Chart", "bullets", "columns", "dumbbells", "funnel", "nested_bars"]

BARS = _("Bar chart. The figures are in the table below.")
DOTS = _("Dot chart. The figures are in the table below.")
COLUMNS = _("Column chart. The figures are in the table below.")
# Of a picture that goes on in another.
AGAIN = _("{label} Part {n} of {all}.")
NOT_SHOWN = _("Not shown")
STARTED = (_("Started"), _("Completed"), _("Certificate issued"))
AGAINST_TARGET = (
    _("75% of the target or more"),
    _("Below 75% of the target"),
    _("Target"),
    _("No target set"),
    _("More than one and a half times the target"),
)
BEFORE_AND_AFTER = (_("Before training"), _("After training"), _("Lower after training"), _("No change"))
SO_MANY_OF = _("{value} of {of}")
ON_THE_WAY = (_("Started"), _("Came this far"), _("Many stop here"), NOT_SHOWN)


def nested_bars(rows, *, names=STARTED):
    """`rows`: (label, whole, part, tick or None, words): a part of a whole, all on one scale."""
    return _bars.nested_bars(rows, names=names, label=BARS, again=AGAIN)


def bullets(rows, *, names=AGAINST_TARGET, enough=_bars.ENOUGH):
    """`rows`: (label, value, target or None, words): how much of its target each has.

    From `enough` per cent on a bar is full, below it hatched; `names` must say the same.
    """
    return _bars.bullets(rows, names=names, label=BARS, again=AGAIN, enough=enough)


def dumbbells(rows, tick=None, *, names=BEFORE_AND_AFTER):
    """`rows`: (label, before, after, words) of 100, None where it is not shown; `tick`: the pass mark."""
    passing = _("Pass mark, %(mark)s%%") % {"mark": tick} if tick is not None else ""
    return _dots.dumbbells(rows, tick=tick, names=(*names, passing), label=DOTS, again=AGAIN)


def columns(rows):
    """`rows`: (label, value) in order; the year of "June 2026" is written where it changes."""
    return _columns.columns(rows, label=COLUMNS, hidden=NOT_SHOWN)


def funnel(rows, *, names=ON_THE_WAY, words=SO_MANY_OF):
    """`rows`: (label, value, of, flagged): how many came so far, of how many; whether many stop there."""
    return _bars.funnel(rows, names=names, words=words, label=BARS, again=AGAIN)
