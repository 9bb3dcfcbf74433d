from io import StringIO
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from wagtail.models import Site

from courses.audit.models import AuditEntry
from courses.choices import Role
from courses.people.models import User

pytestmark = pytest.mark.django_db


def set_up(*args):
    out = StringIO()
    call_command("setup_site", "--without-course", *args, stdout=out)
    return out.getvalue()


def test_a_new_site_gets_an_administrator_who_chooses_the_password(client, settings):
    settings.SITE_URL = "https://learning.example.org"

    said = set_up("--email", "ann@example.org", "--name", "Ann Joseph")

    user = User.objects.get(email="ann@example.org")
    assert user.role == Role.ADMINISTRATOR
    assert user.is_superuser
    assert not user.has_usable_password()
    assert EmailAddress.objects.filter(user=user, verified=True, primary=True).exists()
    assert AuditEntry.objects.filter(object_id=str(user.pk), actor_name="system").exists()
    link = next(word for word in said.split() if word.startswith("https://learning.example.org/accounts/"))
    page = client.get(urlsplit(link).path, follow=True)
    words = "a long road to Soufriere"
    client.post(page.redirect_chain[-1][0], {"password1": words, "password2": words})
    user.refresh_from_db()
    assert user.check_password(words)
    # Once.
    assert b'name="password1"' not in client.get(urlsplit(link).path, follow=True).content


def test_again_it_changes_nothing():
    set_up("--email", "ann@example.org")
    before = User.objects.count()

    said = set_up("--email", "eve@example.org")

    assert User.objects.count() == before
    assert "as it was" in said
    assert "accounts" not in said


def test_the_site_knows_its_address(settings):
    settings.SITE_URL = "https://learning.example.org:8443"
    set_up("--email", "ann@example.org")

    site = Site.objects.get(is_default_site=True)
    assert (site.hostname, site.port) == ("learning.example.org", 8443)


@pytest.mark.parametrize("email", ["", "ann", "ann@"])
def test_without_an_address_nothing_is_done(email):
    with pytest.raises(CommandError, match="--email"):
        set_up("--email", email)
    assert not User.objects.exists()
