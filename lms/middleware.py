"""Answers that belong to one person are never kept; staff doors open to staff alone."""

from http import HTTPStatus
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.utils.translation import gettext as _

from courses.audit import log
from courses.people import devices, used_up
from courses.people.guard import lacks_second_step, to_second_step
from courses.people.roles import is_auditor, is_staff_role, may_enter_desk

ADMIN = "/admin/"
REPORTS = "/reports/"
# What a view may say about keeping its answer; "private" alone would leave it on a shared device.
FOR_EVERYBODY_OR_NOBODY = ("public", "no-cache", "no-store")


class PrivatePages:
    """No-store on every page shown to a signed-in person, what a page may ask of the device, the admin's
    own content policy."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path.startswith(settings.STATIC_URL):
            return self.get_response(request)
        was_signed_in = request.user.is_authenticated
        response = self.get_response(request)
        if was_signed_in or request.user.is_authenticated:
            said = response.get("Cache-Control", "")
            if not any(word in said for word in FOR_EVERYBODY_OR_NOBODY):
                add_never_cache_headers(response)
                response["Cache-Control"] = "private, no-store"
            patch_vary_headers(response, ["Cookie"])
        if was_signed_in and not request.user.is_authenticated:
            # Signed out: what the browser still holds of this person goes too.
            response["Clear-Site-Data"] = '"cache"'
        response.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if request.path.startswith(ADMIN):
            policy = settings.ADMIN_CONTENT_SECURITY_POLICY
            response["Content-Security-Policy"] = "; ".join(
                f"{name} {' '.join(sources)}" for name, sources in policy.items()
            )
        return response


class Patience:
    """Whoever tried too often is told so with 429, also by a form, and when to come again."""

    # Where the allowance does not say when a try is free again.
    SECONDS = 600

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if getattr(request, "tries_used_up", False) and response.status_code == HTTPStatus.OK:
            response.status_code = HTTPStatus.TOO_MANY_REQUESTS
        if response.status_code == HTTPStatus.TOO_MANY_REQUESTS:
            response.setdefault("Retry-After", str(used_up.seconds(request) or self.SECONDS))
        return response


class Sizes:
    """No large body is read for those who have nothing to hand in: files are for staff.

    Django would write each file of a form to the disk before a view is asked.
    """

    FOR_STAFF = 210 * 1024 * 1024

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        size = request.META.get("CONTENT_LENGTH") or "0"
        if size.isdecimal() and int(size) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            staff = request.user.is_authenticated and is_staff_role(request.user)
            if not staff or int(size) > self.FOR_STAFF:
                return render(request, "413.html", status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        return self.get_response(request)


class SharedDevice:
    """A session that was left alone ends by itself: soon on a shared device, overnight at the desk."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if (
            not request.path.startswith(settings.STATIC_URL)
            and request.user.is_authenticated
            and devices.has_idled(request)
        ):
            told = (
                _("You were signed out because the site was not used here for a while.")
                if devices.is_own_device(request)
                else _("You were signed out because this shared device was not used for a while.")
            )
            logout(request)
            if request.path == reverse("sync"):
                return self.get_response(request)  # answers that nobody is signed in
            messages.info(request, told)
            # A POST is not repeated after signing in; a page is.
            query = urlencode({"next": request.get_full_path()}) if request.method == "GET" else ""
            return HttpResponseRedirect(f"{reverse('account_login')}?{query}".rstrip("?"))
        return self.get_response(request)


class Doors:
    """The admin is for the desk alone, figures for staff; both want the second factor where set.

    So do the site's pages that show names to whoever runs a workshop, leads a cohort or sends a team:
    those ask by themselves, since everybody has pages beside them.

    Wagtail would send a signed-in trainee to the log-in page, which sends signed-in people
    back: round and round. Here the answer is a plain no.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path.startswith((ADMIN, REPORTS)) and request.user.is_authenticated:
            may = may_enter_desk if request.path.startswith(ADMIN) else is_staff_role
            if not may(request.user):
                raise PermissionDenied
            if lacks_second_step(request.user):
                return to_second_step(request)
            if is_auditor(request.user):
                return self.seen(request)
        return self.get_response(request)

    def seen(self, request):
        """Everything that an auditor is shown is on record: each page, list, export and evidence file."""
        response = self.get_response(request)
        if response.status_code == HTTPStatus.OK:
            # Somebody's name may be looked for: that stays out.
            asked = {name: value[:100] for name, value in request.GET.items() if name != "q"}
            log.record(
                "auditor looked",
                request.user,
                actor=request.user,
                at=timezone.now(),
                page=request.path,
                asked=urlencode(asked),
            )
        return response
