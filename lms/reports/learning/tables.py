"""The tables of what was learnt: the same on the page and as sheets."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.enrolment.cohorts import Cohort
from lms.reports.figures.forms import period_in_words, scope_in_words
from lms.reports.figures.labels import NOT_STATED, labels_of
from lms.reports.figures.scope import NONE
from lms.reports.figures.tables import Table
from lms.reports.learning import objectives, pairs
from lms.reports.learning.gain import FEW, MANY, MEAN, MEDIAN, learnt, shown_groups

OBJECTIVES = "objectives"
TITLES = {
    pairs.EVERYBODY: gettext_lazy("Everybody"),
    pairs.COURSE: gettext_lazy("By course, on line"),
    pairs.WORKSHOP: gettext_lazy("By workshop"),
    pairs.COHORT: gettext_lazy("By cohort"),
    pairs.AGENCY: gettext_lazy("By agency"),
    OBJECTIVES: gettext_lazy("By objective"),
}
OF = {MEAN: gettext_lazy("of the mean difference"), MEDIAN: gettext_lazy("of the median difference")}
FIGURES = [
    gettext_lazy("People"),
    gettext_lazy("Median before"),
    gettext_lazy("Median after"),
    gettext_lazy("Median difference"),
    gettext_lazy("Mean difference"),
    gettext_lazy("95% interval from"),
    gettext_lazy("95% interval to"),
    gettext_lazy("Which interval"),
    gettext_lazy("Gained"),
]
HOW = gettext_lazy(
    "Each person counts once, the first time that both tests were handed in. Scores are of 100. From %(many)s "
    "people on, the interval is that of the mean difference (Student's t, paired). Of fewer, one person would "
    "move the mean: it is left out, and the interval is that of the median difference, between two of the "
    "differences in order (exact, by the binomial; it takes six people). Of fewer than %(few)s people nothing "
    "is shown."
)
GAINED = gettext_lazy(
    "Normalised gain: the share of what could still be gained that was gained (Hake 1998), from the means of "
    "at least %(many)s people, where the mean did not fall."
)
SHARES = gettext_lazy(
    "Of the questions on one objective, the share that each person had wholly right. The two tests may ask "
    "different questions, so part of a difference can come from these."
)


@dataclass
class Shown:
    """A table, and of each of its rows the address behind the number of people."""

    name: str
    table: Table
    addresses: list
    # How many groups are left out for being few.
    left_out: int = 0

    def __iter__(self):
        return zip(self.table.rows, self.addresses, strict=True)


def of_groups(scope, name, groups, address):
    """The Shown of one of the groupings. `address(key)`: of the list of its people."""
    kept, left_out = shown_groups(groups)
    labels = _labels(name, [key for key in kept if key != NONE])
    order = sorted(kept, key=lambda key: (-kept[key].total(), str(labels.get(key, key))))
    rows = [
        [str(labels.get(key, NOT_STATED)), *figures_of(found := learnt(kept[key])), found.normalised]
        for key in order
    ]
    headings = [_("Name"), *FIGURES, _("Normalised gain")]
    note = f"{_how()} {GAINED % {'many': MANY}}{_not_shown(left_out)}"
    table = _table(scope, name, headings, rows, note)
    return Shown(name, table, [address(key) for key in order], left_out)


def of_objectives(scope, found):
    """The Shown of Objectives, without addresses.

    Those asked in one test only, or of few, have a word in place of figures.
    """
    nothing = [None] * (len(FIGURES) - 1)
    rows, left_out = [], 0
    for one in found:
        if one.is_shown:
            cells = [*figures_of(one.learnt), one.before, one.after, ""]
        elif one.in_one_test:
            words = {"before": _("asked before only"), "after": _("asked after only")}[one.in_one_test]
            cells = [0, *nothing, None, None, words]
        else:
            left_out += 1
            cells = [one.n, *nothing, None, None, _("fewer than %(few)s people") % {"few": FEW}]
        rows.append([one.text, one.module, *cells])
    headings = [_("Objective"), _("Module"), *FIGURES, _("Right before"), _("Right after"), _("Remark")]
    table = _table(scope, OBJECTIVES, headings, rows, f"{SHARES} {_how()}", numeric=(*range(2, 9), 10, 11, 12))
    return Shown(OBJECTIVES, table, [], left_out)


def figures_of(found):
    """Values for FIGURES, of a Learnt of people enough."""
    interval = found.interval
    return [
        found.n,
        found.before,
        found.after,
        found.difference,
        found.mean,
        interval and interval.low,
        interval and interval.high,
        str(OF[interval.of]) if interval else _("none: five people are too few"),
        found.gained.k,
    ]


def notes():
    """How it is reckoned, for the foot of the page."""
    return {"how": _how(), "gained": GAINED % {"many": MANY}, "shares": SHARES}


def one(scope, name):
    """The Table of this name, for a sheet."""
    if name == OBJECTIVES:
        return of_objectives(scope, objectives.read(scope)).table
    return of_groups(scope, name, pairs.read(scope)[name], lambda _key: None).table


def _how():
    return HOW % {"many": MANY, "few": FEW}


def _not_shown(left_out):
    return (
        " " + _("Groups not shown, so that nothing is told of few people: %(n)s.") % {"n": left_out}
        if left_out
        else ""
    )


def _whole(value):
    """40 in place of 40.0: as a spreadsheet has it, so that every form of the table is alike."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _table(scope, name, headings, rows, note, numeric=(1, 2, 3, 4, 5, 6, 7, 9, 10)):
    about = [period_in_words(scope.period), *(f"{what}: {value}" for what, value in scope_in_words(scope))]
    return Table(
        name="learning",
        title=f"{_('Learning')}: {TITLES[name]}",
        headings=[str(heading) for heading in headings],
        rows=[[_whole(value) for value in row] for row in rows],
        about="; ".join(about),
        note=note,
        numeric=numeric,
    )


def _labels(name, keys):
    if name == pairs.EVERYBODY:
        return {"": TITLES[name]}
    if name == pairs.COHORT:
        return dict(Cohort.objects.filter(pk__in=keys).values_list("pk", "name"))
    return labels_of(name, keys)
