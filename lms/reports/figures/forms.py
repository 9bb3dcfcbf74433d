"""The filters above every page of figures; and what is asked for, in words."""

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.catalogue.models import Course
from courses.choices import District, Sex
from courses.people.models import Agency, Sector
from courses.workshops.models import Workshop
from lms.reports.figures import periods
from lms.reports.figures.labels import NOT_STATED, labels_of
from lms.reports.figures.scope import COLUMNS, KEYS, NONE
from lms.reports.figures.training import KINDS

YEARS_BACK = 6
# With the list of workshops of one funder one would scroll for ever.
MOST_CHOICES = 300
NAMES = {
    "agency": gettext_lazy("Agency"),
    "sector": gettext_lazy("Sector"),
    "sex": gettext_lazy("Sex"),
    "district": gettext_lazy("District"),
    "course": gettext_lazy("Course"),
    "workshop": gettext_lazy("Workshop"),
    "funder": gettext_lazy("Paid for by"),
    "kind": gettext_lazy("Kind"),
}
# Beside a single agency these say nothing, or narrow to a person.
NOT_OF_ONE_AGENCY = ("agency", "sector", "sex", "funder")

# What the days are called in an address.
RENAMED = {"first": "from", "last": "to"}


class ScopeForm(forms.Form):
    """`scope`: what is shown. Nothing here is validated: `scope.read` reads the address."""

    # "all" is an empty choice: a browser would not send the form off for it.
    use_required_attribute = False

    period = forms.ChoiceField(label=gettext_lazy("Period"))
    # For "another period".
    first = forms.DateField(label=gettext_lazy("From"), widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(label=gettext_lazy("To"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, scope, *, without=()):
        period = scope.period
        super().__init__(initial={"period": period.name, "first": period.first, "last": period.last})
        self.scope = scope
        self.fields["period"].choices = period_choices(timezone.localdate())
        leave_out = {*without, *(NOT_OF_ONE_AGENCY if scope.only_agency is not None else ())}
        for name in COLUMNS:
            if name not in leave_out:
                self.fields[name] = forms.ChoiceField(
                    label=NAMES[name], choices=_choices(name), initial=getattr(scope, name)
                )

    def add_prefix(self, name):
        return RENAMED.get(name, name)

    @staticmethod
    def names():
        """What this form, and so an address, says of a scope."""
        return {"period", *RENAMED.values(), *COLUMNS}

    def filters(self):
        """The fields beside the period."""
        return [self[name] for name in self.fields if name in COLUMNS]


def period_choices(today):
    this_fiscal = today.year if today.month >= 4 else today.year - 1
    years = range(YEARS_BACK)
    calendar = [(f"{periods.CALENDAR}-{today.year - n}", str(today.year - n)) for n in years]
    fiscal = [(f"{periods.FISCAL}-{this_fiscal - n}", _fiscal(this_fiscal - n)) for n in years]
    us = [(f"{periods.US}-{this_fiscal + 1 - n}", str(this_fiscal + 1 - n)) for n in years]
    return [
        (_("Calendar year"), calendar),
        (_("Fiscal year, April to March"), fiscal),
        (_("For the US report of the year (April to March)"), us),
        (periods.ANY, _("Another period: give the days")),
    ]


def _fiscal(year):
    return f"{year}/{(year + 1) % 100:02d}"


def period_in_words(period):
    return _("%(first)s to %(last)s") % {
        "first": date_format(period.first, "j F Y"),
        "last": date_format(period.last, "j F Y"),
    }


def scope_in_words(scope):
    """[(filter, value), ...] of what is asked for beside the period."""
    found = []
    for name, value in scope.narrows.items():
        if value == NONE:
            found.append((str(NAMES[name]), str(NOT_STATED)))
        else:
            key = int(value) if name in KEYS else value
            found.append((str(NAMES[name]), str(labels_of(name, [key]).get(key, value))))
    return found


def _choices(name):
    return [("", _("all")), *CHOICES[name]()]


def _with_none(choices):
    return [*choices, (NONE, NOT_STATED)]


def _keyed(rows, label):
    return [(str(pk), text) for pk, text in rows.order_by(label).values_list("pk", label)[:MOST_CHOICES]]


CHOICES = {
    "agency": lambda: _with_none(_keyed(Agency.objects, "name")),
    "sector": lambda: _with_none(Sector.objects.values_list("code", "name")),
    "sex": lambda: [(Sex.FEMALE, Sex.FEMALE.label), (Sex.MALE, Sex.MALE.label), (NONE, NOT_STATED)],
    "district": lambda: District.choices,
    "course": lambda: _keyed(Course.objects, "title"),
    "workshop": lambda: [
        (str(pk), title) for pk, title in Workshop.objects.values_list("pk", "title")[:MOST_CHOICES]
    ],
    "funder": lambda: [
        (name, name)
        for name in Workshop.objects.exclude(funder="")
        .order_by("funder")
        .values_list("funder", flat=True)
        .distinct()[:MOST_CHOICES]
    ],
    "kind": lambda: list(KINDS.items()),
}
