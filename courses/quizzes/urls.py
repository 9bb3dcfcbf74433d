from django.urls import path

from courses.quizzes import views

urlpatterns = [
    # One attempt of the person signed in. Somebody else's answers as one that is not there.
    path("attempts/<uuid:uuid>/", views.attempt, name="attempt"),
    path("attempts/<uuid:uuid>/<int:n>/", views.attempt_question, name="attempt_question"),
    # All of its questions in one document, for going on without a network
    path("attempts/<uuid:uuid>/paper/", views.attempt_paper, name="attempt_paper"),
    path("attempts/<uuid:uuid>/review/", views.attempt_review, name="attempt_review"),
    path("attempts/<uuid:uuid>/submit/", views.attempt_submit, name="attempt_submit"),
    path("attempts/<uuid:uuid>/result/", views.attempt_result, name="attempt_result"),
]
