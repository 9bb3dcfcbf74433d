"""Addresses that stand before Wagtail's own: there is one log-in, and it is allauth's."""

from allauth.account.views import logout
from django.urls import path, re_path

from lms.desk import doors

before_admin = [
    path("admin/login/", doors.to_login, name="desk_login"),
    path("admin/logout/", logout, name="desk_logout"),
    re_path(r"^admin/password_reset/.*$", doors.to_password_reset, name="desk_password_reset"),
]
