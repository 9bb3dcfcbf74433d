"""Everything is reached and done with the keyboard alone, in an order that makes sense."""

import pytest
from django.urls import reverse

from tests.answering import right_options
from tests.browser import go, let_in, new_tab, press, tab_order
from tests.journeys import states

pytestmark = [pytest.mark.browser, pytest.mark.same_everywhere]

TO_MAIN = "Skip to main content"
NAME = "Counter-Trafficking Learning\nGovernment of Saint Lucia"
MENU = ["Home", "Courses", "Workshops", "My record", "Help", "Account"]


@pytest.fixture(scope="module")
def page(national):
    return states.small_course()


@pytest.fixture
def tab_for(national, live_database):
    opened = []

    def open_for(user, js=True):
        tab = new_tab(national.browser, national.server, java_script_enabled=js)
        opened.append(tab)
        if user is not None:
            let_in(tab, user, national.server)
        return tab

    yield open_for
    for tab in opened:
        assert tab.complaints == []
        tab.context.close()


def focused(tab):
    """Tag, name or words of what has the focus."""
    return tab.evaluate(
        """() => { const e = document.activeElement;
            return [e.tagName.toLowerCase(), e.id || e.name || e.className || e.innerText.trim()] }"""
    )


def assert_focus_on_error(tab):
    """The browser gives the focus when it first draws the page, which may be after it has loaded."""
    tab.wait_for_selector(".err:focus")


def is_seen(tab):
    """Whether what has the focus is in the window, not under the strip, and marked."""
    return tab.evaluate(
        """() => { const e = document.activeElement, box = e.getBoundingClientRect();
            const shown = e.matches('.opt-l input') ? e.closest('label') : e;
            const ring = [e, shown].some(one => { const style = getComputedStyle(one);
                return style.outlineStyle !== 'none' || style.boxShadow !== 'none' });
            const at = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
            return ring && at !== null && (shown.contains(at) || at.contains(e)) }"""
    )


def press_until(tab, what, most=40):
    """Press Tab until the thing with this id, name or text has the focus."""
    for _ in range(most):
        tab.keyboard.press("Tab")
        if focused(tab)[1] == what or tab.evaluate("document.activeElement.innerText") == what:
            return
    pytest.fail(f"The keyboard does not reach {what}")


# --- Order ------------------------------------------------------------------------------


def before_main(order):
    """What comes before the page's own part, less the numbers to call, which the directory gives."""
    return [name for name in order if not name.startswith(("Report trafficking", "Emergency"))]


def test_signing_in(tab_for):
    tab = tab_for(None)
    go(tab, reverse("account_login"))
    order = tab_order(tab)

    assert order[0] == TO_MAIN
    own = order[order.index("login") :]
    # A group of choices is one stop.
    assert own[:5] == ["login", "password", "own_device", "Sign in", "Forgotten your password?"]


def test_home_continue_is_the_first_thing_after_the_menu(tab_for, page):
    learner, _ = states.enrolled("keys-home", page, done=page.lessons[:1])
    tab = tab_for(learner)
    go(tab, "/")

    order = before_main(tab_order(tab))

    first = [TO_MAIN, NAME, *MENU, "Continue", "Course outline"]
    assert order[: len(first)] == first


def test_a_lesson_from_the_way_back_to_the_way_on(tab_for, page):
    learner, _ = states.enrolled("keys-lesson", page)
    tab = tab_for(learner)
    go(tab, reverse("lesson", args=[page.slug, "every-kind"]))

    order = before_main(tab_order(tab, 80))

    first = [TO_MAIN, NAME, *MENU, "Course outline"]
    assert order[: len(first)] == first
    places = [order.index(words) for words in ("a link", "Listen", "Promise", "Mark complete and continue")]
    assert places == sorted(places)
    assert order[places[-1] + 1] == "Save and come back later"


def test_a_question_its_answers_then_the_buttons(tab_for, page):
    learner, enrolment = states.enrolled("keys-question", page)
    attempt = states.started(page.test, learner, enrolment)
    tab = tab_for(learner)
    go(tab, reverse("attempt_question", args=[attempt.uuid, 1]))

    order = before_main(tab_order(tab))

    own = order[order.index("a") :]
    assert own[:4] == ["a", "Save and continue", "Save and come back later", "See all 3 questions"]


@pytest.mark.parametrize("width", [320, 1200])
def test_the_focus_is_always_seen(tab_for, page, width):
    learner, enrolment = states.enrolled(f"keys-seen-{width}", page)
    attempt = states.started(page.test, learner, enrolment)
    tab = tab_for(learner)
    tab.set_viewport_size({"width": width, "height": 740})

    for address in ["/", reverse("attempt_question", args=[attempt.uuid, 2]), reverse("my_record"), "/help/"]:
        go(tab, address)
        for _ in range(30):
            tab.keyboard.press("Tab")
            if focused(tab)[0] == "body":
                break
            assert is_seen(tab), (address, focused(tab))


# --- Doing ------------------------------------------------------------------------------


@pytest.mark.parametrize("js", [True, False], ids=["script", "no script"])
def test_a_whole_test_is_taken_by_keyboard_alone(tab_for, page, js):
    """One question of each kind, the answers checked, handed in: no mouse, no touch."""
    learner, enrolment = states.enrolled(f"keys-all-{js}", page)
    attempt = states.started(page.test, learner, enrolment)
    keys = {item.n: right_options(item) for item in attempt.items.select_related("question_edition")}
    tab = tab_for(learner, js=js)
    go(tab, reverse("attempt", args=[attempt.uuid]))

    for n, kind in [(1, "radio"), (2, "checkbox"), (3, "radio")]:
        assert tab.title().startswith(f"Question {n} of 3")
        options = tab.eval_on_selector_all("main input[name=a]", "all => all.map(one => one.value)")
        press_until(tab, "o1")
        if kind == "radio":
            if options.index(keys[n][0]) == 0:
                tab.keyboard.press("Space")
            for _ in range(options.index(keys[n][0])):
                tab.keyboard.press("ArrowDown")
        else:
            for value in options:
                if value in keys[n]:
                    tab.keyboard.press("Space")
                tab.keyboard.press("Tab")
        press_until(tab, "Save and continue")
        with tab.expect_navigation():
            tab.keyboard.press("Enter")

    assert tab.title().startswith("Check your answers")
    press_until(tab, "Hand in your answers")
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    assert "3 of 3 (100 %)" in tab.inner_text("main")


@pytest.mark.parametrize("js", [True, False], ids=["script", "no script"])
def test_the_focus_goes_to_what_is_wrong_and_from_there_to_the_field(tab_for, page, js):
    learner, enrolment = states.before_the_final(f"keys-error-{js}", page)
    attempt = states.started(page.check, learner, states.make.make_enrolment(learner.person, page.course))
    tab = tab_for(learner, js=js)
    for address, first_field in [
        (reverse("attempt_question", args=[attempt.uuid, 1]), "o1"),
        (reverse("quiz_start", args=[page.final.translation_key]), "name-right"),
        (reverse("name_correction"), "id_wanted"),
    ]:
        go(tab, address)
        press(tab)
        assert_focus_on_error(tab)
        tab.keyboard.press("Tab")
        assert focused(tab)[0] == "a"
        tab.keyboard.press("Enter")
        assert focused(tab)[1] == first_field or tab.evaluate("location.hash") == f"#{first_field}"


@pytest.mark.parametrize("js", [True, False], ids=["script", "no script"])
def test_the_focus_goes_to_what_is_wrong_when_signing_in(tab_for, js):
    tab = tab_for(None, js=js)
    go(tab, reverse("account_login"))
    press(tab)

    assert_focus_on_error(tab)


def test_the_skip_link_shows_itself_and_skips(tab_for, page):
    learner, _ = states.enrolled("keys-skip", page)
    tab = tab_for(learner)
    go(tab, "/")

    tab.keyboard.press("Tab")
    assert focused(tab)[1] == "skip"
    assert is_seen(tab)
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_gaps_are_told_first_when_handing_in(tab_for, page):
    learner, enrolment = states.enrolled("keys-gaps", page)
    attempt = states.started(page.test, learner, enrolment)
    tab = tab_for(learner)
    go(tab, reverse("attempt_review", args=[attempt.uuid]))
    press_until(tab, "Hand in your answers")
    with tab.expect_navigation():
        tab.keyboard.press("Enter")

    tab.wait_for_selector(".note:focus")
    assert "3 questions are not answered" in tab.inner_text(".note:focus")
