from django.urls import path

from lms.home import installing, views

urlpatterns = [
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("manifest.webmanifest", installing.manifest, name="manifest"),
]
