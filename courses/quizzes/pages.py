"""Where a quiz is written. What is published of it, and taken, stands in `models`."""

from datetime import UTC
from urllib.parse import urlencode

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
    PublishingPanel,
    TabbedInterface,
)
from wagtail.models import Page

from courses.catalogue import outline as outlines
from courses.catalogue import previewing
from courses.catalogue.gate import GatedPage
from courses.catalogue.reused import ReusedPage
from courses.choices import Purpose, Review
from courses.fields import BlocksField, SectorsField
from courses.people.roles import may_see_keys
from courses.questions.forms import QuizPageForm
from courses.questions.plain import blocks_of
from courses.quizzes.blocks import QuizBlocks
from courses.quizzes.checking import places_as_frozen, quiz_problems
from courses.quizzes.noticing import quiz_notes
from courses.quizzes.previewing import preview_items
from courses.sectors import is_for


def _in_utc(moment):
    """One text for one moment, whichever zone it was typed in."""
    return moment.astimezone(UTC).isoformat()


class QuizPage(GatedPage, ReusedPage, Page):
    """Where a quiz is written: its questions in it, references to the bank, and draws."""

    intro = models.TextField(_("what to say before it starts"), blank=True)
    questions = BlocksField(QuizBlocks(), verbose_name=_("questions"), blank=True)
    purpose = models.CharField(_("it is a"), max_length=10, choices=Purpose.choices, default=Purpose.CHECK)
    review = models.CharField(_("feedback"), max_length=10, choices=Review.choices, default=Review.PRACTICE)
    pass_mark = models.PositiveSmallIntegerField(
        _("pass mark, per cent"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    attempts_allowed = models.PositiveSmallIntegerField(
        _("attempts allowed"), default=0, help_text=_("0: as many as people need.")
    )
    wait_minutes = models.PositiveIntegerField(_("minutes to wait between attempts"), default=0)
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True, help_text=_("Empty: open at once."))
    closes_at = models.DateTimeField(
        _("closes"),
        null=True,
        blank=True,
        help_text=_(
            "Empty: stays open, which is best for people on shifts, at sea or at posts abroad. "
            "Whoever has begun before may finish."
        ),
    )
    time_limit_minutes = models.PositiveSmallIntegerField(
        _("time limit, in minutes"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(600)],
        help_text=_(
            "Empty: no limit, which is best. People with old phones, weak networks, disabilities or shifts "
            "lose by a clock, whatever they know. Set one only where an agency insists, and first give extra "
            "time to those who need it, under Exceptions at each person's course."
        ),
    )
    shuffle = models.BooleanField(_("shuffle the answers"), default=True)
    sectors = SectorsField(verbose_name=_("only for these sectors"))

    content_panels = [
        *Page.content_panels,
        FieldPanel("intro"),
        HelpPanel(template="courses/quizzes/bank_panel.html", heading=_("Several from the bank")),
        FieldPanel("questions"),
    ]
    settings_panels = [
        FieldPanel("purpose"),
        FieldPanel("review"),
        MultiFieldPanel(
            [FieldPanel("pass_mark"), FieldPanel("attempts_allowed"), FieldPanel("wait_minutes")],
            heading=_("Passing"),
        ),
        MultiFieldPanel([FieldPanel("opens_at"), FieldPanel("closes_at")], heading=_("When it is open")),
        FieldPanel("time_limit_minutes"),
        FieldPanel("shuffle"),
        FieldPanel("sectors"),
        PublishingPanel(),
        CommentPanel(),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Questions")),
            ObjectList(settings_panels, heading=_("Settings")),
            ObjectList([FieldPanel("slug")], heading=_("Address")),
        ]
    )
    parent_page_types = ["courses.CoursePage"]
    subpage_types = []

    base_form_class = QuizPageForm
    template = "courses/quizzes/preview.html"

    class Meta:
        verbose_name = _("quiz")
        verbose_name_plural = _("quizzes")

    def problems(self):
        return quiz_problems(self)

    def notes(self):
        return quiz_notes(self)

    def places_as_frozen(self):
        return places_as_frozen(self)

    def publish(self, *args, **kwargs):
        # All or nothing: never live without an edition that can be taken.
        with transaction.atomic():
            return super().publish(*args, **kwargs)

    publish.alters_data = True

    def policy(self):
        """What an edition of this quiz promises to those who take it."""
        return {
            "purpose": self.purpose,
            "review": self.review,
            "pass_mark": self.pass_mark,
            "attempts_allowed": self.attempts_allowed,
            "wait_minutes": self.wait_minutes,
            "shuffle": self.shuffle,
            "intro": self.intro,
            # Only where they are set: an edition without them reads the same, and no other is made.
            **({"opens_at": _in_utc(self.opens_at)} if self.opens_at else {}),
            **({"closes_at": _in_utc(self.closes_at)} if self.closes_at else {}),
            **({"time_limit_minutes": self.time_limit_minutes} if self.time_limit_minutes else {}),
        }

    def address(self):
        """Where it is started; the title is not read in it."""
        return reverse("quiz_start", args=[self.translation_key])

    def serve(self, request, *args, **kwargs):
        """The page holds the keys: nobody is served it. People start the quiz instead."""
        return redirect(self.address())

    def part_for(self, sector):
        """What it is in an outline, as its draft stands."""
        questions = sum(
            (value.get("count") or 0) if kind == "draw" else is_for(value.get("sectors"), sector)
            for _id, kind, value in blocks_of(self.questions)
        )
        return outlines.Part(
            kind=outlines.QUIZ,
            page_id=self.pk,
            key=self.translation_key,
            title=self.title,
            slug=self.slug,
            purpose=self.purpose,
            questions=questions,
            sectors=tuple(self.sectors),
        )

    preview_sizes = previewing.PHONE_FIRST

    @property
    def preview_modes(self):
        """The whole at a glance, or played question by question (`try_views`)."""
        (_everyone, *sectors) = previewing.sector_modes()
        return [
            ("", _("With the answers")),
            ("trainee", _("As it is asked")),
            (previewing.TRY, _("To try it")),
            *sectors,
        ]

    def serve_preview(self, request, mode_name):
        if self.pk and mode_name not in ("", "trainee"):
            sector = "" if mode_name == previewing.TRY else mode_name
            return redirect(f"{reverse('try_quiz', args=[self.pk])}?{urlencode({'as': sector})}")
        told = mode_name == "" and may_see_keys(request.user)
        context = {"page": self, "shown": preview_items(self), "with_answers": told}
        return TemplateResponse(request, self.template, context)
