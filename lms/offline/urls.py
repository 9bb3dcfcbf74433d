from django.urls import path

from lms.offline import less_data_views, views

urlpatterns = [
    # What waited on a device
    path("sync/", views.sync, name="sync"),
    # /my/less-data/: pictures only when they are tapped
    path("my/less-data/", less_data_views.less_data, name="less_data"),
]
