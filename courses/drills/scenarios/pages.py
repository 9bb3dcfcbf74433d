"""Where a scenario is written. What is published of it, and played, stands in `models`."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    CommentPanel,
    FieldPanel,
    HelpPanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
    PublishingPanel,
    TabbedInterface,
)
from wagtail.models import Page

from courses.catalogue import outline as outlines
from courses.catalogue.gate import GatedPage
from courses.catalogue.reused import ReusedPage
from courses.choices import ScenarioMode
from courses.drills.scenarios.blocks import SceneBlocks
from courses.drills.scenarios.checking import scenario_notes, scenario_problems
from courses.drills.scenarios.forms import ScenarioPageForm
from courses.drills.scenarios.picturing import picture
from courses.drills.scenarios.written import story_of
from courses.fields import BlocksField, SectorsField
from courses.people.roles import may_see_keys


class ScenarioPage(GatedPage, ReusedPage, Page):
    """A branching scenario: what happens, what people can do, and where each choice leads."""

    summary = models.CharField(_("in one sentence"), max_length=300, blank=True)
    content_note = models.TextField(
        _("content note"), blank=True, help_text=_("Said before it starts: what comes and what does not.")
    )
    scenes = BlocksField(SceneBlocks(), verbose_name=_("situations and endings"), blank=True)
    mode = models.CharField(
        _("it is a"), max_length=10, choices=ScenarioMode.choices, default=ScenarioMode.PRACTICE
    )
    pass_mark = models.PositiveSmallIntegerField(
        _("pass mark, per cent"),
        default=70,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("A critical error fails it whatever the points."),
    )
    minutes = models.PositiveSmallIntegerField(
        _("minutes it takes"), default=15, validators=[MinValueValidator(1), MaxValueValidator(240)]
    )
    instead = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("case to use instead"),
        help_text=_("Whoever would rather not play this one is offered that one, for the same credit."),
    )
    sectors = SectorsField(verbose_name=_("only for these sectors"))

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("content_note"),
        HelpPanel(template="courses/drills/scenarios/writing_panel.html", heading=_("How a scenario works")),
        FieldPanel("scenes"),
    ]
    settings_panels = [
        FieldPanel("mode"),
        MultiFieldPanel([FieldPanel("pass_mark"), FieldPanel("minutes")], heading=_("Passing")),
        PageChooserPanel("instead"),
        FieldPanel("sectors"),
        PublishingPanel(),
        CommentPanel(),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Story")),
            ObjectList(settings_panels, heading=_("Settings")),
            ObjectList([FieldPanel("slug")], heading=_("Address")),
        ]
    )
    parent_page_types = ["courses.CoursePage"]
    subpage_types = []

    base_form_class = ScenarioPageForm
    template = "courses/drills/scenarios/preview.html"

    class Meta:
        verbose_name = _("scenario")
        verbose_name_plural = _("scenarios")

    def problems(self):
        return scenario_problems(self)

    def notes(self):
        return scenario_notes(self)

    def story(self):
        return story_of(self.scenes)

    def policy(self):
        """What an edition of this scenario promises to those who play it."""
        return {
            "mode": self.mode,
            "pass_mark": self.pass_mark,
            "minutes": self.minutes,
            "summary": self.summary,
            "content_note": self.content_note,
            "instead": str(self.instead.translation_key) if self.instead else "",
        }

    def publish(self, *args, **kwargs):
        # All or nothing: never live without an edition that can be played.
        with transaction.atomic():
            return super().publish(*args, **kwargs)

    publish.alters_data = True

    def address(self):
        """Where it is started; the title is not read in it."""
        return reverse("scenario", args=[self.translation_key])

    def serve(self, request, *args, **kwargs):
        """The page holds the points: nobody is served it. People play the scenario instead."""
        return redirect(self.address())

    def part_for(self, sector):
        """What it is in an outline, as its draft stands."""
        return outlines.Part(
            kind=outlines.DRILL,
            page_id=self.pk,
            key=self.translation_key,
            title=self.title,
            slug=self.slug,
            minutes=self.minutes,
            purpose=outlines.SCENARIO,
            sectors=tuple(self.sectors),
        )

    preview_modes = [("", _("The map and the whole story"))]

    def serve_preview(self, request, mode_name):
        """The map, and every situation with what its choices are worth, for those who may see keys."""
        story = self.story()
        context = {
            "page": self,
            "story": story,
            "map": picture(story),
            "problems": self.problems(),
            "told": may_see_keys(request.user),
        }
        return TemplateResponse(request, self.template, context)
