"""Putting many questions in order, and choosing some for a quiz, by hand."""

import pytest

from courses.choices import Role
from tests.browser import assert_axe_clean, go, let_in, press
from tests.factories import from_bank, make_bank_question, make_quiz, make_site, make_user, single

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_from_the_bank_into_a_quiz(open_tab, live_server):
    make_site()
    tab = open_tab(width=1280)
    let_in(tab, make_user(email="focal@example.org", role=Role.FOCAL_POINT), live_server)
    there, first, _second = (
        make_bank_question(single(f"{word} do you tell?")) for word in ("Whom", "What", "Why")
    )
    quiz = make_quiz(title="Check", questions=[from_bank(there)])

    go(tab, "/admin/snippets/courses/bankquestion/")
    tab.check(f"[name=row][value='{first.pk}']")
    press(tab, "button[value=classify]")
    assert "What do you tell?" in tab.inner_text("main")
    assert_axe_clean(tab)

    go(tab, f"/admin/pages/{quiz.pk}/edit/")
    press(tab, "text=Choose from the bank")
    assert "In this quiz already" in tab.inner_text("main")
    tab.check("[data-choose-page]")
    assert tab.inner_text("[data-count]") == "Add the questions ticked (2)"
    press(tab, "[data-count]")
    assert "2 questions were added at the end." in tab.inner_text(".messages")
    # The editor's script shows the blocks a moment later.
    tab.wait_for_selector("text=Why do you tell?")
