"""Results at the desk: courses, who studies one, who took a quiz, one attempt. Below /admin/."""

from django.urls import path

from lms.reports import attempts, enrolments, late, overview
from lms.reports.repairing import deciding as repaired
from lms.reports.repairing import views as repairs
from lms.reports.runs import lists, looking
from lms.reports.runs import repairing as drills

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
    # Who played a scenario, who filled in a practice case; one of each, looked back at
    path("results/scenarios/<uuid:key>/", lists.RunsView.as_view(), name="results_scenario"),
    path(
        "results/scenarios/<uuid:key>/rows/",
        lists.RunsView.as_view(results_only=True),
        name="results_scenario_rows",
    ),
    path("results/cases/<uuid:key>/", lists.CaseRunsView.as_view(), name="results_case"),
    path(
        "results/cases/<uuid:key>/rows/",
        lists.CaseRunsView.as_view(results_only=True),
        name="results_case_rows",
    ),
    path("results/runs/<uuid:uuid>/", looking.RunView.as_view(), name="results_run"),
    path("results/case-runs/<uuid:uuid>/", looking.CaseRunView.as_view(), name="results_case_run"),
    # Wrong points or a wrong key of a drill, and what putting them right changes
    path(
        "results/drills/<str:kind>/<uuid:key>/again/",
        drills.ProposeDrillRepairView.as_view(),
        name="drill_repair_propose",
    ),
    path("results/drill-repairs/<uuid:uuid>/", drills.DrillRepairView.as_view(), name="drill_repair"),
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
