"""Wagtail's own log-in knows neither second factor nor limits: its addresses lead to allauth."""

from urllib.parse import urlencode

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme


def to_login(request):
    wanted = request.GET.get(REDIRECT_FIELD_NAME) or request.POST.get(REDIRECT_FIELD_NAME) or ""
    address = reverse("account_login")
    if wanted and url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure()):
        address = f"{address}?{urlencode({REDIRECT_FIELD_NAME: wanted})}"
    return redirect(address)


def to_password_reset(request):
    return redirect("account_reset_password")
