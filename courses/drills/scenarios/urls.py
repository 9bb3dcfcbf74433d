from django.urls import path

from courses.drills.scenarios import views

urlpatterns = [
    # One run of the person signed in. Somebody else's answers as one that is not there.
    path("runs/<uuid:uuid>/", views.run, name="run"),
    path("runs/<uuid:uuid>/at/<slug:place>/", views.place, name="run_place"),
    path("runs/<uuid:uuid>/review/", views.review, name="run_review"),
]
