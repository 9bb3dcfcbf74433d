"""Every figure of people and training, with the words that define it. Whoever shows one takes it from here."""

from django.utils.translation import gettext_lazy as _

from lms.reports.figures.figure import MINUTES, PEOPLE, ROWS, Figure
from lms.reports.figures.training import EACH_KIND, Attended, Certified, Completed, Tested, Training

SOON = 90


def trainings(scope):
    return scope.within(Training.objects.all())


def trained(scope):
    """The same by kind."""
    return [scope.within(kind.objects.all()) for kind in EACH_KIND]


def trained_before(scope):
    return [kind.objects.filter(at__lt=scope.begins_at) for kind in EACH_KIND]


FIGURES = {
    figure.name: figure
    for figure in [
        Figure(
            "people",
            _("People trained"),
            _(
                "Everybody who completed a course, attended at least one session of a workshop, or has an "
                "earlier certificate on record, with a date in the period. Each person once, however often."
            ),
            PEOPLE,
            trained,
        ),
        Figure(
            "first-time",
            _("Trained for the first time"),
            _("Of the people trained, those with no training on record before the period began."),
            PEOPLE,
            trained,
            but=trained_before,
        ),
        Figure(
            "attendances",
            _("Attendances"),
            _(
                "Each person at each workshop, with at least one session attended. A workshop counts on its "
                "last day. Somebody at two workshops is two attendances."
            ),
            ROWS,
            lambda scope: scope.within(Attended.objects.all()),
            of=Attended,
        ),
        Figure(
            "completions",
            _("Courses completed"),
            _(
                "Each person who completed a course on line, on the day of its completion. A renewal counts "
                "again."
            ),
            ROWS,
            lambda scope: scope.within(Completed.objects.all()),
            of=Completed,
        ),
        Figure(
            "hours",
            _("Hours of training"),
            _(
                "Time of the sessions attended, the set time of the courses completed, and the hours of "
                "earlier certificates. Of a course and a workshop that taught the same, only the longer counts."
            ),
            MINUTES,
            trainings,
        ),
        Figure(
            "issued",
            _("Certificates issued"),
            _("Certificates issued in the period, corrected ones not counted again."),
            ROWS,
            lambda scope: scope.within(Certified.objects.filter(is_correction=False)),
            of=Certified,
        ),
        Figure(
            "in-force",
            _("Certificates in force"),
            _(
                "Certificates that at the end of the period (today, while it runs) were issued and neither "
                "withdrawn nor replaced nor past their date."
            ),
            ROWS,
            lambda scope: scope.in_place(Certified.objects.in_force(scope.day)),
            of=Certified,
        ),
        Figure(
            "certified",
            _("People with a certificate in force"),
            _(
                "Everybody with at least one certificate in force at the end of the period (today, while it "
                "runs)."
            ),
            PEOPLE,
            lambda scope: [scope.in_place(Certified.objects.in_force(scope.day))],
            of=Certified,
        ),
        Figure(
            "lapsing",
            _("Certificates that lapse within 90 days"),
            _("Of the certificates in force, those whose date comes within 90 days."),
            ROWS,
            lambda scope: scope.in_place(Certified.objects.lapsing(scope.day, SOON)),
            of=Certified,
        ),
        Figure(
            "tested",
            _("People with both tests"),
            _(
                "Everybody who handed in the pre-test of a course or a workshop and after it the final test or "
                "the post-test, the second with a date in the period. Of each test the first one handed in "
                "counts; of a course, both in one cycle. A workshop counts on its last day."
            ),
            PEOPLE,
            lambda scope: [scope.within(Tested.objects.all())],
            of=Tested,
        ),
    ]
}
