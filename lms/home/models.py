from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Page
from wagtail.search import index

from courses.catalogue.blocks import LessonBlocks
from courses.catalogue.checking import block_problems
from courses.catalogue.gate import GatedPage
from courses.catalogue.gate_form import GatedPageForm
from courses.catalogue.noticing import block_notes
from courses.fields import BlocksField


class HomePage(GatedPage, Page):
    """The public front page. Signed in, the same address shows the person's own home."""

    lead = models.TextField(_("lead"), blank=True)
    body = BlocksField(LessonBlocks(), verbose_name=_("text"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body")]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["lms.InfoPage", "courses.CourseIndexPage"]
    template = "lms/home/public.html"

    base_form_class = GatedPageForm

    class Meta:
        verbose_name = _("front page")

    def problems(self):
        return block_problems(self.body)

    def notes(self):
        return block_notes(self.body)


class InfoPage(GatedPage, Page):
    """About, know the signs, help, privacy, accessibility."""

    lead = models.TextField(_("lead"), blank=True)
    body = BlocksField(LessonBlocks(), verbose_name=_("text"), blank=True)
    neutral_title = models.CharField(
        _("title in the browser tab"), max_length=60, blank=True, help_text=_("Where the topic must not show.")
    )

    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body")]
    promote_panels = [*Page.promote_panels, FieldPanel("neutral_title")]
    search_fields = [*Page.search_fields, index.SearchField("lead")]
    parent_page_types = ["lms.HomePage"]
    subpage_types = []
    template = "lms/home/info.html"

    base_form_class = GatedPageForm

    class Meta:
        verbose_name = _("information page")

    def problems(self):
        return block_problems(self.body)

    def notes(self):
        return block_notes(self.body)


@register_setting(icon="site")
class SiteTexts(BaseSiteSetting):
    """Names and reporting channels shown on every page."""

    name = models.CharField(_("name of the programme"), max_length=80, default="Counter-Trafficking Learning")
    neutral_name = models.CharField(
        _("neutral name"),
        max_length=40,
        default="Learning",
        help_text=_("Tabs, phones and mail show this one."),
    )
    owner = models.CharField(_("owner"), max_length=120, default="Government of Saint Lucia")
    report_online = models.URLField(_("official page for reporting"), blank=True)
    contact_email = models.EmailField(_("e-mail of the training team"), blank=True)

    panels = [
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("neutral_name"), FieldPanel("owner")], heading=_("Names")
        ),
        MultiFieldPanel([FieldPanel("report_online"), FieldPanel("contact_email")], heading=_("Contacts")),
    ]

    class Meta:
        verbose_name = _("site")
