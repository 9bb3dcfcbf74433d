"""The service worker, and the page it shows where there is no network."""

import copy
import json

import rjsmin
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import conditional_page, require_safe

from lms.offline import shell

# Neither kept nor answered off line: the desk, log-in, the public check, staff pages, what serves scripts.
UNTOUCHED = ["accounts", "admin", "healthz", "invitations", "readyz", "reports", "sync", "v", "verify"]


def _from_nobody(request):
    """The same request as a stranger sends it: the page is kept by browsers that several people use."""
    stranger = copy.copy(request)
    stranger.user, stranger.session, stranger._messages = AnonymousUser(), {}, []
    return stranger


@require_safe
@never_cache
def unreachable(request):
    return render(_from_nobody(request), "lms/offline/unreachable.html")


@require_safe
@conditional_page
def worker(request):
    """Browsers ask for it again on most visits: a new one is seen at once, and the same one costs no data."""
    response = HttpResponse(_script(request), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    response["Service-Worker-Allowed"] = "/"
    return response


def _script(request):
    page = reverse("unreachable")
    told = {
        "page": page,
        "shell": [*shell.addresses(), page],
        "sync": reverse("sync"),
        "static": settings.STATIC_URL,
        "untouched": UNTOUCHED,
    }
    context = {"store": static("lms/offline/store.js"), "sender": static("lms/offline/sender.js")}
    shown = render_to_string("lms/offline/unreachable.html", request=_from_nobody(request))
    told["version"] = shell.version(json.dumps(told), shown)
    return rjsmin.jsmin(render_to_string("lms/offline/sw.js", {**context, "told": json.dumps(told)}))
