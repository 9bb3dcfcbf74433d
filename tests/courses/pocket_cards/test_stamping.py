import datetime
from dataclasses import replace

from courses.directory.book import Line
from courses.pocket_cards.stamping import stamp_of

HOTLINE = Line("hotline", None, "The hotline", "847", "", "", False, datetime.date(2026, 5, 3))
LABOUR = Line("labour", None, "Department of Labour", "", "labour@example.org", "", False, None)


def test_every_change_of_a_contact_changes_the_stamp():
    changed = [
        {"name": "Hotline"},
        {"phone": "848"},
        {"email": "help@example.org"},
        {"note": "Ask for the desk."},
        {"free_all_hours": True},
        {"checked_on": datetime.date(2026, 5, 4)},
        {"checked_on": None},
    ]

    stamps = [stamp_of([replace(HOTLINE, **one)]) for one in [{}, *changed]]
    stamps += [stamp_of(lines) for lines in ([], [HOTLINE, LABOUR], [LABOUR])]

    assert len(set(stamps)) == len(stamps)
    assert all(stamps)


def test_the_order_on_the_card_is_no_change():
    assert stamp_of([HOTLINE, LABOUR]) == stamp_of([LABOUR, HOTLINE])
