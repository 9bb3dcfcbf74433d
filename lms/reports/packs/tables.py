"""The tables of a pack: what each is called, what it counts and what its columns are."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.reports.figures.defined import FIGURES
from lms.reports.figures.labels import NOT_STATED
from lms.reports.figures.training import KINDS

PEOPLE = gettext_lazy("People")
SEXES = [gettext_lazy("Women"), gettext_lazy("Men"), gettext_lazy("Not stated")]
HOURS = gettext_lazy("Hours")
ATTENDED, COMPLETED = gettext_lazy("Attendances"), gettext_lazy("Courses completed")
WHAT = [gettext_lazy("Date"), gettext_lazy("Title"), gettext_lazy("Topic"), gettext_lazy("Place")]
_ONCE = gettext_lazy("Each person once in a row; somebody who moved stands in two. The place is that of then.")


class Defined:
    """One table. Places of columns: `numeric` stand right, `counts` are people and suppressed where few
    (the first of them for the whole row), `days` are days, `inside` never leave the office. `plain` are
    rows, by their first value, that count no people."""

    def __init__(self, title, definition, headings, counts=(), days=(), inside=(), words=1, plain=()):
        self.title, self.definition, self.headings = title, definition, headings
        self.counts, self.days, self.inside = counts, days, inside
        self.plain = plain
        # So many columns at the beginning are text.
        self.words = words if isinstance(words, set) else set(range(words))

    def table(self, name, rows, labels, keys=None):
        """In the form of `content`. `keys`: by what its rows are known, where that is not their first value."""
        return {
            "name": name,
            "title": str(self.title),
            "definition": str(self.definition),
            "headings": [str(heading) for heading in self.headings],
            "rows": rows,
            # What the first column's values are called.
            "labels": labels,
            "numeric": [n for n in range(len(self.headings)) if n not in self.words],
            "counts": list(self.counts),
            "days": list(self.days),
            "inside": list(self.inside),
            "plain": list(self.plain),
        } | ({"keys": keys} if keys is not None else {})


TABLES = {
    "figures": Defined(
        gettext_lazy("The figures"),
        gettext_lazy("Each is defined at the end."),
        [gettext_lazy("Figure"), gettext_lazy("Value")],
        counts=[1],
        plain=["hours", "workshops"],
    ),
    "agencies": Defined(
        gettext_lazy("People trained by agency"),
        _ONCE,
        [gettext_lazy("Agency"), PEOPLE, *SEXES, ATTENDED, COMPLETED, HOURS],
        counts=[1, 2, 3, 4, 5, 6],
    ),
    "sectors": Defined(
        gettext_lazy("People trained by sector"),
        _ONCE,
        [gettext_lazy("Sector"), PEOPLE, *SEXES, ATTENDED, COMPLETED, HOURS],
        counts=[1, 2, 3, 4, 5, 6],
    ),
    "sexes": Defined(
        gettext_lazy("People trained by sex"),
        gettext_lazy("As people gave it themselves, who may leave it out."),
        [gettext_lazy("Sex"), PEOPLE, gettext_lazy("For the first time"), ATTENDED, COMPLETED, HOURS],
        counts=[1, 2, 3, 4],
    ),
    "months": Defined(
        gettext_lazy("Training by month"),
        gettext_lazy("A workshop counts in the month of its last day. Each person once in a month."),
        [gettext_lazy("Month"), PEOPLE, ATTENDED, COMPLETED, HOURS],
        counts=[1, 2, 3],
    ),
    "workshops": Defined(
        gettext_lazy("Workshops held"),
        gettext_lazy("Those with at least one participant, on the day of the last session."),
        [
            *WHAT,
            *(gettext_lazy("Agencies"), gettext_lazy("Participants"), *SEXES, HOURS),
            *(gettext_lazy("Paid for by"), gettext_lazy("Partner"), gettext_lazy("Trainers")),
        ],
        counts=[5, 6, 7, 8],
        days=[0],
        inside=[12],
        words={0, 1, 2, 3, 4, 10, 11, 12},
    ),
    "first": Defined(
        gettext_lazy("Trained for the first time, by agency"),
        gettext_lazy("First: those with no training on record before the period began."),
        [gettext_lazy("Agency"), PEOPLE, gettext_lazy("First"), gettext_lazy("Trained before")],
        counts=[1, 2, 3],
    ),
    "often": Defined(
        gettext_lazy("Trainings of each person"),
        gettext_lazy("How many people had one training in the period, how many two, and so on."),
        [gettext_lazy("Trainings"), PEOPLE],
        counts=[1],
    ),
    "ways": Defined(
        gettext_lazy("On line and face to face"),
        gettext_lazy("Attendances count each training, people each person once in a row."),
        [gettext_lazy("Kind"), PEOPLE, gettext_lazy("Trainings"), HOURS],
        counts=[1, 2],
    ),
    "courses": Defined(
        gettext_lazy("Courses completed on line"),
        gettext_lazy("On the day of completion. A renewal is one more completion of the same person."),
        [gettext_lazy("Course"), PEOPLE, *SEXES, gettext_lazy("Completions"), HOURS],
        counts=[1, 2, 3, 4, 5],
    ),
    "funders": Defined(
        gettext_lazy("Who paid for the workshops"),
        gettext_lazy("As the workshops' records say it."),
        [gettext_lazy("Paid for by"), gettext_lazy("Workshops"), PEOPLE, ATTENDED, HOURS],
        counts=[2, 3],
    ),
    "gain": Defined(
        gettext_lazy("What was learnt at workshops"),
        gettext_lazy("The median mark, of 100, of everybody with both tests; of fewer than five, none."),
        [gettext_lazy("Test"), gettext_lazy("People with both"), gettext_lazy("Median mark")],
        counts=[1],
    ),
    "gain-courses": Defined(
        gettext_lazy("What was learnt on line, by course"),
        gettext_lazy(
            "The median mark, of 100, at the pre-test and at the final test of everybody with both; of fewer "
            "than five, none. Each person once in a course, the first time."
        ),
        [
            *(gettext_lazy("Course"), gettext_lazy("People with both")),
            *(gettext_lazy("Median before"), gettext_lazy("Median after")),
        ],
        counts=[1],
    ),
    "certificates": Defined(
        gettext_lazy("Certificates"),
        gettext_lazy("Issued: in the period. In force: at its end, or on the day the figures were made."),
        [gettext_lazy("For"), gettext_lazy("Issued"), gettext_lazy("In force")],
        counts=[1, 2],
    ),
    "awareness": Defined(
        gettext_lazy("Awareness events"),
        gettext_lazy("Counted by heads. Nobody who came is among the people trained."),
        [*WHAT, gettext_lazy("People reached"), gettext_lazy("Of them women")],
        counts=[4, 5],
        days=[0],
        words=4,
    ),
}


def tables_of(rows, keys):
    """[table, ...] of {name: rows}, as `recounting.tables` gives them, with their words of now.

    `keys`: {name: by what its rows are known}, where that is not their first value.
    """
    return [TABLES[name].table(name, rows[name], _labels(name, rows[name]), keys.get(name)) for name in TABLES]


def list_titles():
    """Of all lists behind numbers."""
    own = {
        "trainings": _("Trainings"),
        "before": _("Trained before"),
        "awareness": _("Awareness events"),
    }
    return own | figure_titles()


def figure_titles():
    own = {"workshops": _("Workshops held")}
    return own | {name: str(figure.title) for name, figure in FIGURES.items() if name != "lapsing"}


def definitions():
    """[(figure, what it counts), ...]"""
    held = _("Workshops with at least one participant, on the day of their last session.")
    own = [[_("Workshops held"), held]]
    return own + [
        [str(figure.title), str(figure.definition)] for name, figure in FIGURES.items() if name != "lapsing"
    ]


def _labels(name, rows):
    none = {"": str(NOT_STATED)}
    if name == "figures":
        return figure_titles()
    if name == "sexes":
        return none | {"female": _("Women"), "male": _("Men")}
    if name == "ways":
        return {key: str(words) for key, words in KINDS.items()}
    if name == "gain":
        return {"before": _("Before"), "after": _("After")}
    if name == "months":
        return {key: date_format(date.fromisoformat(f"{key}-01"), "F Y") for key, *_rest in rows}
    return none
