"""What was learnt, in sentences."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.reports.learning.gain import FEW, MEAN


def number(value):
    """Without a decimal that is nothing: 40, 37.5; a gain with its sign is for `signed`."""
    return f"{value:g}"


def signed(value):
    return f"+{value:g}" if value > 0 else f"{value:g}".replace("-", "−")


def of_everybody(found):
    """What a Learnt says, as a title states it."""
    if not found.n:
        return _("Nobody has both tests in this period.")
    if not found.is_judged:
        return ngettext(
            "%(n)s person has both tests: too few to judge. From %(few)s on, what was learnt is here.",
            "%(n)s people have both tests: too few to judge. From %(few)s on, what was learnt is here.",
            found.n,
        ) % {"n": found.n, "few": FEW}
    facts = {
        "k": found.gained.k,
        "n": found.n,
        "before": number(found.before),
        "after": number(found.after),
    }
    if found.before == found.after:
        return _("%(k)s of %(n)s people did better after; the median stayed at %(before)s of 100.") % facts
    if found.after < found.before:
        return (
            _("%(k)s of %(n)s people did better after; the median fell from %(before)s to %(after)s of 100.")
            % facts
        )
    return (
        _("%(k)s of %(n)s people did better after; the median rose from %(before)s to %(after)s of 100.")
        % facts
    )


def of_interval(found):
    """How sure the difference is, of a Learnt of people enough; else ""."""
    if not found.is_judged:
        return ""
    if found.interval is None:
        return _("The median difference is %(points)s points. Of five people there is no 95% interval.") % {
            "points": signed(found.difference)
        }
    facts = {"low": signed(found.interval.low), "high": signed(found.interval.high)}
    if found.interval.of == MEAN:
        facts["points"] = signed(found.mean)
        return _("The mean difference is %(points)s points (95%% interval %(low)s to %(high)s).") % facts
    facts["points"] = signed(found.difference)
    return _("The median difference is %(points)s points (95%% interval %(low)s to %(high)s).") % facts


def of_objectives(found):
    """What Objectives say, as a title states it."""
    shown = [one for one in found if one.is_shown]
    if not shown:
        return _("No objective was asked before and after of enough people")
    least = min(shown, key=lambda one: (one.after, one.text))
    facts = {"objective": least.text, "after": number(least.after)}
    return _("Least sure after the training: “%(objective)s”, %(after)s%% right") % facts


def of_row(one):
    """What stands beside an Objective in the chart."""
    return _("%(before)s%% to %(after)s%%") % {"before": number(one.before), "after": number(one.after)}
