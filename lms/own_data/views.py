"""A copy of everything held on somebody: for themselves, or for the office when somebody asks on paper."""

from allauth.account.decorators import reauthentication_required
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET

from courses.people import roles
from courses.people.guard import person_required
from courses.people.models import Person
from lms.own_data.making import make


def _answer(person, user):
    response = HttpResponse(make(person, actor=user, at=timezone.now()), content_type="application/zip")
    # A neutral name, as on everything that lies about on a shared device.
    response["Content-Disposition"] = 'attachment; filename="learning-data.zip"'
    response["Cache-Control"] = "no-store"
    return response


@require_GET
@person_required
@reauthentication_required
def my_data(request):
    return _answer(request.person, request.user)


@require_GET
@login_required
def data_of(request, uuid):
    if not roles.may_manage_people(request.user):
        raise PermissionDenied
    people = Person.objects.visible_to(request.user).current().with_place()
    return _answer(get_object_or_404(people, uuid=uuid), request.user)
