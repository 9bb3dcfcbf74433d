from django.urls import path

from courses import scenario_views, views

urlpatterns = [
    # /courses/: the catalogue, a course, its lessons
    path("courses/", views.catalogue, name="catalogue"),
    path("courses/<slug:course>/", views.course, name="course"),
    path("courses/<slug:course>/enrol/", views.course_enrol, name="course_enrol"),
    path("courses/<slug:course>/continue/", views.course_continue, name="course_continue"),
    path("courses/<slug:course>/changes-seen/", views.course_seen, name="course_seen"),
    path("courses/<slug:course>/<slug:lesson>/", views.lesson, name="lesson"),
    path("courses/<slug:course>/<slug:lesson>/place/", views.lesson_place, name="lesson_place"),
    # /open/<key>/: an address for messages and walls; it tells nothing and stays
    path("open/<uuid:key>/", views.open_page, name="open_page"),
    # /scenarios/<scenario>/: before a case starts
    path("scenarios/<uuid:key>/", scenario_views.scenario, name="scenario"),
    # All of it in one document, for playing without a network
    path("scenarios/<uuid:key>/story/", scenario_views.scenario_story, name="scenario_story"),
    # /quizzes/<quiz>/: before a quiz starts
    path("quizzes/<uuid:key>/start/", views.quiz_start, name="quiz_start"),
]
