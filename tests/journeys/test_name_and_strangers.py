"""A name is corrected, before the test and after; and what strangers may not find out."""

import re
import uuid
from urllib.parse import urlsplit

import pytest
from django.core.cache import caches
from django.urls import reverse

from certificates.codes import check_character
from certificates.guessing import PER_CLIENT
from courses.choices import Role
from courses.people.models import NameCorrection
from courses.quizzes.models import Attempt
from tests.browser import go, let_in, new_tab, press
from tests.factories import make_person, make_user
from tests.journeys import states

pytestmark = pytest.mark.browser
BOTH = pytest.mark.parametrize("js", [True, False], ids=["script", "no script"])
# The forms are the same without a script: one way each is enough where a story is long.
WITH_SCRIPT = pytest.mark.parametrize("js", [True], ids=["script"])
WITHOUT_SCRIPT = pytest.mark.parametrize("js", [False], ids=["no script"])


@pytest.fixture(scope="module")
def page(national):
    return states.small_course()


@pytest.fixture
def tab_for(national):
    """tab_for(user, js=False) is a browser of that user's own; tab_for(None) a stranger's."""
    opened = []

    def open_for(user, js=True):
        tab = new_tab(national.browser, national.server, java_script_enabled=js)
        opened.append(tab)
        if user is not None:
            let_in(tab, user, national.server)
        return tab

    caches["default"].clear()
    yield open_for
    for tab in opened:
        assert tab.complaints == []
        tab.context.close()
    caches["default"].clear()


def choose(tab, words):
    press(tab, tab.locator("main").locator("a, button").filter(has_text=words).first)


def words_of(tab):
    return re.sub(r"\s+", " ", tab.inner_text("main"))


def path_of(tab):
    return urlsplit(tab.url).path


def decide(national, person, decision):
    """The focal point looks at the list of requests at her desk, and decides this one."""
    tab = new_tab(national.browser, national.server, viewport={"width": 1200, "height": 900})
    let_in(tab, national.focal_point, national.server)
    request = NameCorrection.objects.get(person=person, decided_at=None)
    go(tab, reverse("name-corrections:index"))
    # The row has a menu, and "Decide" stands in it
    tab.locator("main tr").filter(has_text=request.wanted).locator("[data-w-dropdown-target=toggle]").click()
    press(tab, tab.get_by_role("link", name="Decide", exact=True))
    assert f"{person} → {request.wanted}" in words_of(tab)
    tab.check(f"[name=decision][value={decision}]")
    press(tab, "main button[type=submit]")
    assert tab.url.endswith(reverse("name-corrections:index"))
    tab.context.close()


# --- The name ---------------------------------------------------------------------------


@WITHOUT_SCRIPT
def test_a_name_is_corrected_before_the_final_test(national, live_database, page, tab_for, js):
    learner, _ = states.before_the_final(f"before-{js}", page, full_name="Eloise Du Boulay")
    tab = tab_for(learner, js=js)

    # Asked whether the name is right, she says no
    go(tab, reverse("quiz_start", args=[page.final.translation_key]))
    assert "Your certificate will read Eloise Du Boulay" in words_of(tab)
    choose(tab, "No: ask for a correction")
    tab.fill("[name=wanted]", "Éloïse Du Boulay")
    choose(tab, "Send the request")

    # She is back where she was, and sees that it was heard
    assert path_of(tab) == reverse("quiz_start", args=[page.final.translation_key])
    assert "The training team has your request." in words_of(tab)
    assert "You have asked for: Éloïse Du Boulay." in words_of(tab)

    # Accepted: the same question now shows the right name, and the certificate carries it
    decide(national, learner.person, "accept")
    tab.reload()
    assert "Your certificate will read Éloïse Du Boulay" in words_of(tab)
    assert "You have asked for" not in words_of(tab)
    tab.check("[name=name][value=right]")
    tab.click("main form button.btn")
    attempt = Attempt.objects.get(person=learner.person, quiz_key=page.final.translation_key)
    for item in attempt.items.all():
        states.answer(attempt, learner, item.n)
    go(tab, reverse("attempt_review", args=[attempt.uuid]))
    choose(tab, "Hand in your answers")
    assert "You passed" in words_of(tab)
    assert learner.person.certificates.get().facts["name"] == "Éloïse Du Boulay"


@WITH_SCRIPT
def test_a_name_is_corrected_on_a_certificate(national, live_database, page, tab_for, js):
    learner, old = states.completed(f"after-{js}", page, full_name="Elen Ti-Jean")
    tab = tab_for(learner, js=js)

    # From My record to the certificate, and what is wrong with it
    go(tab, reverse("my_record"))
    choose(tab, "Certificate of Completion")
    choose(tab, "My name is wrong on it")
    assert f"a new certificate replaces {old.number}" in words_of(tab)
    tab.fill("[name=wanted]", "Hélène Ti-Jean")
    choose(tab, "Send the request")
    go(tab, reverse("my_record"))
    assert "you asked that your name read: Hélène Ti-Jean" in words_of(tab)

    # Accepted: a new certificate in force stands in the record, the old one is replaced
    decide(national, learner.person, "accept")
    new = learner.person.certificates.get(replaces=old)
    tab.reload()
    record = words_of(tab)
    assert record.index(new.number) < record.index(old.number)
    assert "Elen" not in record
    go(tab, reverse("certificate", args=[new.number]))
    assert "This certificate is in force." in words_of(tab)
    assert "Name Hélène Ti-Jean" in words_of(tab)
    choose(tab, old.number)
    assert "This certificate was replaced." in words_of(tab)

    # Anybody who checks the old paper is told; the old name's file is as it was
    stranger = tab_for(None, js=js)
    for code, says in [(old.short_code, "was replaced"), (new.short_code, "is in force")]:
        go(stranger, reverse("verify"))
        stranger.fill("[name=code]", code)
        choose(stranger, "Check")
        assert f"This certificate {says}." in words_of(stranger)
    file = tab.context.request.get(reverse("certificate_pdf", args=[old.number]))
    assert file.body() == bytes(old.file.pdf)


@WITHOUT_SCRIPT
def test_a_request_is_refused_and_can_be_made_again(national, live_database, page, tab_for, js):
    learner, _ = states.enrolled(f"refused-{js}", page, full_name="Anthony Charles")
    tab = tab_for(learner, js=js)

    go(tab, reverse("my_record"))
    choose(tab, "My name is wrong")
    tab.fill("[name=wanted]", "12345")
    choose(tab, "Send the request")
    assert "There is a problem" in words_of(tab)
    tab.fill("[name=wanted]", "General Anthony Charles")
    choose(tab, "Send the request")
    assert path_of(tab) == reverse("my_record")

    decide(national, learner.person, "refuse")
    tab.reload()
    assert words_of(tab).startswith("My record Anthony Charles")
    assert "My name is wrong" in words_of(tab)


# --- Strangers --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def held(page):
    """Somebody with a certificate, a result, and another test open."""
    learner, certificate = states.completed("insider", page, full_name="Constance Joseph")
    again = states.make.make_enrolment(learner.person, page.course)
    opened = states.started(page.check, learner, again)
    states.answer(opened, learner, 1)
    final = learner.person.attempts.get(quiz_key=page.final.translation_key)
    return learner, certificate, opened, final


def private_addresses(certificate, opened, final):
    """Somebody's own addresses, each beside one of the same form that leads nowhere."""
    absent, no_number = uuid.uuid4(), "SL-2026-99999-Z"
    pairs = []
    for name, attempt in [("attempt", opened), ("attempt_review", opened), ("attempt_result", final)]:
        pairs.append((reverse(name, args=[attempt.uuid]), reverse(name, args=[absent])))
    pairs.append(
        (reverse("attempt_question", args=[opened.uuid, 1]), reverse("attempt_question", args=[absent, 1]))
    )
    pairs.append((reverse("certificate", args=[certificate.number]), reverse("certificate", args=[no_number])))
    pairs.append(
        (
            reverse("certificate_pdf", args=[certificate.number]),
            reverse("certificate_pdf", args=[no_number]),
        )
    )
    return pairs


@pytest.mark.parametrize(
    ("role", "js"), [(Role.TRAINEE, True), (Role.SUPERVISOR, False), (Role.FACILITATOR, True)]
)
def test_a_colleague_finds_nothing_of_somebody_elses(national, live_database, held, tab_for, role, js):
    learner, *things = held
    colleague = make_user(role=role, person=make_person(agency=learner.person.agency))
    tab = tab_for(colleague, js=js)

    for address, nowhere in private_addresses(*things):
        told = [(tab.goto(one).status, tab.title(), tab.inner_text("body")) for one in (address, nowhere)]
        assert told[0] == told[1], address
        assert told[0][0] == 404
    for address in ("/", "/my/record/", "/courses/"):
        go(tab, address)
        assert learner.person.full_name not in tab.content()
    # The desk is shut: no list of people, no scores.
    assert [tab.goto(address).status for address in ("/admin/", "/admin/people/")] == [403, 403]


@WITH_SCRIPT
def test_a_form_sent_to_somebody_elses_attempt_changes_nothing(live_database, page, held, tab_for, js):
    """The colleague's own form, with the address of the insider's test."""
    opened = held[2]
    colleague, enrolment = states.enrolled(f"forger-{js}", page)
    tab = tab_for(colleague, js=js)
    own = states.started(page.check, colleague, enrolment)
    go(tab, reverse("attempt_question", args=[own.uuid, 1]))
    token = tab.input_value("main [name=csrfmiddlewaretoken]")
    before = [list(item.events.values_list("uuid", flat=True)) for item in opened.items.all()]

    for name, args in [("attempt_question", [1]), ("attempt_question", [2]), ("attempt_submit", [])]:
        answer = tab.context.request.post(
            reverse(name, args=[opened.uuid, *args]),
            form={"csrfmiddlewaretoken": token, "a": "x", "confirmed": "1"},
        )
        assert answer.status == 404

    opened.refresh_from_db()
    assert opened.is_open
    assert [list(item.events.values_list("uuid", flat=True)) for item in opened.items.all()] == before


@BOTH
def test_who_is_not_signed_in_is_asked_to_sign_in_and_learns_nothing(live_database, held, tab_for, js):
    learner, *things = held
    tab = tab_for(None, js=js)

    for pair in private_addresses(*things):
        for address in pair:
            go(tab, address)
            assert path_of(tab) == reverse("account_login")
            assert learner.person.full_name not in tab.content()


@WITHOUT_SCRIPT
def test_guesses_at_the_public_check_are_alike_and_come_to_an_end(live_database, held, tab_for, js):
    certificate = held[1]
    tab = tab_for(None, js=js)
    answers = []

    def guess(**fields):
        tab.goto(reverse("verify"))
        for name, value in fields.items():
            tab.fill(f"[name={name}]", value)
        choose(tab, "Check")
        answers.append(words_of(tab))

    # A wrong code, a right number with a wrong surname, a number never given, a made-up address
    guess(code="7QK4-29HM-X3")
    guess(number=certificate.number, surname="Charles")
    guess(number="SL-2026-00499-" + check_character("SL-2026-00499"), surname="Joseph")
    for address in ("/v/7QK429HMX3/", "/verify/made-up/"):
        assert tab.goto(address).status == 404
        answers.append(words_of(tab))
    assert len(set(answers)) == 1
    assert "No such certificate was issued here" in answers[0]

    # After enough of them nothing is looked up any more, not even what is right
    for _ in range(PER_CLIENT - len(answers)):
        assert tab.goto("/v/7QK429HMX3/").status == 404
    assert tab.goto(f"/v/{certificate.short_code}/").status == 429
    assert "Please wait ten minutes" in words_of(tab)
    guess(number=certificate.number, surname="Joseph")
    assert "Please wait ten minutes" in answers[-1]
    assert certificate.facts["name"] not in "".join(answers)
