"""What comes after passing: the certificate of a course, as a specimen."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from certificates.specimens import specimen_of
from courses.catalogue.models import CoursePage
from courses.people.roles import may_write_courses

FILE_NAME = "specimen.pdf"


@require_safe
def specimen(request, pk):
    if not may_write_courses(request.user):
        raise PermissionDenied
    page = get_object_or_404(CoursePage.objects.select_related("course"), pk=pk)
    response = HttpResponse(specimen_of(page.course), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{FILE_NAME}"'
    response["Cache-Control"] = "private, no-store"
    return response
