"""Courses and lessons as people of one sector will see them, from the newest drafts. Writes nothing.

The trainee's own templates draw them; what is there only once somebody studies is played here.
"""

from dataclasses import dataclass, field
from datetime import datetime
from types import SimpleNamespace
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.blocks import sector_choices
from courses.catalogue import outline as outlines
from courses.choices import Purpose
from courses.sectors import is_for

EVERYONE = ""
# No sector's code begins like this: these modes are no sectors.
PASSED = ":passed"
TRY = ":try"

PHONE_FIRST = [
    {
        "name": "mobile",
        "icon": "mobile-alt",
        "device_width": 360,
        "label": gettext_lazy("As wide as a phone"),
    },
    {
        "name": "tablet",
        "icon": "tablet-alt",
        "device_width": 768,
        "label": gettext_lazy("As wide as a tablet"),
    },
    {
        "name": "desktop",
        "icon": "desktop",
        "device_width": 1280,
        "label": gettext_lazy("As wide as a computer"),
    },
]


def sector_modes():
    """Everyone, and each sector there is, as Wagtail's preview lists them."""
    return [
        (EVERYONE, _("Everyone")),
        *((code, _("As %(sector)s") % {"sector": name}) for code, name in sector_choices()),
    ]


@dataclass(frozen=True)
class Preview:
    """In the context of a template: that this is one, as whom, and where its links lead."""

    mode: str
    label: str
    note: str = ""
    # [(label, address), ...]: other ways to look at it.
    links: tuple = ()
    # Where "come back later" leads.
    home: str = "#main"

    @property
    def sector(self):
        """None: every part is shown."""
        return None if self.mode.startswith(":") else self.mode or None

    def url_of(self, part):
        if part.is_drill:
            return draft_url(part.page_id, EVERYONE)
        if part.is_lesson:
            return draft_url(part.page_id, self.sector or EVERYONE)
        return draft_url(part.page_id, self.sector or TRY)

    def url_of_course(self, page):
        return draft_url(page.pk, self.mode)


def preview_as(mode, **kwargs):
    labels = {**dict(sector_modes()), PASSED: _("After passing")}
    return Preview(mode, labels.get(mode, labels[EVERYONE]), **kwargs)


def draft_url(page_id, mode):
    """Wagtail's address of the preview of a page's newest draft."""
    if page_id is None:  # not saved yet
        return "#main"
    return f"{reverse('wagtailadmin_pages:view_draft', args=[page_id])}?{urlencode({'mode': mode})}"


@dataclass
class PreviewStanding:
    """What the templates ask of `progress.standing.Standing`: somebody who has just begun, or has passed."""

    page: object
    outline: outlines.Outline
    passed_at: datetime | None = None
    enrolment: SimpleNamespace = field(init=False)

    def __post_init__(self):
        self.enrolment = SimpleNamespace(
            state="completed" if self.passed_at else "active",
            may_study=True,
            due_on=None,
            ended_at=self.passed_at,
        )

    @property
    def lessons_done(self):
        return len(self.outline.lessons) if self.passed_at else 0

    @property
    def percent(self):
        return 100 if self.passed_at else 0

    @property
    def done(self):
        return bool(self.passed_at)

    @property
    def resume_part(self):
        return None if self.passed_at else next(iter(self.outline.parts), None)

    def state_of(self, part):
        if self.passed_at:
            return "done"
        return "locked" if part.purpose == Purpose.FINAL else "todo"

    def rows(self):
        return [
            (module, [(part, self.state_of(part)) for part in module.parts]) for module in self.outline.modules
        ]


def course_context(page, mode):
    """For templates/courses/outline.html."""
    preview = preview_as(mode)
    passed_at = timezone.now() if mode == PASSED else None
    outline = outlines.build(page.modules(), _parts_below(page, preview.sector), preview.sector, is_for)
    return {
        "preview": preview,
        "page": page,
        "standing": PreviewStanding(page, outline, passed_at),
        "at_desk": False,
    }


def lesson_context(page, mode):
    """For templates/courses/lesson.html, without the body."""
    note = "" if is_for(page.sectors, mode or None) else _("This lesson is not on their path.")
    preview = preview_as(mode, note=note)
    course_page, outline, mine = path_with(page, preview.sector)
    standing = PreviewStanding(course_page, outline)
    return {
        "preview": preview,
        "standing": standing,
        "page": course_page,
        "part": mine,
        "lesson": page,
        "number": outline.number_of(mine),
        "is_done": False,
        "siblings": [(row, standing.state_of(row)) for row in outline.module_of(mine).parts],
        "previous": outline.before(mine),
        "next": outline.after(mine),
        "at_desk": False,
    }


def path_with(page, sector):
    """(course page, outline, part): the newest draft of the course that `page` belongs to, the path of
    this sector through it, and what `page` is on it. Where it is not on the path yet, it comes last."""
    parent = page.get_parent().specific
    course_page = parent.get_latest_revision_as_object()
    mine = page.part_for(sector)
    parts = {**_parts_below(parent, sector), page.pk: mine}
    outline = outlines.build(course_page.modules(), parts, sector, is_for)
    if mine not in outline.parts:
        alone = outlines.Module(code="", title=page.title, parts=(mine,))
        outline = outlines.Outline((*outline.modules, alone))
    return course_page, outline, mine


def _parts_below(course_page, sector):
    """{page id: Part} of every lesson and quiz of a course as its newest draft stands, published or not."""
    if course_page.pk is None:
        return {}
    pages = course_page.get_children().specific()
    pages = pages.select_related("latest_revision", for_specific_subqueries=True)
    return {page.pk: _newest(page).part_for(sector) for page in pages}


def _newest(page):
    """The newest draft, as far as a Part tells of it: Wagtail's own way asks the database again for each."""
    if not page.has_unpublished_changes or page.latest_revision is None:
        return page
    draft = type(page).from_serializable_data(page.latest_revision.content, check_fks=False)
    draft.pk, draft.translation_key = page.pk, page.translation_key
    return draft
