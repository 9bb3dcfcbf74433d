"""A wrong key that was put right, with a pass that stands and an attempt that waits for a colleague."""

from types import SimpleNamespace

from django.utils import timezone

from courses.choices import RepairChange, Role
from courses.questions.models import Question
from courses.quizzes import repairing
from tests.answering import take
from tests.factories import make_enrolment, make_person, make_quiz, make_user, single


def make_repair(course_page):
    """Three took a test of one question; one of them puts its key right, another proposal waits.

    Returns the `question`, the repair that is `done`, one `proposed`, and the rows `stands` and `left`.
    """
    at = timezone.now()
    quiz = make_quiz(course_page, [single()])
    actor = make_user(role=Role.FOCAL_POINT, person=make_person(full_name="Keyes Keeper"))
    for person in (make_person(full_name="Pat Passed"), actor.person):
        take(quiz, person, make_enrolment(person, course_page.course), at=at)
    question = Question.objects.get(home=str(quiz.translation_key))
    options = [option["id"] for option in question.editions.get().body["options"]]
    said = {"reason": "The second is right", "actor": actor, "at": at}
    done = repairing.propose(question, 1, {"right": [options[1]]}, **said)
    done = repairing.confirm(done.uuid, actor=actor, at=at)
    return SimpleNamespace(
        question=question,
        done=done,
        proposed=repairing.propose(question, 1, {"right": [options[2]]}, **said),
        stands=done.rows.get(change=RepairChange.STANDS, marking__isnull=False),
        left=done.rows.get(marking=None),
    )
