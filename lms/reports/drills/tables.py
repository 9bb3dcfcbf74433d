"""The tables of how drills went: the same on the page and as sheets."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.choices import DrillStep
from courses.room.tables.figures import kept_at_tables
from lms.reports.drills import reckoning
from lms.reports.figures.forms import period_in_words, scope_in_words
from lms.reports.figures.labels import NOT_STATED, labels_of, told
from lms.reports.figures.suppressing import Hidden
from lms.reports.figures.tables import Table

STEPS, ERRORS, AT_TABLES = "steps", "errors", "table-tops"
TITLES = {
    STEPS: gettext_lazy("Steps missed, by agency"),
    ERRORS: gettext_lazy("Commonest critical errors"),
    AT_TABLES: gettext_lazy("Steps missed at the table, by agency"),
}
# The page shows so many errors; a sheet all.
MOST = 10
HOW_STEPS = gettext_lazy(
    "Of each person the first finished try at each scenario and each practice case counts, where it ended in "
    "the period; what was left or is still open does not. A person met a step whose points could be had on the "
    "way they took, and missed something of it where they had fewer. Each person counts once at a step, with "
    "all their drills. Where they work is that of today. Of fewer than five people nothing is shown, nor what "
    "would give it away."
)
HOW_ERRORS = gettext_lazy(
    "People whose first finished try had the error there. An error that fewer than five people made is not "
    "shown."
)
HOW_AT_TABLES = gettext_lazy(
    "Tables of table-top exercises that were entered in the period. An agency at a table met a step where it "
    "was asked anything there, and missed something of it where it missed a duty; what it did after a prompt "
    "it did. Who sat there is not on record. Of fewer than five tables nothing is shown, nor what would give "
    "it away."
)


def of_steps(scope, tries):
    """The Table: a row for each agency, and everybody at the end where there are several."""
    agencies, whole = reckoning.by_agency(tries, DrillStep.values)
    labels = labels_of("agency", [key for key in agencies if key is not None]) if agencies else {}
    named = sorted((str(labels.get(key, NOT_STATED)), cells) for key, cells in agencies.items())
    return _by_agency(scope, STEPS, named, whole, _("%(step)s: people"), HOW_STEPS)


def at_tables(scope):
    """The same of table-top exercises, by the agency at the table. None where the scope narrows: a table has
    neither people nor a course."""
    if scope.narrows or scope.only_agency is not None:
        return None
    tries = [
        reckoning.Try(table, agency, (AT_TABLES,), 0, steps)
        for table, agency, steps in kept_at_tables(scope.begins_at, scope.ends_at)
    ]
    agencies, _whole = reckoning.by_agency(tries, DrillStep.values)
    return _by_agency(scope, AT_TABLES, sorted(agencies.items()), [], _("%(step)s: tables"), HOW_AT_TABLES)


def _by_agency(scope, name, named, whole, heading, note):
    rows = [[agency, *_cells(cells)] for agency, cells in named]
    if whole and len(rows) > 1:
        rows.append([_("Everybody"), *_cells(whole)])
    headings = [_("Agency")]
    for label in DrillStep.labels:
        headings += [str(label), heading % {"step": label}]
    return _table(scope, name, headings, rows, note, numeric=tuple(range(1, 1 + 2 * len(DrillStep))))


def _cells(cells):
    """Of each step the share that missed something of it and the people who met it."""
    found = []
    for cell in cells:
        if isinstance(cell.n, Hidden):
            found += [None, told(cell.n)]
        else:
            found += [cell.share, cell.n]
    return found


def on_page(table):
    """(steps that anybody met, [(agency, [(share or None, people), ...]), ...]) of such a table: one column a
    step, where a sheet has two."""
    steps = [str(label) for label in DrillStep.labels]
    rows = [(row[0], list(zip(row[1::2], row[2::2], strict=True))) for row in table.rows]
    met = [n for n in range(len(steps)) if any(cells[n][1] for _agency, cells in rows)]
    return [steps[n] for n in met], [(agency, [cells[n] for n in met]) for agency, cells in rows]


def of_errors(scope, errors, left_out):
    """The Table of ErrorShown."""
    rows = [
        [
            one.label,
            one.drill,
            one.place,
            one.people,
            "; ".join(clause.name for clause in one.clauses),
            "; ".join(title for title, _address in one.lessons),
        ]
        for one in errors
    ]
    headings = [_("Error"), _("Drill"), _("Where"), _("People"), _("Clause"), _("Lessons that cite it")]
    note = str(HOW_ERRORS)
    if left_out:
        note += " " + _("Errors not shown: %(n)s.") % {"n": left_out}
    return _table(scope, ERRORS, headings, rows, note, numeric=(3,))


def _table(scope, name, headings, rows, note, numeric):
    about = [period_in_words(scope.period), *(f"{what}: {value}" for what, value in scope_in_words(scope))]
    return Table(
        name="drills",
        title=f"{_('Drills')}: {TITLES[name]}",
        headings=[str(heading) for heading in headings],
        rows=rows,
        about="; ".join(about),
        note=str(note),
        numeric=numeric,
    )
