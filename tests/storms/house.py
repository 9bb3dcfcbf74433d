"""The programs of a site, each under a supervisor as on a real machine: gunicorn, the worker, and what they
stand on. On SQLite that is one host and no more; on PostgreSQL with Redis and a store of files."""

import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from tests import programs
from tests.production import HOST
from tests.redis_server import free_port
from tests.sink import MailServer
from tests.storms.clock import FILE, Clock
from tests.storms.supervisor import Unit
from tests.storms.way import Way

ROOT = Path(__file__).resolve().parents[2]
MANAGE = [sys.executable, "manage.py"]
# What learning-web.service does before it starts.
BEFORE = [[*MANAGE, "createcachetable"], [*MANAGE, "migrate", "--noinput"]]
# A commit waits for the disk, as it does by default; little is kept of the log, as the disk is small.
POSTGRES = ["-c", "unix_socket_directories=", "-c", "max_connections=60", "-c", "max_wal_size=64MB"]
BACK_SECONDS = 300


class House:
    """`units` of the site and of what it stands on; `disk`: a folder on a disk of its own that can be filled,
    or None. `brisk`, where seconds count: a shorter RestartSec, no ExecStartPre, and gunicorn loads the site
    once for all its children."""

    def __init__(self, folder, environment, *, brisk=False):
        self.folder, self.brisk = Path(folder), brisk
        self.pause = 0.3 if brisk else 2.0
        self.port, self.disk, self.units = free_port(), None, {}
        self.mail = MailServer().start()
        self.clock = Clock(self.folder / "clock")
        self.way = self.redis = self.postgres = None
        self.environment = {
            **environment,
            "DJANGO_SETTINGS_MODULE": "tests.storms.settings",
            "PYTHONPATH": str(ROOT),
            "EMAIL_URL": f"smtp://127.0.0.1:{self.mail.port}",
            "WEB_WORKERS": "2",
            FILE: str(self.clock.file),
        }

    def start_site(self):
        command = [Path(sys.executable).parent / "gunicorn", "lms.wsgi", "--bind", f"127.0.0.1:{self.port}"]
        command += ["--config", "deploy/gunicorn.conf.py", "--log-level", "warning"]
        command += ["--preload"] if self.brisk else []
        environment = {**os.environ, **self.environment}
        self.web = self._unit("web", command, before=[] if self.brisk else BEFORE, environment=environment)
        self.worker = self._unit("worker", [*MANAGE, "work"], environment=environment)
        self.wait_until_it_answers()

    def _unit(self, name, command, **more):
        self.units[name] = Unit(self.folder, name, command, pause=more.pop("pause", self.pause), **more)
        return self.units[name].start()

    # --- What a site of many people stands on -------------------------------------------

    def start_postgres(self, data):
        """Commits are on the disk. Whoever starts it again is the supervisor, after three seconds."""
        self.data, options = data, programs.other_user()
        data.mkdir()
        if options:
            os.chown(data, options["user"], options["group"])
        initdb = [programs.find("initdb", "postgresql"), "-D", data, "-U", "lms", "-A", "trust"]
        subprocess.run(
            [*initdb, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--wal-segsize=1"],
            check=True, stdout=subprocess.DEVNULL, **options,
        )  # fmt: skip
        port = free_port()
        command = [
            programs.find("postgres", "postgresql"),
            "-D",
            data,
            "-p",
            port,
            "-h",
            "127.0.0.1",
            *POSTGRES,
        ]
        self.postgres = self._unit("postgres", command, pause=3.0, options=options)
        programs.wait_for_database(port)
        self.environment["DATABASE_URL"] = f"postgres://lms@127.0.0.1:{port}/lms"

    def stop_postgres_at_once(self):
        command = [programs.find("pg_ctl", "postgresql"), "stop", "-D", self.data, "-m", "immediate"]
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **programs.other_user())

    def start_redis(self):
        port = free_port()
        command = [programs.find("redis-server", "redis-server"), "--port", port, "--bind", "127.0.0.1"]
        command += ["--save", "", "--appendonly", "no", "--dir", self.folder]
        self.redis = self._unit("redis", command)
        self.environment |= {"REDIS_URL": f"rediscache://127.0.0.1:{port}/1", "TASK_QUEUE": "redis"}

    def start_store(self, bucket="learning"):
        """Files in a store that speaks S3, reached over a way that can be shut."""
        self.store = programs.bucket_store(self.folder)
        self.way = Way(self.store.port).open()
        self.environment |= {
            "S3_BUCKET": bucket,
            "S3_ENDPOINT_URL": f"http://127.0.0.1:{self.way.port}",
            "S3_ACCESS_KEY_ID": "storm",
            "S3_SECRET_ACCESS_KEY": "storm",
        }
        programs.make_bucket(self.environment["S3_ENDPOINT_URL"], bucket)

    # --- What the storms and the judge ask ----------------------------------------------

    def answers(self):
        """The web answers and reaches its database."""
        request = Request(f"http://127.0.0.1:{self.port}/readyz", headers={"Host": HOST})
        try:
            with urlopen(request, timeout=10) as answer:
                content = answer.read()
        except HTTPError as error:
            content = error.read()
        except OSError:
            return False
        try:
            checks = json.loads(content)["checks"]
        except (ValueError, KeyError):
            return False
        return checks["database"] == checks.get("migrations") == "ok"

    def wait_until_it_answers(self):
        """Seconds that it took; an error where it does not come back by itself."""
        began = time.monotonic()
        while not self.answers():
            if time.monotonic() - began > BACK_SECONDS:
                raise RuntimeError(f"The site did not come back; see {self.folder}")
            time.sleep(0.2)
        return time.monotonic() - began

    def given_up(self):
        return [unit.name for unit in self.units.values() if unit.has_given_up]

    def pids(self):
        return [pid for unit in (self.web, self.worker) for pid in unit.family()]

    def let_write(self, most):
        """No file of the site's processes may grow beyond `most` bytes from now on."""
        for pid in self.pids():
            try:
                _soft, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
                resource.prlimit(pid, resource.RLIMIT_FSIZE, (most, hard))
            except ProcessLookupError:
                continue

    def tick(self):
        """What the timer does every ten minutes."""
        with open(self.folder / "tick.log", "ab") as log:
            subprocess.run(
                [sys.executable, "-m", "tests.storms.tick"], cwd=ROOT, env={**os.environ, **self.environment},
                stdout=log, stderr=log, timeout=120,
            )  # fmt: skip

    def stop(self):
        for unit in reversed(self.units.values()):
            unit.stop()
        if self.way:
            self.way.shut()
            self.store.stop()
        self.mail.stop()
