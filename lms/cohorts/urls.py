from django.urls import path

from lms.cohorts import views

urlpatterns = [
    # /cohorts/: for facilitators
    path("cohorts/", views.cohorts, name="cohorts"),
    path("cohorts/<uuid:uuid>/", views.cohort, name="cohort"),
]
