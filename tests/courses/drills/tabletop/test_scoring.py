"""What a table came to: decisions as on a screen, and what each agency did of what it was asked."""

from hypothesis import given

from courses.drills.scenarios import scoring as choices_scoring
from courses.drills.tabletop import scoring
from tests.courses.drills.scenarios.stories import any_log, any_story, situation, story

STORY = story(
    situation("door", "room", "end", critical={1: "alerts_suspect"}),
    situation("room", "end", "end", step="consent"),
)
DUTIES = [
    {"id": "a", "agency": "Police", "at": "door", "text": "", "clauses": []},
    {"id": "b", "agency": "Health", "at": "door", "text": "", "clauses": []},
    {"id": "c", "agency": "Health", "at": "room", "text": "", "clauses": []},
]
CONTENT = {"story": STORY, "duties": DUTIES}


def test_a_table_is_asked_what_it_came_to_by_those_who_sat_at_it():
    whole = [("door", "door0"), ("room", "room0")]
    assert scoring.score(CONTENT, whole, []).asked == ("a", "b", "c")
    assert scoring.score(CONTENT, whole, ["Health"]).asked == ("a",)
    assert scoring.score(CONTENT, [("door", "door1")], []).asked == ("a", "b")
    # Time was up with the second card on the table.
    assert scoring.score(CONTENT, whole[:1], []).asked == ("a", "b", "c")


def test_where_it_ended():
    assert scoring.score(CONTENT, [("door", "door1")], []).ending == "end"
    assert scoring.score(CONTENT, [("door", "door0")], []).ending == ""


def test_a_critical_error_of_a_table_is_one():
    score = scoring.score(CONTENT, [("door", "door1")], [])
    assert score.decisions.critical == (("door", "door1", "alerts_suspect"),)
    assert not score.decisions.passes(0)


def check_same(found, log):
    content = {"story": found, "duties": []}
    assert scoring.score(content, log, []) == scoring.score(content, log, [])
    assert scoring.score(content, log, []).decisions == choices_scoring.score(found, log, back=False)


@given(any_story().flatmap(lambda found: any_log(found).map(lambda log: (found, log))))
def test_the_same_way_comes_to_the_same_as_on_a_screen(pair):
    check_same(*pair)


def test_marks_of_several_tables_are_added_up_by_duty():
    marks = [{"a": "done", "b": "missed"}, {"a": "prompted", "b": "missed", "c": "done"}, {"a": "done"}]
    rows = {one.duty["id"]: one[1:] for one in scoring.add_up(DUTIES, marks)}
    assert rows == {"a": (3, 2, 1, 0), "b": (2, 0, 0, 2), "c": (1, 1, 0, 0)}


def test_what_no_table_came_to_is_no_row():
    assert [one.duty["id"] for one in scoring.add_up(DUTIES, [{"a": "done"}])] == ["a"]
