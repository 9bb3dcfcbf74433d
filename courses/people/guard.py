from functools import wraps
from urllib.parse import urlencode

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from courses.people import roles


def person_required(view):
    """Let in people with a record of their own; a bare log-in is told what to do.

    Sets `request.person`.
    """

    @login_required
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if request.user.person_id is None:
            return render(request, "people/no_person.html", status=403)
        request.person = request.user.person
        return view(request, *args, **kwargs)

    return guarded


def lacks_second_step(user):
    """Whether staff must set up a second step before they see anybody's name."""
    return roles.needs_second_factor(user) and not is_mfa_enabled(user)


def to_second_step(request):
    """Send staff to the page that sets it up, and from there back."""
    messages.info(request, _("Please set up a second step for signing in. It protects the records."))
    return redirect(f"{reverse('mfa_activate_totp')}?{urlencode({'next': request.path})}")
