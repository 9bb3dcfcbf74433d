"""Which product this is: versions for the manifest."""

import shutil
import subprocess
import tomllib
from pathlib import Path

import django
import wagtail
from django.apps import apps
from django.conf import settings
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


def versions():
    root = Path(settings.BASE_DIR)
    project = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    return {
        "product": project["version"],
        "commit": _commit(root),
        "django": django.get_version(),
        "wagtail": wagtail.__version__,
    }


def applied_migrations(connection):
    """["app.name", …], as the database has them."""
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def unknown_migrations(names):
    """Those of `names` that this product does not have: the backup is of a newer one."""
    loader = MigrationLoader(None)
    known = {f"{app}.{name}" for app, name in loader.disk_migrations}
    known |= {
        f"{app}.{name}" for migration in loader.disk_migrations.values() for app, name in migration.replaces
    }
    installed = {config.label for config in apps.get_app_configs()}
    return sorted(name for name in set(names) - known if name.partition(".")[0] in installed)


def _commit(root):
    if not shutil.which("git"):
        return ""
    done = subprocess.run(  # noqa: S603
        ["git", "rev-parse", "HEAD"],  # noqa: S607
        cwd=root,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip() if done.returncode == 0 else ""
