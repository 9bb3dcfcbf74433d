from django.urls import path

from courses.room import debrief_views, own_views, views

urlpatterns = [
    # /workshops/<uuid>/: for whoever is there
    path("workshops/<uuid:uuid>/test/<slug:when>/", own_views.room_test, name="room_test"),
    path("workshops/<uuid:uuid>/feedback/", own_views.workshop_feedback, name="workshop_feedback"),
    # For whoever runs it: forms on paper, and sheets entered by row
    path("workshops/<uuid:uuid>/tests/", views.workshop_tests, name="workshop_tests"),
    path(
        "workshops/<uuid:uuid>/tests/<slug:when>/forms/",
        views.workshop_forms_freeze,
        name="workshop_forms_freeze",
    ),
    path(
        "workshops/<uuid:uuid>/tests/<slug:when>/paper/<slug:letter>/",
        views.workshop_question_paper,
        name="workshop_question_paper",
    ),
    path(
        "workshops/<uuid:uuid>/tests/<slug:when>/sheets/",
        views.workshop_answer_sheets,
        name="workshop_answer_sheets",
    ),
    path(
        "workshops/<uuid:uuid>/tests/<slug:when>/enter/",
        views.workshop_test_enter,
        name="workshop_test_enter",
    ),
    # What they came to
    path("workshops/<uuid:uuid>/debrief/", debrief_views.workshop_debrief, name="workshop_debrief"),
    path("workshops/<uuid:uuid>/survey/", debrief_views.workshop_survey, name="workshop_survey"),
    path(
        "workshops/<uuid:uuid>/survey/sheet/",
        debrief_views.workshop_survey_sheet,
        name="workshop_survey_sheet",
    ),
    path(
        "workshops/<uuid:uuid>/survey/enter/",
        debrief_views.workshop_survey_enter,
        name="workshop_survey_enter",
    ),
]
