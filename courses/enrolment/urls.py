from django.urls import path

from courses.enrolment import invitation_views, views

urlpatterns = [
    # /join/: into a cohort by its code, typed or in the link
    path("join/", views.join_by_code, name="join_by_code"),
    path("join/<slug:code>/", views.join, name="join"),
    # /invitation/<token>/: what the mail of the training team opens
    path("invitation/<str:token>/", invitation_views.invitation, name="invitation"),
]
