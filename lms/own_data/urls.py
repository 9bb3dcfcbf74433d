"""A copy of everything held on one person."""

from django.urls import path

from lms.own_data import views

urlpatterns = [
    path("my/record/data/", views.my_data, name="my_data"),
    path("reports/people/<uuid:uuid>/data/", views.data_of, name="data_of"),
]
