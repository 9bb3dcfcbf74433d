"""A whole restore for practice: into a throw-away database and folder, looked at as a site, and told."""

import json
import os
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from courses.audit import log
from lms.backups import databases, throwaway, verifying, workplace
from lms.backups.models import Rehearsal, Verdict
from lms.backups.opening import opened
from lms.backups.refusing import Damaged
from lms.backups.restoring import refuse_what_does_not_fit

PROBE = "probe_restored"
# The folder of a rehearsal, for the probe alone: it writes into what it finds.
MARK = "REHEARSAL_FOLDER"


def rehearse(path, keys, *, at):
    """Restore into a throw-away database and folder, look at it as a site, and record the Rehearsal."""
    began = time.monotonic()
    try:
        with workplace.only_one(), opened(path, keys) as (manifest, folder):
            refuse_what_does_not_fit(manifest)
            with throwaway.loaded(manifest, folder) as where:
                verifying.compare_database(manifest, folder, where)
                checks = [["every file and row as it was kept", True, ""], *_probe(manifest, folder, where)]
    except Damaged as error:
        checks = [["every file and row as it was kept", False, str(error)]]
    verdict = Verdict.GOOD if all(right for _what, right, _found in checks) else Verdict.BAD
    return _record(path.name, verdict, checks, timedelta(seconds=round(time.monotonic() - began, 1)), at)


def _probe(manifest, folder, where):
    """[[what, right, found], …], by a process of its own that runs on the restored database and files."""
    environment = {
        **os.environ,
        "DATABASE_URL": databases.of(connection).url(where),
        "MEDIA_ROOT": str(folder / "media"),
        "PRIVATE_ROOT": str(folder / "private"),
        # Rate limits of the site that runs are not those of this one; neither are its letters.
        "REDIS_URL": "locmemcache://",
        "EMAIL_URL": "dummymail://",
        "S3_BUCKET": "",
        "TASK_QUEUE": "database",
        "SECRET_KEY": settings.SECRET_KEY,
        MARK: str(folder),
    }
    manage = Path(settings.BASE_DIR) / "manage.py"
    done = subprocess.run(  # noqa: S603
        [sys.executable, manage, PROBE], env=environment, cwd=settings.BASE_DIR, capture_output=True, text=True
    )
    if done.returncode:
        return [["the restored site starts", False, done.stderr.strip()[-1000:]]]
    return json.loads(done.stdout.splitlines()[-1])


@transaction.atomic
def _record(name, verdict, checks, took, at):
    rehearsal = Rehearsal.objects.create(at=at, backup_name=name, verdict=verdict, took=took, checks=checks)
    log.record("restore rehearsed", rehearsal, actor=None, at=at, name=name, verdict=str(verdict))
    return rehearsal
