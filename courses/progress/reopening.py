"""A material edit: whoever did the part before has it to do again. A minor one asks nobody for anything.

What is opened again is what people have to do, never what they have: a completion is evidence, so it stays as
it is and its certificate in force. Nor does it stand between anybody and a certificate, because people who are
on their way hold the requirements that they began with. Both groups find the part on their home and in the
course, with a sentence on what changed, until they have done it again: a lesson is marked, a check handed in
and a drill played once more, a changed outline is acknowledged. A renewal begins from nothing and asks for
all of it.
"""

from dataclasses import dataclass, field

from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from courses.audit import log
from courses.catalogue.models import CoursePage, LessonPage
from courses.choices import AttemptState, EnrolmentState, Purpose, RunState
from courses.drills.cases.models import CaseRun
from courses.drills.cases.pages import CasePage
from courses.drills.scenarios.models import Run
from courses.enrolment.models import STUDYING, Enrolment
from courses.prepared import Blank, Prepared
from courses.progress.models import LessonDone, MaterialEdit, Reopened
from courses.quizzes.models import Attempt
from courses.quizzes.pages import QuizPage
from courses.refused import Refused


class EditRefused(Refused):
    REASONS = {
        "nobody": _("Nobody has done this yet, so there is nobody to ask."),
        "moved": _("Meanwhile the number of people has changed. Look again before you decide."),
        "marked": _("This edit is marked as material already."),
    }


@dataclass(frozen=True)
class Concerned:
    """Who did a part: {enrolment id: key of the part in that course}, of the newest cycle of each person."""

    on_their_way: dict = field(default_factory=dict)
    completed: dict = field(default_factory=dict)

    @property
    def counts(self):
        return len(self.on_their_way), len(self.completed)

    def __bool__(self):
        return any(self.counts)


def concerned_by(page):
    """Whom a material edit of this live page asks to do it again. Three queries, however many they are.

    Nobody where it could not be done again: a final test, a test before the course, one whose attempts are
    limited. Nobody of a part that is written in another course: it is marked there, for all.
    """
    if not page.live or page.alias_of_id or (isinstance(page, QuizPage) and not _may_be_repeated(page)):
        return Concerned()
    keys = [
        page.translation_key,
        *Page.objects.filter(alias_of=page.pk).values_list("translation_key", flat=True),
    ]
    did = _did(page, keys)
    found, seen = Concerned(), set()
    for pk, course, owner, state in _cycles(page, keys) if did else ():
        if (course, owner) not in seen:
            seen.add((course, owner))
            if pk in did:
                group = found.completed if state == EnrolmentState.COMPLETED else found.on_their_way
                group[pk] = did[pk]
    return found


def _may_be_repeated(quiz):
    return quiz.purpose not in (Purpose.FINAL, Purpose.PRETEST) and not quiz.attempts_allowed


def _did(page, keys):
    """{enrolment id: key}, of any cycle and any state."""
    if isinstance(page, CoursePage):
        return dict.fromkeys(page.course.enrolments.values_list("pk", flat=True), page.translation_key)
    return dict(_traces(page, keys))


def _traces(page, keys):
    """(enrolment, key) of the rows that say that somebody did it."""
    if isinstance(page, LessonPage):
        rows, key = LessonDone.objects.filter(lesson_key__in=keys), "lesson_key"
    elif isinstance(page, QuizPage):
        rows, key = Attempt.objects.filter(quiz_key__in=keys, state=AttemptState.SUBMITTED), "quiz_key"
    elif isinstance(page, CasePage):
        rows, key = CaseRun.objects.exclude(handed_in_at=None).filter(case_key__in=keys), "case_key"
    else:
        rows, key = Run.objects.filter(credit_key__in=keys, state=RunState.ENDED), "credit_key"
    return rows.exclude(enrolment=None).order_by().values_list("enrolment", key)


def _cycles(page, keys):
    """(enrolment, course, surviving record, state) of everybody in these courses, the newest cycle first."""
    if isinstance(page, CoursePage):
        courses = [page.course_id]
    else:
        courses = _traces(page, keys).values("enrolment__course")
    owner = Coalesce("person__merged_into", "person")
    rows = Enrolment.objects.filter(course__in=courses, state__in=STUDYING).latest_first()
    return rows.values_list("pk", "course", owner, "state")


@transaction.atomic
def mark_material(page, *, what, shown, actor, at):
    """Ask everybody concerned to do the part again. Returns the MaterialEdit.

    `what`: what changed, in a sentence that they read. `shown`: the counts that the author saw before. Raises
    EditRefused.
    """
    # Two clicks make one mark: the second waits here.
    page = type(page).objects.select_for_update(of=("self",)).get(pk=page.pk)
    if is_marked(page):
        raise EditRefused("marked")
    concerned = concerned_by(page)
    if not concerned:
        raise EditRefused("nobody")
    if concerned.counts != tuple(shown):
        raise EditRefused("moved")
    on_their_way, completed = concerned.counts
    edit = MaterialEdit.objects.create(
        part_key=page.translation_key,
        title=page.title,
        page_revision=_revision(page),
        what=what,
        on_their_way=on_their_way,
        completed=completed,
        actor=str(actor or ""),
        at=at,
    )
    everybody = concerned.on_their_way | concerned.completed
    rows = [Reopened(edit=edit, enrolment_id=pk, part_key=key) for pk, key in everybody.items()]
    Reopened.objects.bulk_create(rows, batch_size=1000)
    facts = {"title": page.title, "on_their_way": on_their_way, "completed": completed}
    log.record("edit marked material", edit, actor=actor, at=at, **facts)
    return edit


@transaction.atomic
def mark_minor(page, *, actor, at):
    """Note that an edit asks nobody for anything."""
    log.record("edit marked minor", page, actor=actor, at=at, title=page.title)


def is_marked(page):
    """Whether what is live now was marked as material."""
    return MaterialEdit.objects.filter(part_key=page.translation_key, page_revision=_revision(page)).exists()


def _revision(page):
    # A page that was never published through a draft has none.
    return page.live_revision_id or 0


def done_again(enrolment, key, *, at):
    """The part was done: what its edits of before asked for is settled."""
    asked = Reopened.objects.open().filter(enrolment=enrolment, part_key=key, edit__at__lte=at)
    return asked.update(done_at=at)


OPEN = Prepared(
    lambda: (
        Reopened.objects.open().filter(enrolment=Blank("enrolment")).select_related("edit").order_by("edit_id")
    )
)


def to_do_again(enrolment):
    """What somebody has to do again in the course that they study, or studied last: Reopened rows."""
    return OPEN(enrolment=enrolment.pk) if enrolment is not None and enrolment.may_study else []


OPEN_OF_PERSON = Prepared(
    lambda: (
        Reopened.objects.open()
        .filter(enrolment__in=Enrolment.objects.of(Blank("person")).filter(state__in=STUDYING))
        .select_related("edit")
        .order_by("edit_id")
    )
)


def all_to_do_again(person):
    """The same of every course; of an earlier cycle nothing is asked any more. One query where there is
    nothing."""
    rows = OPEN_OF_PERSON(person=person.pk)
    if not rows:
        return []
    newest = {}
    mine = Enrolment.objects.of(person).filter(state__in=STUDYING).latest_first()
    for pk, course in mine.values_list("pk", "course"):
        newest.setdefault(course, pk)
    return [row for row in rows if row.enrolment_id in newest.values()]
