import datetime

import pytest

from courses.directory import book
from courses.directory.models import ContactRole, Entry
from tests.factories import make_post

pytestmark = pytest.mark.django_db


def entry(role=ContactRole.HOTLINE, **kwargs):
    return Entry.objects.create(role=role, **{"name": "The hotline", "phone": "847", **kwargs})


def test_a_role_without_an_entry_is_left_out():
    entry()

    assert [line.phone for line in book.entries_for(["emergency", "hotline"])] == ["847"]


def test_lines_come_in_the_order_asked_for():
    entry()
    entry(ContactRole.EMERGENCY, phone="911")

    assert [line.phone for line in book.entries_for(["hotline", "emergency"])] == ["847", "911"]
    assert [line.phone for line in book.entries_for(["emergency", "hotline"])] == ["911", "847"]


def test_the_entry_of_the_post_wins_over_the_one_at_home():
    london, havana = make_post(name="London", abroad=True), make_post(name="Havana", abroad=True)
    entry()
    entry(post=london, phone="+44 20 7946 0000")

    assert book.entry_for("hotline", london).phone == "+44 20 7946 0000"
    assert book.entry_for("hotline", havana).phone == "847"
    assert book.entry_for("hotline").phone == "847"


def test_a_line_says_all_an_entry_says():
    day = datetime.date(2026, 5, 3)
    entry(email="help@example.org", note="Ask for the desk.", free_all_hours=True, checked_on=day)

    assert book.entry_for("hotline") == book.Line(
        role="hotline",
        post_id=None,
        name="The hotline",
        phone="847",
        email="help@example.org",
        note="Ask for the desk.",
        free_all_hours=True,
        checked_on=day,
    )


@pytest.mark.parametrize(
    ("phone", "dial"),
    [("847", "847"), ("(758) 468-3754", "7584683754"), ("+44 20 7946 0000", "+442079460000"), ("", "")],
)
def test_numbers_are_dialled_without_brackets_and_spaces(phone, dial):
    entry(phone=phone)

    assert book.entry_for("hotline").dial == dial


def test_the_book_is_read_once(django_assert_num_queries):
    entry()

    with django_assert_num_queries(1):
        book.entries_for(["hotline"])
        book.entry_for("emergency")
        book.stamp()


def test_a_change_is_seen_at_once():
    hotline = entry()
    assert book.entry_for("hotline").phone == "847"

    hotline.phone = "848"
    hotline.save()
    assert book.entry_for("hotline").phone == "848"

    hotline.delete()
    assert book.entry_for("hotline") is None


def test_the_stamp_changes_with_the_directory_and_only_with_it():
    empty = book.stamp()
    hotline = entry()
    first = book.stamp()
    hotline.checked_on = datetime.date(2026, 5, 3)
    hotline.save()
    second = book.stamp()
    hotline.save()

    assert len({empty, first, second}) == 3
    assert book.stamp() == second


def test_a_role_no_longer_known_does_not_break_the_book():
    entry()
    entry(role="retired_role")

    assert set(book.book()) == {("hotline", None)}
