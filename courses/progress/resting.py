"""What a completion rests on, once passes were taken back."""

from courses.choices import AttemptState
from courses.quizzes.models import Attempt
from courses.quizzes.repairs import PassTakenBack


def rests_on_nothing(completion):
    """Whether a test it rests on was passed by an attempt whose pass was taken back, and by no other. Two
    queries at most."""
    passes = [uuid for _key, _title, uuid, _score in completion.evidence.get("quizzes", ())]
    taken = PassTakenBack.objects.filter(attempt__uuid__in=passes).select_related("attempt")
    return any(not _passed_otherwise(each.attempt) for each in taken)


def _passed_otherwise(attempt):
    others = Attempt.objects.filter(
        enrolment=attempt.enrolment_id, quiz_key=attempt.quiz_key, state=AttemptState.SUBMITTED
    )
    return others.with_latest_marking().filter(passed=True).exists()
