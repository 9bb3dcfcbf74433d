"""A telephone as the server meets it: it counts what it keeps, by a clock of its own."""

import uuid
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone


class Phone:
    def __init__(self, client, person, wrong_by=timedelta(0)):
        self.client, self.person, self.wrong_by = client, person, wrong_by
        self.name, self.seq = str(uuid.uuid4()), 0

    def now(self):
        return timezone.now() + self.wrong_by

    def item(self, kind, ago=timedelta(0), **fields):
        """Kept on it so long ago, by its clock at that time."""
        self.seq += 1
        at = (self.now() - ago).isoformat()
        return {"kind": kind, "uuid": str(uuid.uuid4()), "seq": self.seq, "at": at, **fields}

    def answer(self, item, chosen, ago=timedelta(0), **fields):
        said = {"attempt": str(item.attempt.uuid), "n": item.n, "fields": {"a": chosen}, **fields}
        return self.item("answer", ago, **said)

    def post(self, *items, **fields):
        body = {"person": str(self.person.uuid), "device": self.name, "now": self.now().isoformat()}
        body |= {"items": list(items), **fields}
        return self.client.post(reverse("sync"), body, content_type="application/json")

    def send(self, *items):
        """[(status, reason), ...] of what was answered to these items."""
        response = self.post(*items)
        assert response.status_code == 200, response.content
        return [(reply["status"], reply["reason"]) for reply in response.json()["items"]]
