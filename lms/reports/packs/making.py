"""Making a pack: the figures of a period frozen with every row behind them; and a corrected one."""

import tempfile
from dataclasses import asdict

from django.db import transaction
from django.http import QueryDict
from django.utils.translation import get_language

from courses.audit import log
from lms.reports.figures import scope as scopes
from lms.reports.figures.defined import FIGURES
from lms.reports.figures.forms import period_in_words, scope_in_words
from lms.reports.packs import canonical, comparing, narrating, recounting, tables
from lms.reports.packs.gathering import Gathering
from lms.reports.packs.models import Pack
from lms.reports.packs.outside import outside

SCHEMA = 2
IN_MEMORY = 8 * 1024 * 1024
# What the rows and the figures of the pages must agree on. Hours are compared as they are shown.
COMPARED = ("people", "first-time", "attendances", "completions", "hours", "issued", "in-force", "certified")


class PackRefused(ValueError):
    """`code`: "replaced" (there is a correction of it already), "moved" (while it was made, the record
    changed: try again) or "agency" (asked for one agency alone)."""

    def __init__(self, code):
        self.code = code
        super().__init__(code)


def make(scope, *, actor, at, replaces=None, reason=""):
    """Freeze the figures of a scope. `replaces`: the Pack that this one corrects, `reason`: why.

    Raises PackRefused.
    """
    return freeze(draw_up(scope, actor=actor, at=at, replaces=replaces, reason=reason), actor=actor)


def draw_up(scope, *, actor, at, replaces=None, reason=""):
    """The Pack of `make`, not saved yet: what takes long.

    Raises PackRefused. The record is read before the transaction begins: on SQLite nobody else could write
    meanwhile. That the rows say what the pages say is checked, so nothing half old and half new is frozen.
    """
    if scope.only_agency is not None:
        raise PackRefused("agency")
    if replaces is not None:
        _refuse_replaced(replaces)
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as file:
        n = canonical.write_rows(Gathering(scope).rows(), file)
        file.seek(0)
        counted = recounting.count(canonical.read_rows(file))
        _compare(counted, scope)
        content = _content(counted, scope, replaces, reason)
        content |= {"made_at": at.isoformat(), "made_by": str(actor) if actor else log.SYSTEM}
        file.seek(0)
        digest = canonical.seal(content, file)
        file.seek(0)
        return Pack(
            first=scope.period.first,
            last=scope.period.last,
            made_at=at,
            made_by=content["made_by"],
            content=content,
            rows=file.read(),
            rows_count=n,
            sha256=digest,
            replaces=replaces,
        )


@transaction.atomic
def freeze(pack, *, actor):
    """Save what was drawn up. Raises PackRefused."""
    if pack.replaces_id is not None:
        # Locked: of two corrections made at once, one is refused.
        _refuse_replaced(Pack.objects.select_for_update().get(pk=pack.replaces_id))
    pack.save()
    facts = {"sha256": pack.sha256, "asked": f"?{pack.content['asked']}", "rows": pack.rows_count}
    if pack.replaces_id is not None:
        facts |= {"replaces": str(pack.replaces.uuid), "reason": pack.content["reason"]}
    log.record("figures frozen", pack, actor=actor, at=pack.made_at, **facts)
    return pack


def _refuse_replaced(pack):
    if Pack.objects.filter(replaces=pack).exists():
        raise PackRefused("replaced")


def correct(pack, *, reason, actor, at):
    """A new pack of the same period and filters, which names in what it differs from this one."""
    return make(scope_of(pack), actor=actor, at=at, replaces=pack, reason=reason)


def scope_of(pack):
    return scopes.read(QueryDict(pack.content["asked"]))


def months_of(period):
    return [f"{month:%Y-%m}" for month in period.months()]


def _compare(counted, scope):
    """The rows that are frozen say what every page says."""
    said = recounting.figures(counted)
    for name in COMPARED:
        value = FIGURES[name].value(scope)
        if said[name] != (recounting.hours(value) if name == "hours" else value):
            raise PackRefused("moved")
    if len(set().union(*counted.tested.values())) != FIGURES["tested"].value(scope):
        raise PackRefused("moved")


def _content(counted, scope, replaces, reason):
    months = months_of(scope.period)
    keys = {"workshops": [row["key"] for row in counted.held]}
    inside = tables.tables_of(recounting.tables(counted, months), keys)
    found = []
    if replaces is not None:
        found = [asdict(one) for one in comparing.differences(replaces.content["tables"], inside)]
    return {
        "schema": SCHEMA,
        "language": get_language(),
        "asked": scope.query().removeprefix("?"),
        "period": {
            "first": scope.period.first.isoformat(),
            "last": scope.period.last.isoformat(),
            "words": period_in_words(scope.period),
            "months": months,
        },
        "scope": [list(pair) for pair in scope_in_words(scope)],
        "day": scope.day.isoformat(),
        "tables": inside,
        "outside": outside(inside),
        "sentences": narrating.sentences(counted, scope.period, scope.day),
        "definitions": tables.definitions(),
        "replaces": str(replaces.uuid) if replaces is not None else "",
        "reason": reason,
        "differences": found[: comparing.MOST],
        "differences_count": len(found),
    }
