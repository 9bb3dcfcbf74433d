import pytest

from lms import checks


def ids(messages):
    return [message.id for message in messages]


def test_private_files_beside_the_public_ones_are_fine(settings):
    assert ids(checks.private_files_have_no_address(None)) == []


@pytest.mark.parametrize("setting", ["MEDIA_ROOT", "STATIC_ROOT"])
def test_private_files_inside_public_ones_are_refused(settings, setting):
    setattr(settings, setting, "/srv/files")
    settings.STORAGES = {"private": {"OPTIONS": {"location": "/srv/files/private"}}}
    assert ids(checks.private_files_have_no_address(None)) == ["lms.E001"]


@pytest.mark.parametrize("setting", ["MEDIA_ROOT", "STATIC_ROOT", "PRIVATE_ROOT"])
def test_backups_inside_what_is_backed_up_or_served_are_refused(settings, setting):
    assert ids(checks.backups_are_no_files_of_the_site(None)) == []
    settings.BACKUP_ROOT = "/srv/files/backups"
    if setting == "PRIVATE_ROOT":
        settings.STORAGES = {"private": {"OPTIONS": {"location": "/srv/files"}}}
    else:
        setattr(settings, setting, "/srv/files")
    assert ids(checks.backups_are_no_files_of_the_site(None)) == ["lms.E010"]


@pytest.mark.parametrize(
    "address", ["", "learning.example.org", "https://learning.example.org/site", "ftp://x"]
)
def test_a_site_address_that_cannot_be_printed_is_refused(settings, address):
    settings.SITE_URL = address
    assert ids(checks.the_site_knows_its_address(None)) == ["lms.E002"]


@pytest.mark.parametrize(
    ("allowed", "found"),
    [
        (["learning.example.org"], []),
        ([".example.org"], []),
        (["*"], []),
        (["localhost"], ["lms.E003"]),
        ([], ["lms.E003"]),
    ],
)
def test_the_site_answers_at_its_own_address(settings, allowed, found):
    settings.SITE_URL = "https://learning.example.org"
    settings.ALLOWED_HOSTS = allowed
    assert ids(checks.the_address_is_allowed(None)) == found


def test_mail_that_is_only_printed_is_told(settings):
    assert ids(checks.mail_leaves_the_machine(None)) == []
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    assert ids(checks.mail_leaves_the_machine(None)) == ["lms.W001"]
