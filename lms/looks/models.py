"""Who looked at whose personal data. Once a day for each page, so that the list stays readable."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.append_only import AppendOnly
from courses.people.models import Person
from courses.people.visibility import OfPersonAppendOnly
from lms.looks.places import Place


class Look(AppendOnly):
    # By the clock of the country.
    day = models.DateField(_("day"), db_index=True)
    # The first time on that day.
    at = models.DateTimeField(_("when"))
    # The name stays when the log-in is gone; no foreign key to a log-in.
    actor_id = models.BigIntegerField()
    actor_name = models.CharField(_("who"), max_length=200)
    # Whose record; None of a list of many.
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="looks", verbose_name=_("person")
    )
    place = models.CharField(_("at what"), max_length=20, choices=Place.choices)

    objects = OfPersonAppendOnly.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "actor_id", "day", "place"],
                condition=models.Q(person__isnull=False),
                name="one_look_a_day",
            ),
            models.UniqueConstraint(
                fields=["actor_id", "day", "place"],
                condition=models.Q(person=None),
                name="one_look_at_a_list_a_day",
            ),
        ]
        verbose_name = _("look at personal data")
        verbose_name_plural = _("looks at personal data")

    def __str__(self):
        return f"{self.actor_name}: {self.get_place_display()}"
