from pathlib import Path

from django.conf import settings

from lms.backups import settings_file

OLD = """# A real site
SECRET_KEY=abc#1
DATABASE_URL=postgres://learning:word@10.0.0.1:5432/learning
MEDIA_ROOT=/data/media
SITE_URL=https://learning.example.org
"""


def test_a_new_machine_keeps_its_own_places_and_the_old_secrets():
    moved = settings_file.moved(OLD, {"DATABASE_URL": "postgres://new@/learning", "HOME": "/root"})

    assert moved.splitlines() == [
        "# A real site",
        "SECRET_KEY=abc#1",
        "# of the old machine: DATABASE_URL=postgres://learning:...@10.0.0.1:5432/learning",
        "# of the old machine: MEDIA_ROOT=/data/media",
        "SITE_URL=https://learning.example.org",
        "DATABASE_URL=postgres://new@/learning",
    ]


def test_without_a_database_of_its_own_the_old_address_stays():
    assert "\nDATABASE_URL=postgres://learning:word@10.0.0.1" in settings_file.moved(OLD, {})


def test_a_site_without_a_file_keeps_what_its_environment_said():
    known = settings_file.names_in((Path(settings.BASE_DIR) / ".env.example").read_text())
    assert {"SECRET_KEY", "DATABASE_URL", "TRUSTED_PROXY_COUNT", "BACKUP_RECIPIENTS"} <= set(known)

    given = {"SECRET_KEY": "s", "EMAIL_URL": "smtp://x", "DEFAULT_FROM_EMAIL": "Learning <a@b>", "PATH": "/bin"}
    assert settings_file.from_environment(known, given).splitlines() == [
        "SECRET_KEY=s",
        "EMAIL_URL=smtp://x",
        'DEFAULT_FROM_EMAIL="Learning <a@b>"',
    ]
