"""How long somebody whose tries are used up has to wait, as the allowance itself knows it."""

import math
import time

from allauth.core.internal import ratelimit
from django.core.cache import cache

APP = "allauth.account"
# {name of an address: the action whose allowance it uses}; an allowance by account is noted on the request.
ACTIONS = {
    "account_login": "login",
    "account_signup": "signup",
    "account_reset_password": "reset_password",
    "account_reset_password_from_key": "reset_password_from_key",
    "account_change_password": "change_password",
    "account_set_password": "change_password",
    "account_email": "manage_email",
    "account_reauthenticate": "reauthenticate",
}


def seconds(request):
    """Whole seconds until a try is free again, None where nobody knows."""
    waits = [getattr(request, "wait", 0)]
    match = request.resolver_match
    if match is not None and match.url_name in ACTIONS:
        waits.append(_longest(request, ACTIONS[match.url_name], None))
    if hasattr(request, "allowance"):
        waits.append(_longest(request, *request.allowance))
    return math.ceil(max(waits)) or None


def _longest(request, action, key):
    rates = ratelimit.get_rates(app=APP, action=action)
    return max((_wait(request, action, rate, key) for rate in rates), default=0)


def _wait(request, action, rate, key):
    if (rate.per == "key" and key is None) or (rate.per == "user" and not request.user.is_authenticated):
        return 0
    used = cache.get(ratelimit.get_cache_key(request, app=APP, action=action, rate=rate, key=key), [])
    # The newest stands first: with the last of the allowed ones gone, one is free.
    return max(0, used[rate.amount - 1] + rate.duration - time.time()) if len(used) >= rate.amount else 0
