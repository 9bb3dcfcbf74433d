from django.urls import path

from lms.reports import views
from lms.reports.pages import lists, questions

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
    # Questions: how each did at the first attempt
    path("reports/questions/", questions.quizzes, name="reports_questions"),
    path("reports/questions/<uuid:key>/", questions.items, name="reports_quiz_items"),
    path("reports/questions/<uuid:key>/attempts/", questions.attempts, name="reports_first_attempts"),
    path("reports/questions/<uuid:key>/<uuid:question>/", questions.item, name="reports_item"),
    path("reports/questions/<slug:file_format>/", questions.quizzes_sheet, name="reports_questions_sheet"),
    path(
        "reports/questions/<uuid:key>/<slug:file_format>/",
        questions.items_sheet,
        name="reports_quiz_items_sheet",
    ),
    path(
        "reports/questions/<uuid:key>/<uuid:question>/<slug:file_format>/",
        questions.item_sheet,
        name="reports_item_sheet",
    ),
    # Gradebooks, transcripts, registers
    # Packs and evidence
]
