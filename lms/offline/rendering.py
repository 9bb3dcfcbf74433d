"""A page of this site as one person would be sent it, without sending it."""

import copy

from django.http import QueryDict
from django.urls import resolve

from courses.views import SAVING_HEADER


def rendered(address, request):
    """The bytes of the page at `address` for whoever sent `request`; None where it leads elsewhere.

    Nothing is written, and messages that wait for the person still wait.
    """
    view, args, kwargs = resolve(address)
    response = view(_asking(request, address), *args, **kwargs)
    if response.status_code != 200:
        return None
    if hasattr(response, "render"):
        response.render()
    return response.content


def _asking(request, address):
    asking = copy.copy(request)
    asking.method, asking.path, asking.path_info = "GET", address, address
    asking.GET, asking.POST = QueryDict(), QueryDict()
    asking.META = {
        **request.META,
        "REQUEST_METHOD": "GET",
        "PATH_INFO": address,
        "QUERY_STRING": "",
        f"HTTP_{SAVING_HEADER.upper().replace('-', '_')}": "1",
    }
    # Kept by the request once it was asked for.
    asking.__dict__.pop("headers", None)
    asking._messages = []
    return asking
