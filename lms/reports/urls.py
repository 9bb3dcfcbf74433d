from django.urls import path

from lms.reports import views
from lms.reports.pages import learning, lists

urlpatterns = [
    # The supervisor's people
    path("reports/", views.people, name="reports"),
    path("reports/people.csv", views.people_sheet, name="reports_sheet"),
    # The list behind a figure, and what the figure is divided into
    path("reports/figures/<slug:name>/", lists.figure, name="figure"),
    path("reports/figures/<slug:name>/<slug:file_format>/", lists.figure_sheet, name="figure_sheet"),
    # Overview
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
