import uuid

import pytest

from courses.drills.cases.models import CaseAnswer, CaseRun
from tests.courses.drills.cases.writing import all_right, edition_of, handed_in, make_case, make_run, save
from tests.courses.procedures.writing import make_procedure
from tests.courses.quizzes.pages import text_of
from tests.factories import make_enrolment

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return make_case(title="A clinic", intro="Read first.")


@pytest.fixture
def nurse_in(client_of, nurse, case):
    make_enrolment(nurse.person, edition_of(case).course)
    return client_of(nurse)


def url(run, *parts):
    return "/case-runs/" + "/".join(str(part) for part in (run.uuid, *parts)) + "/"


def as_form(edition, answers):
    sent = {}
    for one in edition.fields:
        answer = answers.get(one["id"])
        if one["kind"] == "times":
            sent |= {f"{one['id']}-{row}": text for row, text in (answer or {}).items()}
        elif answer is not None:
            sent[one["id"]] = answer
    return sent


def test_the_whole_way(nurse_in, nurse, case):
    start = f"/cases/{case.translation_key}/"
    shown = text_of(nurse_in.get(start))
    assert "Read first." in shown
    assert "FICTIONAL – practice" in shown
    assert "5 fields on 2 pages" in shown
    run_url = nurse_in.post(start).url
    run = CaseRun.objects.get()
    assert run_url == url(run)
    assert nurse_in.get(run_url).url == url(run, 1)
    first = text_of(nurse_in.get(url(run, 1)))
    assert "He keeps my passport" in first
    assert "Through the interpreter" not in first
    sent = as_form(run.edition, all_right(run.edition))
    assert nurse_in.post(url(run, 1), sent).url == url(run, 2)
    second = text_of(nurse_in.get(url(run, 2)))
    assert "Through the interpreter" in second
    assert "He keeps my passport" in second
    assert nurse_in.post(url(run, 2), sent).url == url(run, "check")
    assert nurse_in.get(url(run)).url == url(run, "check")
    assert "Every field is filled in" in text_of(nurse_in.get(url(run, "check")))
    assert nurse_in.post(url(run, "hand-in")).url == url(run, "result")
    result = text_of(nurse_in.get(url(run, "result")))
    assert "You passed" in result
    assert "6 of 6 points (100 %)" in result
    assert "Because of Passport kept." in result
    assert nurse_in.get(url(run, 1)).url == url(run, "result")
    assert "Try again" in text_of(nurse_in.get(start))


def test_what_comes_later_is_not_seen_before_its_time(nurse_in, nurse, case):
    run = make_run(nurse.person, case)
    assert nurse_in.get(url(run, 2)).url == url(run)
    assert nurse_in.get(url(run, "check")).url == url(run)
    assert nurse_in.get(url(run, 3)).status_code == 404
    assert "Through the interpreter" not in text_of(nurse_in.get(url(run, "print")))


def test_no_key_leaves_before_handing_in(nurse_in, nurse, case):
    run = make_run(nurse.person, case)
    save(run, all_right(run.edition))
    for page in ("1", "2", "check", "print"):
        html = nurse_in.get(url(run, page)).content.decode()
        assert "Because of" not in html
        assert "About Signs" not in html
        assert "gives her words" not in html


def test_what_looks_real_is_saved_with_a_warning_and_then_let_be(nurse_in, nurse, case):
    run = make_run(nurse.person, case)
    sent = as_form(run.edition, all_right(run.edition))
    nurse_in.post(url(run, 1), sent)
    contact = next(one["id"] for one in run.edition.fields if one["label"] == "Safe contact")
    sent[contact] = "the shelter, 758 452 1234"
    warned = nurse_in.post(url(run, 2), sent)
    assert warned.status_code == 200
    assert "Safe contact : 758 452 1234" in text_of(warned)
    assert run.answers()[contact] == "the shelter, 758 452 1234"
    assert nurse_in.post(url(run, 2), sent).url == url(run, "check")


def test_what_comes_after_handing_in_is_said_not_to_be_saved(nurse_in, nurse, case):
    run = handed_in(nurse.person, case)
    told = nurse_in.post(url(run, 1), as_form(run.edition, {}), follow=True)
    assert "What was typed since is not saved." in text_of(told)
    assert run.saved.count() == 1


def test_saving_once_more_with_the_same_name_is_one(nurse_in, nurse, case):
    run = make_run(nurse.person, case)
    sent = as_form(run.edition, all_right(run.edition)) | {"uuid": str(uuid.uuid4())}
    nurse_in.post(url(run, 1), sent)
    nurse_in.post(url(run, 1), sent)
    assert CaseAnswer.objects.count() == 1
    assert nurse_in.post(url(run, 1), {"later": "1"}).url == "/"


def test_the_result_says_why_field_by_field_with_the_clauses(nurse_in, nurse, client_of, case):
    from tests.courses.drills.cases.writing import choice, choices, statement

    clause = make_procedure().in_force.wordings.first().clause
    other = make_case(
        case.get_parent().specific, blocks=[statement(), choices(least=2), choice(clauses=[clause.pk])]
    )
    edition = edition_of(other)
    signs, risk = edition.fields
    ids = {one["text"]: one["id"] for field in edition.fields for one in field["options"]}
    answers = {signs["id"]: [ids["Passport kept"], ids["A foreigner"]], risk["id"]: ids["Green"]}
    run = handed_in(nurse.person, other, answers)
    response = nurse_in.get(url(run, "result"))
    shown = text_of(response)
    assert "You have not passed yet" in shown
    assert "It leaves somebody in danger" in shown
    assert "Left out: No wages Because of No wages." in shown
    assert "Not right: A foreigner Because of A foreigner." in shown
    assert f'href="/procedures/clauses/{clause.uuid}/"' in response.content.decode()


def test_own_text_is_judged_on_the_result(nurse_in, nurse, case):
    run = handed_in(nurse.person, case)
    field = next(one["id"] for one in run.edition.fields if one["kind"] == "long")
    line = run.edition.key[field]["rubric"][0]["id"]
    assert nurse_in.post(url(run, "judge", field), {"met": [line]}).url == url(run, "result") + f"#f-{field}"
    assert run.judgements.get().met == [line]
    assert run.judgements.get().is_own
    assert nurse_in.post(url(run, "judge", uuid.uuid4())).status_code == 404


def test_the_paper_has_the_seal_and_what_was_filled_in(nurse_in, nurse, case):
    run = handed_in(nurse.person, case)
    shown = text_of(nurse_in.get(url(run, "print")))
    assert "FICTIONAL – practice" in shown
    assert "☒ Passport kept" in shown
    assert "☐ A foreigner" in shown


def test_without_the_course_it_says_to_start_the_course(client_of, constable, case):
    client = client_of(constable)
    start = f"/cases/{case.translation_key}/"
    assert "Start the course first" in text_of(client.get(start))
    assert client.post(start).status_code == 200
    assert not CaseRun.objects.exists()


def test_somebody_elses_run_answers_as_one_that_is_not_there(client_of, constable, nurse, case):
    run = handed_in(nurse.person, case)
    client = client_of(constable)
    for parts in [(), (1,), ("check",), ("result",), ("print",)]:
        assert client.get(url(run, *parts)).status_code == 404
    assert client.post(url(run, "hand-in")).status_code == 404


def test_the_result_asks_the_same_number_of_queries_for_many_fields(
    nurse_in, nurse, case, django_assert_max_num_queries
):
    from tests.courses.drills.cases.writing import choice, statement

    many = make_case(case.get_parent().specific, blocks=[statement(), *(choice(f"Risk {n}") for n in range(9))])
    run = handed_in(nurse.person, many)
    nurse_in.get(url(run, "result"))
    with django_assert_max_num_queries(20):
        nurse_in.get(url(run, "result"))
