"""Whether each blanking of the audit log has an erasure by two people behind it.

Who can write to the database can write such an erasure too. So it is counted and named: what the log says was
blanked can be compared with the requests that the office has filed.
"""

from typing import NamedTuple

from courses.audit import chain
from courses.audit.models import AuditEntry
from lms.erasing.models import Erasure


class Blankings(NamedTuple):
    """How many erasures blanked how many entries; `unexplained` are the keys of entries that tell of none."""

    erasures: int
    entries: int
    unexplained: list


def blankings():
    lawful = {(str(one.uuid), str(one.person_id)) for one in Erasure.objects.done()}
    erasures, blanked, unexplained = set(), set(), []
    for entry in AuditEntry.objects.filter(verb=chain.ERASED).order_by("pk"):
        blanked |= {key for key, _before, _after in entry.facts.get(chain.REDACTED, ())}
        erasure = entry.facts.get("erasure")
        erasures.add(erasure)
        if (erasure, entry.object_id) not in lawful:
            unexplained.append(entry.pk)
    return Blankings(len(erasures), len(blanked), unexplained)
