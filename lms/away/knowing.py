"""Whether an exception says that the database, Redis, the disk or the store of files is away for a moment, and
not that the program is wrong.

Django's OperationalError is raised for both on SQLite ("no such column" is one): what the driver said counts.
Sources: https://www.postgresql.org/docs/current/errcodes-appendix.html and https://www.sqlite.org/rescode.html
"""

import errno

# Connection lost, out of room or connections, shut down or starting; two that stood in each other's way; a lock
# that was not given in time.
SQLSTATES = ("08", "40", "53", "57P", "55P03")
# BUSY, LOCKED, READONLY (as a disk becomes that fails), IOERR, FULL, CANTOPEN, PROTOCOL (the lower byte of an
# extended code)
SQLITE_CODES = {5, 6, 8, 10, 13, 14, 15}
# Of a disk that is full (by its size, a quota or a limit), fails, or is one of another machine that is not
# reached. "No such file" and "not permitted" are left out: they do not pass by themselves.
ERRNOS = {
    errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS, errno.ESTALE, errno.ENOTCONN,
    errno.EHOSTDOWN, errno.EHOSTUNREACH, errno.ENETUNREACH, errno.ETIMEDOUT,
}  # fmt: skip
# Of `tempfile` in a process that asks it for the first time while nothing can be written: "no such file" that
# does pass by itself.
NO_ROOM = "No usable temporary directory found"
# By name: a site without Redis or buckets does not load these packages.
OF_OTHERS = {
    ("redis.exceptions", "ConnectionError"),
    ("redis.exceptions", "TimeoutError"),
    ("botocore.exceptions", "ConnectionError"),
    ("botocore.exceptions", "HTTPClientError"),
}
# By which the queue writes down why a task failed: the error itself is gone by then, so some of these may be
# bugs all the same.
MAY_BE = [
    "django.db.utils.OperationalError",
    "django.db.utils.InterfaceError",
    "builtins.OSError",
    "builtins.FileNotFoundError",
    "builtins.TimeoutError",
    "builtins.ConnectionError",
    "builtins.ConnectionRefusedError",
    "builtins.ConnectionResetError",
    "builtins.BrokenPipeError",
    "redis.exceptions.ConnectionError",
    "redis.exceptions.TimeoutError",
    "botocore.exceptions.ClientError",
    "botocore.exceptions.ConnectionClosedError",
    "botocore.exceptions.ConnectTimeoutError",
    "botocore.exceptions.EndpointConnectionError",
    "botocore.exceptions.HTTPClientError",
    "botocore.exceptions.ReadTimeoutError",
]
OF_DRIVERS = {"OperationalError", "InterfaceError"}


def is_away(error):
    """True for the error itself or for what it was made from."""
    seen = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        if _says_so(error):
            return True
        error = error.__cause__ or error.__context__
    return False


def _says_so(error):
    if isinstance(error, OSError) and (error.errno in ERRNOS or NO_ROOM in str(error)):
        return True
    names = {(kind.__module__, kind.__name__) for kind in type(error).__mro__}
    if names & OF_OTHERS:
        return True
    if ("botocore.exceptions", "ClientError") in names:
        return error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0) >= 500
    if ("sqlite3", "OperationalError") in names:
        return (getattr(error, "sqlite_errorcode", 0) & 0xFF) in SQLITE_CODES
    if any(module.startswith("psycopg") and name in OF_DRIVERS for module, name in names):
        return _postgresql_is_away(error)
    # Django's own, of a connection that was closed under it; there is no driver's error behind it.
    return ("django.db.utils", "InterfaceError") in names and "connection" in str(error)


def _postgresql_is_away(error):
    state = getattr(error, "sqlstate", None)
    if state is None:
        # Nothing was heard from the server: not reached, gone, or the connection was closed.
        return type(error).__name__ != "InterfaceError" or "connection" in str(error)
    return state.startswith(SQLSTATES)
