"""Workshops of a period, and the register of one: names and attendance; no scores, no words of surveys."""

from dataclasses import replace

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_safe

from lms.reports.figures.forms import period_in_words, scope_in_words
from lms.reports.figures.guard import sees_every_figure
from lms.reports.figures.scope import COLUMNS
from lms.reports.figures.tables import FORMATS, Table, in_words
from lms.reports.pages.exporting import batches, exported, spoken
from lms.reports.pages.frame import page
from lms.reports.registers import register as registers
from lms.reports.registers import workshops as listed
from lms.reports.registers.hours import hours_of

ROWS_A_PAGE = 50
WITHOUT = tuple(name for name in COLUMNS if name not in listed.COLUMNS)
DEFINITION = gettext_lazy(
    "Workshops whose last day is in the period, without cancelled ones and without events counted by heads. "
    "Registered is who had a place, or was there without one; attended is who was at one session at least. "
    "Person-hours are the time of the sessions attended, of everybody together."
)


def _read(request):
    """The scope, without the filters that say nothing of a workshop: they come along with links."""
    request.scope = replace(request.scope, **dict.fromkeys(WITHOUT, ""))
    return request.scope


@require_safe
@sees_every_figure
def workshops(request):
    scope = _read(request)
    listing = Paginator(listed.workshops(scope), ROWS_A_PAGE).get_page(request.GET.get("page"))
    return page(
        request,
        "lms/reports/figures/workshops.html",
        without=WITHOUT,
        definition=DEFINITION,
        headings=listed.HEADINGS,
        listing=listing,
        rows=[(row, [in_words(value) for value in row.cells()]) for row in listed.rows_of(listing)],
        formats=FORMATS,
    )


@require_GET
@sees_every_figure
def workshops_sheet(request, file_format):
    scope = _read(request)
    return exported(request, lambda: workshops_table(scope), file_format, report="workshops")


def workshops_table(scope):
    said = [f"{name}: {value}" for name, value in scope_in_words(scope)]
    found = listed.workshops(scope)
    return Table(
        name="sessions",
        title=str(_("Workshops")),
        headings=listed.HEADINGS,
        rows=spoken(row.cells() for some in batches(found) for row in listed.rows_of(some)),
        about="; ".join([period_in_words(scope.period), *said]),
        note=str(DEFINITION),
        numeric=listed.NUMERIC,
    )


def _found(uuid):
    return get_object_or_404(listed.registrable().with_days().select_related("topic"), uuid=uuid)


def _show(request):
    asked = request.GET.get("show", "")
    return asked if asked in registers.SHOWN else registers.ALL


@require_safe
@sees_every_figure
def register(request, uuid):
    workshop, show = _found(uuid), _show(request)
    found = registers.register_of(workshop)
    shown = found.shown(show)
    listing = Paginator(shown, ROWS_A_PAGE).get_page(request.GET.get("page"))
    return page(
        request,
        "lms/reports/figures/register.html",
        workshop=workshop,
        facts=facts_of(workshop),
        evidence=found.evidence.in_words(),
        counts=[(name, words, len(found.shown(name))) for name, words in registers.SHOWN.items()],
        hours=hours_of(_minutes(found.rows)),
        show=show,
        show_words=registers.SHOWN[show],
        headings=registers.HEADINGS,
        listing=listing,
        rows=[[in_words(value) for value in row.cells()] for row in listing],
        formats=FORMATS,
    )


@require_GET
@sees_every_figure
def register_sheet(request, uuid, file_format):
    workshop, show = _found(uuid), _show(request)
    return exported(
        request, lambda: register_table(workshop, show), file_format, report="register", about=workshop
    )


def register_table(workshop, show=registers.ALL):
    """`workshop`: one `with_days`."""
    found = registers.register_of(workshop)
    facts = [f"{name}: {value}" for name, value in facts_of(workshop)]
    return Table(
        name="register",
        title=workshop.title,
        headings=registers.HEADINGS,
        rows=[row.cells() for row in found.shown(show)],
        about="; ".join([*facts, str(registers.SHOWN[show])]),
        note=" ".join(found.evidence.in_words()),
        numeric=registers.NUMERIC,
    )


def facts_of(workshop):
    """[(what, value), ...] that stand above its register; what is not known is left out."""
    facts = [
        (_("Days"), _days(workshop)),
        (_("Topic"), workshop.topic.name),
        (_("Place"), workshop.place),
        (_("Paid for by"), workshop.funder),
        (_("Partner"), workshop.partner),
        (_("Facilitators"), workshop.facilitator_names),
        (_("State"), str(workshop.get_state_display())),
    ]
    return [(name, value) for name, value in facts if value]


def _days(workshop):
    if workshop.starts_at is None:
        return ""
    first, last = timezone.localdate(workshop.starts_at), timezone.localdate(workshop.ends_at)
    if first == last:
        return date_format(first, "j F Y")
    facts = {"first": date_format(first, "j F Y"), "last": date_format(last, "j F Y")}
    return _("%(first)s to %(last)s") % facts


def _minutes(rows):
    return sum(row.training.minutes for row in rows if row.training)
