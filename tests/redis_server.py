"""A Redis of one's own on a free port, for tests and rehearsals; nothing of it stays."""

import shutil
import socket
import subprocess
import time
from pathlib import Path


def program():
    """redis-server or valkey-server, or None."""
    return shutil.which("redis-server") or shutil.which("valkey-server")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class RedisServer:
    """with RedisServer(folder) as redis: … its address is `redis.url`."""

    def __init__(self, folder, *, lasting=False):
        self.folder, self.port = Path(folder), free_port()
        self.url = f"redis://127.0.0.1:{self.port}/1"
        self.lasting = lasting
        self.process = None

    def start(self):
        command = [program(), "--port", self.port, "--bind", "127.0.0.1", "--dir", self.folder]
        command += ["--save", "", "--appendonly", "yes" if self.lasting else "no", "--loglevel", "warning"]
        self.process = subprocess.Popen([str(part) for part in command], stdout=subprocess.DEVNULL)
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise RuntimeError("Redis did not start.")

    def stop(self):
        self.process.kill()
        self.process.wait()

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *error):
        self.stop()
