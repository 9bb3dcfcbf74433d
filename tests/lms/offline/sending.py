"""A device that speaks to `/sync/`."""

import json
import uuid
from itertools import count

from django.urls import reverse
from django.utils import timezone

_seq = count(1)


def item(kind, **fields):
    return {
        "kind": kind,
        "uuid": str(uuid.uuid4()),
        "seq": next(_seq),
        "at": timezone.now().isoformat(),
        **fields,
    }


def send(client, user, *items, now=None, device="0d5a2d1c-7a4e-4f0f-9a55-0b8c6d3c2a11"):
    """The replies. `now`: what the device's clock shows."""
    body = {
        "person": str(user.person.uuid),
        "device": device,
        "now": (now or timezone.now()).isoformat(),
        "items": list(items),
    }
    answer = client.post(reverse("sync"), json.dumps(body), content_type="application/json")
    assert answer.status_code == 200, answer.content
    return answer.json()["items"]


def statuses(replies):
    return [(one["status"], one["reason"]) for one in replies]
