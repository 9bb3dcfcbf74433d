"""Mail to people about their own sign-up. Neutral: no topic, no agency, no reason."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation
from django_tasks import task

from courses.people.models import Person


@task()
def send_decision(person_id, decision):
    """Tell a person that they were approved or refused; nothing if that was changed since."""
    person = Person.objects.select_related("user").get(pk=person_id)
    user = getattr(person, "user", None)
    if user is None or not user.email or person.approval != decision:
        return
    with translation.override(person.language):
        context = {"person": person, "site_url": settings.SITE_URL}
        subject = render_to_string(f"people/mail/{decision}_subject.txt", context)
        body = render_to_string(f"people/mail/{decision}.txt", context)
    send_mail(" ".join(subject.split()), body, settings.DEFAULT_FROM_EMAIL, [user.email])
