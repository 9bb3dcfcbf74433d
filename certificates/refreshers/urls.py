from django.urls import path

from certificates.refreshers import views

urlpatterns = [
    # What has changed since one was certified; the address tells nothing
    path("my/changes/<uuid:uuid>/", views.refresher, name="refresher"),
]
