from django.urls import path

from lms.reports import views
from lms.reports.pages import evidence, lists, packs

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
    # Questions
    # Gradebooks, transcripts, registers
    # Packs and evidence
    path("reports/packs/", packs.packs, name="reports_packs"),
    path("reports/packs/make/", packs.make, name="reports_pack_make"),
    path("reports/packs/<uuid:uuid>/", packs.pack, name="reports_pack"),
    path("reports/packs/<uuid:uuid>/correct/", packs.correct, name="reports_pack_correct"),
    path("reports/packs/<uuid:uuid>/words/<slug:version>/<slug:key>/", packs.words, name="reports_pack_words"),
    path("reports/packs/<uuid:uuid>/rows/<slug:name>/", packs.rows, name="reports_pack_rows"),
    path("reports/packs/<uuid:uuid>/files/<slug:version>/<slug:form>/", packs.file, name="reports_pack_file"),
    path("reports/packs/<uuid:uuid>/evidence/", evidence.of_pack, name="reports_pack_evidence"),
    path("reports/workshops/<uuid:uuid>/evidence/", evidence.of_workshop, name="reports_workshop_evidence"),
]
