"""The four practice cases: they publish, they can be passed, and their keys hold what the review asked for."""

import json

import pytest
from django.utils import timezone

from courses.choices import CriticalError, DrillStep
from courses.drills.cases.models import CaseEdition
from courses.drills.cases.pages import CasePage
from courses.drills.cases.scoring import score
from courses.national import files
from courses.national.cases import install_cases
from courses.national.loading import Loader
from courses.national.procedures import install_procedure
from tests.courses.drills.cases.writing import all_right
from tests.factories import make_course_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def editions():
    """{title: its edition}."""
    loader = Loader(timezone.now())
    install_cases(loader, make_course_page(), install_procedure(loader))
    return {edition.title: edition for edition in CaseEdition.objects.all()}


def answered(edition, **chosen):
    """All right, but at these fields (by label, spaces as _) this option, by how it begins."""
    answers = all_right(edition)
    for label, begins in chosen.items():
        field = next(one for one in edition.fields if one["label"] == label.replace("_", " "))
        (option,) = [one["id"] for one in field["options"] if one["text"].startswith(begins)]
        answers[field["id"]] = option if field["kind"] == "choice" else [*answers[field["id"]], option]
    return score(edition.fields, edition.key, answers)


def test_they_are_installed_once_and_what_somebody_edited_is_theirs():
    page, loader = make_course_page(), Loader(timezone.now())
    first = install_cases(loader, page, install_procedure(loader))
    assert list(first) == ["C4"]
    assert len(first["C4"]) == len(files.read_cases()) == 4
    assert all(case.live for case in first["C4"])
    edited = first["C4"][0]
    edited.title = "Ours"
    edited.save_revision().publish()
    again = Loader(timezone.now())
    install_cases(again, page, install_procedure(again))
    assert again.counts == {"created": 0, "renewed": 0, "kept": 4}
    assert CasePage.objects.get(pk=edited.pk).title == "Ours"


def test_each_can_be_passed_cites_the_pathway_and_asks_for_every_step(editions):
    for edition in editions.values():
        scored = answered(edition)
        assert (scored.per_cent, scored.critical) == (100, ()), edition
        assert set(scored.steps) == set(DrillStep.values), edition
        assert sum(bool(key["clauses"]) for key in edition.key.values()) >= 5, edition


def test_ticking_every_box_and_the_first_option_passes_none(editions):
    for edition in editions.values():
        answers = all_right(edition)
        for field in edition.fields:
            if field["kind"] == "choices":
                answers[field["id"]] = [option["id"] for option in field["options"]]
        assert not score(edition.fields, edition.key, answers).passes(1)


def test_the_options_of_one_choice_are_of_like_length(editions):
    for edition in editions.values():
        for field in edition.fields:
            if field["kind"] == "choice":
                lengths = [len(option["text"]) for option in field["options"]]
                assert max(lengths) <= 2 * min(lengths) + 6, (edition.title, field["label"])


def test_ids_are_each_of_one_thing(editions):
    for edition in editions.values():
        ids = [entry["id"] for field in edition.fields for entry in [field, *field.get("options", ())]]
        assert len(ids) == len(set(ids))


CRITICAL = [
    ("The cut hand", "Consent, agency by agency", "Her embassy", CriticalError.NO_CONSENT),
    ("The cut hand", "Safe contact", "Her own phone", CriticalError.ALERTS_SUSPECT),
    ("The cut hand", "Safe contact", "The telephone of the shop", CriticalError.ALERTS_SUSPECT),
    ("The cut hand", "Risk colour", "AMBER", CriticalError.LEAVES_IN_DANGER),
    ("The cut hand", "Consent, agency by agency", "Her employer", CriticalError.ALERTS_SUSPECT),
    ("The repair", "Risk colour", "GREEN", CriticalError.LEAVES_IN_DANGER),
    ("The repair", "Before any charge against J.", "Charge him", CriticalError.TREATS_AS_OFFENDER),
    ("The new shoes", "Consent", "That of his uncle", CriticalError.ALERTS_SUSPECT),
    ("The new shoes", "Consent", "His own signature", CriticalError.CHILD_UNPROTECTED),
    ("The quiet visit", "Who is told", "The focal point", CriticalError.SHARES_IDENTITY),
]


@pytest.mark.parametrize(("case", "label", "option", "code"), CRITICAL)
def test_what_the_review_calls_critical_is(editions, case, label, option, code):
    scored = answered(editions[case], **{label: option})
    assert code in {error for _field, _option, error in scored.critical}
    assert not scored.passes(1)


def left_out(edition, label, begins):
    answers = all_right(edition)
    field = next(one for one in edition.fields if one["label"] == label)
    answers[field["id"]] = [
        one["id"]
        for one in field["options"]
        if one["id"] in answers[field["id"]] and not one["text"].startswith(begins)
    ]
    return score(edition.fields, edition.key, answers)


def test_the_emergency_line_and_for_a_child_human_services_are_never_left_out(editions):
    clinic = left_out(editions["The cut hand"], "What you see to at once", "The emergency line")
    boy = left_out(editions["The new shoes"], "Who is told", "The Director of Human Services")
    assert [code for *_where, code in clinic.critical] == [CriticalError.LEAVES_IN_DANGER]
    assert [code for *_where, code in boy.critical] == [CriticalError.CHILD_UNPROTECTED]


def test_the_second_woman_left_out_is_heavy_and_not_critical(editions):
    scored = answered(editions["The cut hand"], Other_people_at_risk="None")
    assert scored.critical == ()
    assert scored.of - scored.points == 3


def test_no_name_of_an_agency_or_number_is_in_the_consent_of_a_child(editions):
    consent = next(one for one in editions["The new shoes"].fields if one["label"] == "Consent")
    assert consent["kind"] == "choice"
    assert "report at once" in json.dumps(consent["options"])


def test_the_place_of_an_option_does_not_tell_that_it_is_right(editions):
    places = []
    for edition in editions.values():
        for field in edition.fields:
            if field["kind"] == "choice":
                known = [edition.key[field["id"]]["options"][one["id"]]["right"] for one in field["options"]]
                places.append(known.index(True))
    assert {0, 1, 2} <= set(places)
    assert all(places.count(place) <= len(places) / 2 for place in set(places))
