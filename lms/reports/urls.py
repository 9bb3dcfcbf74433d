from django.urls import path

from lms.reports import views
from lms.reports.pages import coverage, gradebooks, lists, registers, transcripts

urlpatterns = [
    # The supervisor's people
    path("reports/", views.people, name="reports"),
    path("reports/people.csv", views.people_sheet, name="reports_sheet"),
    # The list behind a figure, and what the figure is divided into
    path("reports/figures/<slug:name>/", lists.figure, name="figure"),
    path("reports/figures/<slug:name>/<slug:file_format>/", lists.figure_sheet, name="figure_sheet"),
    # Overview
    # Coverage
    path("reports/coverage/", coverage.coverage, name="reports_coverage"),
    path("reports/coverage/posts/<slug:file_format>/", coverage.coverage_sheet, name="coverage_sheet"),
    path("reports/coverage/people/<slug:where>/", coverage.coverage_people, name="coverage_people"),
    path(
        "reports/coverage/people/<slug:where>/<slug:file_format>/",
        coverage.coverage_people_sheet,
        name="coverage_people_sheet",
    ),
    # Learning
    # Questions
    # Gradebooks, transcripts, registers
    path("reports/gradebook/", gradebooks.choose, name="reports_gradebook"),
    path("reports/gradebook/<uuid:uuid>/", gradebooks.gradebook, name="gradebook"),
    path(
        "reports/gradebook/<uuid:uuid>/<slug:file_format>/", gradebooks.gradebook_sheet, name="gradebook_sheet"
    ),
    path("reports/people/<uuid:uuid>/transcript/", transcripts.transcript, name="transcript"),
    path("my/record/transcript/", transcripts.my_transcript, name="my_transcript"),
    path("reports/workshops/", registers.workshops, name="reports_workshops"),
    path(
        "reports/workshops/sheet/<slug:file_format>/", registers.workshops_sheet, name="report_workshops_sheet"
    ),
    path("reports/workshops/<uuid:uuid>/", registers.register, name="report_register"),
    path(
        "reports/workshops/<uuid:uuid>/<slug:file_format>/",
        registers.register_sheet,
        name="report_register_sheet",
    ),
    # Packs and evidence
]
