from django.urls import path

from lms.offline import less_data_views, views, worker

urlpatterns = [
    # What waited on a device
    path("sync/", views.sync, name="sync"),
    # What a browser needs to do without a network
    path("sw.js", worker.worker, name="worker"),
    path("offline/", worker.unreachable, name="unreachable"),
    # One's own
    path("my/downloads/", views.downloads, name="downloads"),
    # Pictures only when they are tapped
    path("my/less-data/", less_data_views.less_data, name="less_data"),
]
