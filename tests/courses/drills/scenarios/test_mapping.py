"""The map of a story: every place once, no two in one spot, every choice that leads somewhere a line."""

from hypothesis import given, settings

from courses.drills.scenarios.mapping import HIGH, WIDE, draw
from tests.courses.drills.scenarios.stories import any_story, situation, story


def test_the_way_leads_down():
    drawing = draw(story(situation("a", "b", "end"), situation("b", "end")))
    at = {box.id: box.y for box in drawing.boxes}
    assert at["a"] < at["b"] == at["end"]


def test_what_cannot_be_reached_stands_below():
    drawing = draw(story(situation("a", "end"), situation("lost", "end")))
    at = {box.id: box.y for box in drawing.boxes}
    assert at["lost"] > at["end"]


def test_nothing_written_is_no_map():
    assert draw(story(endings=[])).boxes == ()


@settings(max_examples=200, deadline=None)
@given(any_story())
def test_any_story_can_be_drawn(found):
    drawing = draw(found)
    places = {one["id"] for one in [*found["situations"], *found["endings"]]}
    assert {box.id for box in drawing.boxes} == places
    assert len({(box.x, box.y) for box in drawing.boxes}) == len(places)
    for box in drawing.boxes:
        assert 0 <= box.x <= drawing.width - WIDE
        assert 0 <= box.y <= drawing.height - HIGH
    leading = [choice for one in found["situations"] for choice in one["choices"] if choice["to"] in places]
    assert len(drawing.lines) == len(leading)
