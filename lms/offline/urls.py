from django.urls import path

from lms.offline import views, worker

urlpatterns = [
    # What waited on a device
    path("sync/", views.sync, name="sync"),
    # What a browser needs to do without a network
    path("sw.js", worker.worker, name="worker"),
    path("offline/", worker.unreachable, name="unreachable"),
    # One's own
    path("my/downloads/", views.downloads, name="downloads"),
]
