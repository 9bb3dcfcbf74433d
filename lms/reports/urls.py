from django.urls import path

from lms.reports import views
from lms.reports.pages import (
    coverage,
    crowds,
    debriefs,
    drills,
    evidence,
    gradebooks,
    lapsing,
    learning,
    lists,
    overview,
    pack_orders,
    packs,
    parts,
    questions,
    registers,
    transcripts,
)

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
    path("reports/people/<uuid:uuid>/transcript/", transcripts.transcript, name="transcript"),
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
    path("reports/coverage/", coverage.coverage, name="reports_coverage"),
    path("reports/coverage/posts/<slug:file_format>/", coverage.coverage_sheet, name="coverage_sheet"),
    path("reports/coverage/people/<slug:where>/", coverage.coverage_people, name="coverage_people"),
    path(
        "reports/coverage/people/<slug:where>/<slug:file_format>/",
        coverage.coverage_people_sheet,
        name="coverage_people_sheet",
    ),
    # Learning
    path("reports/learning/", learning.learning, name="reports_learning"),
    path("reports/learning/cohorts/<uuid:cohort>/", learning.learning_cohort, name="reports_learning_cohort"),
    path(
        "reports/learning/<slug:name>/<slug:file_format>/",
        learning.learning_sheet,
        name="reports_learning_sheet",
    ),
    # Drills
    path("reports/drills/", drills.drills, name="reports_drills"),
    path("reports/drills/<slug:name>/<slug:file_format>/", drills.drills_sheet, name="reports_drills_sheet"),
    # /cohorts/<cohort>/debriefs/: of a class after a drill, for whoever leads it
    path("cohorts/<uuid:uuid>/debriefs/", debriefs.class_debriefs, name="class_debriefs"),
    path("cohorts/<uuid:uuid>/debriefs/<slug:kind>/<uuid:key>/", debriefs.class_debrief, name="class_debrief"),
    path(
        "cohorts/<uuid:uuid>/debriefs/<slug:kind>/<uuid:key>/pdf/",
        debriefs.class_debrief_pdf,
        name="class_debrief_pdf",
    ),
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
    path("reports/gradebook/", gradebooks.choose, name="reports_gradebook"),
    path("reports/gradebook/<uuid:uuid>/", gradebooks.gradebook, name="gradebook"),
    path(
        "reports/gradebook/<uuid:uuid>/<slug:file_format>/", gradebooks.gradebook_sheet, name="gradebook_sheet"
    ),
    path("my/record/transcript/", transcripts.my_transcript, name="my_transcript"),
    path("reports/workshops/", registers.workshops, name="reports_workshops"),
    path(
        "reports/workshops/sheet/<slug:file_format>/", registers.workshops_sheet, name="report_workshops_sheet"
    ),
    path("reports/workshops/<uuid:uuid>/", registers.register, name="report_register"),
    path("reports/workshops/<uuid:uuid>/evidence/", evidence.of_workshop, name="reports_workshop_evidence"),
    path(
        "reports/workshops/<uuid:uuid>/<slug:file_format>/",
        registers.register_sheet,
        name="report_register_sheet",
    ),
    # Packs and evidence
    path("reports/packs/", packs.packs, name="reports_packs"),
    path("reports/packs/make/", packs.make, name="reports_pack_make"),
    path("reports/packs/orders/<uuid:uuid>/", pack_orders.order, name="reports_pack_order"),
    path("reports/packs/orders/<uuid:uuid>/again/", pack_orders.again, name="reports_pack_order_again"),
    path("reports/packs/<uuid:uuid>/", packs.pack, name="reports_pack"),
    path("reports/packs/<uuid:uuid>/correct/", packs.correct, name="reports_pack_correct"),
    path("reports/packs/<uuid:uuid>/words/<slug:version>/<slug:key>/", packs.words, name="reports_pack_words"),
    path("reports/packs/<uuid:uuid>/rows/<slug:name>/", packs.rows, name="reports_pack_rows"),
    path(
        "reports/packs/<uuid:uuid>/rows/<slug:name>/<slug:file_format>/",
        packs.rows_sheet,
        name="reports_pack_rows_sheet",
    ),
    path("reports/packs/<uuid:uuid>/files/<slug:version>/<slug:form>/", packs.file, name="reports_pack_file"),
    path("reports/packs/<uuid:uuid>/evidence/", evidence.of_pack, name="reports_pack_evidence"),
]
