"""The fields of the three forms: a workshop of ours, training by another body, an awareness event."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, ObjectList

from courses.choices import WorkshopKind
from courses.workshops.desk_forms import AwarenessForm, KnownDocuments, WorkshopForm
from courses.workshops.models import Workshop

PLACE = MultiFieldPanel([FieldPanel("venue"), FieldPanel("district")], heading=_("Where"))
MONEY = MultiFieldPanel([FieldPanel("funder"), FieldPanel("partner")], heading=_("With whom"))
NOTE = MultiFieldPanel([FieldPanel("note"), FieldPanel("no_case")], heading=_("For the office"))


def _sessions():
    return InlinePanel(
        "sessions",
        heading=_("Days and sessions"),
        label=_("Session"),
        help_text=_("One row for each sitting, such as a morning. Attendance is counted in these."),
        panels=[
            FieldPanel("title"),
            FieldPanel("starts_at"),
            FieldPanel("ends_at"),
            FieldPanel("minutes"),
        ],
    )


PANELS = {
    WorkshopKind.WORKSHOP: ObjectList(
        [
            MultiFieldPanel([FieldPanel("title"), FieldPanel("topic")], heading=_("What")),
            _sessions(),
            PLACE,
            MultiFieldPanel([FieldPanel("facilitators"), FieldPanel("guests")], heading=_("Who teaches")),
            MultiFieldPanel(
                [FieldPanel("capacity"), FieldPanel("self_registration"), FieldPanel("agencies")],
                heading=_("Who may come"),
            ),
            MultiFieldPanel([FieldPanel("course"), FieldPanel("same_event")], heading=_("Course on line")),
            MultiFieldPanel(
                [FieldPanel("pretest_key"), FieldPanel("posttest_key")], heading=_("Tests in the room")
            ),
            MultiFieldPanel(
                [FieldPanel("grace_minutes"), FieldPanel("required_share"), FieldPanel("required_mark")],
                heading=_("Attendance and certificate"),
            ),
            InlinePanel(
                "materials",
                heading=_("Materials"),
                label=_("Document"),
                panels=[FieldPanel("document", widget=KnownDocuments)],
            ),
            MONEY,
            NOTE,
        ],
        base_form_class=WorkshopForm,
    ),
    WorkshopKind.ELSEWHERE: ObjectList(
        [
            MultiFieldPanel(
                [FieldPanel("title"), FieldPanel("topic"), FieldPanel("partner"), FieldPanel("funder")],
                heading=_("What, and who gave it"),
            ),
            _sessions(),
            PLACE,
            FieldPanel("guests"),
            NOTE,
        ],
        base_form_class=WorkshopForm,
    ),
    WorkshopKind.AWARENESS: ObjectList(
        [
            MultiFieldPanel([FieldPanel("title"), FieldPanel("topic")], heading=_("What")),
            InlinePanel(
                "sessions",
                heading=_("Days and sessions"),
                label=_("When"),
                panels=[FieldPanel("starts_at"), FieldPanel("ends_at")],
            ),
            MultiFieldPanel([FieldPanel("headcount"), FieldPanel("headcount_women")], heading=_("How many")),
            PLACE,
            MONEY,
            NOTE,
        ],
        base_form_class=AwarenessForm,
    ),
}
BOUND = {kind: panel.bind_to_model(Workshop) for kind, panel in PANELS.items()}
