"""Who a row is: somebody of the record for certain, perhaps somebody, or a row of the same file.

By e-mail, else service number, else telephone; else name and agency, and then a person decides.
Each function asks the database for many rows at once.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models.functions import Lower, Upper

from courses.choices import ImportOutcome, ImportState
from courses.imports.models import ImportRow
from courses.people.models import Person, User
from courses.people.names import loose_key

MOST_OFFERED = 5
KEYS = ("email_key", "number_key", "phone_key")


@dataclass
class Found:
    """`person` for certain; or `offered` to be decided about, and why (a note's code)."""

    person: Person | None = None
    offered: list = field(default_factory=list)
    why: str = ""


def set_keys(row, data):
    """What a row is known by, from what it says."""
    agency = data.agency.pk if data.agency else ""
    row.email_key = data.email.lower()
    # Capitals can be longer: that of ß is SS.
    row.number_key = f"{agency}:{data.service_number.upper()}"[:80] if data.service_number else ""
    row.phone_key = data.phone
    row.name_key = f"{agency}:{loose_key(data.full_name)}"[:200]


def alike(one, other):
    """Whether two names can be one person's: a second first name may be missing."""
    one, other = set(loose_key(one).split()), set(loose_key(other).split())
    return one <= other or other <= one


# --- The record -------------------------------------------------------------------------


def people_by_key(rows):
    """{row.n: {Person, ...}} of those whom an address, number or telephone of the rows names."""
    emails = {row.email_key for row in rows} - {""}
    numbers = {row.number_key.partition(":")[2] for row in rows if row.number_key}
    phones = {row.phone_key for row in rows} - {""}
    people = Person.objects.select_related("agency__sector", "post", "sector", "user", "merged_into__user")
    by_email, by_number, by_phone = defaultdict(set), defaultdict(set), defaultdict(set)
    users = User.objects.annotate(key=Lower("email")).filter(key__in=emails, person__isnull=False)
    owners = {user.person_id: user.key for user in users} if emails else {}
    for person in people.filter(pk__in=owners):
        by_email[owners[person.pk]].add(person.counts_as)
    if emails:
        for person in people.annotate(key=Lower("contact_email")).filter(key__in=emails):
            by_email[person.key].add(person.counts_as)
    if numbers:
        for person in people.annotate(key=Upper("service_number")).filter(key__in=numbers):
            by_number[f"{person.agency_id or ''}:{person.key}"].add(person.counts_as)
    if phones:
        for person in people.filter(phone__in=phones):
            by_phone[person.phone].add(person.counts_as)
    found = {}
    for row in rows:
        found[row.n] = {
            person
            for by, key in ((by_email, row.email_key), (by_number, row.number_key), (by_phone, row.phone_key))
            if key
            for person in by.get(key, ())
        }
    return found


def judge(data, people):
    """Found of the people whom the keys of a row name."""
    if not people:
        return Found()
    if len(people) > 1:
        return Found(offered=_in_order(people), why="keys_differ")
    (person,) = people
    if not alike(data.full_name, person.full_name):
        return Found(offered=[person], why="other_name")
    return Found(person=person)


def people_imported_before(job, rows):
    """{row.n: Person} where the very same row went into the record before."""
    digests = {row.digest for row in rows}
    before = ImportRow.objects.filter(
        digest__in=digests, job__kind=job.kind, job__state=ImportState.DONE, person__isnull=False
    ).exclude(job=job)
    pks = dict(before.values_list("digest", "person_id"))
    people = Person.objects.select_related("agency__sector", "post", "sector", "user", "merged_into")
    people = {person.pk: person.counts_as for person in people.filter(pk__in=pks.values())}
    return {row.n: people[pks[row.digest]] for row in rows if row.digest in pks}


def people_by_name(rows, data_of, people=None):
    """{row.n: [Person, ...]} with the same name, whatever its order and accents, and no other agency.

    Reads the names of the agencies in question, one after the other: no more than one row is held.
    """
    wanted = defaultdict(list)
    for row in rows:
        wanted[row.name_key.partition(":")[2]].append(row)
    if not wanted:
        return {}
    people = Person.objects.current() if people is None else people
    agencies = {data_of[row.n].agency.pk if data_of[row.n].agency else None for row in rows}
    if None not in agencies:
        people = people.filter(agency__in=agencies) | people.filter(agency=None)
    hits = defaultdict(list)
    for pk, name in people.values_list("pk", "full_name").iterator(chunk_size=1000):
        for row in wanted.get(loose_key(name), ()):
            hits[row.n].append(pk)
    pks = {pk for each in hits.values() for pk in each}
    known = Person.objects.select_related("agency", "user").in_bulk(pks)
    return {
        n: _in_order(known[pk] for pk in each if _may_be(data_of[n], known[pk])) for n, each in hits.items()
    }


def _may_be(data, person):
    """Whether somebody of the same name can be meant, by agency, numbers and addresses."""
    place = data.agency.pk if data.agency else None
    if place and person.agency_id and place != person.agency_id:
        return False
    if place and place == person.agency_id:
        return not _differ(data.service_number.upper(), person.service_number.upper())
    theirs = (person.email or person.contact_email).lower()
    return not (
        _differ(data.email.lower(), theirs)
        or _differ(data.phone, person.phone)
        or _differ(data.service_number.upper(), person.service_number.upper())
    )


def _differ(one, other):
    return bool(one and other and one != other)


def _in_order(people):
    return sorted(people, key=lambda person: person.pk)[:MOST_OFFERED]


# --- The same file ----------------------------------------------------------------------


class EarlierRows:
    """The rows of the same file that came before: those kept, and those of this run."""

    def __init__(self, job, rows, people):
        self._by = {name: defaultdict(list) for name in (*KEYS, "name_key", "person_id")}
        kept = job.rows.filter(person__in=people)
        for name in (*KEYS, "name_key"):
            texts = {getattr(row, name) for row in rows} - {""}
            if texts:
                kept |= job.rows.filter(**{f"{name}__in": texts})
        for row in kept.exclude(outcome=ImportOutcome.ERROR).defer("notes", "changes").order_by("n"):
            self.add(row)

    def add(self, row):
        for name, rows in self._by.items():
            if value := getattr(row, name):
                rows[value].append(row)

    def of_person(self, person):
        """The first earlier row that is this person for certain, or None."""
        return next(iter(self._by["person_id"].get(person.pk, ())), None)

    def like(self, row):
        """(an earlier row of the same person or None, whether a key of it has another name)."""
        for name in KEYS:
            for other in self._by[name].get(getattr(row, name), ()):
                one, two = (set(each.name_key.partition(":")[2].split()) for each in (row, other))
                return other, not (one <= two or two <= one)
        for other in self._by["name_key"].get(row.name_key, ()):
            if not any(_differ(getattr(row, key), getattr(other, key)) for key in KEYS):
                return other, False
        return None, False
