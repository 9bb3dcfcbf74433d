"""Results at the desk: courses, who studies one, who took a quiz, one attempt. Below /admin/."""

from django.urls import path

from lms.reports import attempts, enrolments, late, overview
from lms.reports.repairing import deciding as repaired
from lms.reports.repairing import views as repairs

urls = [
    path("results/", overview.ResultsView.as_view(), name="results"),
    # Who studies a course
    path("results/courses/<int:pk>/", enrolments.EnrolmentsView.as_view(), name="results_course"),
    path(
        "results/courses/<int:pk>/rows/",
        enrolments.EnrolmentsView.as_view(results_only=True),
        name="results_course_rows",
    ),
    # Who took a quiz
    path("results/quizzes/<uuid:key>/", attempts.AttemptsView.as_view(), name="results_quiz"),
    path(
        "results/quizzes/<uuid:key>/rows/",
        attempts.AttemptsView.as_view(results_only=True),
        name="results_quiz_rows",
    ),
    # Answers that came late, and those of one attempt
    path("results/late/", late.LateView.as_view(), name="results_late"),
    path("results/late/rows/", late.LateView.as_view(results_only=True), name="results_late_rows"),
    path("results/late/<uuid:uuid>/", late.DecideLateView.as_view(), name="results_late_attempt"),
    # A wrong key: of a question (its key), what that changes, one person's pass that stands
    path("results/keys/<uuid:key>/", repairs.ProposeView.as_view(), name="repair_key"),
    path("results/repairs/<uuid:uuid>/", repairs.RepairView.as_view(), name="repair"),
    path("results/repairs/<uuid:uuid>/rows.csv", repairs.sheet, name="repair_sheet"),
    path("results/repairs/<int:pk>/otherwise/", repaired.TakeBackView.as_view(), name="repair_otherwise"),
    path("results/repairs/<int:pk>/left/", repaired.MarkLeftView.as_view(), name="repair_left"),
    # One attempt, as it was shown
    path("results/attempts/<uuid:uuid>/", attempts.AttemptView.as_view(), name="results_attempt"),
]
