"""Is this your own device? On a shared one nothing lasts, and what shows everybody's record not for long."""

from django.conf import settings
from django.utils import timezone

from courses.people.roles import may_see_every_figure

OWN = "own_device"
SEEN = "device_seen_at"
# Browsers that reopen their tabs keep "session" cookies: an idle shared one ends here.
# Rewritten at most every tenth of the limit, so that a page view costs no write.
REFRESH = 0.1


def remember_choice(request, own):
    request.session[OWN] = own
    request.session.set_expiry(settings.OWN_DEVICE_SESSION_SECONDS if own else 0)


def is_own_device(request):
    return request.session.get(OWN) is True


def start_watch(request):
    request.session[SEEN] = timezone.now().timestamp()


def has_idled(request):
    """Whether a session was left alone too long; otherwise it is kept awake."""
    seen, longest = request.session.get(SEEN), _longest_idle(request)
    if seen is None or longest is None:
        return False
    idle = timezone.now().timestamp() - seen
    if idle > longest:
        return True
    if idle > longest * REFRESH:
        start_watch(request)
    return False


def _longest_idle(request):
    """In seconds; None on one's own device, but for those who see everybody's record."""
    if not is_own_device(request):
        return settings.SHARED_DEVICE_IDLE_SECONDS
    return settings.DESK_IDLE_SECONDS if may_see_every_figure(request.user) else None
