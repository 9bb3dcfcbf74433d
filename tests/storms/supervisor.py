"""What systemd does for a unit with Restart=always, and nothing more: nobody here repairs anything.

What is left of a unit whose first process ended is ended with it (KillMode=control-group). Before each start
ExecStartPre runs; where it fails the start has failed. A unit that is started more than five times within ten
seconds stays down (StartLimitBurst), which fails the run.
"""

import contextlib
import os
import signal
import subprocess
import threading
import time
from collections import deque
from pathlib import Path

# StartLimitBurst and StartLimitIntervalSec, as systemd has them by default.
MOST_STARTS, WITHIN = 5, 10


class Unit:
    """`before`: commands run before each start. `pause`: RestartSec."""

    def __init__(self, folder, name, command, *, before=(), pause=2.0, environment=None, options=None):
        self.name, self.pause = name, pause
        self.command = [str(part) for part in command]
        self.before = [[str(part) for part in one] for one in before]
        self.environment, self.options = environment, options or {}
        self.log = open(Path(folder) / f"{name}.log", "ab")  # noqa: SIM115 - as long as the unit
        self.process, self.starts, self.has_given_up = None, 0, False
        self._latest, self._stopping = deque(maxlen=MOST_STARTS), threading.Event()
        self._thread = threading.Thread(target=self._keep, name=name, daemon=True)

    def start(self):
        self._thread.start()
        return self

    def _keep(self):
        while not self._stopping.is_set():
            if len(self._latest) == MOST_STARTS and time.monotonic() - self._latest[0] < WITHIN:
                self.has_given_up = True
                return
            self._latest.append(time.monotonic())
            self.starts += 1
            if all(self._run(one) == 0 for one in self.before) and not self._stopping.is_set():
                self._run(self.command)
            self._stopping.wait(self.pause)

    def _run(self, command):
        if self._stopping.is_set():
            return None
        self.process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=self.environment or os.environ,
            start_new_session=True,
            **self.options,
        )
        # As the journal does it, which is not touched by what the unit may not write.
        writer = threading.Thread(target=self._write_down, args=[self.process.stdout], daemon=True)
        writer.start()
        code = self.process.wait()
        self._signal_all(signal.SIGKILL)
        writer.join(5)
        return code

    def _write_down(self, said):
        with said:
            for line in said:
                self.log.write(time.strftime("%H:%M:%S ").encode() + line)
                self.log.flush()

    @property
    def pid(self):
        return self.process.pid if self.process and self.process.poll() is None else None

    def children(self):
        return children_of(self.pid) if self.pid else []

    def family(self):
        """Every process of the unit, the first one last."""
        return [*descendants(self.pid), self.pid] if self.pid else []

    def kill(self):
        """kill -9 of the first process alone. What becomes of the others is for it and the supervisor."""
        if self.pid:
            kill(self.pid)

    def kill_all(self):
        """kill -9 of each process, as when the machine loses its power."""
        for pid in reversed(self.family()):
            kill(pid)

    def stop(self, how=signal.SIGTERM):
        self._stopping.set()
        if self.pid:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, how)
        self._thread.join(15)
        if self._thread.is_alive():
            self._signal_all(signal.SIGKILL)
            self._thread.join(5)
        self.log.close()

    def _signal_all(self, which):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, which)


def kill(pid):
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def children_of(pid):
    with contextlib.suppress(OSError):
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def descendants(pid):
    found = []
    for child in children_of(pid):
        found += [*descendants(child), child]
    return found
