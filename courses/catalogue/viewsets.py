"""The desk's screen for the lasting record of a course; its pages are in the explorer."""

from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.viewsets.model import ModelViewSet

from courses.catalogue.desk_forms import CourseForm
from courses.catalogue.models import Course
from courses.desk import KeptPolicy


class CourseViewSet(ModelViewSet):
    model = Course
    name = "course-records"
    icon = "doc-full"
    menu_label = gettext_lazy("Course records")
    copy_view_enabled = False
    list_display = ["title", "code", "enrolment", "validity_months", "approved_by", "approved_on"]
    permission_policy = KeptPolicy(Course)
    edit_handler = ObjectList(
        [
            FieldPanel("title"),
            FieldPanel("code"),
            FieldPanel("neutral_title"),
            FieldPanel("enrolment"),
            MultiFieldPanel(
                [
                    FieldPanel("needs_lessons"),
                    FieldPanel("needs_checks"),
                    FieldPanel("needs_drills"),
                    FieldPanel("needs_final"),
                ],
                heading=gettext_lazy("The course is completed when"),
            ),
            FieldPanel("validity_months"),
            MultiFieldPanel(
                [FieldPanel("approved_by"), FieldPanel("approved_on")],
                heading=gettext_lazy("Approve the content"),
            ),
        ],
        base_form_class=CourseForm,
    )


course_viewset = CourseViewSet()
