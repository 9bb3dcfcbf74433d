from django.urls import path

from lms.reports import views
from lms.reports.pages import crowds, lapsing, learning, lists, overview, parts

urlpatterns = [
    # The supervisor's people
    path("reports/", views.people, name="reports"),
    path("reports/people.csv", views.people_sheet, name="reports_sheet"),
    # The list behind a figure, and what the figure is divided into
    path("reports/figures/<slug:name>/", lists.figure, name="figure"),
    path("reports/figures/<slug:name>/<slug:file_format>/", lists.figure_sheet, name="figure_sheet"),
    path("reports/figures/<slug:name>/by/<slug:dimension>/", parts.figure_parts, name="figure_parts"),
    path(
        "reports/figures/<slug:name>/by/<slug:dimension>/<slug:file_format>/",
        parts.figure_parts_sheet,
        name="figure_parts_sheet",
    ),
    # The list behind a number of people as they are today
    path("reports/people/<slug:name>/", crowds.people, name="figure_people"),
    path("reports/people/<slug:name>/<slug:file_format>/", crowds.people_sheet, name="figure_people_sheet"),
    # Overview
    path("reports/overview/", overview.overview, name="reports_overview"),
    path(
        "reports/overview/<slug:name>/<slug:file_format>/",
        overview.overview_sheet,
        name="reports_overview_sheet",
    ),
    # What lapses, and the invitation to renew it
    path("reports/lapsing/", lapsing.lapsing, name="reports_lapsing"),
    path("reports/lapsing/invite/", lapsing.lapsing_invite, name="lapsing_invite"),
    # Coverage
    # Learning
    path("reports/learning/", learning.learning, name="reports_learning"),
    path("reports/learning/cohorts/<uuid:cohort>/", learning.learning_cohort, name="reports_learning_cohort"),
    path(
        "reports/learning/<slug:name>/<slug:file_format>/",
        learning.learning_sheet,
        name="reports_learning_sheet",
    ),
    # Questions
    # Gradebooks, transcripts, registers
    # Packs and evidence
]
