"""`make lighthouse`: six pages of somebody who studies, on a phone on slow 4G, against the limits.

In a database of its own, which is thrown away. Needs node and Chromium; no part of `make test`.
"""

import os
import sys
import tempfile
from pathlib import Path

from tests.lighthouse.measuring import LIMITS, find_programs, holds, measure


def main():
    chromium = find_programs()
    with tempfile.TemporaryDirectory(prefix="lighthouse-") as folder:
        folder = Path(folder)
        os.environ["DJANGO_SETTINGS_MODULE"] = "lms.settings.development"
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/site.sqlite3"
        os.environ["MEDIA_ROOT"] = f"{folder}/media"
        import django

        django.setup()
        from tests.lighthouse.site import prepare, served

        print("Preparing a site with the national course ...", flush=True)
        paths, cookie = prepare()
        print(f"{'page':<10}" + "".join(f"{name:>16}" for name in LIMITS), flush=True)
        below = []
        with served() as site:
            for name, path in paths.items():
                points, faults = measure(site, path, cookie, chromium)
                print(f"{name:<10}" + "".join(f"{points[each]:>16}" for each in LIMITS), flush=True)
                for fault in faults:
                    print(f"{'':<12}{fault}", flush=True)
                below += [] if holds(points) else [name]
    limits = ", ".join(f"{name} {limit}" for name, limit in LIMITS.items())
    print(f"Below the limits ({limits}): {', '.join(below)}" if below else f"All hold: {limits}.")
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
