"""Mail to people about their own log-in. Neutral: no topic, no agency, no reason."""

from django.dispatch import receiver

from courses.mailing.models import Letter
from courses.mailing.posting import post, withdraw
from courses.people.visibility import same_as
from courses.signals import person_asked, person_decided, second_step_removed

DECISIONS = "approval:"
QUESTIONS = "question:"


@receiver(person_decided)
def tell_the_decision(sender, person, entry, at, **kwargs):
    # An earlier decision, or a question before it, that is still waiting to be sent is no longer so.
    for kind in (DECISIONS, QUESTIONS):
        withdraw(Letter.objects.filter(person__in=same_as(person), key__startswith=kind))
    template = f"people/mail/{person.approval}"
    post(f"{DECISIONS}{entry.pk}", template, at=at, person=person, always=True)


@receiver(person_asked)
def put_the_question(sender, question, reply_to, at, **kwargs):
    post(
        f"{QUESTIONS}{question.pk}",
        "people/mail/question",
        at=at,
        person=question.person,
        reply_to=reply_to,
        question=question.text,
    )


@receiver(second_step_removed)
def warn_of_the_removed_step(sender, user, entry, at, **kwargs):
    """If they did not ask for it, they must say so."""
    post(
        f"second-step:{entry.pk}",
        "people/mail/second_step_reset",
        at=at,
        person=user.person,
        address=user.email or "",
        always=True,
    )
