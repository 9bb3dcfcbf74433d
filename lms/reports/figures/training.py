"""Every training that somebody had, and every certificate given for one: what all figures are counted from.

Database views, not tables: nothing is stored twice, so nothing can disagree with the record. A row of
Training is one person who completed a course, attended a workshop or has an earlier certificate on record.
Place, rank and sex are as they were then (of an earlier certificate, as they are now). Records that were
merged are one person, and somebody who was signed in twice was there once.
"""

from datetime import datetime, time, timedelta

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certificates.models import Certificate, CertificateEvent
from courses.choices import CertificateVerb

COMPLETION, WORKSHOP, EARLIER = "completion", "workshop", "earlier"
KINDS = {
    COMPLETION: _("On line"),
    WORKSHOP: _("Workshop"),
    EARLIER: _("Earlier, or elsewhere"),
}


def _midnight(day):
    return timezone.make_aware(datetime.combine(day, time.min))


class EvidenceQuerySet(models.QuerySet):
    def with_month(self):
        """Adds `month`, the first moment of it in local time."""
        return self.annotate(month=TruncMonth("at"))

    def with_month_of(self, months):
        """Adds `month`, "2026-01" and so on, of these months that follow one another; "" of any other.

        By comparing: on SQLite, TruncMonth calls back into Python for every row.
        """
        after = (months[-1] + timedelta(days=32)).replace(day=1)
        ends = zip([*months[1:], after], months, strict=True)
        before = models.When(at__lt=_midnight(months[0]), then=models.Value(""))
        whens = [models.When(at__lt=_midnight(end), then=models.Value(f"{month:%Y-%m}")) for end, month in ends]
        text = models.CharField()
        return self.annotate(month=models.Case(before, *whens, default=models.Value(""), output_field=text))


class Evidence(models.Model):
    """What both have: whose it counts as, when, about what, and where the person stood then."""

    kind = models.CharField(max_length=10, choices=list(KINDS.items()))
    # Of a merged record, the person it was merged into.
    owner = models.ForeignKey("people.Person", models.DO_NOTHING, related_name="+")
    at = models.DateTimeField()
    title = models.CharField(max_length=200)
    # The course completed, or the one that the workshop teaches.
    course = models.ForeignKey("courses.Course", models.DO_NOTHING, null=True, related_name="+")
    workshop = models.ForeignKey("courses.Workshop", models.DO_NOTHING, null=True, related_name="+")
    agency = models.ForeignKey("people.Agency", models.DO_NOTHING, null=True, related_name="+")
    agency_name = models.CharField(max_length=200)
    sector_code = models.CharField(max_length=30)
    post_name = models.CharField(max_length=120)
    rank = models.CharField(max_length=120)
    # "female", "male" or "": not stated.
    sex = models.CharField(max_length=10)
    # Of a workshop; else "".
    district = models.CharField(max_length=20)
    funder = models.CharField(max_length=160)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        abstract = True
        managed = False
        ordering = ["at", "id"]

    def __str__(self):
        return f"{self.owner}: {self.title}"

    @property
    def kind_label(self):
        return KINDS[self.kind]


class OneTraining(Evidence):
    """`at`: when the course was completed, or the end of the workshop's last session."""

    # "c12", "w7", "e3": its kind and the key of the row it is read from.
    id = models.CharField(max_length=30, primary_key=True)
    # Spent on it. Hours that count once are reckoned by `hours`.
    minutes = models.IntegerField()
    # The course with which its hours count once; None: with none.
    same_as_course = models.ForeignKey("courses.Course", models.DO_NOTHING, null=True, related_name="+")

    class Meta(Evidence.Meta):
        abstract = True


class Training(OneTraining):
    """Of every kind."""

    class Meta(OneTraining.Meta):
        abstract = False
        db_table = "lms_training"


class Completed(OneTraining):
    """Of Training the courses completed. Read by themselves they come in the order of an index."""

    class Meta(OneTraining.Meta):
        abstract = False
        db_table = "lms_completed"


class Attended(OneTraining):
    """Of Training the workshops attended."""

    class Meta(OneTraining.Meta):
        abstract = False
        db_table = "lms_attended"


class Earlier(OneTraining):
    """Of Training the earlier certificates on record."""

    class Meta(OneTraining.Meta):
        abstract = False
        db_table = "lms_earlier"


# Whoever counts asks each of them by itself: through the union no aggregate of SQLite sees the tables.
EACH_KIND = (Completed, Attended, Earlier)


class CertifiedQuerySet(EvidenceQuerySet):
    def in_force(self, day):
        """What was in force at the end of this day, whatever became of it later."""
        # Moments, not dates of moments: on SQLite each of those calls back into Python.
        after = _midnight(day + timedelta(days=1))
        itself, withdrawn = OuterRef("pk"), CertificateVerb.WITHDRAWN
        return self.filter(
            Q(valid_until=None) | Q(valid_until__gte=day),
            ~Exists(CertificateEvent.objects.filter(certificate=itself, verb=withdrawn, at__lt=after)),
            ~Exists(Certificate.objects.filter(replaces=itself, issued_at__lt=after)),
            at__lt=after,
        )

    def lapsing(self, day, days):
        """In force on this day, and no longer after so many days."""
        return self.in_force(day).filter(valid_until__lt=day + timedelta(days=days))


class Certified(Evidence):
    """A certificate, with the place of the training it is for. `at`: when it was issued."""

    # That of the Certificate.
    id = models.BigIntegerField(primary_key=True)
    number = models.CharField(max_length=40)
    specimen = models.BooleanField()
    # It replaces another one.
    is_correction = models.BooleanField()
    valid_until = models.DateField(null=True)

    objects = CertifiedQuerySet.as_manager()

    class Meta(Evidence.Meta):
        abstract = False
        db_table = "lms_certified"


class Tested(Evidence):
    """Somebody with both tests of a course or a workshop. `at`: when the second was handed in; of a workshop,
    the end of its last session. Place and person as they were at the training, where it is on record.

    Scores of persons: what is shown of them are figures of five people or more.
    """

    # "c12", "w7": its kind and the key of the second attempt.
    id = models.CharField(max_length=30, primary_key=True)
    # The attempts that count: the first handed in of each test.
    first = models.ForeignKey("courses.Attempt", models.DO_NOTHING, related_name="+")
    second = models.ForeignKey("courses.Attempt", models.DO_NOTHING, related_name="+")
    # Points of 100 by the marking that counts.
    before = models.IntegerField()
    after = models.IntegerField()

    class Meta(Evidence.Meta):
        abstract = False
        db_table = "lms_tested"
