"""Every page that a person can reach, in every state, is a good page at every width."""

import re

import pytest
from django.core.cache import caches
from django.template.loader import render_to_string
from django.urls import reverse

from courses.catalogue import reading
from courses.catalogue.bodies import render_body
from courses.catalogue.models import CoursePage
from courses.national.loading import COURSE
from courses.progress.standing import Standing
from tests.browser import (
    NARROWEST,
    WIDEST,
    assert_axe_clean,
    assert_good_page,
    assert_no_sideways_scroll,
    go,
    let_in,
    new_tab,
    press,
)
from tests.factories import make_enrolment
from tests.journeys import states

pytestmark = [pytest.mark.browser, pytest.mark.same_everywhere]

TOPIC = re.compile(r"traffick|victim|exploit|slavery|abuse|counter|\bTIP\b|police", re.IGNORECASE)

# --- The pages: who looks, where, and what is done there first --------------------------
# The kind of page stands before the comma: other kinds must have other titles.


def send(tab):
    """The form of the page, as it stands."""
    press(tab)


def send_from_nowhere(tab):
    """The form of a page whose cookies are gone."""
    tab.context.clear_cookies()
    send(tab)


def look_up(tab):
    tab.fill("[name=code]", "7QK4-29HM-X3")
    send(tab)


def mistype(tab):
    tab.fill("[name=number]", "SL-2026-00417-A")
    send(tab)


def guess_often(tab):
    for _ in range(21):
        tab.goto("/v/7QK429HMX3/")
    caches["default"].clear()


def prove_who(tab):
    """Type the password where the page asks for it again."""
    if "reauthenticate" in tab.url:
        tab.fill("[name=password]", states.make.PASSWORD)
        send(tab)


def sign_in_with_a_second_step(tab):
    tab.fill("[name=login]", "guarded@example.org")
    tab.fill("[name=password]", states.make.PASSWORD)
    tab.check("[name=own_device][value=no]")
    send(tab)


def open_everything(tab):
    tab.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")


def our_fault(tab):
    # An address that the service worker leaves alone: what it asks for itself cannot be put in place here.
    tab.route("**/healthz/broken", lambda route: route.fulfill(body=render_to_string("500.html"), status=200))
    tab.goto("/healthz/broken")


PUBLIC = {
    "front": ("/",),
    "about": ("/about/",),
    "signs": ("/know-the-signs/",),
    "help": ("/help/",),
    "privacy": ("/privacy/",),
    "accessibility": ("/accessibility/",),
    "support": ("/support/",),
    "catalogue": ("/courses/",),
    "catalogue, nothing found": ("/courses/?q=xyzzy&sector=health",),
    "outline, national": ("/courses/{national}/", open_everything),
    "outline, small": ("/courses/{course}/",),
    "verify": ("/verify/",),
    "verify, empty": ("/verify/", send),
    "verify, slip of typing": ("/verify/", mistype),
    "verify, never issued": ("/verify/", look_up),
    "verify, in force": ("/v/{in_force_code}/",),
    "verify, expired": ("/v/{expired_code}/",),
    "verify, replaced": ("/v/{replaced_code}/",),
    "verify, withdrawn": ("/v/{withdrawn_code}/",),
    "verify, in error": ("/v/{error_code}/",),
    "verify, specimen": ("/v/{specimen_code}/",),
    "verify, too often": ("/verify/", guess_often),
    "missing": ("/no-such-page/",),
    "without a network": ("/offline/",),
    "broken": ("/", our_fault),
    "sign in": ("/accounts/login/",),
    "sign in, empty": ("/accounts/login/", send),
    "form too old": ("/accounts/login/", send_from_nowhere),
    "sign up": ("/accounts/signup/",),
    "sign up, empty": ("/accounts/signup/", send),
    "reset": ("/accounts/password/reset/",),
    "reset, empty": ("/accounts/password/reset/", send),
    "check your mail, reset": ("/accounts/password/reset/done/",),
    "check your mail, sign up": ("/accounts/confirm-email/",),
    "reset link": ("/accounts/password/reset/key/{reset_key}/",),
    "reset link, empty": ("/accounts/password/reset/key/{reset_key}/", send),
    "reset link, old": ("/accounts/password/reset/key/1-old/",),
    "reset finished": ("/accounts/password/reset/key/done/",),
    "confirm": ("/accounts/confirm-email/{confirm_key}/",),
    "confirm, old": ("/accounts/confirm-email/old/",),
    "switched off": ("/accounts/inactive/",),
    "second step at the door": ("/accounts/login/", sign_in_with_a_second_step),
}
OWN = {
    "home, new": ("new", "/"),
    "home, waiting": ("waiting", "/"),
    "home, in progress": ("studying", "/"),
    "home, completed": ("holder", "/"),
    "home, focal point": ("focal_point", "/"),
    "no record": ("bare", "/my/record/"),
    "card": ("new", "/card/"),
    "catalogue": ("studying", "/courses/"),
    "outline, new": ("new", "/courses/{course}/"),
    "outline, in progress": ("studying", "/courses/{course}/", open_everything),
    "outline, national": ("waiting", "/courses/{national}/", open_everything),
    "outline, completed": ("holder", "/courses/{course}/"),
    "outline, asked for": ("studying", "/courses/{request}/"),
    "outline, ask": ("new", "/courses/{request}/"),
    "outline, assigned": ("new", "/courses/{assignment}/"),
    "outline, no person": ("bare", "/courses/{course}/"),
    "lesson": ("studying", "/courses/{course}/every-kind/"),
    "lesson, opened": ("studying", "/courses/{course}/every-kind/", open_everything),
    "lesson, done": ("taker", "/courses/{course}/second/"),
    "start": ("studying", "/quizzes/{check}/start/"),
    "start, pre-test": ("studying", "/quizzes/{pretest}/start/"),
    "start, too early": ("studying", "/quizzes/{final}/start/"),
    "start, final": ("critical", "/quizzes/{final}/start/"),
    "start, final without answer": ("critical", "/quizzes/{final}/start/", send),
    "start, name asked for": ("ready", "/quizzes/{final}/start/"),
    "start, completed": ("holder", "/quizzes/{final}/start/"),
    "question, single": ("taker", "/attempts/{open_test}/1/", open_everything),
    "question, multiple": ("taker", "/attempts/{open_test}/2/"),
    "question, true or false": ("taker", "/attempts/{open_test}/3/"),
    "question, rows without an answer": ("taker", "/attempts/{open_kinds}/1/", send),
    "question, written": ("taker", "/attempts/{open_kinds}/2/"),
    "question, parts without an answer": ("taker", "/attempts/{open_kinds}/3/", send),
    "question, feedback on parts": ("taker", "/attempts/{open_kinds}/4/"),
    "question, practice": ("taker", "/attempts/{open_check}/3/"),
    "question, final": ("in_final", "/attempts/{open_final}/1/"),
    "question, error": ("taker", "/attempts/{open_test}/2/", send),
    "question, from the answers": ("taker", "/attempts/{open_test}/3/?from=review"),
    "question, feedback right": ("taker", "/attempts/{open_check}/1/"),
    "question, feedback wrong": ("taker", "/attempts/{open_check}/2/"),
    "answers, gaps": ("taker", "/attempts/{open_test}/review/"),
    "answers, confirm": ("taker", "/attempts/{open_test}/review/", send),
    "answers, complete": ("full", "/attempts/{full_test}/review/"),
    "result, pre-test": ("taker", "/attempts/{pretest_done}/result/"),
    "result, failed": ("failed", "/attempts/{lost_test}/result/"),
    "result, critical": ("critical", "/attempts/{lost_final}/result/"),
    "result, passed": ("holder", "/attempts/{passed}/result/"),
    "record, empty": ("new", "/my/record/"),
    "record, in progress": ("studying", "/my/record/"),
    "record, certificate on its way": ("expecting", "/my/record/"),
    "record, certificates": ("holder", "/my/record/"),
    "name": ("new", "/my/record/name/"),
    "name, empty": ("new", "/my/record/name/", send),
    "name, of a certificate": ("holder", "/my/record/name/?certificate={in_force_number}"),
    "certificate": ("holder", "/certificates/{in_force_number}/"),
    "certificate, replaced": ("holder", "/certificates/{replaced_number}/"),
    "certificate, withdrawn": ("holder", "/certificates/{withdrawn_number}/"),
    "certificate, expired": ("holder", "/certificates/{expired_number}/"),
    "certificate, specimen": ("holder", "/certificates/{specimen_number}/"),
    "missing": ("studying", "/attempts/{open_test}/1/"),
    "forbidden": ("studying", "/admin/"),
    "abroad": ("new", "/help/"),
    "account": ("new", "/accounts/email/"),
    "account, empty": ("studying", "/accounts/email/", lambda tab: press(tab, "[name=action_add]")),
    "password": ("studying", "/accounts/password/change/"),
    "password, empty": ("studying", "/accounts/password/change/", send),
    "sessions": ("studying", "/accounts/sessions/"),
    "downloads": ("studying", "/my/downloads/"),
    "sign out": ("studying", "/accounts/logout/"),
    "second step, off": ("studying", "/accounts/2fa/"),
    "is it you": ("studying", "/accounts/reauthenticate/"),
    "is it you, with a code": ("guarded", "/accounts/2fa/reauthenticate/"),
    "second step, on": ("guarded", "/accounts/2fa/", prove_who),
    "app": ("full", "/accounts/2fa/totp/activate/", prove_who),
    "app, off": ("guarded", "/accounts/2fa/totp/deactivate/", prove_who),
    "codes": ("guarded", "/accounts/2fa/recovery-codes/", prove_who),
    "codes, new": ("guarded", "/accounts/2fa/recovery-codes/generate/", prove_who),
}
# What else than 200 a page answers.
REFUSALS = {"missing": 404, "forbidden": 403, "no record": 403}

# --- The people, and a tab for each -----------------------------------------------------


@pytest.fixture(scope="module")
def world(national):
    users, at = states.everybody()
    return {**users, "focal_point": national.focal_point}, at


@pytest.fixture(scope="module")
def tab_of(national, world):
    """tab_of("new"): the one tab of that person; None for a stranger."""
    opened = {}

    def tab_of(who):
        if who not in opened:
            opened[who] = new_tab(national.browser, national.server)
            if who is not None:
                let_in(opened[who], world[0][who], national.server)
        return opened[who]

    yield tab_of
    for tab in opened.values():
        tab.context.close()


@pytest.fixture(scope="module")
def titles():
    """{title: kind of page}, over all the pages seen."""
    return {}


def visit(tab_of, world, name, who, address, deed=None):
    tab = tab_of(who)
    tab.complaints.clear()
    answer = tab.goto(address.format(**world[1]))
    assert answer.status == REFUSALS.get(name, 200)
    if deed is not None:
        deed(tab)
    return tab


def assert_sound(tab):
    """Language, one title, one first heading, no heading left out, no identifier twice."""
    told = tab.evaluate(
        """() => ({
            lang: document.documentElement.lang,
            headings: [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(e => Number(e.tagName[1])),
            twice: [...document.querySelectorAll('[id]')].map(e => e.id)
                .filter((id, place, all) => all.indexOf(id) < place),
        })"""
    )
    assert told["lang"] == "en"
    assert told["twice"] == []
    levels = told["headings"]
    assert levels.count(1) == 1, levels
    # A summary of errors may stand before the first heading.
    steps = zip(levels[levels.index(1) :], levels[levels.index(1) + 1 :], strict=False)
    assert all(below <= above + 1 for above, below in steps), levels
    assert re.fullmatch(r"\S.* – Learning", tab.title()), tab.title()
    assert not TOPIC.search(tab.title()), tab.title()
    assert tab.complaints == []


def assert_title_of_its_own(tab, name, titles):
    kind = name.split(",")[0]
    title = re.sub(r"^Error: |\d+", "", tab.title())
    assert titles.setdefault(title, kind) == kind, f"{tab.title()} is also the title of: {titles[title]}"


# Where a wide window puts things elsewhere: beside each other, or into a menu.
LAID_OUT_ANEW = {
    "front",
    "catalogue",
    "lesson",
    "certificate",
    "account",
    "home, in progress",
    "outline, national",
    "card",
}


def widths_for(name):
    """One column stays one column: axe looks at it in a narrow window, where most can go wrong."""
    return (NARROWEST, WIDEST) if name in LAID_OUT_ANEW else (NARROWEST,)


# --- Tests ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PUBLIC)
def test_pages_for_everybody(world, tab_of, titles, name):
    tab = visit(tab_of, world, name, None, *PUBLIC[name])

    assert_sound(tab)
    assert_title_of_its_own(tab, "home" if name == "front" else name, titles)
    assert_good_page(tab, axe=widths_for(name))


@pytest.mark.parametrize("name", OWN)
def test_pages_of_the_person_signed_in(world, tab_of, titles, name):
    tab = visit(tab_of, world, name, *OWN[name])

    assert "/login/" not in tab.url
    assert_sound(tab)
    assert_title_of_its_own(tab, "help" if name == "abroad" else name, titles)
    assert_good_page(tab, axe=widths_for(name))


@pytest.fixture(scope="module")
def texts_seen():
    """Most lessons read the same in every sector: one look is enough."""
    return set()


@pytest.mark.parametrize("sector", ["police", "diplomatic", "health", "civil"])
def test_every_lesson_of_the_national_course(national, world, texts_seen, sector):
    page = CoursePage.objects.get(course__code=COURSE)
    reader = states.user(f"reader-{sector}", sector=sector)
    make_enrolment(reader.person, page.course)
    tab = new_tab(national.browser, national.server, viewport={"width": 320, "height": 740})
    let_in(tab, reader, national.server)

    for part in Standing(page, reader.person).outline.lessons:
        text = render_body(reading.lesson_page(part.page_id), sector=sector, post=None)
        if text in texts_seen:
            continue
        texts_seen.add(text)
        go(tab, reverse("lesson", args=[page.slug, part.slug]))
        open_everything(tab)
        assert_sound(tab)
        assert_no_sideways_scroll(tab)
        assert_axe_clean(tab)
    tab.context.close()
