"""The pure parts of packs."""

import hashlib
import io

import pytest

from lms.reports.packs import behind, canonical, comparing, numbers, recounting
from lms.reports.packs.outside import FEW, outside


def test_hours_are_rounded_half_up():
    assert [recounting.hours(minutes) for minutes in (0, 60, 90, 63, 62, 100)] == [0, 1, 1.5, 1.1, 1, 1.7]


def test_the_hash_is_that_of_the_lines_as_anybody_counts_it():
    rows, content = [{"b": 1, "a": "é"}, {"a": 2}], {"z": 1}
    file = io.BytesIO()
    assert canonical.write_rows(iter(rows), file) == 2
    file.seek(0)
    expected = b'{"z":1}\n{"a":"\xc3\xa9","b":1}\n{"a":2}\n'
    assert canonical.seal(content, file) == hashlib.sha256(expected).hexdigest()
    again = io.BytesIO()
    canonical.write_rows(iter(rows), again)
    assert again.getvalue() == file.getvalue()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We trained 1,200 people.", []),
        ("We trained 1200 people for 12.5 hours.", []),
        ("We trained 1,201 people.", ["1201"]),
        ("Thirty-nine officers came.", ["thirty", "nine"]),
        ("Two workshops were held.", []),
        ("Dozens came.", ["dozens"]),
        ("In 2026 it was 40.", ["40"]),
    ],
)
def test_numbers_that_the_record_does_not_give_are_found(text, found):
    tables = [{"rows": [["2026-01", 1200, 12.5, "40"]]}]
    assert numbers.strange(text, "In 2026, two workshops.", tables) == found


def test_differences_name_rows_that_changed_came_and_went():
    old = [{"name": "t", "title": "T", "headings": ["A", "N"], "rows": [["x", 1], ["y", 2], ["y", 3]]}]
    new = [{"name": "t", "title": "T", "headings": ["A", "N"], "rows": [["x", 2], ["y", 2], ["z", 4]]}]
    found = [(one.row, one.heading, one.was, one.now) for one in comparing.differences(old, new)]
    assert found == [("x", "N", 1, 2), ("y", "", "3", None), ("z", "", None, "4")]


def test_few_people_hide_all_that_is_counted_of_them():
    table = {
        "name": "posts",
        "headings": ["Agency", "People", "Women", "Hours", "Trainer"],
        "rows": [["A", 4, 0, 12.5, "J"], ["B", 9, 2, 20, "K"], ["C", 0, 0, 0, ""]],
        "numeric": [1, 2, 3],
        "counts": [1, 2],
        "days": [],
        "inside": [4],
        "plain": [],
    }
    (found,) = outside([table])
    assert found["headings"] == ["Agency", "People", "Women", "Hours"]
    assert found["rows"] == [["A", FEW, 0, FEW], ["B", 9, FEW, 20], ["C", 0, 0, 0]]


def people_table(name, rows, **more):
    width = len(rows[0])
    counts = list(range(1, width))
    table = {"name": name, "headings": ["What", *["N"] * (width - 1)], "rows": rows, "counts": counts}
    return {**table, "numeric": counts, "days": [], "inside": [], "plain": [], **more}


def test_a_hidden_agency_is_not_the_rest_of_a_total():
    agencies = [["A", 3, 1, 2, 0, 3, 0], ["B", 9, 5, 4, 0, 9, 0], ["C", 30, 20, 10, 0, 30, 0]]
    first = [["A", 3, 3, 0], ["B", 9, 9, 0], ["C", 30, 25, 5]]
    tables = {
        table["name"]: table
        for table in outside(
            [
                people_table("figures", [["people", 42], ["attendances", 42], ["first-time", 37]]),
                people_table("agencies", agencies),
                people_table("sectors", [["police", 12], ["health", 30]]),
                people_table("first", first),
            ]
        )
    }
    by_agency = [row[1] for row in tables["agencies"]["rows"]]
    assert by_agency[0] == FEW
    # Another one is hidden, or all people are; and both tables say the same.
    everybody = dict(tables["figures"]["rows"])["people"]
    assert sum(isinstance(value, str) for value in [*by_agency, everybody]) >= 2
    assert [isinstance(row[1], str) for row in tables["first"]["rows"]] == [
        isinstance(value, str) for value in by_agency
    ]
    assert tables["sectors"]["rows"] == []


def with_both(n, kind="completion"):
    return [
        {"row": "tested", "kind": kind, "day": "2026-01-02", "person": f"p{m}", "title": "T", "sex": ""}
        for m in range(n)
    ]


def test_no_mark_is_given_of_four():
    learnt = {"row": "learnt", "kind": "completion", "title": "T", "n": 4, "before": 20, "after": 80}
    assert recounting.count([*with_both(4), learnt]).gain("completion", "T") == (4, None, None)
    assert recounting.count([*with_both(5), learnt]).gain("completion", "T") == (5, 20, 80)


def test_a_pack_of_schema_1_is_counted_as_it_was():
    rows = [{"row": "scores", "when": "before", "score": 10 * n, "n": 1} for n in range(4)]
    assert recounting.tables(recounting.count(rows), [])["gain"] == [["before", 4, None], ["after", 0, None]]
    rows.append({"row": "scores", "when": "before", "score": 90, "n": 2})
    rows.append({"row": "scores", "when": "after", "score": 95, "n": 6})
    assert recounting.tables(recounting.count(rows), [])["gain"] == [["before", 6, 25], ["after", 6, 95]]


def test_a_list_is_narrowed_to_a_row_a_sex_and_how_often():
    rows = [
        {"row": "training", "kind": "workshop", "agency": "A", "first": True}
        | {"day": day, "person": who, "sex": sex}
        for who, day, sex in [
            ("p1", "2026-01-02", ""),
            ("p1", "2026-02-02", "female"),
            ("p2", "2026-02-03", "male"),
        ]
    ]
    of = behind.listed
    assert [row["day"] for row in of("people", rows, "agency", "A", "female")] == ["2026-02-02"]
    assert [row["person"] for row in of("people", rows, behind.BY_TIMES, "1")] == ["p2"]
    assert [row["person"] for row in of("attendances", rows, "month", "2026-02")] == ["p1", "p2"]
    assert of("before", rows) == []
    with pytest.raises(KeyError):
        of("people", rows, "shoes", "A")
