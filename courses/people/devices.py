"""Is this your own device? On a shared one nothing lasts."""

from django.conf import settings
from django.utils import timezone

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
    """Whether a session on a shared device was left alone too long; otherwise it is kept awake."""
    seen = request.session.get(SEEN)
    if seen is None or is_own_device(request):
        return False
    idle = timezone.now().timestamp() - seen
    if idle > settings.SHARED_DEVICE_IDLE_SECONDS:
        return True
    if idle > settings.SHARED_DEVICE_IDLE_SECONDS * REFRESH:
        start_watch(request)
    return False
