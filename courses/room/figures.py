"""The figures of a workshop, for its own pages and for every report: read here, reckoned in `reckoning`.

Whoever needs a figure asks here, so that two reports never say two things.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from courses.choices import AttemptState, RoomTestWhen
from courses.kinds import kind_of
from courses.questions.models import QuestionKey
from courses.questions.stems import situation_and_question
from courses.quizzes import answers
from courses.quizzes.models import AnswerEvent, AttemptItem, Marking
from courses.room import reckoning
from courses.room.models import RoomAttempt, SurveyReply
from courses.room.survey import STATEMENTS

BEFORE, AFTER = RoomTestWhen.BEFORE.value, RoomTestWhen.AFTER.value


@dataclass
class TestFigures:
    """What the two tests of a workshop came to."""

    # Not a test of ours.
    __test__ = False

    gain: reckoning.Gain
    # How many have handed in.
    n_before: int
    n_after: int
    questions: list = field(default_factory=list)
    misconceptions: list = field(default_factory=list)
    # Which test the misconceptions are from.
    of: str = AFTER


@dataclass
class QuestionFigures:
    text: str
    module: str
    topic: str
    before: reckoning.Share | None
    after: reckoning.Share | None


@dataclass
class MisconceptionFigures:
    question_key: object
    home: str
    text: str
    # What was asked about: a part of a case, a line to be matched, or "".
    place: str
    answer: str
    module: str
    topic: str
    objective: str
    share: reckoning.Share


def test_scores(workshops, when):
    """{registration id: score of 100} of everybody who handed in this test, also for a certificate's rule."""
    rows = _handed_in(workshops, when)
    scores = _scores([attempt for _registration, attempt in rows])
    return {registration: scores[attempt] for registration, attempt in rows}


def _handed_in(workshops, when):
    """[(registration id, attempt id), ...]"""
    rows = RoomAttempt.objects.filter(
        registration__workshop__in=workshops, when=when, attempt__state=AttemptState.SUBMITTED
    )
    return list(rows.order_by("pk").values_list("registration_id", "attempt_id"))


def _scores(attempt_ids):
    """{attempt id: score of the marking that counts}"""
    rows = Marking.objects.filter(attempt__in=attempt_ids).order_by("n").values_list("attempt_id", "score")
    return dict(rows)


def gain_of(workshops):
    """The Gain over these workshops, of everybody with both tests. Three queries."""
    before, after = test_scores(workshops, BEFORE), test_scores(workshops, AFTER)
    return reckoning.gain((before[one], after[one]) for one in before if one in after)


def tests_of(workshops):
    """The TestFigures of these workshops, in a constant number of queries."""
    ids = {
        when: [attempt for _registration, attempt in _handed_in(workshops, when)] for when in (BEFORE, AFTER)
    }
    of = AFTER if ids[AFTER] else BEFORE
    sheets = _Sheets([*ids[BEFORE], *ids[AFTER]])
    shares = {when: reckoning.right_shares(sheets.marked(ids[when])) for when in ids}
    found = TestFigures(gain_of(workshops), len(ids[BEFORE]), len(ids[AFTER]), of=of)
    for question in sorted({*shares[BEFORE], *shares[AFTER]}, key=lambda one: sheets.editions[one].pk):
        found.questions.append(
            QuestionFigures(
                **sheets.about(question), before=shares[BEFORE].get(question), after=shares[AFTER].get(question)
            )
        )
    for one in reckoning.misconceptions(sheets.given(ids[of])):
        edition = sheets.editions[one.question]
        found.misconceptions.append(
            MisconceptionFigures(
                **sheets.about(one.question),
                question_key=edition.question.key,
                home=edition.question.home,
                objective=edition.question.objective,
                **sheets.words(edition, one.answer),
                share=one.share,
            )
        )
    return found


class _Sheets:
    """What these attempts asked, what was answered and how it was marked. Four queries.

    A question is known by (its id, its meaning): wordings that ask the same are one.
    """

    def __init__(self, attempt_ids):
        items = list(
            AttemptItem.objects.filter(attempt__in=attempt_ids).select_related("question_edition__question")
        )
        self.items = defaultdict(list)
        self.editions, self.asked = {}, {}
        for item in sorted(items, key=lambda item: item.question_edition_id):
            self.items[item.attempt_id].append(item)
            name = self._name(item)
            self.editions[name], self.asked[name] = item.question_edition, item
        events = AnswerEvent.objects.counting().filter(item__attempt__in=attempt_ids)
        self.answers = {pk: event.payload for pk, event in answers.that_count(events).items()}
        self.keys = QuestionKey.objects.newest_for(self.editions.values())
        self.fractions = {}
        rows = (
            Marking.objects.filter(attempt__in=attempt_ids).order_by("n").values_list("attempt_id", "details")
        )
        for attempt_id, details in rows:
            for row in details["items"]:
                self.fractions[attempt_id, row["n"]] = row["fraction"]

    def _name(self, item):
        return item.question_edition.question_id, item.question_edition.meaning

    def marked(self, attempt_ids):
        for attempt_id in attempt_ids:
            for item in self.items[attempt_id]:
                yield self._name(item), self.fractions[attempt_id, item.n]

    def given(self, attempt_ids):
        for attempt_id in attempt_ids:
            for item in self.items[attempt_id]:
                name = self._name(item)
                yield name, reckoning.wrong_answers(self.keys[name].key, self.answers.get(item.pk))

    def about(self, name):
        edition, item = self.editions[name], self.asked[name]
        situation, question = situation_and_question(kind_of(edition.kind), edition.body)
        # The question of a case is the same for all: what tells them apart is how they begin.
        text = situation[0] if situation and "parts" in edition.body else question
        return {"text": text, "module": item.module, "topic": item.topic}

    def words(self, edition, answer):
        """{"place", "answer"} in words."""
        place, option = answer
        asked = edition.body.get("rows", []) + edition.body.get("parts", [])
        about = next((one for one in asked if one["id"] == place), None)
        options = about["options"] if about and "options" in about else edition.body["options"]
        text = next((one["text"] for one in options if one["id"] == option), "")
        return {"place": about["text"] if about else "", "answer": text}


@dataclass
class SurveyFigures:
    """What may be known of the survey: `n` replies came, `shown` of them are in the totals."""

    n: int
    on_paper: int
    shown: int
    marks: dict
    helped: list
    better: list


def survey_of(workshops):
    """The SurveyFigures of these workshops. Of replies that are not shown yet, nothing but their number."""
    replies = SurveyReply.objects.filter(workshop__in=workshops)
    # By their keys, which are made anew by lot: no order of arrival.
    shown = list(replies.filter(is_shown=True).order_by("pk"))
    return SurveyFigures(
        n=replies.count(),
        on_paper=replies.filter(on_paper=True).count(),
        shown=len(shown),
        marks=reckoning.totals([one.marks for one in shown], list(STATEMENTS)),
        helped=sorted(one.helped for one in shown if one.helped),
        better=sorted(one.better for one in shown if one.better),
    )
