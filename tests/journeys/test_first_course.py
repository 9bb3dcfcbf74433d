"""From an empty desk to a course that somebody takes: the focal point alone, counting her clicks."""

import PIL.Image
import pytest
from django.utils import timezone
from playwright.sync_api import expect

from courses.choices import Role
from courses.progress.models import Completion
from courses.questions.models import QuestionEdition
from courses.quizzes.models import Marking
from tests.answering import take
from tests.browser import let_in, press
from tests.factories import make_enrolment, make_index_page, make_person, make_small_course, make_user
from tests.journeys.study import Trainee

pytestmark = pytest.mark.browser

MOST_CLICKS = 60


class Author:
    """A tab that counts what is clicked. Typing, and Tab from field to field, are not clicks."""

    def __init__(self, tab):
        self.tab, self.clicks = tab, 0

    def click(self, what):
        self.clicks += 1
        self.tab.locator(what).first.click()

    def press(self, what):
        self.clicks += 1
        press(self.tab, self.tab.locator(what).first)

    def choose(self, what, value):
        self.clicks += 2  # opens the list, and chooses from it
        self.tab.select_option(what, value)

    def publish(self):
        self.click("footer [data-w-dropdown-target=toggle]")
        self.press("button[name=action-publish]")


@pytest.fixture
def photo(tmp_path):
    path = tmp_path / "harbour.png"
    PIL.Image.new("RGB", (800, 500), "#3b7d8c").save(path)
    return path


def test_from_an_empty_desk_to_a_course_that_is_taken(open_tab, live_server, photo):
    make_index_page()
    tab = open_tab(width=1280)
    let_in(tab, make_user(role=Role.FOCAL_POINT), live_server)
    author = Author(tab)

    # Drafts of a course, its first lesson and a check with five questions
    tab.goto("/admin/")
    author.press("main a:has-text('Write')")
    author.press("main a:has-text('Course')")
    tab.fill("[name=title]", "The first hour")
    author.click("[name=with_final]")
    author.press("main button:has-text('Make the draft')")

    # The lesson, with a picture
    tab.fill("[name=title]", "Who may need help")
    write_rich_text(author, 0, "Listen first. You do not have to be sure.")
    write_rich_text(author, 1, "Ask what the person needs now.")
    add_picture(author, photo)
    author.publish()

    # Five questions of three kinds
    author.press("main a:has-text('Check: First lesson')")
    write_questions(author)
    author.publish()

    # The course itself
    author.press("main a:has-text('The first hour')")
    author.publish()
    assert "It is live" in tab.inner_text("main")
    assert author.clicks <= MOST_CLICKS

    # A trainee takes it, on a telephone
    trainee = Trainee(open_tab())
    user = make_user()
    let_in(trainee.tab, user, live_server)
    trainee.start_course()
    trainee.tab.goto("/courses/the-first-hour/who-may-need-help/")
    shown = trainee.tab.locator("main img[alt='The harbour in the morning.']")
    shown.scroll_into_view_if_needed()
    assert shown.evaluate("one => one.decode().then(() => one.naturalWidth > 0)")
    press(trainee.tab, "text=Mark complete and continue")
    press(trainee.tab)
    attempt = trainee.take(right=True)
    kinds = [item.question_edition.kind for item in attempt.items.select_related("question_edition")]
    assert kinds == ["single"] * 3 + ["multiple", "true_false"]
    assert Completion.objects.filter(enrolment__person=user.person).exists()


def write_questions(author):
    tab = author.tab
    for n in range(5):
        tab.fill(f"[name=questions-{n}-value-stem]", f"Question {n + 1}: what comes first?")
    for n in range(4):
        for m, answer in enumerate(["Listen", "A quiet place", "Promise", "Photograph"]):
            tab.fill(f"[name=questions-{n}-value-options-{m}-value-text]", answer)
        author.click(f"[name=questions-{n}-value-options-0-value-right]")
    author.click("[name=questions-3-value-options-1-value-right]")
    author.choose("[name=questions-4-value-answer]", "true")


def write_rich_text(author, n, text):
    author.click(f".public-DraftEditor-content >> nth={n}")
    author.tab.keyboard.type(text)


def add_picture(author, photo):
    tab = author.tab
    author.click("[data-contentpath=body] .c-sf-add-button >> nth=-1")
    author.click("[role=option]:has-text('Picture')")
    author.click("button:has-text('Choose an image')")
    author.click(".modal a:has-text('Upload')")
    author.clicks += 2  # the computer's own window: a file, and “Open”
    tab.set_input_files(".modal [type=file]", photo)
    expect(tab.locator(".modal [name$=title] >> visible=true")).to_have_value("harbour")
    author.click(".modal button[type=submit]:has-text('Upload')")
    tab.wait_for_selector(".modal", state="detached")
    tab.fill("[name$=value-alt_text]", "The harbour in the morning.")


@pytest.fixture
def course():
    make_index_page()
    return make_small_course()


def test_a_slip_is_corrected_after_ten_attempts_and_no_result_moves(open_tab, live_server, course):
    now = timezone.now()
    for n in range(10):
        person = make_person()
        take(course.check, person, make_enrolment(person, course.course), at=now, right=n % 2 == 0)
    before = results()
    assert len(before) == 10
    tab = open_tab(width=1280)
    let_in(tab, make_user(role=Role.FOCAL_POINT), live_server)
    author = Author(tab)

    tab.goto(f"/admin/pages/{course.check.pk}/edit/")
    tab.fill("[name=questions-0-value-stem]", "What comes first, then?")
    tab.select_option("[name=questions-0-value-change]", "slip")
    author.publish()
    # Ten people did it: a slip asks none of them to do it again.
    author.press("a:has-text('Go on without this')")
    assert "It is live" in tab.inner_text("main")

    assert results() == before
    edition = QuestionEdition.objects.order_by("-pk").first()
    assert (edition.body["stem"], edition.meaning, edition.slip) == ("What comes first, then?", 1, 1)


def results():
    return sorted(Marking.objects.values_list("attempt", "n", "score", "passed", "at"))


def test_a_colleague_comments_and_the_author_reads_it(open_tab, live_server, course):
    lesson = course.lesson_pages[0]
    colleague, author = open_tab(width=1280), open_tab(width=1280)
    for tab in (colleague, author):
        let_in(tab, make_user(role=Role.FOCAL_POINT), live_server)
        tab.goto(f"/admin/pages/{lesson.pk}/edit/")

    colleague.hover("#panel-child-content-summary-section")
    colleague.click("#panel-child-content-summary-section [data-comment-add]")
    colleague.fill(".comment__input", "Say what happens next.")
    colleague.click(".comment__actions button[type=submit]")
    press(colleague, "footer .action-save")

    author.reload()
    author.click("[data-side-panel-toggle=comments]")
    author.wait_for_selector(".comments-list >> text=Say what happens next.")
