"""What a browser needs to do without a network: the worker, its shell, its page."""

import gzip
import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

from lms.home.texts import site_texts
from lms.offline import shell

pytestmark = pytest.mark.django_db


def settings_of(client):
    script = client.get(reverse("worker")).content.decode()
    return json.loads(re.search(r"const site ?= ?(\{.*?\});", script)[1])


def test_the_worker_may_look_after_the_whole_site_and_is_asked_for_anew(client):
    response = client.get(reverse("worker"))

    assert response["Content-Type"].startswith("text/javascript")
    assert response["Service-Worker-Allowed"] == "/"
    assert response["Cache-Control"] == "no-cache"
    assert client.get(reverse("worker"), headers={"if-none-match": response["ETag"]}).status_code == 304


def test_the_worker_is_small(client):
    assert len(gzip.compress(client.get(reverse("worker")).content, 6)) <= 6 * 1024


def test_the_worker_is_the_same_for_everybody(client, client_of, constable):
    assert settings_of(client) == settings_of(client_of(constable))


def test_another_version_exactly_when_the_shell_is_another(client, tmp_path, monkeypatch):
    first = settings_of(client)["version"]
    assert settings_of(client)["version"] == first

    monkeypatch.setattr(shell, "FILES", shell.FILES[1:])
    assert settings_of(client)["version"] != first
    monkeypatch.undo()

    changed = tmp_path / "site.css"
    changed.write_text("body {}")
    find = finders.find
    monkeypatch.setattr(finders, "find", lambda name: changed if name == "lms/site.css" else find(name))
    assert settings_of(client)["version"] != first
    monkeypatch.undo()

    texts = site_texts()
    monkeypatch.setattr(texts, "owner", "Another ministry")
    monkeypatch.setattr("lms.context.site_texts", lambda: texts)
    assert settings_of(client)["version"] != first


def test_the_shell_is_whole():
    """Each file is there, with all that it imports."""
    for name in shell.FILES:
        path = Path(finders.find(name))
        for imported in re.findall(
            r'(?:from|import) ?\(?"(\.[^"]+)"', path.read_text() if path.suffix == ".js" else ""
        ):
            assert (path.parent / imported).resolve() in {Path(finders.find(one)) for one in shell.FILES}


def test_everything_of_the_shell_is_answered(client):
    assert settings_of(client)["shell"][-1] == reverse("unreachable")
    assert client.get(reverse("unreachable")).status_code == 200


def test_the_page_without_a_network_is_nobodys(client, client_of, constable):
    response = client_of(constable).get(reverse("unreachable"))

    assert response.content == client.get(reverse("unreachable")).content
    assert b"data-person" not in response.content
    assert "Clear-Site-Data" not in response


def test_every_page_says_whose_it_is_and_how_to_install_the_site(client, client_of, constable):
    page = client_of(constable).get(reverse("home")).content.decode()

    assert f'data-person="{constable.person.uuid}"' in page
    assert f'<link rel="manifest" href="{reverse("manifest")}">' in page
    assert 'rel="apple-touch-icon"' in page
    assert "data-person" not in client.get(reverse("home")).content.decode()


def test_downloads_are_for_people_with_a_record(client, client_of, constable):
    assert client.get(reverse("downloads")).status_code == 302
    assert b"needs JavaScript" in client_of(constable).get(reverse("downloads")).content
