"""Which parts of a course are done, in one place: a database view, as those of `training`."""

from django.db import models


class PartDone(models.Model):
    """A lesson done, a check or test passed, or either recognised. Count keys, each once."""

    # "l4", "r7", "a3": its kind and the key of the row it is read from.
    id = models.CharField(max_length=30, primary_key=True)
    enrolment = models.ForeignKey("courses.Enrolment", models.DO_NOTHING, related_name="parts_done")
    # The translation key of the lesson or the quiz.
    key = models.UUIDField()

    class Meta:
        managed = False
        db_table = "lms_part_done"
        ordering = ["id"]

    def __str__(self):
        return f"{self.enrolment_id}: {self.key}"
