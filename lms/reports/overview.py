"""The first screen of results: every course with its quizzes, and how many people are in each."""

from collections import defaultdict

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from courses.catalogue.models import Course
from courses.choices import AttemptState, EnrolmentState
from courses.drills.remarking.kinds import KINDS
from courses.quizzes.models import Attempt, QuizEdition
from lms.reports.tables import only_for_results


def quizzes_by_course():
    """{course id: [{"key", "title", "attempts"}, ...]}, titles as they were published last, in English."""
    counts = Attempt.objects.exclude(state=AttemptState.PREPARED).order_by().values_list("quiz_key")
    counts = dict(counts.annotate(Count("pk")))
    editions = QuizEdition.objects.filter(course__isnull=False).order_by("n")
    titles = {}
    for course_id, key, locale, title in editions.values_list("course_id", "quiz_key", "locale", "title"):
        if locale == "en" or key not in titles:
            titles[key] = (course_id, title)
    found = defaultdict(list)
    for key, (course_id, title) in titles.items():
        found[course_id].append({"key": key, "title": title, "attempts": counts.get(key, 0)})
    return found


def drills_by_course():
    """{course id: [{"name", "key", "title", "runs"}, ...]}, as `quizzes_by_course`; `name`: of its list."""
    found = defaultdict(list)
    for kind in KINDS.values():
        runs = kind.run.objects.order_by().values_list(f"edition__{kind.key}")
        counts, titles = dict(runs.annotate(Count("pk"))), {}
        editions = kind.edition.objects.filter(course__isnull=False).order_by("n")
        for course_id, key, locale, title in editions.values_list("course_id", kind.key, "locale", "title"):
            if locale == "en" or key not in titles:
                titles[key] = (course_id, title)
        for key, (course_id, title) in titles.items():
            drill = {"name": f"results_{kind.name}", "key": key, "title": title, "runs": counts.get(key, 0)}
            found[course_id].append(drill)
    return found


class ResultsView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "lms/reports/results.html"
    page_title = _("Results")
    header_icon = "table"

    def dispatch(self, request, *args, **kwargs):
        only_for_results(request)
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        counted = Course.objects.annotate(
            enrolled=Count("enrolments", filter=~Q(enrolments__state=EnrolmentState.SET_ASIDE)),
            completed=Count("enrolments", filter=Q(enrolments__state=EnrolmentState.COMPLETED)),
        )
        quizzes, drills = quizzes_by_course(), drills_by_course()
        courses = [
            (course, quizzes[course.pk], drills[course.pk]) for course in counted.order_by("title", "pk")
        ]
        return super().get_context_data(courses=courses, **kwargs)
