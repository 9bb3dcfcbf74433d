"""Mail to people about their own log-in. Neutral: no topic, no agency, no reason."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django_tasks import task

from courses.choices import Approval
from courses.people.models import ApprovalQuestion, Person, User


@task()
def send_decision(person_id, decision):
    """Tell a person that they were approved or refused; nothing if that was changed since."""
    person = Person.objects.select_related("user").get(pk=person_id)
    if person.approval == decision:
        _send(person, decision)


@task()
def send_question(question_id, reply_to):
    """Ask a waiting person; nothing if they were decided about since."""
    question = ApprovalQuestion.objects.select_related("person__user").get(pk=question_id)
    if question.person.approval == Approval.PENDING:
        _send(question.person, "question", reply_to=reply_to, question=question.text)


@task()
def send_second_step_reset(user_id):
    """Tell somebody that the second step was taken away: if they did not ask, they must say so."""
    _send_to(User.objects.select_related("person").get(pk=user_id), "second_step_reset")


def _send(person, name, **facts):
    user = getattr(person, "user", None)
    if user is not None:
        _send_to(user, name, **facts)


def _send_to(user, name, *, reply_to="", **facts):
    if not user.email:
        return
    person = user.person
    with translation.override(person.language if person else settings.LANGUAGE_CODE):
        context = {"person": person, "site_url": settings.SITE_URL, "can_reply": bool(reply_to), **facts}
        subject = render_to_string(f"people/mail/{name}_subject.txt", context)
        body = render_to_string(f"people/mail/{name}.txt", context)
    EmailMessage(
        " ".join(subject.split()),
        body,
        settings.DEFAULT_FROM_EMAIL,
        [user.email],
        reply_to=[reply_to] if reply_to else None,
    ).send()
