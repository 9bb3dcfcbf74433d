"""What a trainee does in the browser, step by step, on a telephone."""

import re
import uuid

from courses.quizzes.models import Attempt
from tests.answering import form_of, right_answer, wrong_answer
from tests.browser import press
from tests.factories import PASSWORD

LONGEST_PATH = 120


class Trainee:
    """One tab of one trainee. `tab` is a Playwright page with the site as base address."""

    def __init__(self, tab):
        self.tab = tab

    def sign_up(self, *, name, email, agency, rank):
        tab = self.tab
        tab.goto("/accounts/signup/")
        tab.fill("[name=full_name]", name)
        tab.select_option("[name=agency]", label=agency)
        tab.fill("[name=rank]", rank)
        tab.fill("[name=email]", email)
        tab.fill("[name=password1]", PASSWORD)
        tab.fill("[name=password2]", PASSWORD)
        tab.click("main form button[type=submit]")

    def confirm_address(self, mail):
        link = re.search(r"https?://[^\s]+/accounts/confirm-email/[^\s]+", mail.body).group()
        self.tab.goto(re.sub(r"^https?://[^/]+", "", link))
        self.tab.click("main form button[type=submit]")

    def sign_in(self, email, own_device="yes"):
        tab = self.tab
        tab.goto("/accounts/login/")
        tab.fill("[name=login]", email)
        tab.fill("[name=password]", PASSWORD)
        tab.check(f"[name=own_device][value={own_device}]")
        tab.click("main form button[type=submit]")

    def start_course(self):
        self.tab.goto("/")
        press(self.tab, "text=See the course")
        press(self.tab, "text=Start this course")

    def go_on(self):
        """Press Continue; returns the address it leads to."""
        self.tab.goto("/courses/identify-refer-protect/continue/")
        return self.tab.url

    def study_until_final(self):
        """Read every lesson and pass every check, by the one way that Continue shows.

        Ends before the door of the final test, open or shut.
        """
        for _step in range(LONGEST_PATH):
            if "/quizzes/" in self.go_on():
                if "Final test" in self.tab.inner_text("h1"):
                    return
                press(self.tab)
                self.take(right=True)
            else:
                while self.tab.locator("text=Mark complete and continue").count():
                    press(self.tab, "text=Mark complete and continue")
        raise AssertionError(f"The path has no end: {self.tab.url}")

    def start_final(self):
        self.go_on()
        self.tab.check("[name=name][value=right]")
        press(self.tab)

    def attempt(self):
        """The attempt whose page is open."""
        return Attempt.objects.get(uuid=re.search(r"/attempts/([0-9a-f-]{36})/", self.tab.url).group(1))

    def take(self, *, right, answered=None):
        """Answer the attempt that is open from its first question on, or only the first `answered`, hand
        in, and stay on the result. With gaps, the site asks once more and names how many there are."""
        attempt, tab = self.attempt(), self.tab
        practice = attempt.quiz_edition.policy["review"] == "practice"
        for item in attempt.items.select_related("question_edition__question")[:answered]:
            assert tab.url.endswith(f"/attempts/{attempt.uuid}/{item.n}/")
            fill_in(tab, form_of(right_answer(item) if right else wrong_answer(item)))
            press(tab)
            if practice:
                assert tab.locator("#feedback").count() == 1
                press(tab, "main .btns a.btn")
        if answered is not None:
            tab.goto(f"/attempts/{attempt.uuid}/review/")
        press(tab)
        if answered is not None:
            assert f"{attempt.items.count() - answered} questions" in tab.inner_text("main")
            press(tab)
        return attempt


def fill_in(tab, fields):
    """The form of a question, as people fill it in. `fields` as of `form_of`."""
    for name, value in fields.items():
        if name.startswith("row-"):
            tab.select_option(f"main form select[name='{name}']", value)
        elif name == "text":
            tab.fill("main form input[name=text]", value)
        else:
            for option in filter(None, value):
                tab.check(f"main form input[name='{name}'][value='{option}']")


def fresh_email():
    return f"trainee-{uuid.uuid4().hex[:8]}@example.org"
