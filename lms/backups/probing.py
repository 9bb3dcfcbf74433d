"""Is a restored site one that works? Asked of the throw-away one of a rehearsal, never of a real one."""

import hashlib
import json
import secrets
from datetime import datetime

from django.conf import settings
from django.contrib.auth import authenticate, get_user_model
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from certificates.models import Certificate, CertificateFile
from certificates.verifying import by_token
from courses.people.roles import may_sign_in
from lms.backups.packing import MANIFEST

CHUNK = 50


def probe(folder, figures):
    """[[what, right, found], …]. `figures(day)` gives {name: number}."""
    manifest = json.loads((folder / MANIFEST).read_text())
    call_command("migrate", interactive=False, verbosity=0)
    return [
        _pages_open(),
        _somebody_signs_in(),
        _certificate_verifies(),
        _certificates_have_their_bytes(),
        _figures_are_equal(manifest, figures),
    ]


def _client():
    return Client(headers={"host": settings.ALLOWED_HOSTS[0].lstrip(".*") or "localhost"})


def _pages_open():
    status = _client().get(reverse("account_login"), secure=True).status_code
    return ["the log-in page opens", status == 200, str(status)]


def _somebody_signs_in():
    what = "a log-in is possible"
    people = get_user_model().objects.filter(is_active=True).exclude(email="").order_by("pk")
    user = next((user for user in people.iterator(chunk_size=CHUNK) if may_sign_in(user)), None)
    if user is None:
        return [what, not people.exists(), "nobody has an account"]
    # This database is thrown away: nobody's password is known, and nobody's is changed.
    password = secrets.token_urlsafe(24)
    user.set_password(password)
    user.save(update_fields=["password"])
    known = authenticate(None, email=user.email, username=user.get_username(), password=password)
    client = _client()
    client.force_login(user)
    status = client.get("/", secure=True).status_code
    return [what, known == user and status in (200, 302), f"password {known == user}, first page {status}"]


def _certificate_verifies():
    what = "a certificate verifies"
    newest = Certificate.objects.order_by("-pk").first()
    if newest is None:
        return [what, True, "none was issued"]
    page = _client().get(reverse("verify_token", args=[newest.token]), secure=True)
    known = by_token(newest.token, day=timezone.localdate())
    right = known == newest and page.status_code == 200 and newest.number in page.content.decode()
    return [what, right, f"{newest.number}: page {page.status_code}"]


def _certificates_have_their_bytes():
    wrong, count = [], 0
    for file in CertificateFile.objects.order_by("pk").iterator(chunk_size=CHUNK):
        count += 1
        if hashlib.sha256(file.pdf).hexdigest() != file.sha256:
            wrong.append(str(file.certificate_id))
    return ["certificates have the bytes they were issued with", not wrong, ", ".join(wrong[:20]) or str(count)]


def _figures_are_equal(manifest, figures):
    made = timezone.localdate(datetime.fromisoformat(manifest["made_at"]))
    kept, now = manifest["figures"], figures(made)
    wrong = [f"{name}: {now.get(name)} instead of {kept[name]}" for name in kept if now.get(name) != kept[name]]
    return ["the figures are equal", not wrong, "; ".join(wrong) or str(len(kept))]
