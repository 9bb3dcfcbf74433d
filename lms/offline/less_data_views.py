"""Choosing to use less data."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponseBadRequest
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from courses.people.devices import is_own_device
from lms.offline.less_data import Choice, keep_choice


@require_POST
def less_data(request):
    """Kept on the device, not with the person: it is the device's line that is slow or dear."""
    if request.POST.get("less") not in Choice.values:
        return HttpResponseBadRequest()
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        back = "home"
    response = redirect(back)
    keep_choice(
        response,
        Choice(request.POST["less"]),
        secure=settings.SESSION_COOKIE_SECURE,
        lasting=is_own_device(request),
    )
    messages.success(request, _("Your choice is kept on this device."))
    return response
