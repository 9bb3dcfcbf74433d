"""A figure beside the same one of the period before, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.reports.figures import periods


def in_words(difference, before, *, runs):
    """`runs`: the period is not over, and the one before it was."""
    asked = {"n": abs(difference), "before": name_of(before)}
    if runs:
        if difference > 0:
            return _("So far %(n)d more than in all of %(before)s") % asked
        if difference < 0:
            return _("So far %(n)d fewer than in all of %(before)s") % asked
        return _("So far as many as in all of %(before)s") % asked
    if difference > 0:
        return _("%(n)d more than in %(before)s") % asked
    if difference < 0:
        return _("%(n)d fewer than in %(before)s") % asked
    return _("As many as in %(before)s") % asked


def standing_in_words(difference, before):
    """Of what is counted as it stands on a day: against the last day of the period before."""
    asked = {"n": abs(difference), "before": name_of(before)}
    if difference > 0:
        return _("%(n)d more than at the end of %(before)s") % asked
    if difference < 0:
        return _("%(n)d fewer than at the end of %(before)s") % asked
    return _("As many as at the end of %(before)s") % asked


def name_of(period):
    """ "2025", "2025/26", "the US report of 2025" or "the 90 days before"."""
    kind, _dash, year = period.name.partition("-")
    if kind == periods.CALENDAR:
        return year
    if kind == periods.FISCAL:
        return f"{year}/{(int(year) + 1) % 100:02d}"
    if kind == periods.US:
        return _("the US report of %(year)s") % {"year": year}
    return ngettext("the day before", "the %(n)d days before", period.days) % {"n": period.days}
