"""Agencies, posts, and the people in them. Everybody is invented."""

from dataclasses import dataclass
from datetime import timedelta

from courses.choices import Approval, Sex
from courses.people.models import Agency, Merge, Person, Post, Sector, User
from lms.demo import cast

# By it they are known again.
NUMBER = "LOAD-"
UNUSABLE = "!invented"
AGENCIES = 60
POSTS = 6
# Of a hundred: who is asked and did not say is "", who preferred not to is "not_said".
SEXES = [Sex.FEMALE] * 46 + [Sex.MALE] * 44 + [Sex.NOT_SAID] * 4 + [""] * 6
# One in so many: waits for approval; is a second record of the one before; signs in with a card alone.
PENDING, MERGED, NO_LOG_IN = 33, 100, 3


@dataclass(frozen=True)
class Somebody:
    """What of a person is needed further on."""

    n: int
    pk: int
    name: str
    agency: Agency
    post: str
    rank: str
    sex: str
    approved: bool
    # A second record of another person.
    merged: bool

    @property
    def sector(self):
        return self.agency.sector.code

    def place(self):
        """The columns of PlaceAsWas."""
        return {
            "agency_id": self.agency.pk,
            "agency_name": self.agency.name,
            "sector_code": self.agency.sector.code,
            "sector_name": self.agency.sector.name,
            "post_name": self.post,
            "rank": self.rank,
            "sex": self.sex,
        }


def agencies(count):
    """The agencies of a crowd of `count`, with posts; made when they are not there."""
    sectors = list(Sector.objects.filter(retired=False))
    found = []
    for n in range(1, AGENCIES + 1):
        sector = sectors[n % len(sectors)]
        agency, _made = Agency.objects.get_or_create(
            name=f"Agency {n:02} of the load test",
            defaults={"short_name": f"Load {n:02}", "sector": sector, "headcount": count * 5 // (4 * AGENCIES)},
        )
        for place in range(1, POSTS + 1):
            Post.objects.get_or_create(
                agency=agency,
                name=f"Post {place}",
                defaults={"abroad": place == POSTS, "headcount": (agency.headcount or 0) // POSTS},
            )
        agency.places = list(agency.posts.order_by("name"))
        found.append(agency)
    return found


def add_people(rows, count, *, rng, at):
    """Yields a Somebody for each of `count` people; the first agencies are the largest."""
    offices, before = agencies(count), None
    first = Person.objects.filter(service_number__startswith=NUMBER).count()
    for n in range(first + 1, first + count + 1):
        into = before if n % MERGED == 0 else None
        agency = into.agency if into else offices[int(AGENCIES * rng.random() ** 2)]
        before = _add(rows, n, agency, into, rng, at)
        yield before


def _add(rows, n, agency, into, rng, at):
    sex, post = rng.choice(SEXES), rng.choice(agency.places)
    first = rng.choice(cast.FIRST.get(sex) or cast.FIRST[rng.choice(["female", "male"])])
    name = f"{first} {rng.choice(cast.LAST)}"
    approved = into is not None or n % PENDING != 1
    rank = rng.choice(cast.RANKS.get(agency.sector.code, ["Officer"]))
    pk = rows.add(
        Person,
        full_name=name,
        agency_id=agency.pk,
        post_id=post.pk,
        rank=rank,
        service_number=f"{NUMBER}{n:07}",
        sex=sex,
        approval=Approval.APPROVED if approved else Approval.PENDING,
        merged_into_id=into and into.pk,
        created_at=at - timedelta(days=rng.randrange(1460)),
    )
    if into is not None:
        rows.add(Merge, person_id=pk, into_id=into.pk, at=at, by="The office")
    elif n % NO_LOG_IN:
        _add_log_in(rows, n, pk, at)
    return Somebody(n, pk, name, agency, post.name, rank, sex, approved, into is not None)


def _add_log_in(rows, n, person_id, at):
    # No password: nobody signs in with it, a test sets one.
    rows.add(
        User,
        username=f"load-{n}",
        email=f"load-{n}@example.org",
        password=UNUSABLE,
        person_id=person_id,
        date_joined=at,
    )
