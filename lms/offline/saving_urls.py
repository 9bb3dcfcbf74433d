"""Before the lessons of a course, whose addresses have the same form."""

from django.urls import path

from lms.offline import saving_views

urlpatterns = [
    path("courses/<slug:course>/save/", saving_views.save_course, name="save_course"),
    path("courses/<slug:course>/save/list/", saving_views.save_list, name="save_list"),
    path("courses/<slug:course>/save/papers/", saving_views.save_papers, name="save_papers"),
]
