from django.db import models

from courses.people.models import Person


class Device(models.Model):
    """A browser that has spoken to `/sync/` for a person. What it still keeps, only it knows."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="devices")
    # Made up by the browser, and known to nobody else.
    name = models.CharField(max_length=40)
    first_heard_at = models.DateTimeField()
    last_heard_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["-last_heard_at"]
        constraints = [models.UniqueConstraint(fields=["person", "name"], name="one_device_per_name")]

    def __str__(self):
        return f"{self.person}: {self.name}"
