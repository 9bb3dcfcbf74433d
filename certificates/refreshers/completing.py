"""The check of a refresher is answered; passed, it renews."""

from django.db import transaction

from certificates.earned_on import fact_of
from certificates.refreshers.asking import mark
from certificates.refreshers.models import RefresherDone, RefresherTry
from certificates.refreshers.open import open_for
from certificates.refreshers.refusing import RefresherRefused
from courses.audit.log import record
from courses.catalogue.editions import current_edition
from courses.people.models import Person
from courses.progress.refreshing import renew_by_refresher


@transaction.atomic
def answer(call, person, chosen, *, actor, at):
    """Mark the answers; with all of them right the call is closed and the training renewed, course by course.

    `chosen`: {key of a question: id of an answer}. Returns the questions answered wrongly. Raises
    RefresherRefused("over") where the call asks nothing of this person, and "unanswered".
    """
    # Courses before people, where an edition of one has to be made: see enrolling.
    for called in open_for(person.counts_as, at=at).filter(call=call):
        current_edition(called.completion.enrolment.course, at=at)
    # The person's row is the lock: two presses are one completion.
    person = Person.objects.select_for_update(no_key=True).get(pk=person.counts_as.pk)
    rows = list(open_for(person, at=at).filter(call=call))
    if not rows:
        raise RefresherRefused("over")
    questions = list(call.questions.all())
    answers, wrong = mark(questions, chosen)
    tried = RefresherTry.objects.create(
        call=call,
        person=person,
        answers=answers,
        right=len(questions) - len(wrong),
        asked=len(questions),
        at=at,
    )
    if not wrong:
        for called in rows:
            _renew(called, tried, actor=actor, at=at)
        record("refresher completed", person, actor=actor, at=at, what=str(call))
    return wrong


def _renew(called, tried, *, actor, at):
    call = called.call
    refresher = {"call": str(call.uuid), "procedure": fact_of(call.edition)}
    renewed = renew_by_refresher(called.completion, refresher, minutes=call.minutes, actor=actor, at=at)
    RefresherDone.objects.create(called=called, passed_by=tried, renewed_by=renewed, at=at)
