"""The clinic case of the national course, filled in on a phone without script; its pages, and paper."""

import os
from pathlib import Path

import pytest
from django.utils import timezone

from courses.choices import Role
from courses.drills.cases.models import CaseEdition, CaseRun
from courses.drills.cases.pages import CasePage
from courses.drills.register import keeping
from courses.national.cases import install_cases
from courses.national.loading import Loader
from courses.national.procedures import install_procedure
from tests.browser import assert_good_page, go, let_in, press
from tests.courses.drills.cases.writing import all_right, handed_in
from tests.factories import make_cohort, make_course_page, make_enrolment, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Pictures for whoever wants to look: PICTURES=/some/folder
PICTURES = os.environ.get("PICTURES")


@pytest.fixture
def clinic():
    """(its edition, a trainee of its course)"""
    loader, page = Loader(timezone.now()), make_course_page()
    install_cases(loader, page, install_procedure(loader))
    nurse = make_user()
    make_enrolment(nurse.person, page.course)
    return CaseEdition.objects.get(title="The cut hand"), nurse


def look(tab, name):
    if PICTURES:
        tab.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


def fill_in(tab, edition, answers):
    """Type and tick what belongs to the fields that are on the page."""
    for field in edition.fields:
        answer = answers[field["id"]]
        if field["kind"] == "times":
            for row, text in answer.items():
                for box in tab.locator(f'[name="{field["id"]}-{row}"]').all():
                    box.fill(text)
            continue
        boxes = tab.locator(f'[name="{field["id"]}"]')
        if boxes.count() == 0:
            continue
        if field["kind"] in ("short", "long"):
            boxes.fill(answer)
        for option in answer if field["kind"] == "choices" else [answer] if field["kind"] == "choice" else []:
            tab.locator(f'[name="{field["id"]}"][value="{option}"]').check()


def test_the_whole_case_without_script_on_a_phone(open_tab, live_server, clinic):
    edition, nurse = clinic
    tab = open_tab(js=False, width=390)
    let_in(tab, nurse, live_server)
    go(tab, f"/cases/{edition.case_key}/")
    look(tab, "start-390")
    press(tab)
    answers = all_right(edition)
    for n in range(1, 4):
        assert tab.locator(".seal").inner_text() == "FICTIONAL – practice"
        fill_in(tab, edition, answers)
        look(tab, f"page-{n}-390")
        press(tab)
    assert "Every field is filled in" in tab.locator("main").inner_text()
    look(tab, "check-390")
    press(tab)

    assert tab.locator("h1").inner_text().endswith("You passed")
    look(tab, "result-390")
    assert CaseRun.objects.get().marking().score == 100


def test_its_pages_have_no_barriers_and_its_paper_the_seal(visit, live_server, clinic):
    edition, nurse = clinic
    let_in(visit, nurse, live_server)
    go(visit, f"/cases/{edition.case_key}/")
    assert_good_page(visit)
    press(visit)
    assert_good_page(visit)
    contact = next(one["id"] for one in edition.fields if one["label"].startswith("Date"))
    visit.fill(f'[name="{contact}"]', "Tuesday, call 758 452 1234")
    press(visit)
    assert "Is this of somebody real?" in visit.locator("main").inner_text()
    assert_good_page(visit)
    look(visit, "warned")

    wrong = all_right(edition)
    for field in edition.fields:
        if field["kind"] == "choices":
            wrong[field["id"]] = [option["id"] for option in field["options"]]
    run = handed_in(nurse.person, _page_of(edition), wrong)
    for name in ("result", "print"):
        go(visit, f"/case-runs/{run.uuid}/{name}/")
        assert_good_page(visit)
        visit.set_viewport_size({"width": 1280, "height": 900})
        look(visit, f"{name}-1280")
    if PICTURES:
        visit.pdf(path=Path(PICTURES) / "print.pdf", format="A4")
    visit.emulate_media(media="print")
    assert visit.locator(".seal").is_visible()
    assert visit.evaluate("getComputedStyle(document.querySelector('.seal')).position") == "fixed"


def test_the_register_has_no_barriers(visit, live_server, clinic):
    edition, nurse = clinic
    leader = make_user(role=Role.FACILITATOR)
    cohort = make_cohort([nurse.person], course=edition.course, facilitator=leader.person)
    case = keeping.open_case(cohort, edition.case_key, actor=None, at=timezone.now())
    keeping.assign(case, nurse.person.uuid, actor=None, at=timezone.now())
    handed_in(nurse.person, _page_of(edition))
    let_in(visit, leader, live_server)
    for name, address in {
        "register": f"/classes/{cohort.uuid}/cases/",
        "class-case": f"/class-cases/{case.uuid}/",
        "texts": f"/classes/{cohort.uuid}/texts/",
    }.items():
        visit.set_viewport_size({"width": 390, "height": 800})
        go(visit, address)
        look(visit, f"{name}-390")
        assert_good_page(visit)


def _page_of(edition):
    return CasePage.objects.get(translation_key=edition.case_key)
