"""A few storms on every change, on either database; `make storms` lets more of them rage for long.

Needs no other program and no rights: the full disk is a limit on the size of files.
"""

import pytest
from django.conf import settings

from tests.production import of_production
from tests.served import database_url
from tests.storms import running, site
from tests.storms.house import House
from tests.storms.plan import Plan

pytestmark = pytest.mark.django_db(transaction=True)
SEED = 7
SHORT = ("web worker killed", "queue worker killed", "everything killed", "no file may grow")


def environment(folder):
    return {
        **of_production(folder),
        "SECRET_KEY": settings.SECRET_KEY,
        "DATABASE_URL": database_url(),
        # Where this process looks as well.
        "MEDIA_ROOT": settings.MEDIA_ROOT,
        "PRIVATE_ROOT": settings.PRIVATE_ROOT,
    }


def test_nothing_is_lost_when_processes_are_killed_and_the_disk_is_full(tmp_path):
    built = site.build(12)
    house = House(tmp_path, environment(tmp_path), brisk=True)
    try:
        house.start_site()
        kinds = [kind for kind in SHORT if kind in running.kinds_of(house)]
        plan = Plan(SEED, kinds, calm=(0.2, 0.5), lasts=(0.5, 1.0))
        told = running.Run(
            house, built, plan, lambda n: n < len(kinds), pause=0.2, print_pause=4, ticks=False, stuck=1.5
        ).tell()
    finally:
        house.stop()
    assert told.good, "\n".join(running.lines(told))
    assert {storm.kind for storm in told.storms} == set(kinds)
