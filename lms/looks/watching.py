"""The one place that sees every page go out: what shows personal data of others is written down."""

from http import HTTPStatus

from django.utils import timezone

from lms.looks.noting import looked
from lms.looks.places import OF_MANY, OF_ONE


class Looks:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        match = request.resolver_match
        if match is None or not (match.view_name in OF_ONE or match.view_name in OF_MANY):
            return response
        if response.status_code == HTTPStatus.OK and request.user.is_authenticated:
            _note(request.user, match)
        return response


def _note(user, match):
    at = timezone.now()
    if match.view_name in OF_MANY:
        looked(user, OF_MANY[match.view_name], at=at)
        return
    place, find = OF_ONE[match.view_name]
    person = find(match.kwargs)
    # A letter may be to nobody who has a record.
    if person is not None:
        looked(user, place, person=person, at=at)
