"""gunicorn's settings, for the demo and for a real site.

One thread a worker: Wagtail 7.4 keeps the flag for deferred validation on shared block
objects, and another thread's strict check was seen to let invalid content through.
"""

import gc
import os
import sys
from pathlib import Path

from django.template.loader import get_template
from django.urls import reverse
from gunicorn.glogging import Logger

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from lms.discreet_logs import Discreet  # noqa: E402 - the project is not installed, only here

workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = 1
worker_class = "sync"
timeout = 60
# Read once, before the workers are made: they share its memory. No connection is opened before.
preload_app = True
max_requests = 2000
max_requests_jitter = 200
# No log of who asked for what: addresses are personal, and some open what nobody else should read.
accesslog = None


class DiscreetLogger(Logger):
    """gunicorn tells the whole address of a request that it could not answer."""

    def setup(self, cfg):
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(Discreet(self.error_fmt, self.datefmt))


logger_class = DiscreetLogger
# No file in the home directory, which a service cannot write.
control_socket_disable = True
# The proxy's address, from which X-Forwarded-For is believed.
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1")
# The trainees' and the public's own: the desk's are compiled when somebody opens them.
PAGES = ROOT / "templates"


def when_ready(server):
    """Everything that pages need is imported, and what is there is left alone by the collector: a page of
    memory that nobody writes stays shared."""
    reverse("home")
    for page in sorted(PAGES.rglob("*.html")):
        name = page.relative_to(PAGES)
        if "desk" not in name.parts:
            get_template(str(name))
    gc.collect()
    gc.freeze()
