"""The page and the JSON that ask to come again. They ask no database, no session and no cache."""

import sys

from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers
from django.views.defaults import server_error as broken

from lms.away.knowing import is_away

JSON = "application/json"
# In seconds. A database that is started again takes so long.
SOON = 15


def server_error(request, template_name="500.html"):
    """handler500: what failed because something is away is no fault of the program."""
    if is_away(sys.exc_info()[1]):
        return come_again(request)
    return broken(request, template_name)


def come_again(request, *, after=SOON, maintenance=False):
    """503. Scripts know {"error": "busy"} from the sync address, and send again after as many seconds."""
    if wants_json(request):
        response = JsonResponse({"error": "busy"}, status=503)
    else:
        was_sent = request.method not in ("GET", "HEAD")
        page = render_to_string("503.html", {"maintenance": maintenance, "was_sent": was_sent})
        response = HttpResponse(page, status=503)
    response["Retry-After"] = str(after)
    add_never_cache_headers(response)
    return response


def wants_json(request):
    return JSON in request.headers.get("Accept", "") or request.content_type == JSON
