from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404

from courses.people.guard import lacks_second_step, to_second_step
from courses.workshops.models import Workshop


def runs_workshop(view):
    """Let in whoever runs the workshop of the address: the focal point, or one of its facilitators.

    Staff set up their second step first. Takes `uuid` from the address, sets `request.workshop` and calls
    the view without it. For everybody else the workshop's screens are not there.
    """

    @login_required
    @wraps(view)
    def guarded(request, uuid, *args, **kwargs):
        found = Workshop.objects.taught_by(request.user).select_related("topic", "course")
        request.workshop = found.filter(uuid=uuid).first()
        if request.workshop is None:
            raise Http404
        if lacks_second_step(request.user):
            return to_second_step(request)
        return view(request, *args, **kwargs)

    return guarded
