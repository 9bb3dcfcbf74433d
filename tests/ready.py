"""A database whose migrations were made beforehand: copying it takes a tenth of a second, making them twenty.

`.ci/run` makes one for each kind of database beside the checks that use one processor only, and says
READY_DATABASE=<what `manage.py migrate` filled: a file of SQLite, or a database of the same PostgreSQL>.
"""

import os
import shutil
from pathlib import Path

from django.db import connection

READY = os.environ.get("READY_DATABASE", "")


def copied():
    """Whether the test database is now a copy of the one that is ready. PostgreSQL copies when it creates."""
    if not READY:
        return False
    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["TEMPLATE"] = READY
        return False
    for rest in ("-wal", "-shm"):
        Path(f"{connection.settings_dict['TEST']['NAME']}{rest}").unlink(missing_ok=True)
    shutil.copy(READY, connection.settings_dict["TEST"]["NAME"])
    return True
