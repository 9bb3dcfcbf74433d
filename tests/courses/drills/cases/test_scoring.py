import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.drills.cases.scoring import moment, score, score_field, tick_all_would_pass
from tests.courses.drills.cases.forms import choices_field, filled_in, forms, option


@given(forms())
def test_ticking_every_box_is_worth_nothing(form):
    fields, key = form
    for field in fields:
        if field["kind"] == "choices":
            scored = score_field(field, key[field["id"]], [one["id"] for one in field["options"]])
            assert (scored.points, scored.is_right) == (0, False)


@given(filled_in(), st.integers(0, 100))
def test_a_critical_error_always_fails(form, mark):
    scored = score(*form)
    assert scored.passes(mark) == (not scored.critical and scored.per_cent >= mark)
    if scored.critical:
        assert not scored.passes(0)


@given(filled_in())
def test_the_same_answers_come_to_the_same_in_whatever_order_they_were_ticked(form):
    fields, key, answers = form
    again = {name: answer[::-1] if isinstance(answer, list) else answer for name, answer in answers.items()}
    assert score(fields, key, answers) == score(fields, copy.deepcopy(key), again)


@given(filled_in())
def test_points_are_never_below_nothing_nor_above_the_most(form):
    scored = score(*form)
    assert all(0 <= field.points <= field.of for field in scored.fields)
    assert sum(points for points, _of in scored.steps.values()) == scored.points
    assert sum(of for _points, of in scored.steps.values()) == scored.of


@given(filled_in())
def test_every_critical_option_that_was_wrongly_ticked_is_told(form):
    fields, key, answers = form
    told = {(field, place) for field, place, _code in score(*form).critical}
    for field in fields:
        for name, known in key[field["id"]].get("options", {}).items():
            ticked = name in (answers[field["id"]] or ())
            if ticked and field["kind"] == "choices" and known["critical"] and not known["right"]:
                assert (field["id"], name) in told


def test_a_wrong_box_takes_a_point_away():
    field, key = choices_field(right=3, wrong=3, least=2)
    scored = score_field(field, key, ["r0", "r1", "w0"])
    assert (scored.points, scored.of, scored.is_right) == (1, 3, False)
    assert scored.told == (("r0", "right"), ("r1", "right"), ("r2", "missed"), ("w0", "wrong"))


def test_to_leave_out_what_must_be_done_may_be_critical():
    field, key = choices_field(critical={"r0": "leaves_in_danger", "w1": "no_consent"})
    assert score_field(field, key, ["r0", "r1", "r2"]).critical == ()
    assert score_field(field, key, ["r1", "w1"]).critical == (("r0", "leaves_in_danger"), ("w1", "no_consent"))


def test_a_form_left_empty_passes_nothing():
    field, key = choices_field()
    scored = score([field], {"f": key}, {})
    assert (scored.points, scored.per_cent, scored.passes(1)) == (0, 0, False)


@pytest.mark.parametrize(
    ("right", "wrong", "least", "would"), [(3, 0, 3, True), (5, 3, 2, True), (5, 3, 4, False)]
)
def test_it_is_known_where_ticking_all_would_do(right, wrong, least, would):
    assert tick_all_would_pass(choices_field(right, wrong, least)[1]) is would


def choice(answer, *, critical=""):
    key = {"step": "safety", "points": 2, "options": {"red": option(True), "green": option(critical=critical)}}
    return score_field({"id": "f", "kind": "choice"}, key, answer)


def test_one_choice_is_right_or_wrong_and_a_wrong_one_may_be_critical():
    assert (choice("red").points, choice("red").critical) == (2, ())
    assert choice("green", critical="leaves_in_danger").critical == (("green", "leaves_in_danger"),)
    assert choice("").told == (("red", "missed"),)
    assert choice(None).critical == ()


def short(text, accepted, *, least=1, refused=(), critical=""):
    key = {"step": "record", "points": 1, "accepted": accepted, "least": least, "refused": refused}
    return score_field({"id": "f", "kind": "short"}, key | {"critical": critical}, text)


@pytest.mark.parametrize(
    ("text", "is_right"),
    [
        ("Through the SHELTER.", True),
        ("by the focal point", True),
        ("the focal, at that point", True),
        ("the point", False),
        ("shelters", False),
        ("", False),
    ],
)
def test_one_of_several_accepted_answers_is_enough(text, is_right):
    assert short(text, ["shelter", "focal point"]).is_right is is_right


def test_beginnings_accents_and_several_things_at_once():
    assert short("Soufriere clinics", ["soufrière clinic*"]).is_right
    assert not short("cut hand", ["hand", "employer hall"], least=2).is_right
    assert short("Cut hand; the employer is in the hall", ["hand", "employer hall"], least=2).is_right


def test_a_label_spoils_what_else_would_be_right():
    scored = short("R., an illegal migrant", ["R"], refused=["illegal migrant"], critical="treats_as_offender")
    assert (scored.points, scored.critical) == (0, (("", "treats_as_offender"),))


def test_what_is_written_at_length_counts_for_nothing_here():
    scored = score_field({"id": "f", "kind": "long"}, {"step": "record", "rubric": []}, "A long text.")
    assert (scored.points, scored.of) == (0, 0)


@pytest.mark.parametrize(
    ("text", "minute"),
    [
        ("14:10", 850),
        ("1410", 850),
        ("2:10 pm", 850),
        ("2.10 p.m.", 850),
        ("12:05 am", 5),
        ("25:00", None),
        ("soon", None),
    ],
)
def test_times_are_read_as_people_write_them(text, minute):
    assert moment(text) == minute


def test_each_time_is_worth_a_point():
    key = {"step": "notify", "least": 2, "rows": {"a": {"at": ["14:13"]}, "b": {"at": ["14:40", "14:41"]}}}
    scored = score_field({"id": "f", "kind": "times"}, key, {"a": "14:13", "b": "2:41 pm"})
    assert (scored.points, scored.of, scored.is_right) == (2, 2, True)
    scored = score_field({"id": "f", "kind": "times"}, key, {"a": "14:30"})
    assert scored.told == (("a", "wrong"), ("b", "missed"))
