import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel, PageChooserPanel
from wagtail.blocks import CharBlock
from wagtail.models import PreviewableMixin, RevisionMixin

from courses.append_only import AppendOnly
from courses.drills.scenarios.models import ScenarioEdition
from courses.drills.tabletop import checking
from courses.drills.tabletop.blocks import DutyBlock, InjectBlock, RoleBlock
from courses.drills.tabletop.deck import deal
from courses.drills.tabletop.forms import TableTopForm
from courses.drills.tabletop.freezing import content_of, written
from courses.drills.tabletop.laying_out import lay_out
from courses.fields import BlocksField

QUESTIONS = 6


class TableTop(PreviewableMixin, RevisionMixin, models.Model):
    """A scenario for a room: the same case, played from printed cards by several agencies around a table."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=120)
    scenario = models.ForeignKey(
        "courses.ScenarioPage",
        models.SET_NULL,
        null=True,
        related_name="table_tops",
        verbose_name=_("scenario"),
        help_text=_("Its situations and choices become the cards."),
    )
    summary = models.CharField(_("in one sentence"), max_length=300, blank=True)
    minutes = models.PositiveSmallIntegerField(
        _("minutes at the table"), default=60, validators=[MinValueValidator(10), MaxValueValidator(480)]
    )
    roles = BlocksField([("role", RoleBlock())], verbose_name=_("role cards"))
    duties = BlocksField(
        [("duty", DutyBlock())],
        verbose_name=_("what each agency is asked"),
        help_text=_("What the trainer listens for, and what the debrief is made from."),
    )
    injects = BlocksField([("inject", InjectBlock())], verbose_name=_("injects"), blank=True)
    questions = BlocksField(
        [("question", CharBlock(label=_("Question"), max_length=200))],
        verbose_name=_("questions for the debrief"),
        blank=True,
        max_num=QUESTIONS,
    )

    panels = [
        FieldPanel("title"),
        PageChooserPanel("scenario"),
        MultiFieldPanel([FieldPanel("summary"), FieldPanel("minutes")], heading=_("In short")),
        HelpPanel(template="courses/drills/tabletop/writing_panel.html", heading=_("How it is held")),
        FieldPanel("roles"),
        FieldPanel("duties"),
        FieldPanel("injects"),
        FieldPanel("questions"),
    ]
    base_form_class = TableTopForm

    class Meta:
        ordering = ["title", "pk"]
        verbose_name = _("table-top exercise")
        verbose_name_plural = _("table-top exercises")

    def __str__(self):
        return self.title

    def scenario_edition(self):
        """The newest edition of its scenario; None where it was never published, or is no longer there."""
        return self.scenario and ScenarioEdition.objects.newest_of(self.scenario.translation_key)

    def problems(self):
        """{field: [sentence, ...]} of what keeps it from being held."""
        edition = self.scenario_edition()
        if edition is None:
            return {"scenario": [_("Choose a scenario that is published.")]}
        return checking.problems(written(self), edition.story)

    def get_preview_template(self, request, mode_name):
        return "courses/drills/tabletop/preview.html"

    def get_preview_context(self, request, mode_name):
        faults = self.problems()
        sheets = None if faults else self.sheets()
        return {"request": request, "table_top": self, "problems": sum(faults.values(), []), "sheets": sheets}

    def sheets(self):
        """The Sheets of it as it stands; only of one without problems."""
        content = content_of(self, self.scenario_edition())
        return lay_out(self.title, content, deal(content["story"], str(self.key)))


class TableTopEdition(AppendOnly):
    """An exercise as it was printed and held. What is held pins one."""

    table_top_key = models.UUIDField(db_index=True)
    n = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    scenario_edition = models.ForeignKey(ScenarioEdition, models.PROTECT, related_name="table_top_editions")
    # As of `freezing.content_of`.
    content = models.JSONField()
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["table_top_key", "n"]
        constraints = [
            models.UniqueConstraint(fields=["table_top_key", "n"], name="one_table_top_edition_per_n")
        ]
        verbose_name = _("edition of a table-top exercise")
        verbose_name_plural = _("editions of table-top exercises")

    def __str__(self):
        return f"{self.title} ({self.n})"

    def cards(self):
        """Its deck.Cards: the same for ever."""
        return deal(self.content["story"], str(self.table_top_key))

    def sheets(self):
        return lay_out(self.title, self.content, self.cards())
