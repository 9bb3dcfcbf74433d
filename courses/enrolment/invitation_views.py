"""Accepting an invitation. The link works whatever the site says about signing up."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.signup import complete_signup
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from courses.enrolment import accepting, guessing
from courses.enrolment.site_forms import InvitedForm
from courses.guessing import client_of


@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request, token):
    response = _answer(request, token)
    # The address opens a log-in: it goes into no cache, no index and to no other site.
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _answer(request, token):
    at, who = timezone.now(), f"invitation:{client_of(request)}"
    if guessing.is_blocked(who, at=at):
        return _over(request, "blocked", 429)
    found = accepting.find(token)
    if found is None:
        guessing.count(who, at=at)
        return _over(request, "unknown", 404)
    if found.state(at) != "open":
        return _over(request, found.state(at), 410)
    if request.user.is_authenticated:
        return _signed_in(request, found, at)
    return _new(request, found)


def _over(request, state, status):
    return render(request, "courses/cohorts/invitation_over.html", {"state": state}, status=status)


def _signed_in(request, found, at):
    if request.user.person_id is None:
        return render(request, "people/no_person.html", status=403)
    if found.person is not None and found.person.counts_as != request.user.person.counts_as:
        return _over(request, "other_record", 409)
    if request.method == "POST":
        try:
            accepting.accept_signed_in(found, request.user, at=at)
        except accepting.InvitationOver:
            return redirect(request.path)
        messages.success(request, _("You have accepted the invitation."))
        return redirect("home")
    context = {"invitation": found, "is_theirs": accepting.is_theirs(found, request.user)}
    return render(request, "courses/cohorts/invitation_signed_in.html", context)


def _new(request, found):
    form = InvitedForm(request.POST if request.method == "POST" else None, invitation=found)
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "invitation": found, "login_url": _sign_in(request)}
        return render(
            request, "courses/cohorts/invitation.html", context, status=422 if request.method == "POST" else 200
        )
    # Whoever holds the link was sent it to this address.
    get_adapter(request).stash_verified_email(request, found.address)
    try:
        user, answer = form.try_save(request)
    except accepting.InvitationOver:
        return redirect(request.path)
    finally:
        get_adapter(request).unstash_verified_email(request)
    return answer or complete_signup(request, user=user, redirect_url=reverse("home"))


def _sign_in(request):
    return f"{reverse('account_login')}?next={request.path}"
