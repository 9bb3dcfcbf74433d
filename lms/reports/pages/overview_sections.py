"""The sections of the overview.

Each takes a Scope and the Links that lead to the lists behind its numbers.
"""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.reports import charts
from lms.reports.figures import against_target, heard_of, stopping
from lms.reports.figures.defined import FIGURES
from lms.reports.figures.figure import MONTH
from lms.reports.figures.forms import period_in_words
from lms.reports.figures.periods import part_in_month
from lms.reports.figures.tables import Table
from lms.reports.figures.training import Attended
from lms.reports.pages.sections import Section


def agencies(scope, links):
    """Who is trained by agency, against the target."""
    rows = against_target.rows(scope)
    values = [
        [row.name, row.trained, row.target or _("No target set"), row.missing, _percent(row.share)]
        for row in rows
    ]
    aimed = [row for row in rows if row.target]
    bars = [(row.name, row.trained, row.target, _reached(row)) for row in rows]
    return Section(
        "agencies",
        _about_targets(aimed),
        _("People who work there today and hold a certificate in force, against the target of their agency"),
        Table(
            "agencies",
            _("Trained people by agency"),
            [_("Agency"), _("Trained"), _("Target"), _("Still to train"), _("Of the target")],
            values,
            about=period_in_words(scope.period),
            note=str(against_target.TRAINED.definition),
            numeric=(1, 2, 3, 4),
        ),
        chart=charts.bullets(bars) if any(row.trained or row.target for row in rows) else None,
        links={(n, 1): links.people("trained", agency=row.key) for n, row in enumerate(rows)}
        | {(n, 2): links.target(row.pk) for n, row in enumerate(rows) if row.pk and not row.target},
    )


def _reached(row):
    if not row.target:
        return str(row.trained)
    return _("%(n)d of %(target)d") % {"n": row.trained, "target": row.target}


def _percent(share):
    return "" if share is None else f"{share}%"


def _about_targets(aimed):
    if not aimed:
        return _("No agency has a target yet")
    below = sum(row.share < against_target.NEARLY for row in aimed)
    if not below:
        return _("Every agency with a target has reached three quarters of it or more")
    return ngettext(
        "%(n)d of the agencies with a target is below three quarters of it",
        "%(n)d of the agencies with a target are below three quarters of it",
        below,
    ) % {"n": below}


def months(scope, links):
    """People trained in each month, and the workshops held then."""
    figure, period = FIGURES["people"], scope.period
    parts = figure.parts(scope, MONTH)
    held = {}
    seen = scope.within(Attended.objects.all()).with_month().order_by("month", "title")
    for month, title in seen.values_list("month", "title").distinct():
        held.setdefault(f"{month:%Y-%m}", []).append(title)
    first_days = period.months()
    values = [
        [date_format(day, "F Y"), part.value, "; ".join(held.get(part.key, []))]
        for day, part in zip(first_days, parts, strict=True)
    ]
    bars = [(date_format(day, "M Y"), part.value) for day, part in zip(first_days, parts, strict=True)]
    best = max(zip(parts, first_days, strict=True), key=lambda pair: pair[0].value)
    title = _("Nobody was trained in this period")
    if best[0].value:
        title = _("Most people were trained in %(month)s") % {"month": date_format(best[1], "F Y")}
    return Section(
        "months",
        title,
        _("People trained in each month; somebody trained in two months counts in both"),
        Table(
            "months",
            _("People trained by month"),
            [_("Month"), _("People"), _("Workshops")],
            values,
            about=period_in_words(period),
            note=str(figure.definition),
            numeric=(1,),
        ),
        chart=charts.columns(bars) if best[0].value else None,
        links={
            (n, 1): links.figure("people", period=part_in_month(period, day))
            for n, day in enumerate(first_days)
        },
    )


def heard(scope, links):
    """When those who study were last heard of."""
    found = heard_of.counts(scope)
    total = sum(found.values())
    title = _("Nobody has a course open now")
    if total:
        lately = found["heard-7"] + found["heard-30"]
        title = _("%(n)d of %(all)d people who study were heard of in the last 30 days") % {
            "n": lately,
            "all": total,
        }
    rows = [(name, str(heard_of.BANDS[name][0]), n) for name, n in found.items()]
    return Section(
        "heard",
        title,
        _("People with a course open today, by when they were last heard of"),
        Table(
            "heard",
            _("Last heard from"),
            [_("Last heard from"), _("People")],
            [[label, n] for _name, label, n in rows],
            note=str(heard_of.DEFINITION),
            numeric=(1,),
        ),
        chart=charts.bullets([(label, n, None, str(n)) for _name, label, n in rows]) if total else None,
        links={(n, 1): links.people(name) for n, (name, _label, _n) in enumerate(rows)},
    )


def funnel(course, scope, links):
    """Where people stop in a course; None where there is none."""
    if course is None:
        return None
    stages = stopping.funnel(course, scope)
    bars = [(one.label, one.people, one.of, one.is_steep) for one in stages]
    values = [
        [
            stage.label,
            stage.people,
            stage.of,
            f"{stage.share}%",
            _about_drop(stage),
        ]
        for stage in stages
    ]
    return Section(
        "funnel",
        about_drops(stages),
        _("%(course)s: of the people who began it in the period, how many came how far")
        % {"course": course.title},
        Table(
            "steps",
            _("Where people stop: %(course)s") % {"course": course.title},
            [_("Step"), _("People"), _("Of"), _("Share"), _("Note")],
            values,
            about=period_in_words(scope.period),
            note=f"{stopping.DEFINITION} {stopping.LOSSES}",
            numeric=(1, 2, 3),
        ),
        chart=charts.funnel(bars) if stages else None,
        links={
            (n, 1): links.people(f"stage-{stage.name}", course=str(course.pk)) for n, stage in enumerate(stages)
        },
    )


def _about_drop(stage):
    if stage.is_steep:
        return _("%(n)d points lost: look at this step") % {"n": stage.drop}
    return _("Too few people to say") if stage.lost and not stage.is_judged else ""


def about_drops(stages):
    """The step before which most people stop, where a step loses many of enough people."""
    if not stages:
        return _("Nobody began this course in the period")
    judged = [stage for stage in stages if stage.is_judged]
    if not judged:
        return _("Fewer than %(few)d people began: too few to say where people stop") % {"few": stopping.LEAST}
    steep = [stage for stage in judged if stage.is_steep]
    if not steep and len(judged) < len(stages):
        facts = {"few": stopping.LEAST, "n": stopping.STEEP}
        return _("No step that %(few)d people or more came to loses more than %(n)d points") % facts
    if not steep:
        return _("No step loses more than %(n)d points") % {"n": stopping.STEEP}
    most = max(stage.lost for stage in steep)
    first = [stage for stage in steep if stage.lost == most]
    if len(first) > 1:
        labels = "; ".join(stage.label for stage in first)
        return _("Most people stop before these steps: %(steps)s (%(n)d each)") % {"steps": labels, "n": most}
    facts = {"step": first[0].label, "was": first[0].was, "n": first[0].people}
    return (
        _("Most people stop before this step: %(step)s (%(was)d did the step before it, %(n)d this one)")
        % facts
    )
