"""The demo: a cast to sign in as, about sixty trainees with two years of history, and workshops."""

import random
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from courses.catalogue.models import CoursePage
from courses.choices import Approval, Role
from courses.people.groups import install_groups
from courses.people.models import Agency, Person, Post, Sector, User
from courses.people.roles import give_role
from lms.demo import cast, history, workshops


class DemoRefused(Exception):
    """The demo must never meet real people's records."""


def load(*, password, at=None):
    """Load the demo; loading it twice changes nothing. Returns how many people were added.

    Raises DemoRefused on a production site.
    """
    if not getattr(settings, "DEMO_ALLOWED", False):
        raise DemoRefused("The demo is refused on a production site.")
    at = at or timezone.now()
    install_groups()
    agencies = {row[1]: _agency(*row) for row in cast.AGENCIES}
    for account in cast.ACCOUNTS:
        _account(*account, agencies=agencies, password=password, at=at)
    added = _trainees(agencies, at)
    workshops.load(at)
    return added


def _agency(name, short, sector, headcount, posts):
    agency, _made = Agency.objects.get_or_create(
        name=name,
        defaults={"short_name": short, "sector": Sector.objects.get(code=sector), "headcount": headcount},
    )
    for post, abroad in posts:
        Post.objects.get_or_create(agency=agency, name=post, defaults={"abroad": abroad})
    return agency


@transaction.atomic
def _account(local, name, role, agency, post, rank, sex, *, agencies, password, at):
    email = f"{local}@example.org"
    if User.objects.filter(email=email).exists():
        return
    person = Person.objects.create(
        full_name=name,
        agency=agencies.get(agency),
        post=Post.objects.filter(agency=agencies.get(agency), name=post).first() if agency else None,
        rank=rank,
        sex=sex,
        approval=Approval.APPROVED,
    )
    user = User(email=email, person=person)
    user.set_password(password)
    user.save()
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    if role != Role.TRAINEE:
        give_role(user, role, actor=None, at=at)


def _trainees(agencies, at):
    """Generated people, the same every time: one fixed seed for each."""
    page = CoursePage.objects.live().filter(course__code="slu-ctip").select_related("course").first()
    added = 0
    by_sector = {agency.sector.code: agency for agency in agencies.values()}
    for sector, count in cast.GENERATED.items():
        for n in range(1, count + 1):
            rng = random.Random(f"{sector}-{n}")
            added += _trainee(by_sector[sector], sector, n, page, rng, at)
    return added


def _trainee(agency, sector, n, page, rng, at):
    number = f"DEMO-{sector[:3].upper()}-{n:03}"
    if Person.objects.filter(agency=agency, service_number=number).exists():
        return 0
    sex = rng.choice(["female", "male", "female", "male", "not_said"])
    first = rng.choice(cast.FIRST.get(sex) or cast.FIRST[rng.choice(["female", "male"])])
    person = Person.objects.create(
        full_name=f"{first} {rng.choice(cast.LAST)}",
        agency=agency,
        post=rng.choice(list(agency.posts.all())),
        rank=rng.choice(cast.RANKS[sector]),
        service_number=number,
        sex=sex,
        # One in fifteen still waits, so that the approvals list is not empty.
        approval=Approval.PENDING if n % 15 == 4 else Approval.APPROVED,
    )
    if page is not None and person.is_approved:
        begin = at - timedelta(days=rng.randrange(20, 720), hours=rng.randrange(0, 10))
        history.study(person, None, page, begin=begin, rng=rng)
    return 1
