from django.urls import path

from lms.offline import views

urlpatterns = [
    # What waited on a device
    path("sync/", views.sync, name="sync"),
]
