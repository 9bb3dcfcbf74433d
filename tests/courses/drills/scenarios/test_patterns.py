"""What a new scenario begins with, and that no two parts of it were forgotten."""

import json

import pytest
from django.utils import timezone
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file

from courses.drills.scenarios.graph import faults
from courses.drills.scenarios.models import ScenarioEdition
from courses.drills.scenarios.pages import ScenarioPage
from courses.drills.scenarios.patterns import empty_scenes
from courses.quizzes.copying import copy_part
from courses.quizzes.reusing import reuse_module
from courses.uses import uses_of
from tests.courses.procedures.writing import make_procedure
from tests.factories import (
    choice,
    ending,
    make_course_page,
    make_module,
    make_scenario,
    set_outline,
    situation,
)

pytestmark = pytest.mark.django_db


def test_the_story_to_fill_in_is_joined_already():
    page = ScenarioPage(title="New", scenes=json.dumps(empty_scenes()))
    assert faults(page.story()) == []
    # Its titles and texts are empty, and that is what is left to do.
    assert {one["title"] for one in page.story()["situations"]} == {""}


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def clause():
    return make_procedure().clauses.get(number="4.2")


@pytest.fixture
def picture():
    return Image.objects.create(title="Door", file=get_test_image_file())


def test_a_copy_shares_no_choice_with_its_original(focal_point, now):
    scenario = make_scenario()
    copied = copy_part(scenario, "Copy", actor=focal_point, at=now)
    ids = [
        {each["id"] for one in page.story()["situations"] for each in one["choices"]}
        for page in (scenario, copied.get_latest_revision_as_object())
    ]
    assert ids[0].isdisjoint(ids[1])
    assert copied.get_latest_revision_as_object().story()["situations"][0]["id"] == "door"


def test_a_scenario_of_another_course_counts_there_by_itself(focal_point, now):
    page, other = make_course_page(), make_course_page()
    scenario = make_scenario(page)
    page = set_outline(page, [make_module(scenario, title="Cases")])
    module = page.outline.raw_data[0]["id"]

    (alias,) = reuse_module(other, from_page=page, module_id=module, actor=focal_point, at=now)

    assert alias.translation_key != scenario.translation_key
    assert ScenarioEdition.objects.filter(scenario_key=alias.translation_key).count() == 1
    scenario.delete()
    kept = ScenarioPage.objects.get(pk=alias.pk)
    assert (kept.live, kept.alias_of) == (True, None)


def test_clauses_and_pictures_of_a_situation_are_among_the_uses(clause, picture):
    shown = {"type": "picture", "value": {"image": picture.pk, "alt_text": "A door", "sectors": []}}
    scenario = make_scenario(
        scenes=[
            situation("door", choice("Go", "hall", 2), choice("Stay", "end"), clauses=[clause.pk]),
            situation("hall", choice("Go", "end", 2), choice("Stay", "end"), media=[shown]),
            ending("end"),
        ]
    )
    (cited,) = uses_of("clause", [clause.pk])
    assert (cited.page_id, cited.place) == (scenario.pk, "situation “door”")
    (seen,) = uses_of("image", [picture.pk])
    assert (seen.page_id, seen.place) == (scenario.pk, "situation “hall”")
