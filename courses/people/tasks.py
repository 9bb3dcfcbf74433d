"""Mail to people about their own log-in. Neutral: no topic, no agency, no reason."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation
from django_tasks import task

from courses.people.models import Person, User


@task()
def send_decision(person_id, decision):
    """Tell a person that they were approved or refused; nothing if that was changed since."""
    person = Person.objects.select_related("user").get(pk=person_id)
    user = getattr(person, "user", None)
    if user is None or not user.email or person.approval != decision:
        return
    _send(user, decision)


@task()
def send_second_step_reset(user_id):
    """Tell somebody that the second step was taken away: if they did not ask, they must say so."""
    user = User.objects.select_related("person").get(pk=user_id)
    if user.email:
        _send(user, "second_step_reset")


def _send(user, letter):
    with translation.override(user.person.language if user.person else settings.LANGUAGE_CODE):
        context = {"person": user.person, "site_url": settings.SITE_URL}
        subject = render_to_string(f"people/mail/{letter}_subject.txt", context)
        body = render_to_string(f"people/mail/{letter}.txt", context)
    send_mail(" ".join(subject.split()), body, settings.DEFAULT_FROM_EMAIL, [user.email])
