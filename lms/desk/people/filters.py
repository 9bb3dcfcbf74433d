"""The filters of the list of people."""

import django_filters
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.catalogue.models import Course
from courses.people.models import Post
from courses.people.viewsets import PersonFilters
from lms.desk.people.hearing import never_heard, silent_for
from lms.desk.people.studying import StudyStatus, in_course

NEVER = "never"
SILENT = [
    (NEVER, _("Never")),
    ("30", _("More than 30 days ago")),
    ("90", _("More than 90 days ago")),
    ("180", _("More than 180 days ago")),
    ("365", _("More than a year ago")),
]


class PostField(django_filters.fields.ModelChoiceField):
    def label_from_instance(self, post):
        return f"{post.agency}: {post.name}"


class PostFilter(django_filters.ModelChoiceFilter):
    field_class = PostField


class PeopleFilters(PersonFilters):
    post = PostFilter(
        label=_("Post"), queryset=Post.objects.select_related("agency").order_by("agency__name", "name")
    )
    # The two belong together: `filter_queryset` asks both at once.
    course = django_filters.ModelChoiceFilter(
        label=_("Course"), queryset=Course.objects.all(), method="leave_to_both"
    )
    status = django_filters.ChoiceFilter(
        label=_("Where in the course"),
        choices=StudyStatus.choices,
        empty_label=_("All"),
        method="leave_to_both",
    )
    heard = django_filters.ChoiceFilter(
        label=_("Last heard from"), choices=SILENT, empty_label=_("All"), method="by_silence"
    )

    class Meta(PersonFilters.Meta):
        fields = ["agency", "post", "agency__sector", "approval", "role", "course", "status", "heard"]

    def leave_to_both(self, people, name, value):
        return people

    def by_silence(self, people, name, value):
        if value == NEVER:
            return never_heard(people)
        return silent_for(people, int(value), now=timezone.now())

    def filter_queryset(self, queryset):
        chosen = self.form.cleaned_data
        return in_course(
            super().filter_queryset(queryset),
            chosen.get("status"),
            chosen.get("course"),
            day=timezone.localdate(),
        )
