"""No key, correctness, weight or hint of order leaves before the review setting allows it.

Canaries are planted in every feedback, in the source and in what marks a question as critical;
every answer a trainee can get is searched for them and for the ids of keys, in several encodings.
"""

import base64
import html
import json
import re
import uuid
from urllib.parse import quote

import pytest
from django.utils import timezone

from courses.questions.models import QuestionKey
from courses.quizzes import attempts
from tests.answering import form_of, key_of, right_answer, right_options, wrong_answer
from tests.courses.quizzes.pages import items_of
from tests.factories import (
    case,
    draw,
    from_bank,
    make_bank_question,
    make_course_page,
    make_enrolment,
    make_module,
    make_quiz,
    matching,
    multiple,
    numeric,
    ordering,
    set_outline,
    short,
    single,
    true_false,
)

pytestmark = pytest.mark.django_db

CANARY = "Canary “{}” <sings> é"


def plant(block, name):
    """A canary in everything that is said about the answers."""
    block["value"]["why"] = CANARY.format(f"{name}general")
    for n, option in enumerate(block["value"].get("options", [])):
        option["value"]["why"] = CANARY.format(f"{name}option{n}")
    for field in ("why_true", "why_false"):
        if field in block["value"]:
            block["value"][field] = CANARY.format(f"{name}{field}")
    for k, part in enumerate(block["value"].get("parts", [])):
        part["value"]["why"] = CANARY.format(f"{name}part{k}")
        for n, option in enumerate(part["value"]["options"]):
            option["value"]["why"] = CANARY.format(f"{name}part{k}option{n}")
    return block


def encodings(secret):
    raw = secret.encode()
    # Base64 of a text inside a longer one starts at any of three places.
    inner = {base64.b64encode(b"\0" * pad + raw)[4:-4].decode() for pad in range(3)}
    return {
        secret,
        secret[::-1],
        raw.hex(),
        quote(secret),
        html.escape(secret),
        json.dumps(secret)[1:-1],
        base64.b64encode(raw).decode().rstrip("="),
        base64.urlsafe_b64encode(raw).decode().rstrip("="),
        *inner,
    }


def everything(response):
    headers = "\n".join(f"{name}: {value}" for name, value in response.items())
    cookies = response.cookies.output()
    return "\n".join([response.content.decode(errors="replace"), headers, cookies]).lower()


def leaks(responses, secrets):
    text = "\n".join(everything(response) for response in responses)
    return {secret for secret in secrets for form in encodings(secret) if form.lower() in text}


@pytest.fixture
def course(db):
    """A course page whose quizzes are planted with canaries; returns a function that adds one."""
    page = make_course_page()

    def add(**kwargs):
        bank = make_bank_question(plant(single("From the bank?"), "bank"), critical=True, source="CanarySource")
        make_bank_question(plant(single("Drawn?"), "drawn"), module="C9")
        quiz = make_quiz(
            page,
            questions=[
                plant(single("One?", critical=True), "single"),
                plant(multiple("Two?"), "multiple"),
                plant(true_false("Three."), "statement"),
                plant(matching("Four.", others=("Ignore",)), "matching"),
                plant(ordering("Five."), "ordering"),
                plant(short("Six?", accepted=("CanaryWord", "CanaryOther")), "short"),
                plant(numeric("Seven?", answer="773125.418203", tolerance="4181.370299"), "numeric"),
                plant(case("Eight."), "case"),
                from_bank(bank),
                draw(1, module="C9"),
            ],
            pass_mark=80,
            **kwargs,
        )
        set_outline(page, [make_module(quiz)])
        return quiz

    return add


def begin(quiz, user):
    enrolment = make_enrolment(user.person, quiz.get_parent().specific.course)
    return attempts.start(
        quiz.translation_key, person=user.person, enrolment=enrolment, actor=user, at=timezone.now()
    )


def all_pages(browser, attempt):
    """Every answer to be had about the attempt, however it is asked for."""
    quiz, slug = attempt.quiz_key, attempt.enrolment.course.pages.get().slug
    path = f"/attempts/{attempt.uuid}/"
    page = attempt.enrolment.course.pages.get()
    quiz_slug = page.get_children().get(translation_key=quiz).slug
    # Where a script may ask for less than the page.
    asked_by_scripts = [
        path,
        f"{path}1/",
        f"{path}8/",
        f"{path}paper/",
        f"{path}review/",
        f"{path}result/",
        f"/quizzes/{quiz}/start/",
    ]
    addresses = [
        path,
        *(f"{path}{item.n}/" for item in items_of(attempt)),
        *(f"{path}{item.n}/?from=review" for item in items_of(attempt)),
        f"{path}review/",
        f"{path}paper/",
        f"{path}review/?gaps=1",
        f"{path}result/",
        f"/quizzes/{quiz}/start/",
        f"/courses/{slug}/",
        f"/courses/{slug}/{quiz_slug}/",
        f"/courses/{slug}/continue/",
        "/courses/",
        "/",
    ]
    found = []
    for address in addresses:
        scripts = ({"accept": "application/json"}, {"x-requested-with": "XMLHttpRequest"})
        for headers in ({}, *(scripts if address in asked_by_scripts else ())):
            found.append(browser.get(address, headers=headers))
            if found[-1].status_code == 302:
                found.append(browser.get(found[-1].url, headers=headers, follow=True))
    return found


def answer(browser, attempt, item, payload):
    sent = {"uuid": str(uuid.uuid4()), **form_of(payload)}
    path = f"/attempts/{attempt.uuid}/{item.n}/"
    return [
        browser.post(path, sent, follow=True),
        browser.post(path, sent),
        browser.post(path, {"a": "no such"}),
        browser.post(path, {**sent, "a": "not_sure"}),
        browser.post(path, {"text": "no such"}),
        browser.post(path, {"row-x": "no such"}),
        browser.post(path, {"part-x": "no such"}),
        browser.post(path, dict.fromkeys(sent, "")),
    ]


def canaries_of(attempt):
    """Every sentence said about the answers of this attempt's questions."""
    said = set()
    for item in items_of(attempt):
        key = QuestionKey.objects.get(question=item.question_edition.question)
        feedback = key.feedback["en"]
        said |= {feedback["general"], *feedback["options"].values(), *feedback.get("parts", {}).values()}
        said |= typed_secrets(key)
    return said | {"CanarySource"}


def typed_secrets(key):
    """What is right of a typed answer: nothing of it stands on the page that asks."""
    right = key.key["right"]
    if isinstance(right, str):
        return {right, key.key["tolerance"]}
    return {text for text in right if text.startswith("Canary")}


def typed_by(payload):
    return {payload["text"]} if "text" in payload else set()


def test_the_search_would_find_a_leak(course, constable, client_of):
    quiz = course(purpose="practice", review="practice")
    attempt = begin(quiz, constable)
    browser = client_of(constable)
    item = items_of(attempt)[0]
    shown = answer(browser, attempt, item, wrong_answer(item))
    assert leaks(shown, canaries_of(attempt)) != set()


@pytest.mark.parametrize(
    ("purpose", "choose"), [("check", wrong_answer), ("final", right_answer), ("pretest", wrong_answer)]
)
def test_a_test_tells_nothing_before_during_and_after(course, constable, client_of, purpose, choose):
    quiz = course(purpose=purpose, review="test")
    attempt = begin(quiz, constable)
    browser, secrets = client_of(constable), canaries_of(attempt)
    assert len(secrets) > 20
    seen = all_pages(browser, attempt)
    for item in items_of(attempt):
        seen += answer(browser, attempt, item, choose(item))
    if choose is right_answer:  # people see again what they typed themselves
        secrets -= {text for item in items_of(attempt) for text in typed_by(choose(item))}
    seen += all_pages(browser, attempt)
    seen.append(browser.post(f"/attempts/{attempt.uuid}/submit/", {"confirmed": "1"}, follow=True))
    seen += all_pages(browser, attempt)
    assert leaks(seen, secrets) == set()
    html_seen = "\n".join(everything(response) for response in seen)
    for word in (
        "critical",
        "fraction",
        'class="opt-l right',
        "best answer",
        "data-key",
        "data-right",
        "sha256",
    ):
        assert word not in html_seen


def test_practice_tells_of_one_question_only_when_it_is_answered(course, constable, client_of):
    quiz = course(purpose="practice", review="practice")
    attempt = begin(quiz, constable)
    browser, secrets = client_of(constable), canaries_of(attempt)
    assert leaks(all_pages(browser, attempt), secrets) == set()
    first, *others = items_of(attempt)
    seen = answer(browser, attempt, first, wrong_answer(first)) + all_pages(browser, attempt)
    of_others = secrets - {
        sentence
        for sentence in secrets
        for key in [QuestionKey.objects.get(question=first.question_edition.question).feedback["en"]]
        if sentence in {key["general"], *key["options"].values()}
    }
    assert leaks(seen, of_others) == set()
    assert len(of_others) > 8


def test_the_page_of_a_question_is_the_same_whatever_is_right(constable, client_of):
    """Apart from its own ids and order, a form says nothing that depends on the key."""
    browser, forms = client_of(constable), []
    for right in (True, False):
        quiz = make_quiz(
            questions=[true_false("It is so.", answer=right, critical=right)], review="test", title="Q"
        )
        attempt = begin(quiz, constable)
        page = browser.get(f"/attempts/{attempt.uuid}/1/").content.decode()
        page = re.search(r'<main id="main">(.*)</main>', page, re.S).group(1)
        page = re.sub(r'name="(uuid|csrfmiddlewaretoken)" value="[^"]+"', "", page).replace(
            str(attempt.uuid), ""
        )
        forms.append(page)
    assert forms[0] == forms[1]


def test_ids_and_order_of_options_say_nothing_of_the_key(constable):
    """The right answer stands first in the author's form; over many attempts it stands anywhere."""
    quiz = make_quiz(questions=[single(wrong=("b", "c", "d")) for _n in range(40)], review="test")
    attempt = begin(quiz, constable)
    places = {item.option_order.index(right_options(item)[0]) for item in items_of(attempt)}
    assert places == {0, 1, 2, 3}


def test_the_order_of_entries_says_nothing_of_the_key(constable):
    """Entries are written in their right order; over many attempts each stands anywhere."""
    quiz = make_quiz(questions=[ordering() for _n in range(40)], review="test", shuffle=False)
    items = items_of(begin(quiz, constable))
    for place in (1, 2, 3):
        found = {item.option_order.index(entry_at(item, place)) for item in items}
        assert found == {0, 1, 2}
    for item in items:
        body = item.question_edition.body
        right = key_of(item)["right"]
        assert [entry["id"] for entry in body["options"]] != sorted(right, key=right.get)


def entry_at(item, place):
    return next(entry for entry, right in key_of(item)["right"].items() if right == place)


def test_neither_ids_nor_order_say_what_matches(constable, client_of):
    """Pairs are written side by side; over many attempts the match of a row stands anywhere."""
    quiz = make_quiz(questions=[matching() for _n in range(40)], review="test", shuffle=False)
    attempt = begin(quiz, constable)
    items = items_of(attempt)
    for n in range(3):
        places = set()
        for item in items:
            row = item.question_edition.body["rows"][n]["id"]
            places.add(item.option_order.index(key_of(item)["right"][row]))
        assert places == {0, 1, 2}
    page = client_of(constable).get(f"/attempts/{attempt.uuid}/1/").content.decode()
    for pair in quiz.questions[0].value["pairs"].bound_blocks:
        assert pair.id not in page
    choices = re.findall(r'<option value="([0-9a-f-]{36})"', page)
    assert choices == items[0].option_order * 3


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (short("Word?", accepted=("Consent",)), short("Word?", accepted=("Refusal", "No"))),
        (numeric("How many?", answer="18"), numeric("How many?", answer="21.5", tolerance="3")),
    ],
)
def test_the_page_of_a_typed_answer_is_the_same_whatever_is_right(constable, client_of, one, other):
    browser, forms = client_of(constable), []
    for question in (one, other):
        attempt = begin(make_quiz(questions=[question], review="test", title="Q"), constable)
        page = browser.get(f"/attempts/{attempt.uuid}/1/").content.decode()
        page = re.search(r'<main id="main">(.*)</main>', page, re.S).group(1)
        page = re.sub(r'name="(uuid|csrfmiddlewaretoken)" value="[^"]+"', "", page)
        forms.append(page.replace(str(attempt.uuid), ""))
    assert forms[0] == forms[1]


def test_the_quiz_page_itself_is_served_to_nobody(course, constable, client_of):
    quiz = course(review="test")
    attempt = begin(quiz, constable)
    for user in (None, constable):
        browser = client_of(user)
        for address in (
            quiz.get_url() or "/",
            quiz.url_path,
            f"/courses/{quiz.get_parent().slug}/{quiz.slug}/",
        ):
            response = browser.get(address, follow=True)
            assert leaks([response], canaries_of(attempt)) == set()
    assert client_of(constable).get(f"/admin/pages/{quiz.pk}/edit/preview/").status_code in (302, 403, 404)


def test_trying_a_quiz_tells_of_one_question_only_when_it_is_answered(
    course, focal_point, constable, client_of
):
    """Also at the desk the pages of a try are those of a trainee; and no trainee gets there."""
    quiz = course(purpose="practice", review="practice")
    secrets = canaries_of(begin(quiz, constable))
    browser = client_of(focal_point)
    first = browser.post(f"/admin/try/{quiz.pk}/", follow=True)
    query = first.request["QUERY_STRING"]
    pages = [first, *(browser.get(f"/admin/try/{quiz.pk}/{n}/?{query}") for n in range(2, 9))]
    assert leaks([*pages, browser.get(f"/admin/try/{quiz.pk}/review/?{query}")], secrets) == set()

    told = browser.post(f"/admin/try/{quiz.pk}/1/?{query}", {"a": "not_sure"}, follow=True)
    assert leaks([told], secrets) == {CANARY.format("singlegeneral")}

    trainee = client_of(constable)
    for address in ("", f"1/?{query}", f"review/?{query}", f"result/?{query}&as_if=passed"):
        assert trainee.get(f"/admin/try/{quiz.pk}/{address}").status_code == 403
