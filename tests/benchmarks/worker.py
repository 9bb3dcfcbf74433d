"""A worker that does nothing but one print run, and tells the most memory it had, in MB.

Called by `printing.print_run_memory` with the key of the run and the name of the database.
"""

import os
import re
import sys
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings.test")
django.setup()


def main(run_id, database):
    from django.db import connection
    from django.utils import timezone

    from certificates.batches import drawing

    connection.settings_dict["NAME"] = database
    while drawing.go_on(run_id, at=timezone.now()):
        pass
    print(peak())


def peak():
    """The most memory of this program in MB. What `resource` tells counts the parent's before it began."""
    status = Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) // 1024


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
