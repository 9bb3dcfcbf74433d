"""Finding people for a workshop by parts of their names, or by a service number."""

import re

from django.utils import timezone

from courses.catalogue.reading import fold
from courses.choices import Approval
from courses.people.models import Person

SHOWN = 50
LEAST_LETTERS = 2


def trainable(day):
    """Who may be registered: records that stand, of people who were not refused and have not left."""
    return Person.objects.current().exclude(approval=Approval.REFUSED).exclude(left_on__lte=day)


def find_people(text, people=None):
    """(the first people who fit, how many fit). Several are asked for with commas or on lines of their own.

    Every word must be in the name, accents aside; or the whole is a service number.
    """
    people = trainable(timezone.localdate()) if people is None else people
    wanted = [fold(part).split() for part in re.split(r"[,;\n]", text) if len(part.strip()) >= LEAST_LETTERS]
    if not wanted:
        return [], 0
    # Not left to the database: SQLite knows the capitals of ASCII alone.
    known = people.order_by("full_name", "pk").values_list("pk", "full_name", "service_number")
    fitting = [
        pk for pk, name, number in known if any(_fits(words, fold(name), fold(number)) for words in wanted)
    ]
    rows = people.filter(pk__in=fitting[:SHOWN]).select_related("agency", "post").order_by("full_name", "pk")
    return list(rows), len(fitting)


def _fits(words, name, number):
    return (number and "".join(words) == "".join(number.split())) or all(word in name for word in words)
