from datetime import timedelta

from django.db import models

# The timers of deploy/systemd that do the site's own work, and how often they run.
TIMERS = {"tick": timedelta(minutes=10), "nightly": timedelta(days=1)}


class TimerRun(models.Model):
    """When a timer ran to its end last. Written by `timing.ran`."""

    name = models.CharField(max_length=20, unique=True)
    ran_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return f"{self.name}: {self.ran_at}"
