"""What fails with somebody in its hands, for test_nobody_is_named_in_the_log: views, a mail server, a task."""

from smtplib import SMTPRecipientsRefused

from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.urls import path
from django_tasks import task

from courses.people.models import Person, User
from lms import urls
from tests.canaries import EMAIL

handler500 = urls.handler500


def in_words(request, pk):
    person = Person.objects.get(pk=pk)
    raise LookupError(f"Nothing found for {person}\n{person.phone}, {person.service_number}")


def in_a_chain(request, pk):
    """Two errors, each with somebody in its words."""
    try:
        in_words(request, pk)
    except LookupError as error:
        raise ValueError(f"Not so: {error}") from error


def in_the_database(request, pk):
    """PostgreSQL quotes the row that it refuses."""
    with transaction.atomic():
        User.objects.create(username="another", email=EMAIL)


def in_a_value(request, pk):
    """Django quotes what it was given for a number."""
    Person.objects.filter(pk=Person.objects.get(pk=pk).full_name).exists()


urlpatterns = [
    *(path(f"fails/{view.__name__}/<int:pk>/", view) for view in (in_words, in_a_chain, in_a_value)),
    path("fails/in_the_database/<int:pk>/", in_the_database),
    *urls.urlpatterns,
]


class Refusing(BaseEmailBackend):
    """A mail server that quotes the addresses that it takes nothing for."""

    def send_messages(self, messages):
        refused = {to: (550, f"No {to} here".encode()) for message in messages for to in message.to}
        raise SMTPRecipientsRefused(refused)


@task()
def fails_for(pk):
    person = Person.objects.get(pk=pk)
    raise RuntimeError(f"Could not draw the sheet of {person}, {person.email}")
