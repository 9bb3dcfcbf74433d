"""/admin/looks/."""

from django.urls import path

from lms.looks.views import LooksView

urls = [path("looks/", LooksView.as_view(), name="looks")]
