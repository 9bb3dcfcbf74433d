"""Calendar files as RFC 5545 has them."""

from datetime import UTC, datetime, timedelta, timezone

from courses.workshops.calendars import CANCEL, Event, calendar, escape, fold

AT = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)
ISLAND = timezone(timedelta(hours=-4))


def event(**kwargs):
    facts = {
        "uid": "a-1@example.org",
        "starts_at": datetime(2026, 12, 3, 9, 0, tzinfo=ISLAND),
        "ends_at": datetime(2026, 12, 3, 12, 0, tzinfo=ISLAND),
        "summary": "Training session",
        **kwargs,
    }
    return Event(**facts)


def unfolded(text):
    return text.replace("\r\n ", "").split("\r\n")


def test_an_entry_is_written_in_utc_with_every_line_that_calendars_need():
    text = calendar([event(location="School, Laborie; room 2", sequence=3)], at=AT, organizer="l@example.org")

    assert unfolded(text) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Learning//Training sessions//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        "UID:a-1@example.org",
        "DTSTAMP:20261101T120000Z",
        "DTSTART:20261203T130000Z",
        "DTEND:20261203T160000Z",
        "SEQUENCE:3",
        "STATUS:CONFIRMED",
        "ORGANIZER:mailto:l@example.org",
        "SUMMARY:Training session",
        "LOCATION:School\\, Laborie\\; room 2",
        "CLASS:PRIVATE",
        "TRANSP:OPAQUE",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_lines_are_folded_at_75_octets_and_no_letter_is_cut():
    text = calendar([event(location="Soufrière, École de la Police – " * 12)], at=AT, organizer="l@example.org")

    lines = text.encode().split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert all(line.decode() is not None for line in lines)
    assert "\n" not in text.replace("\r\n", "")
    assert "Soufrière\\, École de la Police – " * 12 in "".join(unfolded(text)) + " "


def test_what_is_typed_begins_no_line_of_its_own():
    assert escape("a\r\nATTENDEE:b\\;\x00\x07") == "a\\nATTENDEE:b\\\\\\;"
    assert fold("x" * 76) == "x" * 75 + "\r\n x"


def test_cancelled_entries_are_taken_out():
    one = calendar([event(), event(uid="b", cancelled=True)], at=AT, organizer="l@example.org")
    every = calendar([event()], at=AT, organizer="l@example.org", method=CANCEL)

    assert (one.count("STATUS:CONFIRMED"), one.count("STATUS:CANCELLED")) == (1, 1)
    assert ("METHOD:CANCEL" in every, "STATUS:CANCELLED" in every) == (True, True)
