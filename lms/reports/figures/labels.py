"""What the values that figures are divided by are called."""

from django.utils.translation import gettext_lazy as _

from courses.catalogue.models import Course
from courses.choices import District, Sex
from courses.people.models import Agency, Sector
from courses.workshops.models import Workshop
from lms.reports.figures.suppressing import Hidden
from lms.reports.figures.training import KINDS

NOT_STATED = _("Not stated")
# What stands in a table that leaves the office in place of a small number, and of one that would give it away.
HIDDEN = {Hidden.FEWER: _("fewer than 5"), Hidden.KEPT: _("not shown")}


def labels_of(by, keys):
    """{key: what it is called} of these keys; one query at most. A funder is called by its name."""
    return LABELS[by](list(keys))


def told(count):
    """A count as a table that leaves the office has it: the number, or words where it is Hidden."""
    return str(HIDDEN[count]) if isinstance(count, Hidden) else count


LABELS = {
    "agency": lambda keys: dict(Agency.objects.filter(pk__in=keys).values_list("pk", "name")),
    "sector": lambda keys: dict(Sector.objects.filter(code__in=keys).values_list("code", "name")),
    "sex": lambda _keys: dict(Sex.choices),
    "district": lambda _keys: dict(District.choices),
    "course": lambda keys: dict(Course.objects.filter(pk__in=keys).values_list("pk", "title")),
    "workshop": lambda keys: dict(Workshop.objects.filter(pk__in=keys).values_list("pk", "title")),
    "funder": lambda keys: {key: key for key in keys},
    "kind": lambda _keys: KINDS,
}
