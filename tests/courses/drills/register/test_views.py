from datetime import timedelta

import pytest
from django.utils import timezone

from courses.drills.register import keeping
from courses.drills.register.models import PracticeCase
from tests.courses.drills.cases.writing import edition_of, handed_in, make_case
from tests.courses.quizzes.pages import text_of
from tests.factories import make_cohort, make_enrolment, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def file():
    return make_case(title="A clinic")


@pytest.fixture
def cohort(file, constable, nurse, facilitator):
    people = [constable.person, nurse.person]
    return make_cohort(people, course=edition_of(file).course, facilitator=facilitator.person)


@pytest.fixture
def case(cohort, file, nurse):
    found = keeping.open_case(cohort, file.translation_key, actor=None, at=timezone.now())
    return keeping.assign(found, nurse.person.uuid, actor=None, at=timezone.now())


def url(case, *parts):
    return "/class-cases/" + "/".join([str(case.uuid), *parts]) + "/"


def test_who_leads_the_class_opens_and_assigns(client_of, facilitator, cohort, file, nurse):
    client = client_of(facilitator)
    register = f"/classes/{cohort.uuid}/cases/"
    assert "No case is open yet." in text_of(client.get(register))
    opened = client.post(f"{register}open/", {"file": file.translation_key})
    case = PracticeCase.objects.get()
    assert opened.url == url(case)
    assert "FICTIONAL – practice" in text_of(client.get(url(case)))
    client.post(url(case, "assign"), {"person": nurse.person.uuid})
    assert str(nurse.person) in text_of(client.get(register))


def test_whose_case_it_is_moves_it_on_and_sets_the_day(client_of, nurse, case):
    client = client_of(nurse)
    shown = text_of(client.get(url(case)))
    assert "Assigned to: You" in shown
    assert "Fill in the referral form of this case" in shown
    assert "Through the interpreter" not in shown
    day = timezone.localdate() + timedelta(days=7)
    client.post(url(case, "move"), {"stage": "screened"})
    client.post(url(case, "follow-up"), {"day": day.isoformat()})
    case.refresh_from_db()
    assert (case.stage, case.follow_up_on) == ("screened", day)
    shown = text_of(client.get(url(case)))
    assert "Through the interpreter" in shown
    assert f"follow-up on {day.isoformat()}" in shown


def test_a_day_that_cannot_be_read_is_said(client_of, nurse, case):
    response = client_of(nurse).post(url(case, "follow-up"), {"day": "soon"}, follow=True)
    assert "Write the day as" in text_of(response)


def test_others_of_the_class_look_and_read_no_name(client_of, constable, nurse, case, cohort):
    client = client_of(constable)
    for address in (f"/classes/{cohort.uuid}/cases/", url(case)):
        shown = text_of(client.get(address))
        assert "Somebody else of the class" in shown
        assert str(nurse.person) not in shown
    for deed in ("move", "assign", "follow-up"):
        assert client.post(url(case, deed)).status_code == 404
    assert client.post(f"/classes/{cohort.uuid}/cases/open/").status_code == 404
    assert client.get(f"/classes/{cohort.uuid}/texts/").status_code == 404


def test_for_others_the_register_is_not_there(client_of, colleague, supervisor_police, case, cohort):
    for user in (colleague, supervisor_police, make_user(role="facilitator")):
        client = client_of(user)
        assert client.get(f"/classes/{cohort.uuid}/cases/").status_code == 404
        assert client.get(url(case)).status_code == 404
        assert client.post(url(case, "move"), {"stage": "screened"}).status_code == 404


def test_who_leads_the_class_reads_the_texts_and_confirms(client_of, facilitator, nurse, file, cohort):
    run = handed_in(nurse.person, file)
    client, texts = client_of(facilitator), f"/classes/{cohort.uuid}/texts/"
    assert "She said: No pay." in text_of(client.get(texts))
    field = next(one["id"] for one in run.edition.fields if one["kind"] == "long")
    line = run.edition.key[field]["rubric"][1]["id"]
    assert client.post(f"{texts}{run.uuid}/{field}/", {"met": [line]}).url == texts
    kept = run.judgements.get()
    assert (kept.met, kept.is_own) == ([line], False)
    result = text_of(client_of(nurse).get(f"/case-runs/{run.uuid}/result/"))
    assert "has no label The facilitator agrees." in result
    assert "gives her words The facilitator does not see it there." in result


def test_nobody_confirms_their_own_text_or_that_of_another_class(
    client_of, facilitator, file, cohort, colleague
):
    from courses.enrolment import grouping

    grouping.add_members(cohort, [facilitator.person], actor=None, at=timezone.now())
    client, texts = client_of(facilitator), f"/classes/{cohort.uuid}/texts/"
    for person in (facilitator.person, colleague.person):
        run = handed_in(person, file)
        field = next(one["id"] for one in run.edition.fields if one["kind"] == "long")
        assert "She said: No pay." not in text_of(client.get(texts))
        assert client.post(f"{texts}{run.uuid}/{field}/").status_code == 404


def test_the_start_of_a_case_leads_to_the_register(client_of, nurse, case, file, cohort):
    make_enrolment(nurse.person, edition_of(file).course) if not nurse.person.enrolments.exists() else None
    html = client_of(nurse).get(f"/cases/{file.translation_key}/").content.decode()
    assert f'href="/classes/{cohort.uuid}/cases/"' in html


def test_a_long_register_asks_no_more(client_of, facilitator, cohort, file, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, register = client_of(facilitator), f"/classes/{cohort.uuid}/cases/"
    keeping.open_case(cohort, file.translation_key, actor=None, at=timezone.now())
    client.get(register)
    with CaptureQueriesContext(connection) as one:
        client.get(register)
    for _n in range(3):
        keeping.open_case(cohort, file.translation_key, actor=None, at=timezone.now())
    with django_assert_num_queries(len(one)):
        client.get(register)
