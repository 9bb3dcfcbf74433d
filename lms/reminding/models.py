from django.db import models

from courses.append_only import AppendOnly
from courses.mailing.models import Letter
from courses.people.models import Person


class Reminder(AppendOnly):
    """Somebody was reminded of something: once for each key, in one letter with other things."""

    # See `rules.Item`.
    key = models.CharField(max_length=120, unique=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="reminders")
    letter = models.ForeignKey(Letter, models.PROTECT, related_name="reminders")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]

    def __str__(self):
        return self.key
