"""Impatient fingers and two tabs: whatever arrives at the same moment is written down once."""

import re
import time
import uuid
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from certificates import correcting
from certificates.codes import is_well_formed
from certificates.issuing import issue
from certificates.models import Certificate, CertificateEvent, NumberSeries
from certificates.verifying import by_number
from courses.audit.models import AuditEntry
from courses.choices import AttemptState, EnrolmentState, RepairState, Role, RunState
from courses.drills.scenarios import runs
from courses.enrolment import enrolling
from courses.enrolment.models import Enrolment
from courses.people.correcting import ask_name_correction
from courses.people.merging import MergeRefused, merge
from courses.people.models import Merge, Person
from courses.progress.models import Completion, LessonDone
from courses.progress.recording import complete_lesson
from courses.questions.models import Question
from courses.quizzes import attempts, exceptions, marking_anew, repairing
from courses.quizzes.allowing import AttemptGrant
from courses.quizzes.choosing import add_from_bank, named_in, questions_of
from courses.quizzes.closing import close_overdue_attempts
from courses.quizzes.models import AnswerEvent, Attempt, Marking
from courses.quizzes.pages import QuizPage
from courses.quizzes.paper import overview
from tests.answering import event, right_options, take, wrong_options
from tests.at_once import at_once
from tests.factories import (
    make_agency,
    make_bank_question,
    make_completion,
    make_course,
    make_course_page,
    make_enrolment,
    make_module,
    make_person,
    make_scenario,
    make_small_course,
    make_user,
    publish,
    set_outline,
)

pytestmark = pytest.mark.django_db(transaction=True)

CROWD = 32


@pytest.fixture
def course():
    return make_small_course()


@pytest.fixture
def user():
    return make_user(person=make_person(full_name="Constance Joseph"))


def browsers(user, count=CROWD):
    """As many browsers, in each of which this user is signed in."""
    clients = [Client() for _ in range(count)]
    for client in clients:
        client.force_login(user)
    return clients


def all_post(clients, address, **data):
    """Everybody posts at once. Returns {(status, where to): how many}."""
    answers = at_once(lambda n: clients[n].post(address, data), len(clients))
    return Counter((answer.status_code, answer.get("Location")) for answer in answers)


def begin(quiz, enrolment):
    return attempts.start(
        quiz.translation_key, person=enrolment.person, enrolment=enrolment, actor=None, at=timezone.now()
    )


def answer_everything(attempt, choose=right_options):
    items = attempt.items.select_related("attempt", "question_edition__question")
    events = [event(item, {"chosen": choose(item)}) for item in items]
    attempts.record_answers(events, person=attempt.person, at=timezone.now())


def before_the_final(course, user):
    """The enrolment, with everything done but the final test."""
    enrolment = make_enrolment(user.person, course.course)
    for lesson in course.lesson_pages:
        complete_lesson(enrolment, lesson, actor=user, at=timezone.now())
    take(course.check, user.person, enrolment, at=timezone.now())
    return enrolment


def audited(verb):
    return AuditEntry.objects.filter(verb=verb).count()


# --- 32 times the same deed -------------------------------------------------------------


def test_32_clicks_on_start_make_one_enrolment(course, user):
    address = reverse("course_enrol", args=[course.slug])

    assert all_post(browsers(user), address) == {(302, reverse("course_continue", args=[course.slug])): CROWD}
    assert [(row.cycle, row.state) for row in Enrolment.objects.all()] == [(1, EnrolmentState.ACTIVE)]
    assert audited("enrolled") == 1


def test_32_clicks_on_starting_again_make_one_renewal(course, user):
    enrolment = before_the_final(course, user)
    take(course.final, user.person, enrolment, at=timezone.now())

    all_post(browsers(user), reverse("course_enrol", args=[course.slug]))
    assert list(Enrolment.objects.order_by("cycle").values_list("cycle", "state")) == [
        (1, EnrolmentState.COMPLETED),
        (2, EnrolmentState.ACTIVE),
    ]


def test_32_times_mark_complete_make_one_lesson_done(course, user):
    make_enrolment(user.person, course.course)
    first, second = course.lesson_pages
    address = reverse("lesson", args=[course.slug, first.slug])

    answers = all_post(browsers(user), address)
    assert answers == {(302, reverse("lesson", args=[course.slug, second.slug])): CROWD}
    assert [done.lesson_key for done in LessonDone.objects.all()] == [first.translation_key]


def test_32_starts_make_one_attempt(course, user):
    make_enrolment(user.person, course.course)
    address = reverse("quiz_start", args=[course.check.translation_key])

    answers = all_post(browsers(user), address)
    attempt = Attempt.objects.get()
    assert answers == {(302, reverse("attempt", args=[attempt.uuid])): CROWD}
    assert (attempt.state, attempt.items.count()) == (AttemptState.OPEN, 2)
    assert audited("attempt.started") == 1


def test_32_submissions_of_the_last_attempt_make_one_completion_and_one_certificate(course, user):
    attempt = begin(course.final, before_the_final(course, user))
    answer_everything(attempt)

    answers = all_post(browsers(user), reverse("attempt_submit", args=[attempt.uuid]))
    assert answers == {(302, reverse("attempt_result", args=[attempt.uuid])): CROWD}
    assert [(marking.n, marking.score) for marking in Marking.objects.filter(attempt=attempt)] == [(1, 100)]
    assert [completion.enrolment for completion in Completion.objects.all()] == [attempt.enrolment]
    assert [certificate.completion for certificate in Certificate.objects.all()] == [Completion.objects.get()]
    assert (audited("course completed"), audited("certificate issued")) == (1, 1)
    assert NumberSeries.objects.get().last == int(Certificate.objects.get().number.split("-")[2])


# --- Different deeds at the same moment -------------------------------------------------


def test_the_last_lesson_and_the_final_test_at_once_complete_the_course_once(course, user):
    # Neither sees the other's row before it is committed: whoever is last has to find both.
    enrolment = make_enrolment(user.person, course.course)
    first, second = course.lesson_pages
    complete_lesson(enrolment, first, actor=user, at=timezone.now())
    taken = [begin(quiz, enrolment) for quiz in (course.check, course.final)]
    for attempt in taken:
        answer_everything(attempt)
    addresses = [reverse("lesson", args=[course.slug, second.slug])]
    addresses += [reverse("attempt_submit", args=[attempt.uuid]) for attempt in taken]
    clients = browsers(user, len(addresses))

    answers = at_once(lambda n: clients[n].post(addresses[n]), len(addresses))
    assert [answer.status_code for answer in answers] == [302, 302, 302]
    assert (Completion.objects.count(), Certificate.objects.count()) == (1, 1)


def test_the_time_ends_while_people_hand_in_and_answer_and_it_is_marked_once(course, user):
    # The command, the person's own pages and the last answers, all at the same moment.
    course.check.time_limit_minutes = 1
    publish(course.check)
    begun, late = make_enrolment(user.person, course.course), timezone.now() + timedelta(seconds=90)
    attempt = begin(course.check, begun)
    answer_everything(attempt)
    items = list(attempt.items.select_related("attempt", "question_edition__question"))

    def deed(n):
        at = late + timedelta(minutes=n)
        if n % 4 == 0:
            return bool(attempts.submit(attempt.uuid, person=user.person, actor=user, at=at))
        if n % 4 == 1:
            return attempts.time_out(attempt.uuid, at=at) or True
        if n % 4 == 2:
            return close_overdue_attempts(at=late + timedelta(hours=1))[1] == 0
        given = event(items[0], {"chosen": wrong_options(items[0])})
        return attempts.record_answers([given], person=user.person, at=at)[0].status

    done = Counter(at_once(deed, 16))
    attempt.refresh_from_db()
    # Another answer sent four times: refused before the end, where the first one stays; after it kept once.
    assert done[True] == 12
    assert set(done) <= {True, "refused", "late", "duplicate"}
    assert AnswerEvent.objects.late().count() == done["late"] <= 1
    assert (attempt.submitted_at, attempt.ran_out_of_time) == (attempt.deadline, True)
    assert [(marking.n, marking.score) for marking in Marking.objects.all()] == [(1, 100)]
    assert audited("attempt.submitted") == 1


def test_two_tabs_answering_the_same_question_keep_both_answers(course, user):
    attempt = begin(course.final, before_the_final(course, user))
    address = reverse("attempt_question", args=[attempt.uuid, 1])
    options = attempt.items.get(n=1).option_order
    tabs = browsers(user, 2)
    forms = [re.search(r'name="uuid" value="([^"]+)"', tab.get(address).content.decode())[1] for tab in tabs]

    answers = at_once(lambda n: tabs[n].post(address, {"uuid": forms[n], "a": options[n]}), 2)
    assert [answer.status_code for answer in answers] == [302, 302]
    kept = {str(row.uuid): row.payload for row in AnswerEvent.objects.filter(item__attempt=attempt)}
    assert kept == {forms[0]: {"chosen": [options[0]]}, forms[1]: {"chosen": [options[1]]}}
    assert sum(option["chosen"] for option in overview(attempt)[0]["options"]) == 1


def test_32_double_clicks_keep_one_answer(course, user):
    attempt = begin(course.final, before_the_final(course, user))
    address = reverse("attempt_question", args=[attempt.uuid, 1])
    form = {"uuid": "0b6b4f0e-9a3c-4d55-8f8e-0c2f6c1d7a11", "a": attempt.items.get(n=1).option_order[0]}

    answers = all_post(browsers(user), address, **form)
    assert answers == {(302, reverse("attempt_question", args=[attempt.uuid, 2])): CROWD}
    assert [str(row.uuid) for row in AnswerEvent.objects.filter(item__attempt=attempt)] == [form["uuid"]]


# --- Authors ----------------------------------------------------------------------------


def test_authors_who_choose_from_the_bank_at_once_lose_no_question(course):
    bank = [make_bank_question() for _ in range(8)]

    at_once(lambda n: add_from_bank(course.check.pk, [bank[n].pk], actor=None, at=timezone.now()), len(bank))
    assert named_in(questions_of(QuizPage.objects.get(pk=course.check.pk))) == {one.pk for one in bank}


# --- Certificates -----------------------------------------------------------------------


def test_certificates_issued_at_once_never_share_a_number():
    course = make_course()
    completions = [make_completion(make_enrolment(course=course)) for _ in range(16)]

    numbers = at_once(lambda n: issue(completions[n], actor=None, at=timezone.now()).number, len(completions))
    assert len(set(numbers)) == len(completions)
    assert sorted(numbers) == sorted(Certificate.objects.values_list("number", flat=True))
    assert all(map(is_well_formed, numbers))
    assert NumberSeries.objects.get().last == max(int(number.split("-")[2]) for number in numbers)


def test_correcting_and_withdrawing_at_once_leave_at_most_one_in_force():
    certificate = issue(make_completion(), actor=None, at=timezone.now())

    def deed(n):
        at = timezone.now()
        try:
            if n % 2:
                correcting.correct(certificate, reason="A slip", actor=None, at=at)
            else:
                correcting.withdraw(certificate, public_reason="error", reason="Ours", actor=None, at=at)
        except correcting.NotPossible as refusal:
            return str(refusal.state)
        return "done"

    deeds = Counter(at_once(deed, 8))
    states = Counter(Certificate.objects.with_state(timezone.localdate()).values_list("state", flat=True))
    events = Counter(CertificateEvent.objects.values_list("verb", flat=True))
    # Either it was withdrawn first, four times the same deed; or corrected, and then it can be neither.
    if states == {"withdrawn": 1}:
        assert (deeds, events) == ({"done": 4, "withdrawn": 4}, {"issued": 1, "withdrawn": 1})
    else:
        assert states == {"replaced": 1, "in_force": 1}
        assert (deeds, events) == ({"done": 1, "replaced": 7}, {"issued": 2, "corrected": 1})


def test_a_name_is_corrected_while_the_next_certificate_is_issued(user):
    # Two rows are wanted by both: the person's and the number series'.
    completions = [make_completion(make_enrolment(user.person)) for _ in range(9)]
    old = issue(completions.pop(), actor=None, at=timezone.now())
    asked = ask_name_correction(
        user.person, "Constance St. Joseph", certificate_number=old.number, at=timezone.now()
    )

    def deed(n):
        if n == 4:
            return correcting.decide_name(asked, accepted=True, actor=None, at=timezone.now())
        return issue(completions[n - (n > 4)], actor=None, at=timezone.now())

    issued = at_once(deed, len(completions) + 1)
    assert len({certificate.number for certificate in issued}) == len(issued)
    assert (
        by_number(issued[4].number, "Joseph", day=timezone.localdate()).facts["name"] == "Constance St. Joseph"
    )


def test_a_name_is_decided_while_its_owner_asks_for_another(user):
    for wanted in ("Constance A. Joseph", "Constance B. Joseph", "Constance C. Joseph"):
        asked = ask_name_correction(user.person, wanted, at=timezone.now())

        def deed(n, asked=asked, wanted=wanted):
            if n % 2:
                return correcting.decide_name(asked, accepted=True, actor=None, at=timezone.now())
            return ask_name_correction(user.person, f"{wanted} {'IV'[n // 2]}", at=timezone.now())

        at_once(deed, 4)
        asked.refresh_from_db()
        user.person.refresh_from_db()
        assert asked.accepted
        assert user.person.full_name == asked.wanted
        for waiting in user.person.name_corrections.filter(decided_at=None):
            correcting.decide_name(waiting, accepted=False, actor=None, at=timezone.now())


def test_a_course_is_assigned_to_an_agency_while_its_people_click_on_start(course):
    agency = make_agency()
    users = [make_user(person=make_person(agency=agency)) for _ in range(12)]
    clients = [client for user in users for client in browsers(user, 1)]
    due, address = timezone.localdate(), reverse("course_enrol", args=[course.slug])

    def deed(n):
        if n < len(clients):
            return clients[n].post(address).status_code
        with transaction.atomic():
            for user in users:
                enrolling.assign(user.person, course.course, due_on=due, actor=None, at=timezone.now())
        return 302

    assert set(at_once(deed, len(clients) + 1)) == {302}
    assert [row.due_on for row in Enrolment.objects.all()] == [due] * len(users)


def test_extra_time_and_handing_in_at_once_lock_nobody_out(course, user):
    course.check.time_limit_minutes = 30
    publish(course.check)
    focal_point = make_user(role=Role.FOCAL_POINT)
    enrolment = make_enrolment(user.person, course.course)
    attempt = begin(course.check, enrolment)
    answer_everything(attempt)

    def deed(n):
        if n == 4:
            return attempts.submit(attempt.uuid, person=user.person, actor=user, at=timezone.now()).score
        measure = {"minutes": 5 + n, "reason": "The power failed", "actor": focal_point}
        try:
            exceptions.give_time(enrolment, course.check.translation_key, at=timezone.now(), **measure)
        except exceptions.ExceptionRefused:
            return "refused"
        return "given"

    done = Counter(at_once(deed, 8))
    attempt.refresh_from_db()
    extra = AttemptGrant.objects.order_by("id").values_list("minutes", flat=True)
    assert (done[100], done["given"], done["given"] + done["refused"]) == (1, len(extra), 7)
    assert list(extra) == sorted(set(extra))
    # So much as was given before it was handed in, and it was not handed in late.
    assert attempt.deadline - attempt.started_at in [timedelta(minutes=30 + more) for more in (0, *extra)]
    assert (attempt.is_submitted, attempt.ran_out_of_time, Marking.objects.count()) == (True, False, 1)


# --- Two records of one person ----------------------------------------------------------


def test_merges_that_cross_leave_one_pointer_and_no_circle():
    """One into the other, the other into the one, and both into a third, all at the same moment."""
    one, other, third = make_person(), make_person(), make_person()
    ways = [(one, other), (other, one), (one, third), (other, third)] * 2

    def join(n):
        try:
            return merge(*ways[n], actor=None, at=timezone.now())
        except MergeRefused:
            return None

    done = [each for each in at_once(join, len(ways)) if each is not None]

    records = {person.pk: person.merged_into_id for person in Person.objects.all()}
    ends = {records[pk] for pk in records if records[pk] is not None}
    assert 1 <= len(done) <= 2
    # Whatever was first: one step leads to a record that stays.
    assert all(records[end] is None for end in ends)
    assert len(ends) == 1
    assert Merge.objects.count() == len(done) == audited("merged")


def test_a_merge_and_a_start_at_the_same_moment_make_one_enrolment():
    person, into, course = make_person(), make_person(), make_course()
    deeds = [
        lambda: merge(person, into, actor=None, at=timezone.now()),
        lambda: enrolling.enrol(person, course, actor=None, at=timezone.now()),
        lambda: enrolling.enrol(into, course, actor=None, at=timezone.now()),
    ]

    at_once(lambda n: deeds[n](), len(deeds))

    assert Enrolment.objects.of(into).open().count() == 1


# --- A wrong key that is put right ----------------------------------------------------------


def _second_is_right(quiz):
    question = Question.objects.get(key=quiz.questions.raw_data[0]["id"])
    return question, {"right": [question.editions.get().body["options"][1]["id"]]}


def _propose(quiz, actor):
    question, key = _second_is_right(quiz)
    return repairing.propose(question, 1, key, reason="Wrong", actor=actor, at=timezone.now())


def test_a_key_confirmed_by_many_and_run_by_two_workers_marks_each_once(course, user, monkeypatch):
    monkeypatch.setattr("courses.quizzes.foreseeing.BATCH", 2)
    people = [make_person() for _n in range(5)]
    for person in people:
        take(course.check, person, make_enrolment(person, course.course), at=timezone.now())
    focal_point = make_user(role=Role.FOCAL_POINT)
    with monkeypatch.context() as stopped:
        stopped.setattr(marking_anew, "run", lambda *args, **kwargs: None)
        proposed = _propose(course.check, focal_point)
        at_once(lambda _n: repairing.confirm(proposed.uuid, actor=focal_point, at=timezone.now()), 8)

    at_once(lambda _n: marking_anew.run(proposed.pk, at=timezone.now()), 4)

    proposed.refresh_from_db()
    assert (proposed.state, proposed.done) == (RepairState.DONE, 5)
    assert [attempt.markings.count() for attempt in Attempt.objects.all()] == [2] * 5
    assert audited("question.key_repaired") == audited("question.repair_done") == 1


def test_who_hands_in_while_a_key_is_put_right_is_marked_by_the_right_one(course):
    people = [make_person() for _n in range(8)]
    begun = [begin(course.check, make_enrolment(person, course.course)) for person in people]
    for attempt in begun:
        answer_everything(attempt)
    focal_point = make_user(role=Role.FOCAL_POINT)
    proposed = _propose(course.check, focal_point)

    def work(n):
        if n == len(begun):
            return repairing.confirm(proposed.uuid, actor=focal_point, at=timezone.now())
        return attempts.submit(begun[n].uuid, person=people[n], actor=None, at=timezone.now())

    at_once(work, len(begun) + 1)

    # Half of two questions by the right key, whoever came first.
    assert {attempt.latest_marking().score for attempt in begun} == {50}
    assert {marking.n for marking in Marking.objects.all()} <= {1, 2}


def test_a_pass_is_taken_back_once(course, user):
    enrolment = before_the_final(course, user)
    take(course.final, user.person, enrolment, at=timezone.now())
    focal_point = make_user(role=Role.FOCAL_POINT)
    proposed = _propose(course.final, focal_point)
    row = repairing.confirm(proposed.uuid, actor=focal_point, at=timezone.now()).rows.get()

    def work(_n):
        try:
            return repairing.take_back(row.pk, reason="-", actor=focal_point, at=timezone.now())
        except repairing.RepairRefused:
            return None

    assert len([taken for taken in at_once(work, 8) if taken]) == 1
    assert CertificateEvent.objects.filter(verb="withdrawn").count() == 1
    assert audited("attempt.pass taken back") == 1


# --- Drills -----------------------------------------------------------------------------------


def test_the_last_choice_of_a_case_and_another_case_instead_wait_in_one_order(user):
    page = make_course_page()
    other = make_scenario(page, title="The guest house")
    scenario = make_scenario(page, title="The fishing boat", instead=other)
    set_outline(page, [make_module(scenario)])
    enrolment = make_enrolment(user.person, page.course)
    key = scenario.translation_key
    run = runs.start(key, enrolment=enrolment, actor=user, at=timezone.now())
    places = {one["id"]: one["choices"] for one in run.edition.story["situations"]}
    way = [runs.Choice(uuid.uuid4(), place, places[place][0]["id"]) for place in ("door", "room")]

    def slowly(execute, sql, *args):
        # So that each holds its first lock while it asks for the second.
        found = execute(sql, *args)
        if "FOR UPDATE" in sql:
            time.sleep(0.3)
        return found

    def deed(n):
        with connection.execute_wrapper(slowly):
            if n:
                return runs.choose(run, way, actor=user, at=timezone.now())
            instead = {"play_key": other.translation_key, "enrolment": enrolment}
            return runs.start(key, **instead, actor=user, at=timezone.now())

    begun, statuses = at_once(deed, 2)
    run.refresh_from_db()
    # Whichever came first: it was left with its log, or it was ended and marked.
    assert statuses == [runs.ACCEPTED] * 2
    assert run.moves.count() == 2
    assert (run.state, run.markings.count()) in [(RunState.LEFT, 0), (RunState.ENDED, 1)]
    assert begun.is_open
    assert begun.edition.scenario_key == other.translation_key
