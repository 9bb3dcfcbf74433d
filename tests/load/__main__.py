"""`make load`: whole journeys on the real stack, and what they cost. Loopback only; it always ends.

gunicorn with two workers and the worker for tasks, under production's settings, in a database of its own on
SQLite or on what DATABASE_URL names. Fails where a limit is broken. Processor times hold on a busy machine;
times of waiting are held to their limit only where nothing else ran meanwhile.

    python -m tests.load --seconds 30
"""

import argparse
import os
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

from tests.production import of_production

ROOT = Path(__file__).resolve().parents[2]
warnings.simplefilter("ignore")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=int, default=30, help="of the test that 500 people take")
    seconds = min(parser.parse_args().seconds, 120)
    with tempfile.TemporaryDirectory(prefix="load-") as folder:
        os.environ.update(of_production(folder))
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        before, connection.settings_dict["TEST"]["NAME"] = connection.settings_dict["NAME"], None
        if connection.vendor == "sqlite":
            connection.settings_dict["TEST"]["NAME"] = f"{folder}/load.sqlite3"
        call_command("collectstatic", interactive=False, verbosity=0)
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            from tests.load.running import run

            rows = run(seconds, worker)
        finally:
            connection.creation.destroy_test_db(before, verbosity=0)
    return 0 if all(row.holds for row in rows) else 1


def worker(environment):
    return subprocess.Popen(
        [sys.executable, "manage.py", "work", "-v", "0"],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
    )


if __name__ == "__main__":
    sys.exit(main())
