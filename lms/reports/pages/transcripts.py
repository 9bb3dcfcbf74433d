"""The record of training of one person as a PDF: for the office, and everybody their own."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET

from courses.audit import log
from courses.people import roles
from courses.people.guard import person_required
from courses.people.models import Person
from lms.reports.tables import sheet_name
from lms.reports.transcripts import draw


@require_GET
@login_required
def transcript(request, uuid):
    if not roles.may_manage_people(request.user):
        raise PermissionDenied
    people = Person.objects.visible_to(request.user).current().with_place()
    person, at = get_object_or_404(people, uuid=uuid), timezone.now()
    log.record("transcript made", person, actor=request.user, at=at)
    return _answer(person, at)


@require_GET
@person_required
def my_transcript(request):
    return _answer(request.person, timezone.now())


def _answer(person, at):
    answer = HttpResponse(draw(person, at=at), content_type="application/pdf")
    # Neutral: no name and no topic.
    answer["Content-Disposition"] = f'attachment; filename="{sheet_name("record")}.pdf"'
    return answer
