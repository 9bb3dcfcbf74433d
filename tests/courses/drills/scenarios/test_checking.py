"""The gate of a scenario: every fault by its name, and what an author may want to look at again."""

import pytest

from courses.catalogue.gate import PublishRefused
from tests.factories import choice, ending, make_course_page, make_scenario, publish, situation

pytestmark = pytest.mark.django_db


def refused(*scenes, **kwargs):
    with pytest.raises(PublishRefused) as refusal:
        make_scenario(make_course_page(), list(scenes), **kwargs)
    return " ".join(str(problem) for problem in refusal.value.problems)


def test_a_choice_that_leads_nowhere_is_named():
    said = refused(situation("door", choice("Go", "rooom", 2), choice("Stay", "end")), ending("end"))
    assert "Situation “door”, choice 1 leads to “rooom”" in said


def test_what_cannot_be_reached_is_named():
    lost = situation("attic", choice("Go", "end", 2), choice("Stay", "end"))
    said = refused(situation("door", choice("Go", "end", 2), choice("Stay", "end")), lost, ending("end"))
    assert "No choice leads to “attic”" in said


def test_a_loop_without_a_way_out_is_named():
    said = refused(
        situation("door", choice("Go", "hall", 2), choice("Stay", "end")),
        situation("hall", choice("On", "cellar", 2), choice("Back", "cellar")),
        situation("cellar", choice("On", "hall", 2), choice("Back", "hall")),
        ending("end"),
    )
    assert "From situation “hall” no ending can be reached" in said
    assert "From situation “cellar” no ending can be reached" in said
    assert "“door” no ending" not in said


def test_names_are_compared_as_addresses_are():
    make_scenario(
        make_course_page(),
        [situation("Front door", choice("Go", "front hall", 2), choice("No", "End")),
         situation("Front hall", choice("Go", "end", 2), choice("No", "END")), ending("end")],
    )  # fmt: skip


def test_one_name_twice_and_no_name_at_all():
    said = refused(
        situation("door", choice("Go", "end", 2), choice("Stay", "door")),
        situation("Door", choice("Go", "end", 2), choice("Stay", "end")),
        situation("–", choice("Go", "end", 2), choice("Stay", "end"), title="Nameless"),
        ending("end"),
    )
    assert "“door” is the short name of two places" in said
    assert "“Nameless” needs a short name" in said


def test_somewhere_nothing_is_worth_anything():
    said = refused(situation("door", choice("Go", "end"), choice("Stay", "end")), ending("end"))
    assert "“door”: give points to the choice" in said


def test_a_critical_error_earns_nothing():
    scenes = [
        situation("door", choice("Go", "end", 2), choice("Tell him", "end", 1, "alerts_suspect")),
        ending("end"),
    ]
    assert "choice 2 is a critical error and has points" in refused(*scenes)


def test_the_other_case_has_to_be_there():
    page = make_course_page()
    scenario = make_scenario(page)
    other = make_scenario(page)
    other.unpublish()
    scenario.instead = other
    with pytest.raises(PublishRefused) as refusal:
        publish(scenario)
    assert "is not published" in str(refusal.value)


def test_notes_name_a_best_choice_that_tells_itself():
    scenario = make_scenario(
        make_course_page(),
        [situation("door", choice("Ask to speak with her alone, calmly, with an interpreter", "end", 2),
                   choice("Go", "end")), ending("end")],
        content_note="",
    )  # fmt: skip
    said = " ".join(map(str, scenario.notes()))
    assert "much longer than the others" in said
    assert "two choices only" in said
    assert "no content note" in said
    assert "names no clause" in said
