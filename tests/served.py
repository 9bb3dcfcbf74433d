"""The site as real processes, on the database that is connected: gunicorn, as a real site runs it."""

import os
import random
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection


def database_url():
    """The database that is connected, as the server's environment names it."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{Path(name).resolve()}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


class Served:
    """with Served(workers=2) as site: … its port is `site.port`."""

    def __init__(self, *, workers=2, application="lms.wsgi", more=(), **environment):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        environment = {
            **os.environ,
            "DATABASE_URL": database_url(),
            "LOG_LEVEL": "ERROR",
            "WEB_WORKERS": str(workers),
            **environment,
        }
        command = [Path(sys.executable).parent / "gunicorn", application, "--bind", f"127.0.0.1:{self.port}"]
        command += ["--config", "deploy/gunicorn.conf.py", "--log-level", "critical", *more]
        self.process = subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment)

    def __enter__(self):
        try:
            self.wait_until_open()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *error):
        self.stop()

    def wait_until_open(self):
        for _ in range(600):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        raise RuntimeError("The server did not start.")

    def workers(self):
        """The process ids of gunicorn's workers."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in children.read_text().split()]

    def kill_worker(self):
        """One of them dies at once, with whatever it had in its hands. Its master starts another."""
        pids = self.workers()
        if pids:
            os.kill(random.choice(pids), signal.SIGKILL)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
