from functools import wraps

from django.contrib.auth.decorators import login_required
from django.shortcuts import render


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
