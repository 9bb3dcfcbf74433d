"""`make storms`: a site on this machine over which storms go, from a seed, and the ledger against its record.

On SQLite (gunicorn and a worker), then on PostgreSQL (with Redis, and files in a store that speaks S3), under
production's settings, on 127.0.0.1 alone. It always ends: after so many storms or minutes, whichever is first.

    python -m tests.storms --on postgresql --seed 1 --runs 24 --minutes 10
"""

import argparse
import os
import platform
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import warnings
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests import programs
from tests.production import of_production
from tests.ready import READY

ROOT = Path(__file__).resolve().parents[2]
LEGS = ("sqlite", "postgresql")
# Of a disk that can be filled, in memory.
DISK = {"sqlite": "160m", "postgresql": "400m"}
# People who are ready to take the course, for each storm: more than will.
PEOPLE_A_STORM, MOST_MINUTES = 12, 120
warnings.simplefilter("ignore")


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.storms", description=__doc__.split("\n")[0])
    parser.add_argument("--on", choices=LEGS, help="only there")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--runs", type=int, default=24, help="storms on each")
    parser.add_argument("--minutes", type=float, default=10, help="no new storm after so many, on each")
    parser.add_argument("--keep", action="store_true", help="the folder with what the programs wrote")
    args = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_args: sys.exit("stopped"))
    if args.on:
        return _leg(args)
    # Each in a process of its own: settings are read once.
    own = [f"--seed={args.seed}", f"--runs={args.runs}", f"--minutes={args.minutes}"]
    own += ["--keep"] if args.keep else []
    codes = [subprocess.call([sys.executable, "-m", "tests.storms", "--on", leg, *own]) for leg in LEGS]
    return max(codes)


def _leg(args):
    folder = Path(tempfile.mkdtemp(prefix="storms-"))
    folder.chmod(0o711)
    try:
        with ExitStack() as stack:
            good = _rage(args, folder, stack)
    except programs.Missing as missing:
        print(f"Left out on {args.on}: {missing}")
        return 0
    finally:
        if args.keep:
            print(f"Kept: {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)
    return 0 if good else 1


def _rage(args, folder, stack):
    os.environ.update(of_production(folder))
    from tests.storms.house import House

    house = House(folder, {})
    stack.callback(house.stop)
    house.disk = stack.enter_context(_disk(folder / "disk", DISK[args.on]))
    _furnish(house, args.on)
    os.environ.update(house.environment)
    _migrate(house)
    import django

    django.setup()
    from tests.storms import running, site

    built = site.build(args.runs * PEOPLE_A_STORM)
    house.start_site()
    print(
        f"\n{args.on}, seed {args.seed}: {os.cpu_count()} cores, {_memory()} GB, {platform.system()}; "
        f"{'a disk of ' + DISK[args.on] + ' in memory' if house.disk else 'no disk of its own'}",
        flush=True,
    )
    began = time.monotonic()
    end = began + min(args.minutes, MOST_MINUTES) * 60
    told = running.run(house, built, args.seed, lambda n: n < args.runs and time.monotonic() < end)
    print(f"{len(told.storms)} storms, {time.monotonic() - began:.0f} s with what came after", flush=True)
    print(*running.lines(told), sep="\n", flush=True)
    site.let_go()
    return told.good


def _furnish(house, leg):
    files = house.disk or house.folder
    if leg == "sqlite":
        house.environment["DATABASE_URL"] = f"sqlite:///{files}/lms.sqlite3"
        house.environment |= {"MEDIA_ROOT": f"{files}/media", "PRIVATE_ROOT": f"{files}/private"}
        if READY:
            shutil.copy(READY, files / "lms.sqlite3")
        return
    house.start_postgres(files / "postgres")
    house.start_redis()
    house.start_store()


def _migrate(house):
    for words in (["createcachetable"], ["migrate", "--noinput", "-v", "0"]):
        subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


@contextmanager
def _disk(folder, size):
    """A small disk, for which one has to be root and allowed to mount; else None."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size},mode=711", "storms", str(folder)]
    try:
        made = os.getuid() == 0 and subprocess.run(mount, stderr=subprocess.DEVNULL).returncode == 0
    except FileNotFoundError:
        made = False
    if not made:
        yield None
        return
    try:
        yield folder
    finally:
        # Lazily: a process that is just ending may still hold a file.
        subprocess.run(["umount", "--lazy", str(folder)], check=False)


def _memory():
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3)


if __name__ == "__main__":
    sys.exit(main())
