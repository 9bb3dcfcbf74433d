from datetime import time

import pytest

from courses.attendance.paper_rows import Entry, clock_of, parse


def said(text):
    """Entries as short words, and the codes of the problems."""
    entries, problems = parse(text)
    words = []
    for one in entries:
        clock = one.clock.strftime(" %H:%M") if one.clock else ""
        who = f" {one.name}/{one.agency}" if one.name else ""
        words.append(f"{one.label} {one.mark}{clock}{one.half}{who}".replace(" present", ""))
    return words, [problem.code for problem in problems]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ([], [])),
        (
            "1-3, 11, 14 late 9:40, W1 Marva Louis, Customs",
            (["1", "2", "3", "11", "14 late 09:40", "W1 Marva Louis/Customs"], []),
        ),
        ("1 – 3 5\n6late; 7 left", (["1", "2", "3", "5", "6 late", "7 absent"], [])),
        ("1—2,3 to 4", (["1", "2", "3", "4"], [])),
        ("14 LATE at 9.40", (["14 late 09:40"], [])),
        ("14 late 1:40 pm 15", (["14 late 01:40pm", "15"], [])),
        ("w2; W3 late, w4 absent", (["W2", "W3 late", "W4 absent"], [])),
        ("W1-2", (["W1", "W2"], [])),
        ("W1 Ann, W2 Élodie d'Abreu, RSLPF, 5", (["W1 Ann/", "W2 Élodie d'Abreu/RSLPF", "5"], [])),
        ("W1: Late-Smith Jo", (["W1 Late-Smith Jo/"], [])),
        ("W1 late W2 left W3 L. Joseph", (["W1 late", "W2 absent", "W3"], ["unreadable"])),
        ("1, 1, 2", (["1", "2"], ["twice"])),
        ("5-3, 0", ([], ["span", "span"])),
        ("4, x, 7", (["4", "7"], ["unreadable"])),
        ("7, late", (["7"], ["unreadable"])),
        ("9:40", ([], ["unreadable"])),
        ("14 late 25:00", ([], ["clock"])),
        ("14 late 13:00 pm", ([], ["clock"])),
        ("1-99999999999999", ([], ["span"])),
        ("1-1200", ([], ["span"])),
        ("1-600, 601-1200", ([], ["many"])),
        ("1, " * 8000, ([], ["long"])),
    ],
)
def test_what_was_typed_is_read(text, expected):
    assert said(text) == expected


@pytest.mark.parametrize(
    ("clock", "half", "expected"),
    [
        (time(13, 40), "", time(13, 40)),
        (time(1, 40), "", time(13, 40)),
        (time(1, 40), "pm", time(13, 40)),
        (time(1, 40), "am", time(1, 40)),
        (time(9, 40), "", time(9, 40)),
    ],
)
def test_a_time_is_of_the_afternoon_where_the_session_is(clock, half, expected):
    entry = Entry(14, clock=clock, half=half)

    assert clock_of(entry, time(13), time(16)) == expected
