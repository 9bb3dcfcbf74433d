"""Who at a workshop has taken which test, in two queries."""

from dataclasses import dataclass, field

from courses.room.freezing import letter_for
from courses.room.models import RoomAttempt
from courses.workshops.models import Registration


@dataclass
class AtTests:
    """One person who comes, and the tests they took: {when: RoomAttempt}."""

    registration: Registration
    taken: dict = field(default_factory=dict)

    @property
    def label(self):
        return self.registration.label

    @property
    def name(self):
        return self.registration.person.full_name

    @property
    def letter(self):
        return letter_for(self.registration)

    def is_in(self, when):
        """Whether they handed it in, by phone or on paper."""
        return when in self.taken and self.taken[when].attempt.is_submitted

    def is_on_paper(self, when):
        return when in self.taken and self.taken[when].form_id is not None


def people_of(workshop):
    """[AtTests, ...] of everybody with a place, in the order of the sheet; those without a row last."""
    coming = Registration.objects.coming().filter(workshop=workshop).select_related("person")
    people = {one.pk: AtTests(one) for one in coming}
    taken = RoomAttempt.objects.in_force().filter(registration__in=list(people)).select_related("attempt")
    for one in taken:
        people[one.registration_id].taken[one.when] = one
    return sorted(people.values(), key=_order)


def _order(one):
    row, walk_in = one.registration.row, one.registration.walk_in_row
    if row:
        return 0, row
    return (1, walk_in) if walk_in else (2, one.registration.pk)


def next_row(people, when, after=None):
    """The next with a row who is missing, behind `after`; from the beginning again at the end."""
    place = people.index(after) + 1 if after is not None else 0
    rest = people[place:] + people[:place]
    return next((one for one in rest if one is not after and one.label and not one.is_in(when)), None)
