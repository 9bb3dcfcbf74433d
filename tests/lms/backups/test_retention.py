"""Which backups are kept: the rule, over years of nights that failed, clocks that jumped and foreign files."""

import datetime
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lms.backups import names, pruning
from lms.backups.models import Backup
from lms.backups.retention import Kept, to_throw_away
from lms.backups.sealing import MAGIC

NOW = datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC)


def nights(count):
    return [Kept(f"{n}", NOW - timedelta(days=n, hours=10)) for n in range(count)]


def kept(backups, now=NOW):
    gone = to_throw_away(backups, now)
    return [each for each in backups if each.name not in gone]


def test_twelve_years_of_nights():
    left = kept(nights(12 * 366))
    days = [each.made_at.date().isoformat() for each in left]
    assert days[:7] == [f"2026-11-{day}" for day in range(22, 15, -1)]
    # Sundays, then ends of months, then ends of years.
    assert days[7:11] == ["2026-11-15", "2026-11-08", "2026-11-01", "2026-10-31"]
    assert days[-9:] == [f"{year}-12-31" for year in range(2025, 2016, -1)]
    assert days[11] == "2026-10-25"
    assert len(days) == 7 + 4 + 11 + 9 - 1  # the end of 2025 is both


BACKUPS = st.lists(
    st.builds(
        Kept,
        name=st.uuids().map(str),
        made_at=st.datetimes(
            datetime.datetime(2015, 1, 1), datetime.datetime(2028, 1, 1), timezones=st.just(datetime.UTC)
        ),
        good=st.booleans(),
    ),
    max_size=60,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(BACKUPS)
def test_whatever_is_there(backups):
    left = kept(backups)
    past = [each for each in backups if each.made_at <= NOW]
    good = [each for each in past if each.good]

    assert set(backups) - set(past) <= set(left)  # A clock that jumped throws nothing away.
    assert kept(left) == left  # The second time finds nothing to do.
    if good:
        assert max(good, key=lambda each: each.made_at).made_at in [each.made_at for each in left if each.good]
        newest = max(each.made_at for each in good)
        assert all(each.good for each in left if each.made_at < newest)
        # A bad one keeps no good one away from its place.
        assert {each.name for each in kept(good)} <= {each.name for each in left}
        for period in (lambda at: at.year, lambda at: (at.year, at.month)):
            wanted = sorted({period(each.made_at) for each in good})[-10:]
            assert set(wanted) <= {period(each.made_at) for each in left if each.good}
    else:
        assert set(past) <= set(left)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.booleans(), min_size=60, max_size=200))
def test_pruned_night_by_night_it_keeps_what_pruned_once_it_would(made):
    every, standing = [], []
    for n, good_night in enumerate(made):
        at = NOW + timedelta(days=n)
        if good_night:
            every.append(Kept(f"{n}", at))
            standing = kept([*standing, every[-1]], at)
    assert standing == kept(every, NOW + timedelta(days=len(made)))


def test_names_tell_when():
    assert names.name_of(NOW) == "learning-20261122T120000Z.age"
    assert names.made_at("learning-20261122T120000Z.age") == NOW
    for foreign in (
        "learning-20261332T120000Z.age",
        "learning-1.age",
        "x",
        "learning-20261122T120000Z.age.part",
    ):
        assert names.made_at(foreign) is None


@pytest.mark.django_db
def test_only_what_is_ours_is_removed(tmp_path):
    for n in range(40):
        (tmp_path / names.name_of(NOW - timedelta(days=n))).write_bytes(MAGIC + b"...")
    foreign = ["holiday.age", "learning-20200101T000000Z.age.txt", "learning-20200102T000000Z.age"]
    for name in foreign:
        (tmp_path / name).write_bytes(b"not sealed")
    (tmp_path / "learning-20200103T000000Z.age").mkdir()
    old = Backup.objects.create(
        made_at=NOW - timedelta(days=20),
        name=names.name_of(NOW - timedelta(days=20)),
        size=1,
        audit_entries=0,
        audit_last=0,
    )

    removed = pruning.prune(tmp_path, at=NOW)

    assert old.name in removed
    old.refresh_from_db()
    assert old.removed_at is not None
    left = {path.name for path in tmp_path.iterdir()}
    assert {*foreign, "learning-20200103T000000Z.age", names.name_of(NOW)} <= left
    assert len(left) == 40 - len(removed) + 4
