import uuid

from django.db import models
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    CommentPanel,
    FieldPanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
)
from wagtail.models import Page
from wagtail.search import index

from courses.catalogue import outline as outlines
from courses.catalogue import previewing
from courses.catalogue.blocks import LessonBlocks, OutlineBlocks
from courses.catalogue.bodies import render_blocks
from courses.catalogue.checking import course_problems, lesson_problems
from courses.catalogue.gate import GatedPage
from courses.catalogue.gate_form import GatedPageForm
from courses.catalogue.minutes import lesson_minutes
from courses.catalogue.noticing import course_notes, lesson_notes
from courses.catalogue.reused import ReusedPage
from courses.choices import EnrolmentWay
from courses.fields import BlocksField, SectorsField


class Course(models.Model):
    """The lasting record of a course. Pages present it and may be rewritten; this stays."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.SlugField(_("code"), max_length=40, unique=True, help_text=_("Short, never changed."))
    title = models.CharField(_("title on certificates"), max_length=200)
    neutral_title = models.CharField(
        _("neutral name"),
        max_length=120,
        default="Training programme",
        help_text=_("Used where the topic must not show: mail, calendars, phones, file names."),
    )
    enrolment = models.CharField(
        _("who may start"), max_length=12, choices=EnrolmentWay.choices, default=EnrolmentWay.OPEN
    )
    needs_lessons = models.BooleanField(_("every lesson of the path is done"), default=True)
    needs_checks = models.BooleanField(_("every module check is passed"), default=True)
    needs_drills = models.BooleanField(_("every case is passed"), default=False)
    needs_final = models.BooleanField(_("the final test is passed"), default=True)
    validity_months = models.PositiveSmallIntegerField(
        _("certificate valid for, in months"), null=True, blank=True, help_text=_("Empty: does not expire.")
    )
    approved_by = models.CharField(
        _("content approved by"),
        max_length=200,
        blank=True,
        help_text=_("Until then certificates say SPECIMEN."),
    )
    approved_on = models.DateField(_("content approved on"), null=True, blank=True)

    class Meta:
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(approved_by="", approved_on=None)
                | (~models.Q(approved_by="") & models.Q(approved_on__isnull=False)),
                name="approval_has_name_and_date",
                violation_error_message=_("Give both who approved the content and when."),
            )
        ]
        verbose_name = _("course")
        verbose_name_plural = _("courses")

    def __str__(self):
        return self.title

    @property
    def is_approved(self):
        return self.approved_on is not None

    def rule(self):
        """As an edition keeps it. Drills stand in it only where they are asked for: older ones know none."""
        asked = {"lessons": self.needs_lessons, "checks": self.needs_checks, "final": self.needs_final}
        return {**asked, "drills": True} if self.needs_drills else asked


class CourseEdition(models.Model):
    """What a course asked for and promised when somebody enrolled. Never changed."""

    course = models.ForeignKey(Course, models.PROTECT, related_name="editions")
    n = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    rule = models.JSONField()
    # Keys of the lessons and tests among its modules, of every path; None: of before this was kept.
    parts = models.JSONField(null=True)
    validity_months = models.PositiveSmallIntegerField(null=True)
    approved_by = models.CharField(max_length=200, blank=True)
    approved_on = models.DateField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["course_id", "n"]
        constraints = [models.UniqueConstraint(fields=["course", "n"], name="one_edition_per_course_and_n")]

    def __str__(self):
        return f"{self.title} ({self.n})"


class CourseIndexPage(Page):
    """The catalogue, at /courses/."""

    intro = models.TextField(_("introduction"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("intro")]
    parent_page_types = ["lms.HomePage"]
    subpage_types = ["courses.CoursePage"]
    max_count = 4  # one a language

    template = "courses/catalogue.html"

    class Meta:
        verbose_name = _("course catalogue")


class CoursePage(GatedPage, Page):
    course = models.ForeignKey(Course, models.PROTECT, related_name="pages", verbose_name=_("course record"))
    subtitle = models.CharField(_("in a few words"), max_length=200, blank=True)
    summary = models.TextField(_("what it is about"), blank=True)
    content_warning = models.TextField(_("content note for the whole course"), blank=True)
    notice = models.TextField(_("notice on every lesson"), blank=True)
    sectors = SectorsField(
        verbose_name=_("for these sectors"), help_text=_("For the catalogue's filter. None: everyone.")
    )
    outline = BlocksField(OutlineBlocks(), verbose_name=_("modules"), blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("subtitle"),
        FieldPanel("summary"),
        FieldPanel("content_warning"),
        FieldPanel("outline"),
    ]
    settings_panels = [
        FieldPanel("course"),
        FieldPanel("notice"),
        FieldPanel("sectors"),
        PublishingPanel(),
        CommentPanel(),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Content")),
            ObjectList(settings_panels, heading=_("Settings")),
            ObjectList(
                [MultiFieldPanel([FieldPanel("slug"), FieldPanel("search_description")], heading=_("Address"))],
                heading=_("Address"),
            ),
        ]
    )
    search_fields = [*Page.search_fields, index.SearchField("subtitle"), index.SearchField("summary")]
    parent_page_types = ["courses.CourseIndexPage"]
    subpage_types = [
        "courses.LessonPage",
        "courses.QuizPage",
        "courses.ScenarioPage",
        "courses.CasePage",
    ]

    base_form_class = GatedPageForm
    template = "courses/outline.html"

    class Meta:
        verbose_name = _("course page")

    def problems(self):
        return course_problems(self)

    def notes(self):
        return course_notes(self)

    def modules(self):
        """The modules as plain dicts, for `outline.build`."""
        return outlines.modules_in(self.outline.raw_data)

    preview_sizes = previewing.PHONE_FIRST

    @property
    def preview_modes(self):
        return [*previewing.sector_modes(), (previewing.PASSED, _("After passing"))]

    def address(self):
        """Where it is found on this site; the title may be read in it."""
        return reverse("course", args=[self.slug])

    def serve(self, request, *args, **kwargs):
        """Found by Wagtail at another address: our own view shows it with the person's part."""
        return redirect(self.address())

    def serve_preview(self, request, mode_name):
        """The outline as one sector sees it, and as somebody who has passed does."""
        return render(request, "courses/outline.html", previewing.course_context(self, mode_name))


class LessonPage(GatedPage, ReusedPage, Page):
    summary = models.CharField(_("in one sentence"), max_length=300, blank=True)
    body = BlocksField(LessonBlocks(), verbose_name=_("lesson"), blank=True)
    sectors = SectorsField(
        verbose_name=_("only for these sectors"), help_text=_("Tick nothing to show it to everyone.")
    )
    sources = models.TextField(
        _("sources"), blank=True, help_text=_("Where the facts come from. Trainees do not see this.")
    )
    checked_by = models.CharField(_("who checked this"), max_length=200, blank=True)
    # By sector: {"": 7, "police": 8}. Written when published; see catalogue/minutes.py.
    minutes_by_sector = models.JSONField(default=dict, editable=False)

    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("body")]
    settings_panels = [
        FieldPanel("sectors"),
        FieldPanel("sources"),
        FieldPanel("checked_by"),
        PublishingPanel(),
        CommentPanel(),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Content")),
            ObjectList(settings_panels, heading=_("Settings")),
            ObjectList([FieldPanel("slug")], heading=_("Address")),
        ]
    )
    search_fields = [*Page.search_fields, index.SearchField("summary")]
    parent_page_types = ["courses.CoursePage"]
    subpage_types = []

    base_form_class = GatedPageForm
    template = "courses/lesson.html"

    class Meta:
        verbose_name = _("lesson")

    def save(self, *args, **kwargs):
        self.minutes_by_sector = lesson_minutes(self.body.raw_data)
        super().save(*args, **kwargs)

    def problems(self):
        return lesson_problems(self)

    def notes(self):
        return lesson_notes(self)

    def minutes_for(self, sector_code):
        return self.minutes_by_sector.get(sector_code) or self.minutes_by_sector.get("", 1)

    def part_for(self, sector):
        return outlines.Part(
            kind=outlines.LESSON,
            page_id=self.pk,
            key=self.translation_key,
            title=self.title,
            slug=self.slug,
            minutes=self.minutes_for(sector or ""),
            sectors=tuple(self.sectors),
        )

    preview_sizes = previewing.PHONE_FIRST

    @property
    def preview_modes(self):
        return previewing.sector_modes()

    def address(self):
        return reverse("lesson", args=[self.get_parent().slug, self.slug])

    def serve(self, request, *args, **kwargs):
        return redirect(self.address())

    def serve_preview(self, request, mode_name):
        """The lesson as one sector sees it; "" shows every part. Nothing is kept."""
        body = render_blocks(self.body, sector=mode_name or None)
        context = previewing.lesson_context(self, mode_name)
        return render(request, "courses/lesson.html", {**context, "body": body})
