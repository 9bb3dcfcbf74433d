"""Results at the desk: courses, who studies one, who took a quiz, one attempt. Below /admin/."""

from django.urls import path

from lms.reports import attempts, enrolments, late, overview

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
    # One attempt, as it was shown
    path("results/attempts/<uuid:uuid>/", attempts.AttemptView.as_view(), name="results_attempt"),
]
