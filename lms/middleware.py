"""Answers that belong to one person are never kept by caches or shared devices."""

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers, patch_vary_headers

ADMIN = "/admin/"


class PrivatePages:
    """No-store on every page shown to a signed-in person, and the admin's own content policy."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.path.startswith(settings.STATIC_URL):
            return response
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            if not response.has_header("Cache-Control"):
                add_never_cache_headers(response)
                response["Cache-Control"] = "private, no-store"
            patch_vary_headers(response, ["Cookie"])
        if request.path.startswith(ADMIN):
            policy = settings.ADMIN_CONTENT_SECURITY_POLICY
            response["Content-Security-Policy"] = "; ".join(
                f"{name} {' '.join(sources)}" for name, sources in policy.items()
            )
        return response


class StaffSecondFactor:
    """Where the site asks for it, staff set up a second factor before they see the admin."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.STAFF_SECOND_FACTOR and self.must_set_up(request):
            return redirect(reverse("mfa_activate_totp"))
        return self.get_response(request)

    def must_set_up(self, request):
        if not request.path.startswith((ADMIN, "/reports/")) or not request.user.is_authenticated:
            return False
        return not is_mfa_enabled(request.user)
