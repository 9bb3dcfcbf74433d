"""The programs that all hosts share, each a real one on a free port of this machine, in a temporary folder."""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from tests.redis_server import free_port

# PostgreSQL and PgBouncer refuse to run as root.
NOBODY_IN_PARTICULAR = ("postgres", "nobody")
PATH = os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin"


class Missing(Exception):
    """A program is not on this machine."""


def find(name, package):
    folders = [*sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]
    found = shutil.which(name, path=":".join([PATH, *map(str, folders)]))
    if found is None:
        raise Missing(f"{name} is missing: apt-get install {package}")
    return found


def other_user():
    """{user, group} for `subprocess`, where this process is root's; else nothing."""
    if os.getuid() != 0:
        return {}
    for name in NOBODY_IN_PARTICULAR:
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": found.pw_uid, "group": found.pw_gid, "extra_groups": []}
    raise Missing("no user who is not root")


class Program:
    """Something that listens on a port. `kill` is kill -9 of it and of its children."""

    def __init__(self, folder, name, command, *, port, environment=None, as_other=False):
        self.name, self.command, self.port = name, [str(part) for part in command], port
        self.environment = environment or os.environ
        self.log = open(Path(folder) / f"{name}.log", "ab")  # noqa: SIM115 - as long as the program
        self.options = other_user() if as_other else {}
        self.process = None

    def start(self, *, wait=True):
        self.process = subprocess.Popen(
            self.command,
            stdout=self.log,
            stderr=subprocess.STDOUT,
            env=self.environment,
            start_new_session=True,
            **self.options,
        )
        if wait:
            self.wait_until_open()
        return self

    def wait_until_open(self, seconds=60):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise RuntimeError(f"{self.name} ended by itself: see {self.log.name}")
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        raise RuntimeError(f"{self.name} did not open its port: see {self.log.name}")

    def kill(self):
        self._signal(signal.SIGKILL)
        self.process.wait()

    def stop(self, how=signal.SIGTERM):
        if self.process is None or self.process.poll() is not None:
            return
        self._signal(how)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.kill()

    def _signal(self, which):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, which)


def postgres(folder):
    """A cluster whose commits are on the disk, as a real one's are; database and user `lms`."""
    data, port, options = folder / "postgres", free_port(), other_user()
    data.mkdir()
    if options:
        os.chown(data, options["user"], options["group"])
    subprocess.run(
        [find("initdb", "postgresql"), "-D", data, "-U", "lms", "-A", "trust", "-E", "UTF8", "--no-sync"],
        check=True, stdout=subprocess.DEVNULL, **options,
    )  # fmt: skip
    command = [find("postgres", "postgresql"), "-D", data, "-p", port, "-h", "127.0.0.1"]
    command += ["-c", "unix_socket_directories=", "-c", "max_connections=40"]
    program = Program(folder, "postgres", command, port=port, as_other=True).start()
    wait_for_database(port)
    return program


def wait_for_database(port):
    """Until the database `lms` is made."""
    for _ in range(50):
        made = subprocess.run(
            [find("createdb", "postgresql"), "-h", "127.0.0.1", "-p", str(port), "-U", "lms", "lms"],
            stderr=subprocess.DEVNULL,
        )
        if made.returncode == 0:
            return
        time.sleep(0.2)
    raise RuntimeError("PostgreSQL did not get ready.")


def pgbouncer(folder, database_port):
    """A pooler in transaction mode, with fewer connections than there are processes that ask."""
    port = free_port()
    own = folder / "pgbouncer"
    own.mkdir(mode=0o755)
    (own / "users.txt").write_text('"lms" ""\n')
    (own / "pgbouncer.ini").write_text(
        f"""[databases]
lms = host=127.0.0.1 port={database_port} dbname=lms
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = trust
auth_file = {own}/users.txt
pool_mode = transaction
default_pool_size = 6
max_client_conn = 100
"""
    )
    command = [find("pgbouncer", "pgbouncer"), own / "pgbouncer.ini"]
    return Program(folder, "pgbouncer", command, port=port, as_other=True).start()


def redis(folder):
    """Keeps nothing on the disk: whoever kills it empties it."""
    port = free_port()
    command = [find("redis-server", "redis-server"), "--port", port, "--bind", "127.0.0.1", "--dir", folder]
    command += ["--save", "", "--appendonly", "no"]
    return Program(folder, "redis", command, port=port).start()


def bucket_store(folder):
    """A store of files that speaks S3."""
    port = free_port()
    environment = {**os.environ, "MOTO_PORT": str(port)}
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", port]
    return Program(folder, "s3", command, port=port, environment=environment).start()


def make_bucket(address, name):
    import boto3  # noqa: PLC0415 - there only where files lie in buckets

    client = boto3.client(
        "s3",
        endpoint_url=address,
        region_name="us-east-1",
        aws_access_key_id="rehearsal",
        aws_secret_access_key="rehearsal",
    )
    client.create_bucket(Bucket=name)


NGINX = """
daemon off; worker_processes 1; pid {own}/pid; error_log {own}/error.log;
events {{ worker_connections 256; }}
http {{
  access_log off;
  client_body_temp_path {own}/body; proxy_temp_path {own}/proxy; fastcgi_temp_path {own}/f;
  uwsgi_temp_path {own}/u; scgi_temp_path {own}/s;
  proxy_cache_path {own}/pictures keys_zone=pictures:1m;
  upstream hosts {{ {servers} }}
  server {{
    listen 127.0.0.1:{port};
    location /media/ {{
      proxy_pass http://hosts;
      {headers}
      proxy_cache pictures; proxy_cache_valid 200 30d;
      proxy_set_header Cookie ""; proxy_ignore_headers Vary; proxy_hide_header Vary;
    }}
    location / {{ proxy_pass http://hosts; {headers} proxy_next_upstream error timeout http_502 http_503; }}
  }}
}}
"""

# In each location: one that sets a header of its own inherits none.
HEADERS = (
    "proxy_set_header Host {name}; proxy_set_header X-Forwarded-For $remote_addr; "
    "proxy_set_header X-Forwarded-Proto https;"
)


def nginx(folder, ports, name):
    """In front of the web hosts, one after the other. What was sent to a host that died is not sent again to
    the other unless it was a question: whoever asked hears of it, and tries again."""
    own, port, options = folder / "nginx", free_port(), other_user()
    own.mkdir(mode=0o755)
    if options:
        os.chown(own, options["user"], options["group"])
    servers = " ".join(f"server 127.0.0.1:{one} max_fails=1 fail_timeout=1s;" for one in ports)
    headers = HEADERS.format(name=name)
    (own / "nginx.conf").write_text(NGINX.format(own=own, servers=servers, port=port, headers=headers))
    command = [find("nginx", "nginx"), "-e", f"{own}/error.log", "-p", own, "-c", own / "nginx.conf"]
    return Program(folder, "nginx", command, port=port, as_other=True).start()
