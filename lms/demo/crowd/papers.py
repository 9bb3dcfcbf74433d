"""Papers of each quiz, laid and marked by the product's own rules, from which invented attempts take theirs."""

import json
from dataclasses import dataclass

from courses.kinds import answering, kind_of
from courses.questions.models import QuestionKey
from courses.quizzes import marking, starting
from courses.quizzes.answers import sha256_of
from lms.demo.history import wrongly

VARIANTS = 4
# With what chance each question is answered rightly; the best sheet is without a fault.
SURE = (1.0, 0.95, 0.9, 0.8, 0.65, 0.5, 0.35)
# How often somebody who does not know says so.
UNSURE = 0.15


@dataclass(frozen=True)
class Sheet:
    """Answers to a paper, [(payload as text, its SHA-256), ...], and what they are worth."""

    answers: tuple
    score: int
    passed: bool
    details: str
    key_versions: str


@dataclass(frozen=True)
class Paper:
    """`items`: the columns of each AttemptItem but its attempt. `sheets`: from the weakest to the best."""

    edition: object
    items: tuple
    sheets: tuple

    def weak(self, rng):
        return rng.choice(self.sheets[: (len(self.sheets) + 1) // 2])

    def strong(self, rng):
        return rng.choice(self.sheets[len(self.sheets) // 2 :])

    def passed(self, rng):
        return rng.choice([sheet for sheet in self.sheets if sheet.passed] or self.sheets)

    def failed(self, rng):
        return rng.choice([sheet for sheet in self.sheets if not sheet.passed] or self.sheets)


class Papers:
    def __init__(self, rng):
        self.rng, self.known = rng, {}

    def of(self, quiz_key, sector):
        """One of some papers of this quiz for people of a sector."""
        if (quiz_key, sector) not in self.known:
            edition = starting.open_edition(quiz_key)
            self.known[quiz_key, sector] = [self._lay(edition, sector) for _ in range(VARIANTS)]
        return self.rng.choice(self.known[quiz_key, sector])

    def _lay(self, edition, sector):
        questions = starting.choose(edition, sector, set(), self.rng, edition.locale)
        placed = starting.placed_by_lot(questions, edition, self.rng)
        items = tuple(
            {
                "n": n,
                "question_edition_id": question.pk,
                "option_order": json.dumps(order),
                "critical": question.question.critical,
                "topic": question.question.topic,
                "module": question.question.module,
            }
            for n, (question, order) in enumerate(placed, 1)
        )
        keys = QuestionKey.objects.newest_for(questions)
        keys = {n: keys[one.question_id, one.meaning] for n, one in enumerate(questions, 1)}
        sheets = [self._sheet(edition, questions, keys, sure) for sure in SURE]
        return Paper(edition, items, tuple(sorted(sheets, key=lambda sheet: (sheet.passed, sheet.score))))

    def _sheet(self, edition, questions, keys, sure):
        asked = dict(enumerate(questions, 1))
        unsure = UNSURE if edition.may_be_unsure else 0
        answers = {n: self._answer(one, keys[n].key, sure, unsure) for n, one in asked.items()}
        result = marking.mark(
            [
                marking.Item(n, one.kind, one.body, one.question.topic, one.question.critical)
                for n, one in asked.items()
            ],
            answers,
            {n: key.key for n, key in keys.items()},
            edition.policy,
        )
        versions = {str(one.question.key): keys[n].version for n, one in asked.items()}
        return Sheet(
            answers=tuple((json.dumps(payload), sha256_of(payload)) for payload in answers.values()),
            score=result.score,
            passed=result.passed,
            details=json.dumps(result.details),
            key_versions=json.dumps(versions),
        )

    def _answer(self, edition, key, sure, unsure):
        kind = kind_of(edition.kind)
        if self.rng.random() < sure:
            payload = answering.right_payload(kind.ASKS, key["right"])
        elif self.rng.random() < unsure:
            payload = dict(answering.NOT_SURE)
        else:
            payload = wrongly(edition, key["right"], self.rng)
        return kind.check_payload(edition.body, payload)
