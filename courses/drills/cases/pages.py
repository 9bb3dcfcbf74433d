"""Where a practice case is written. What is published of it, and filled in, stands in `models`."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import CommentPanel, FieldPanel, ObjectList, PublishingPanel, TabbedInterface
from wagtail.models import Page

from courses.catalogue import outline as outlines
from courses.catalogue import previewing
from courses.catalogue.gate import GatedPage
from courses.catalogue.gate_form import GatedPageForm
from courses.catalogue.noticing import text_notes
from courses.catalogue.reused import ReusedPage
from courses.drills.cases.blocks import CaseBlocks
from courses.drills.cases.checking import case_problems
from courses.drills.cases.freezing import FIELDS
from courses.drills.cases.previewing import preview_pages
from courses.fields import BlocksField, SectorsField
from courses.people.roles import may_see_keys

# To read the account; and each field takes about one more.
FIRST_READING_MINUTES = 4


class CasePage(GatedPage, ReusedPage, Page):
    """Where a practice case is written: a fictional account, and the form with its key."""

    intro = models.TextField(_("what to say before it starts"), blank=True)
    form = BlocksField(CaseBlocks(), verbose_name=_("account and form"), blank=True)
    pass_mark = models.PositiveSmallIntegerField(
        _("pass mark, per cent"),
        default=75,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("A critical error fails whatever the points."),
    )
    sectors = SectorsField(verbose_name=_("only for these sectors"))

    content_panels = [*Page.content_panels, FieldPanel("intro"), FieldPanel("form")]
    settings_panels = [
        FieldPanel("pass_mark"),
        FieldPanel("sectors"),
        PublishingPanel(),
        CommentPanel(),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Case")),
            ObjectList(settings_panels, heading=_("Settings")),
            ObjectList([FieldPanel("slug")], heading=_("Address")),
        ]
    )
    parent_page_types = ["courses.CoursePage"]
    subpage_types = []

    base_form_class = GatedPageForm
    template = "courses/drills/cases/preview.html"

    class Meta:
        verbose_name = _("practice case")
        verbose_name_plural = _("practice cases")

    def problems(self):
        return case_problems(self)

    def notes(self):
        return text_notes(self.intro, _("What is said before it starts"))

    def publish(self, *args, **kwargs):
        # All or nothing: never live without an edition that can be filled in.
        with transaction.atomic():
            return super().publish(*args, **kwargs)

    publish.alters_data = True

    def address(self):
        """Where it is started; the title is not read in it."""
        return reverse("case", args=[self.translation_key])

    def serve(self, request, *args, **kwargs):
        """The page holds the key: nobody is served it. People start the case instead."""
        return redirect(self.address())

    def part_for(self, sector):
        """What it is in an outline, as its draft stands."""
        return outlines.Part(
            kind=outlines.DRILL,
            page_id=self.pk,
            key=self.translation_key,
            title=self.title,
            slug=self.slug,
            purpose=outlines.CASE,
            minutes=FIRST_READING_MINUTES + sum(block.block_type in FIELDS for block in self.form),
            sectors=tuple(self.sectors),
        )

    preview_sizes = previewing.PHONE_FIRST

    @property
    def preview_modes(self):
        return [("", _("With the key")), ("trainee", _("As it is filled in"))]

    def serve_preview(self, request, mode_name):
        told = mode_name == "" and may_see_keys(request.user)
        context = {"page": self, "pages": preview_pages(self, with_key=told)}
        return TemplateResponse(request, self.template, context)
