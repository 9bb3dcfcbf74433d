"""Who may see a page of figures, and of which agency: asked once, here, before anything is read."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied

from courses.people import roles
from lms.reports.figures import scope as scopes

# Of a supervisor whose own record names no agency: no rows.
NO_AGENCY = 0


def sees_figures(view):
    """For those who see figures. Sets `request.scope`, a supervisor's narrowed to the own agency for good."""

    @login_required
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not roles.may_see_figures(request.user):
            raise PermissionDenied
        request.scope = scopes.read(request.GET, only_agency=_only_agency(request.user))
        return view(request, *args, **kwargs)

    return guarded


def sees_every_figure(view):
    """For those who see all agencies: the lists behind the figures, registers, what was learnt."""

    @sees_figures
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not roles.may_see_every_figure(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def sees_questions(view):
    """For those who see how questions did: the answers that were chosen, and the keys."""

    @sees_every_figure
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not roles.may_see_questions(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def _only_agency(user):
    if roles.may_see_every_figure(user):
        return None
    person = user.person
    return (person and person.agency_id) or NO_AGENCY
