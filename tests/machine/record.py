"""What holds after every deed: the record says what the model says, and what was written stays."""

import hashlib

from django.db.models import Count
from hypothesis.stateful import invariant

from certificates.models import Certificate
from courses.choices import AttemptState
from courses.enrolment.models import Enrolment
from courses.progress.models import Completion, LessonDone
from courses.quizzes.models import AnswerEvent, Attempt, Marking, QuizEdition
from courses.quizzes.showing import show_again
from tests.machine import model


class RecordAgrees:
    """Compares `self.journey`, the model, with the database.

    `people` and `pages` lead from the model's names to rows; `shown` and `printed` remember
    what was seen before.
    """

    @invariant()
    def record_agrees(self):
        self.enrolments_and_lessons_agree()
        self.attempts_and_scores_agree()
        self.one_open_attempt_and_one_marking_each()
        self.editions_agree()
        self.completions_agree()
        self.certificates_agree()

    def enrolments_and_lessons_agree(self):
        keys = {page.translation_key: name for name, page in self.pages["lessons"].items()}
        for key in self.people:
            mine = Enrolment.objects.filter(person=self.people[key]).order_by("cycle")
            assert [(row.cycle, row.state) for row in mine] == [
                (cycle.n, cycle.state) for cycle in self.journey.cycles[key]
            ]
            for row, cycle in zip(mine, self.journey.cycles[key], strict=True):
                done = LessonDone.objects.filter(enrolment=row).values_list("lesson_key", flat=True)
                assert sorted(keys[lesson] for lesson in done) == sorted(cycle.lessons)

    def attempts_and_scores_agree(self):
        ours = list(Attempt.objects.with_latest_marking().select_related("quiz_edition").order_by("pk"))
        assert [
            (row.person_id, row.quiz_key, row.cycle, row.deadline, row.submitted_at, row.score, row.passed)
            for row in ours
        ] == [
            (
                self.people[attempt.person].pk,
                self.pages[attempt.quiz.name],
                attempt.cycle.n,
                attempt.deadline,
                attempt.submitted_at,
                attempt.score,
                attempt.passed,
            )
            for attempt in self.journey.attempts
        ]
        for row, attempt in zip(ours, self.journey.attempts, strict=True):
            self.what_was_asked_and_answered_agrees(row, attempt)

    def what_was_asked_and_answered_agrees(self, row, attempt):
        items = list(row.items.select_related("question_edition__question").order_by("n"))
        editions = [item.question_edition for item in items]
        assert [
            model.Asked(str(e.question.key), e.meaning, e.slip, e.body["stem"], item.critical)
            for e, item in zip(editions, items, strict=True)
        ] == attempt.asked
        assert AnswerEvent.objects.filter(item__attempt=row).count() == attempt.kept
        shown = show_again(row)
        for n, item in enumerate(shown, 1):
            answer = attempt.answers.get(n)
            chosen = {option["id"] for option in item["options"] if option["chosen"]}
            assert (item["answered"], item["unsure"]) == (answer is not None, answer == model.UNSURE)
            assert chosen == (set() if answer in (None, model.UNSURE) else answer)
        self.nothing_shown_changes(row, shown)

    def nothing_shown_changes(self, row, shown):
        """The wording and order from the start; everything from the end."""
        words = [
            (item["question"], [(option["id"], option["text"]) for option in item["options"]]) for item in shown
        ]
        assert self.shown.setdefault((row.pk, "words"), words) == words
        if row.is_submitted:
            assert self.shown.setdefault((row.pk, "all"), shown) == shown

    def one_open_attempt_and_one_marking_each(self):
        opened = Attempt.objects.filter(state=AttemptState.OPEN).values("person", "quiz_key", "cycle")
        assert not opened.annotate(many=Count("pk")).filter(many__gt=1).exists()
        submitted = Attempt.objects.filter(state=AttemptState.SUBMITTED)
        assert list(Marking.objects.order_by("attempt").values_list("attempt", "n")) == [
            (attempt.pk, 1) for attempt in submitted.order_by("pk")
        ]

    def editions_agree(self):
        newest = QuizEdition.objects.newest([self.pages["check"], self.pages["final"]])
        for quiz in (self.journey.check, self.journey.final):
            edition = newest[self.pages[quiz.name]]
            assert (edition.n, edition.policy["pass_mark"]) == (quiz.edition, quiz.pass_mark)
            assert [(item["question"], item["meaning"], item["slip"]) for item in edition.items] == [
                (question.key, question.meaning, question.slip) for question in quiz.questions
            ]

    def completions_agree(self):
        ours = list(Completion.objects.select_related("enrolment").order_by("pk"))
        uuids = Attempt.objects.order_by("pk").values_list("uuid", flat=True)
        quizzes = {
            str(key): attempt.quiz.name for key, attempt in zip(uuids, self.journey.attempts, strict=True)
        }
        assert [
            (
                row.enrolment.person_id,
                row.enrolment.cycle,
                row.at,
                [(quizzes[attempt], score) for _key, _title, attempt, score in row.evidence["quizzes"]],
            )
            for row in ours
        ] == [
            (self.people[done.cycle.person].pk, done.cycle.n, done.at, done.evidence)
            for done in self.journey.completions
        ]

    def certificates_agree(self):
        day = model.local_day(self.now)
        ours = list(Certificate.objects.with_state(day).select_related("file").order_by("pk"))
        known = self.journey.certificates
        completions = list(Completion.objects.order_by("pk").values_list("pk", flat=True))
        places = {row.pk: place for place, row in enumerate(ours)}
        assert [
            (completions.index(row.completion_id), places.get(row.replaces_id), row.state, row.facts["name"])
            for row in ours
        ] == [
            (
                self.journey.completions.index(certificate.completion),
                known.index(certificate.replaces) if certificate.replaces else None,
                certificate.state(day, self.journey.months),
                certificate.name,
            )
            for certificate in known
        ]
        originals = [row.completion_id for row in ours if row.replaces_id is None]
        assert sorted(originals) == sorted(set(originals)) == completions
        in_force = [row.completion_id for row in ours if row.state == "in_force"]
        assert len(in_force) == len(set(in_force))
        assert len({row.number for row in ours}) == len(ours)
        for row in ours:
            content = bytes(row.file.pdf)
            kept = (row.number, row.facts, content, row.file.sha256)
            assert self.printed.setdefault(row.pk, kept) == kept
            assert hashlib.sha256(content).hexdigest() == row.file.sha256
