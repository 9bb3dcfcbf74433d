"""Every deed twice, by its verb and in the model, in any order."""

import copy
import json
import uuid
from datetime import UTC, datetime, timedelta

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from certificates import correcting
from certificates.models import Certificate
from courses.catalogue.gate import PublishRefused
from courses.choices import EnrolmentState
from courses.enrolment import enrolling
from courses.enrolment.models import Enrolment
from courses.people.models import Person
from courses.progress.recording import complete_lesson, evaluate
from courses.quizzes import attempts
from courses.quizzes.closing import close_overdue_attempts
from courses.quizzes.models import Attempt
from courses.quizzes.pages import QuizPage
from courses.quizzes.refusals import StartRefused
from tests.factories import make_person, publish
from tests.machine import model
from tests.machine.course import PEOPLE
from tests.machine.record import RecordAgrees

who = st.sampled_from(sorted(PEOPLE))
which = st.integers(0, 20)
quiz = st.sampled_from(["check", "final"])
edit = st.sampled_from(["correct_a_slip", "change_a_meaning", "change_a_key_quietly", "change_the_pass_mark"])
how = st.sampled_from(["right", "wrong", "partly", "unsure"])


def _outcome(deed, refusals, name):
    """(what it gives, None), or (None, the name of the refusal)."""
    try:
        return deed(), None
    except refusals as refusal:
        return None, name(refusal)


class Journeys(RecordAgrees, RuleBasedStateMachine):
    """Every deed twice: by the verb and in the model. `world` is made once, before the first example."""

    world = None

    def __init__(self):
        super().__init__()
        # What an example does is undone at its end.
        self.example = transaction.atomic()
        self.example.__enter__()
        journey, self.pages = self.world
        self.journey = copy.deepcopy(journey)
        self.people = {key: make_person(full_name=name) for key, name in PEOPLE.items()}
        self.now = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
        self.shown, self.printed = {}, {}
        # {(place of the attempt, n): (the form last sent, its answer)}
        self.sent = {}

    def teardown(self):
        transaction.set_rollback(True)
        self.example.__exit__(None, None, None)

    # --- How a deed is done twice -------------------------------------------------------

    def both(self, theirs, ours, refusals=()):
        """The model's deed, then ours at the same moment. Both refuse, for the same reason, or neither."""
        self.now += timedelta(minutes=1)
        expected, refused = _outcome(theirs, model.Refused, str)
        got, refused_for = _outcome(ours, refusals, lambda refusal: type(refusal).__name__)
        assert refused_for == refused
        return expected, got

    def person(self, key):
        return Person.objects.get(pk=self.people[key].pk)

    def enrolment(self, key):
        return Enrolment.objects.latest_of(self.person(key), self.pages["course"])

    def one_of(self, things, n):
        """The model's n-th thing and ours."""
        mine = {
            "attempts": Attempt.objects.select_related("person").order_by("pk"),
            "certificates": Certificate.objects.order_by("pk"),
        }
        known = getattr(self.journey, things)
        return known[n % len(known)], mine[things][n % len(known)]

    def studies(self):
        return [key for key in PEOPLE if self.journey.latest(key)]

    # --- Studying -----------------------------------------------------------------------

    @initialize(key=who)
    def somebody_enrols(self, key):
        self.enrol(key)

    @rule(key=who)
    def enrol(self, key):
        """Start; again, which does nothing; or renew."""
        self.both(
            lambda: self.journey.enrol(key),
            lambda: enrolling.enrol(self.person(key), self.pages["course"], actor=None, at=self.now),
        )

    @precondition(lambda self: self.studies())
    @rule(n=which)
    def leave(self, n):
        key = self.studies()[n % len(self.studies())]
        self.both(
            lambda: self.journey.leave(key, self.now),
            lambda: enrolling.end(self.enrolment(key), EnrolmentState.WITHDRAWN, actor=None, at=self.now),
        )

    @precondition(lambda self: self.studies())
    @rule(n=which, lesson=st.sampled_from(model.LESSONS))
    def do_lesson(self, n, lesson):
        key = self.studies()[n % len(self.studies())]
        if self.journey.latest(key).may_study:
            page = self.pages["lessons"][lesson]
            self.both(
                lambda: self.journey.read(key, lesson, self.now),
                lambda: complete_lesson(self.enrolment(key), page, actor=None, at=self.now),
            )

    @precondition(lambda self: self.studies())
    @rule(n=which, quiz=quiz, hows=st.lists(how, max_size=3), edit=st.none() | edit, hand_in=st.booleans())
    def take_a_test(self, n, quiz, hows, edit, hand_in):
        """Start or go on or take it again; answer the first questions; hand in, or leave it for later.

        Meanwhile, perhaps, an author publishes another edition.
        """
        attempt = self._start(self.studies()[n % len(self.studies())], quiz)
        if edit is not None:
            self.edit_and_publish(edit, quiz, n)
        if attempt is not None:
            for place, how in enumerate(hows[: len(attempt.asked)], 1):
                self._answer(attempt, place, how)
            if hand_in:
                self._submit(attempt)

    def _start(self, key, quiz):
        expected, got = self.both(
            lambda: self.journey.start(key, getattr(self.journey, quiz), self.now),
            lambda: attempts.start(
                self.pages[quiz],
                person=self.person(key),
                enrolment=self.enrolment(key),
                actor=None,
                at=self.now,
            ),
            StartRefused,
        )
        if expected is not None:
            assert list(Attempt.objects.order_by("pk")).index(got) == self.journey.attempts.index(expected)
        return expected

    @precondition(lambda self: self.journey.attempts)
    @rule(n=which, place=which, how=how, form=st.sampled_from(["new", "again"]), back=st.lists(how, max_size=2))
    def answer(self, n, place, how, form, back):
        """Answer, or post the last answer once more; then, perhaps, press Back and choose again."""
        attempt, _ours = self.one_of("attempts", n)
        place = place % len(attempt.asked) + 1
        self._answer(attempt, place, how, form)
        for other in back:
            self._answer(attempt, place, other, "back")

    def _answer(self, attempt, n, how, form="new"):
        place = self.journey.attempts.index(attempt)
        ours = Attempt.objects.select_related("person").order_by("pk")[place]
        form_uuid, answer = self.sent.get((place, n), (str(uuid.uuid4()), None))
        if form == "new":
            form_uuid = str(uuid.uuid4())
        if form != "again" or answer is None:
            answer = self.choice(attempt, n, how)
        self.sent[place, n] = form_uuid, answer
        payload = {"not_sure": True} if answer == model.UNSURE else {"chosen": sorted(answer)}
        event = {"uuid": form_uuid, "attempt": str(ours.uuid), "n": n, "payload": payload}
        expected, (outcome,) = self.both(
            lambda: self.journey.answer(attempt, n, answer, form_uuid, self.now),
            lambda: attempts.record_answers([event], person=ours.person, at=self.now),
        )
        assert outcome.status == expected

    def choice(self, attempt, n, how):
        question = attempt.quiz.questions[n - 1]
        right = question.rights[attempt.asked[n - 1].meaning]
        wrong = frozenset([option for option in question.options if option not in right][:1])
        return {
            "right": right,
            "wrong": wrong,
            "partly": frozenset(sorted(right)[:1]),
            "unsure": model.UNSURE,
        }[how]

    @precondition(lambda self: self.journey.attempts)
    @rule(n=which)
    def submit(self, n):
        """Hand in, with gaps or without, or once more."""
        self._submit(self.one_of("attempts", n)[0])

    def _submit(self, attempt):
        ours = Attempt.objects.select_related("person").order_by("pk")[self.journey.attempts.index(attempt)]
        self.both(
            lambda: self.journey.submit(attempt, self.now),
            lambda: attempts.submit(ours.uuid, person=ours.person, actor=None, at=self.now),
        )

    @precondition(lambda self: self.journey.attempts)
    @rule(n=which, everybody=st.booleans())
    def time_runs_out(self, n, everybody):
        """Somebody opens a page of an attempt; or the command runs for everybody."""
        if everybody:
            expected, got = self.both(
                lambda: self.journey.close_overdue(self.now), lambda: close_overdue_attempts(at=self.now)
            )
        else:
            attempt, ours = self.one_of("attempts", n)
            expected, got = self.both(
                lambda: self.journey.time_out(attempt, self.now),
                lambda: attempts.time_out(ours.uuid, at=self.now),
            )
        assert got == expected

    @precondition(lambda self: len(self.journey.completions) < 3)
    @rule(key=who)
    def study_to_the_end(self, key):
        """What chance alone would seldom do: everything, rightly."""
        self.enrol(key)
        for lesson in model.LESSONS:
            self.do_lesson(self.studies().index(key), lesson)
        for quiz in ("check", "final"):
            self.now += timedelta(hours=1)
            attempt = self._start(key, quiz)
            for n in range(1, len(attempt.asked) + 1) if attempt else ():
                self._answer(attempt, n, "right")
            if attempt:
                self._submit(attempt)

    @rule(time=st.sampled_from([timedelta(minutes=40), timedelta(days=20)]))
    def time_passes(self, time):
        """And completions are computed again, of which nothing comes."""
        self.now += time
        for enrolment in Enrolment.objects.all():
            evaluate(enrolment, actor=None, at=self.now)

    # --- Authors ------------------------------------------------------------------------

    def publish(self, quiz, place=0, changes=(), **fields):
        """Edit the question at `place`, or fields of the quiz, and publish."""
        page = QuizPage.objects.get(translation_key=self.pages[quiz.name])
        blocks = page.questions.get_prep_value()
        changes = dict(changes)
        right = changes.pop("right", None)
        for option in blocks[place]["value"]["options"] if right else ():
            option["value"]["right"] = option["id"] in right
        blocks[place]["value"].update(changes)
        page.questions = json.dumps(blocks)
        for name, value in fields.items():
            setattr(page, name, value)
        return publish(page)

    def other_right(self, question):
        """As many other options, the next ones."""
        start = question.options.index(sorted(question.right, key=question.options.index)[-1]) + 1
        around = question.options[start:] + question.options[:start]
        return frozenset(around[: len(question.right)])

    @rule(edit=edit, quiz=quiz, n=which)
    def edit_and_publish(self, edit, quiz, n):
        found = getattr(self.journey, quiz)
        place = n % len(found.questions)
        getattr(self, f"_{edit}")(found, place, found.questions[place], n)

    def _correct_a_slip(self, found, place, question, n):
        critical = n % 2 == 0
        stem = f"{question.stem.split(' ')[0]} {self.now:%j%H%M}"
        changes = {"stem": stem, "critical": critical, "change": "slip"}
        self.both(
            lambda: self.journey.correct_slip(found, question, stem, critical),
            lambda: self.publish(found, place, changes),
        )

    def _change_a_meaning(self, found, place, question, n):
        stem, right = f"Meant {self.now:%j%H%M}?", self.other_right(question)
        self.both(
            lambda: self.journey.change_meaning(found, question, stem, right),
            lambda: self.publish(found, place, {"stem": stem, "right": right, "change": "meaning"}),
        )

    def _change_a_key_quietly(self, found, place, question, n):
        right = self.other_right(question)
        self.both(
            lambda: self.journey.change_key(question, right),
            lambda: self.publish(found, place, {"right": right, "change": "slip"}),
            PublishRefused,
        )

    def _change_the_pass_mark(self, found, place, question, n):
        pass_mark = (30, 60, 100)[n % 3]
        self.both(
            lambda: self.journey.change_pass_mark(found, pass_mark),
            lambda: self.publish(found, pass_mark=pass_mark),
        )

    # --- Certificates -------------------------------------------------------------------

    @rule(key=who, name=st.sampled_from(["Constance St. Joseph", "Đặng Thị Ánh", "N. Prix"]))
    def rename(self, key, name):
        self.both(
            lambda: self.journey.rename(key, name),
            lambda: Person.objects.filter(pk=self.people[key].pk).update(full_name=name),
        )

    @precondition(lambda self: self.journey.certificates)
    @rule(n=which)
    def withdraw(self, n):
        certificate, ours = self.one_of("certificates", n)
        facts = {"public_reason": "error", "reason": "Ours"}
        self.both(
            lambda: self.journey.withdraw(certificate),
            lambda: correcting.withdraw(ours, **facts, actor=None, at=self.now),
            correcting.NotPossible,
        )

    @precondition(lambda self: self.journey.certificates)
    @rule(n=which)
    def correct(self, n):
        certificate, ours = self.one_of("certificates", n)
        self.both(
            lambda: self.journey.correct(certificate),
            lambda: correcting.correct(ours, reason="A slip", actor=None, at=self.now),
            correcting.NotPossible,
        )
