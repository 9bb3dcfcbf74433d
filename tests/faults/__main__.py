"""`make faults RUNS=500 SEED=1`: many runs, each of its own seed, in a database of its own.

A seed that fails is told with its story, and can be run alone: python -m tests.faults --runs 1 --seed N
"""

import argparse
import os
import signal
import sys
import time
import warnings
from collections import Counter

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings.test")
os.environ.setdefault("DATABASE_TEST_NAME", "var/faults.sqlite3")
warnings.simplefilter("ignore")
django.setup()


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__.split("\n")[0])
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1, help="of the first run; each has the next one")
    parser.add_argument("--seeds", type=int, nargs="*", help="these instead")
    parser.add_argument("--answers", type=int, default=20, help="questions in a run")
    parser.add_argument("--stop", action="store_true", help="at the first trouble")
    parser.add_argument("--tell", action="store_true", help="every story, not only of those that fail")
    parser.add_argument("--keep", action="store_true", help="the database, for the next time")
    args = parser.parse_args()

    from django.db import connection
    from django.test.utils import setup_test_environment, teardown_test_environment

    from tests.flushing import flush

    # However it is ended, the server and the browser end with it.
    signal.signal(signal.SIGTERM, lambda signum, frame: sys.exit(1))
    setup_test_environment(debug=False)
    before = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, keepdb=args.keep)
    if args.keep:
        flush()
    try:
        return _tell_all(args)
    finally:
        if not args.keep:
            connection.creation.destroy_test_db(before, verbosity=0)
        teardown_test_environment()


def _tell_all(args):
    from django.db import connection

    from tests.faults.driver import Run
    from tests.faults.site import chromium, opened
    from tests.quick import unindexed

    total, faults, mishaps, kinds = Counter(), Counter(), Counter(), Counter()
    began = time.time()
    seeds = args.seeds or range(args.seed, args.seed + args.runs)
    print(
        f"{len(seeds)} runs of {args.answers} answers on {connection.vendor}, from seed {seeds[0]}", flush=True
    )
    with unindexed(), chromium() as browser, opened(args.answers, browser) as site:
        for seed in seeds:
            told = Run(site, seed).tell()
            total.update(runs=1, answers=told.answers, states=len(told.shown))
            faults.update(told.faults)
            mishaps.update(told.mishaps)
            kinds.update(trouble.kind for trouble in told.troubles)
            _tell(told, args)
            if told.troubles and args.stop:
                break
    print(f"\n{total['runs']} runs, {total['answers']} answers, {total['states']} states looked at, "
          f"{time.time() - began:.0f} s")  # fmt: skip
    for name, count in sorted((faults + mishaps).items()):
        print(f"  {count:6} {name}")
    print(f"lost {kinds['lost']}, doubled {kinds['doubled']}, untrue {kinds['untrue']}, stuck {kinds['stuck']}")
    return 1 if kinds else 0


def _tell(told, args):
    story = told.story
    states = Counter(one.state for one in told.shown)
    print(
        f"seed {told.seed}: {story.quiz}, {', '.join(story.mishaps)}; {told.answers} answers, "
        f"{sum(told.faults.values())} faults, {dict(states)}, {told.seconds:.1f} s"
        f"{'' if not told.troubles else '  FAILED'}",
        flush=True,
    )
    if told.troubles or args.tell:
        print(*told.lines, sep="\n")
    for trouble in told.troubles:
        print(f"    {trouble.kind.upper()}: {trouble.words}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
