"""gunicorn's settings, for the demo and for a real site.

One thread a worker: Wagtail 7.4 keeps the flag for deferred validation on shared block
objects, and another thread's strict check was seen to let invalid content through.
"""

import os

workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = 1
worker_class = "sync"
timeout = 60
max_requests = 2000
max_requests_jitter = 200
# No file in the home directory, which a service cannot write.
control_socket_disable = True
# The proxy's address, from which X-Forwarded-For is believed.
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1")
