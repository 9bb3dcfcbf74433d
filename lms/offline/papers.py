"""The papers of a course's tests that a device takes along, each drawn and pinned before."""

from collections import namedtuple

from django.urls import reverse

from courses.quizzes.preparing import ON_A_DEVICE, prepare
from courses.quizzes.refusals import StartRefused

# `quiz` and `attempt` are their keys, as pages and items name them.
Paper = namedtuple("Paper", "quiz attempt url")

# Of a paper as it is transferred: the page, and each of its questions.
PAGE_BYTES = 2800
QUESTION_BYTES = 390


def parts_with_papers(outline):
    """The quizzes on the path that a device may begin without a network."""
    return [part for part in outline.quizzes if part.purpose in ON_A_DEVICE]


def bytes_of_papers(outline):
    """About what all of them come to. Which questions are drawn is not known before."""
    return sum(map(_bytes_of, parts_with_papers(outline)))


def _bytes_of(part):
    return PAGE_BYTES + part.questions * QUESTION_BYTES


def prepare_all(standing, *, person, device, actor, at):
    """The papers this device may begin, one for each such test on the path; one that is begun goes on.

    A test that could not be started now is left out. The same device is given the same papers again.
    """
    papers = []
    for part in parts_with_papers(standing.outline):
        quiz = standing.quizzes.get(part.key)
        uuid = quiz.open_uuid if quiz is not None else None
        if uuid is None:
            try:
                uuid = prepare(
                    part.key, person=person, enrolment=standing.enrolment, device=device, actor=actor, at=at
                ).uuid
            except StartRefused:
                continue
        papers.append(Paper(str(part.key), str(uuid), reverse("attempt_paper", args=[uuid])))
    return papers
