"""Where people stop in a course: how many of those who began did each module, passed, and completed it.

People, not enrolments: whoever began twice has done what they did in either. A module is done when every
lesson and check of it is that stands on the person's path; what was completed counts as done throughout,
whatever the course has come to ask for since.
"""

from dataclasses import dataclass, field

from django.db.models import Count, Exists, FilteredRelation, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.catalogue import reading
from courses.catalogue.models import Course
from courses.choices import EnrolmentState, Purpose
from courses.enrolment.models import Enrolment
from courses.progress.models import LessonDone
from courses.progress.standing import Outlines
from courses.quizzes.models import Attempt
from lms.reports.figures.present import Crowd, here

WHO = Coalesce("person__merged_into_id", "person_id")
# A drop of more points than this, from one step to the next, is worth a look.
STEEP = 15
# Where fewer people than this did the step before, a drop is chance, and is not named.
LEAST = 5
DEFINITION = gettext_lazy(
    "Of the people who began the course in the period (opened it, or did anything in it): who did every lesson "
    "and check of the module that stands on their path, who passed the final test, and who completed the "
    "course. People, not enrolments. Where they work is that of today."
)
# Beside DEFINITION where losses are shown.
LOSSES = gettext_lazy(
    "What a step loses is that of the same people: a module for one sector is compared with what the people of "
    "that sector did before it. Where fewer than five did the step before, no loss is named."
)
STARTED, FINAL, COMPLETED = "started", "final", "completed"
ASKED = {
    EnrolmentState.ACTIVE, EnrolmentState.COMPLETED, EnrolmentState.UNDONE, EnrolmentState.WITHDRAWN
}  # fmt: skip


@dataclass
class Stage:
    """`needs`: {sector: keys of the parts that are to be done}; a sector that is not there is not asked."""

    name: str
    label: str
    needs: dict = field(default_factory=dict)
    people: int = 0
    of: int = 0
    # Of those who are asked for this step: how many did the last step before it that all of them are asked for.
    was: int = 0

    @property
    def share(self):
        """Whole per cent of those who were asked."""
        return round(self.people * 100 / self.of) if self.of else 0

    @property
    def lost(self):
        return max(0, self.was - self.people)

    @property
    def drop(self):
        """How many points below the step before, among the same people."""
        return round(self.lost * 100 / self.of) if self.of else 0

    @property
    def is_judged(self):
        """Whether enough people did the step before."""
        return self.was >= LEAST

    @property
    def is_steep(self):
        return self.is_judged and self.drop > STEEP


def course_of(scope):
    """The Course that is asked for, else the one with the most enrolments; None where there is none."""
    courses = Course.objects.all()
    if scope.course.isdigit():
        return courses.filter(pk=scope.course).first()
    return courses.annotate(n=Count("enrolments")).order_by("-n", "title").first()


def funnel(course, scope):
    """[Stage, ...]; empty while no page presents the course or nobody began it. Some four queries."""
    stages = _stages(course, scope)
    if not stages:
        return []
    wanted = {}
    for n, stage in enumerate(stages):
        wanted[f"n{n}"] = Count("who", distinct=True, filter=_reached(n, stage))
        wanted[f"of{n}"] = Count("who", distinct=True, filter=_asked(stage))
        before = _before(stages, n)
        same = _asked(stage) & _reached(before, stages[before])
        wanted[f"was{n}"] = Count("who", distinct=True, filter=same)
    found = _measured(course, scope, stages).aggregate(**wanted)
    for n, stage in enumerate(stages):
        stage.people, stage.of, stage.was = found[f"n{n}"], found[f"of{n}"], found[f"was{n}"]
    # A module that nobody's path has says nothing.
    return [stage for stage in stages if stage.of]


def crowd(course, name, scope):
    """The Crowd of those who reached the stage of this name; None where there is no such stage."""
    stages = _stages(course, scope)
    n = next((n for n, stage in enumerate(stages) if stage.name == name), None)
    if n is None:
        return None

    def people(scope):
        reached = _measured(course, scope, stages).filter(_reached(n, stages[n]))
        return here(scope).filter(pk__in=reached.values("who"))

    return Crowd(f"stage-{name}", f"{course.title}: {stages[n].label}", DEFINITION, people)


def _begun(course, scope):
    rows = Enrolment.objects.filter(course=course, state__in=ASKED)
    rows = rows.filter(started_at__gte=scope.begins_at, started_at__lt=scope.ends_at)
    # What was given and never opened was not begun.
    rows = rows.filter(
        Q(last_seen_at__isnull=False)
        | Q(state=EnrolmentState.COMPLETED)
        | Q(Exists(Attempt.objects.filter(enrolment=OuterRef("pk"), started_at__isnull=False)))
        | Q(Exists(LessonDone.objects.filter(enrolment=OuterRef("pk"))))
    )
    rows = rows.annotate(who=WHO).order_by()
    return rows.filter(who__in=here(scope).order_by().values("pk"))


def _stages(course, scope):
    page = reading.page_of(course)
    if page is None:
        return []
    outlines = Outlines(page)
    modules, finals = {}, {}
    for sector in _begun(course, scope).values_list("sector", flat=True).distinct():
        path = outlines.of(sector)
        for module in path.modules:
            keys = [part.key for part in module.parts if part.is_lesson or part.purpose == Purpose.CHECK]
            if keys:
                stage = modules.setdefault(_place(page, module), Stage("", module.title))
                stage.needs[sector] = keys
        finals[sector] = [part.key for part in path.quizzes if part.purpose == Purpose.FINAL]
    if not finals:
        return []
    for place, stage in modules.items():
        stage.name = f"module-{place + 1}"
    needs = {sector: keys for sector, keys in finals.items() if keys}
    return [
        Stage(STARTED, _("Began"), dict.fromkeys(finals, ())),
        *(modules[place] for place in sorted(modules)),
        *([Stage(FINAL, _("Final test passed"), needs)] if needs else []),
        Stage(COMPLETED, _("Completed"), dict.fromkeys(finals)),
    ]


def _place(page, module):
    """Where the module stands in the whole outline, from 0."""
    every = [(one["code"], one["title"]) for one in page.modules()]
    return every.index((module.code, module.title))


def _measured(course, scope, stages):
    """The enrolments, with `who`, `sector`, `state` and for each stage how many of its parts are done."""
    done = {}
    for n, stage in enumerate(stages):
        parts = Q(pk__in=[])
        for sector, keys in stage.needs.items():
            if keys:
                parts |= Q(sector=sector, part__key__in=keys)
        done[f"done{n}"] = Count("part__key", distinct=True, filter=parts)
    # Of what was completed nobody need ask which parts were done, nor of parts that no stage needs.
    asked = {key for stage in stages for keys in stage.needs.values() for key in keys or ()}
    wanted = ~Q(state=EnrolmentState.COMPLETED) & Q(parts_done__key__in=asked)
    rows = _begun(course, scope).alias(part=FilteredRelation("parts_done", condition=wanted))
    return rows.values("pk", "who", "sector", "state").annotate(**done)


def _before(stages, n):
    """The place of the last step before this one that everybody is asked for who is asked for this one."""
    asked = stages[n].needs.keys()
    return next((i for i in range(n - 1, -1, -1) if asked <= stages[i].needs.keys()), 0)


def _asked(stage):
    return Q(sector__in=list(stage.needs))


def _reached(n, stage):
    if stage.name == STARTED:
        return _asked(stage)
    completed = Q(state=EnrolmentState.COMPLETED) & _asked(stage)
    for sector, keys in stage.needs.items():
        if keys:
            completed |= Q(sector=sector, **{f"done{n}__gte": len(set(keys))})
    return completed
