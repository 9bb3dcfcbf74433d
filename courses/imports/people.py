"""People by their columns: known again, made, or brought up to date."""

from abc import abstractmethod

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from courses.choices import ImportDecision, ImportKind, ImportOutcome, ImportResult
from courses.imports import matching
from courses.imports.digests import digest_of
from courses.imports.kinds import Kind
from courses.imports.matching import EarlierRows, Found
from courses.imports.persons import (
    FIELDS,
    Places,
    add_person,
    bring_up_to_date,
    changes_for,
    read_person,
)
from courses.people.models import Person, User


class PersonKind(Kind):
    """Rows that name somebody. What a row is beside that stands in `check_rest` and the hooks."""

    def missing(self, columns):
        if "full_name" in columns or {"first_name", "last_name"} <= columns.keys():
            return []
        return [_("full name, or first name and last name")]

    def check_rest(self, row):
        """Read what the row says beside its person; False, with notes, where that is not possible."""
        return True

    @abstractmethod
    def known(self, row, data, person, earlier):
        """The row is this person; `earlier` is a row of the file that is so too, or None."""

    @abstractmethod
    def repeated(self, row, data, earlier):
        """The row is whoever the earlier row is."""

    @abstractmethod
    def unknown(self, row, data):
        """The row is nobody of the record."""

    def check(self, job, rows):
        data_of = self._read(job, rows)
        good = [row for row in rows if row.n in data_of]
        by_key = matching.people_by_key(good)
        found = {row.n: matching.judge(data_of[row.n], by_key[row.n]) for row in good}
        before = matching.people_imported_before(job, [row for row in good if not found[row.n].person])
        found |= {n: Found(person=person) for n, person in before.items()}
        unfound = [row for row in good if not found[row.n].person and not found[row.n].offered]
        for n, people in matching.people_by_name(unfound, data_of).items():
            found[n] = Found(offered=people, why="same_name") if people else Found()
        earlier = EarlierRows(job, good, {each.person for each in found.values() if each.person})
        for row in good:
            self._judge(row, data_of[row.n], found[row.n], earlier)
            if row.outcome != ImportOutcome.ERROR:
                earlier.add(row)

    def _read(self, job, rows):
        places, data_of = Places(), {}
        for row in rows:
            row.digest = digest_of(job, row.values)
            data, notes = read_person(row.values, places, job.agency)
            row.notes = [*row.notes, *notes]
            good = self.check_rest(row)
            if data is None or not good:
                row.outcome = ImportOutcome.ERROR
                continue
            matching.set_keys(row, data)
            data_of[row.n] = data
        return data_of

    def _judge(self, row, data, found, earlier):
        if found.person:
            row.person = found.person
            self.known(row, data, found.person, earlier.of_person(found.person))
            return
        other, clash = earlier.like(row)
        if clash:
            row.outcome = ImportOutcome.ERROR
            row.notes.append(["same_key", {"n": other.n}])
        elif other is not None:
            row.same_as = other.same_as or other.n
            self.repeated(row, data, other)
        elif found.offered:
            row.outcome = ImportOutcome.DECIDE
            row.offered = [person.pk for person in found.offered]
            row.notes.append([found.why, {}])
        else:
            self.unknown(row, data)

    # --- Doing it -----------------------------------------------------------------------

    def run(self, job, rows, *, actor, at):
        deed = {"actor": actor, "at": at, "job": job}
        places = Places()
        data_of = {row.n: read_person(row.values, places, job.agency)[0] for row in rows}
        rows = [row for row in rows if self._can_be_done(row, data_of[row.n])]
        taken = self._taken_since(job, rows, data_of)
        people = self._locked(row.person_id for row in rows)
        done = {}
        for row in rows:
            if row.n in taken:
                _fail(row, "changed")
                continue
            try:
                with transaction.atomic():
                    person = self._person_of(row, people, done, job)
                    row.result = self.do(row, data_of[row.n], person, **deed)
            except IntegrityError:
                row.person = None if row.outcome == ImportOutcome.CREATE else row.person
                _fail(row, "taken")
            done[row.n] = row

    @abstractmethod
    def do(self, row, data, person, *, actor, at, job):
        """Do the row; `person` is None for somebody new. Sets `row.person`, returns an ImportResult."""

    def _can_be_done(self, row, data):
        if row.decision == ImportDecision.SKIP or row.is_undecided:
            row.result = ImportResult.SKIPPED
        elif data is None:
            _fail(row, "changed")
        return not row.result

    def _taken_since(self, job, rows, data_of):
        """Rows of somebody new who came into the record since the check."""
        new = [row for row in rows if row.outcome == ImportOutcome.CREATE and not row.same_as]
        since = Person.objects.current().filter(created_at__gt=job.checked_at).exclude(import_rows__job=job)
        by_key = matching.people_by_key(new) if new else {}
        # The rows of this very file are told apart already.
        by_name = matching.people_by_name(new, data_of, since)
        return {row.n for row in new if by_key[row.n] or by_name.get(row.n)}

    def _locked(self, pks):
        people = Person.objects.select_for_update(of=("self",)).select_related(
            "agency__sector", "post", "sector", "user", "merged_into__agency"
        )
        return {person.pk: person for person in people.filter(pk__in=set(pks) - {None}).order_by("pk")}

    def _person_of(self, row, people, done, job):
        if row.person_id:
            return people[row.person_id].counts_as
        if row.same_as:
            first = done.get(row.same_as) or job.rows.select_related("person__merged_into").get(n=row.same_as)
            return first.person and first.person.counts_as
        return None


def address_for(row, data):
    """Where the new person is written to: not what is somebody else's log-in."""
    if row.outcome == ImportOutcome.DECIDE and User.objects.filter(email__iexact=data.email).exists():
        return ""
    return data.email


def _fail(row, code):
    row.result = ImportResult.ERROR
    row.notes.append([code, {}])


class PeopleKind(PersonKind):
    """The list of people itself."""

    name = ImportKind.PEOPLE
    fields = FIELDS

    def known(self, row, data, person, earlier):
        if earlier is not None:
            row.outcome = ImportOutcome.LEAVE
            row.notes.append(["same_row", {"n": earlier.n}])
            return
        row.changes, notes = changes_for(person, data)
        row.notes += notes
        row.outcome = ImportOutcome.UPDATE if row.changes else ImportOutcome.LEAVE

    def repeated(self, row, data, earlier):
        row.outcome = ImportOutcome.LEAVE
        row.notes.append(["same_row", {"n": earlier.n}])

    def unknown(self, row, data):
        row.outcome = ImportOutcome.CREATE

    def look_again(self, row):
        row.changes = []
        if row.decision == ImportDecision.SAME:
            data, _notes = read_person(row.values, Places(), row.job.agency)
            row.changes = changes_for(row.person, data)[0] if data else []

    def do(self, row, data, person, *, actor, at, job):
        deed = {"actor": actor, "at": at, "job": job}
        if person is None:
            row.person = add_person(data, contact_email=address_for(row, data), **deed)
            return ImportResult.CREATED
        row.person = person
        if not row.changes:
            return ImportResult.LEFT
        if bring_up_to_date(person, data, row.changes, **deed):
            return ImportResult.UPDATED
        row.notes.append(["changed", {}])
        return ImportResult.ERROR
