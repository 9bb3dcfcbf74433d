"""What is away, by the drivers' own errors; and what is a bug, and stays one."""

import errno
import socket
import sqlite3
import subprocess
import sys

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError
from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction
from redis import Redis
from redis.exceptions import RedisError, ResponseError

from lms.away.knowing import is_away


def closed_port():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


def raised(deed, kinds=Exception):
    with pytest.raises(kinds) as caught:
        deed()
    return caught.value


def wrapped(error):
    """As Django hands on a driver's error."""
    try:
        raise OperationalError(*error.args) from error
    except OperationalError as outer:
        return outer


def test_a_locked_file(tmp_path):
    first, second = (sqlite3.connect(tmp_path / "a", timeout=0, isolation_level=None) for _ in range(2))
    first.execute("BEGIN IMMEDIATE")
    error = raised(lambda: second.execute("BEGIN IMMEDIATE"), sqlite3.OperationalError)
    assert "locked" in str(error)
    assert is_away(wrapped(error))


def test_a_file_that_cannot_be_opened(tmp_path):
    error = raised(lambda: sqlite3.connect(tmp_path / "none" / "a"), sqlite3.OperationalError)
    assert is_away(wrapped(error))


def test_a_disk_that_can_only_be_read(tmp_path):
    sqlite3.connect(tmp_path / "a").execute("CREATE TABLE t (n)")
    reader = sqlite3.connect(f"file:{tmp_path / 'a'}?mode=ro", uri=True)
    error = raised(lambda: reader.execute("INSERT INTO t VALUES (1)"), sqlite3.OperationalError)
    assert is_away(wrapped(error))


FIRST_ON_A_FULL_DISK = """
import resource, signal, tempfile
from lms.away.knowing import is_away
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
try:
    tempfile.TemporaryFile()
except FileNotFoundError as error:
    print(is_away(error))
"""


def test_the_first_temporary_file_of_a_process_on_a_full_disk():
    done = subprocess.run(
        [sys.executable, "-c", FIRST_ON_A_FULL_DISK], capture_output=True, text=True, check=True
    )
    assert done.stdout == "True\n"


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (errno.ENOSPC, True),
        (errno.EDQUOT, True),
        (errno.EFBIG, True),
        (errno.EIO, True),
        (errno.EROFS, True),
        (errno.ESTALE, True),
        (errno.ENOENT, False),
        (errno.EACCES, False),
    ],
)
def test_what_a_disk_says(number, expected):
    """An upload that finds no room is asked for again; a file that is not there is a bug."""
    assert is_away(OSError(number, "x")) is expected


def test_words_that_the_database_does_not_know(db):
    """Wrong SQL is an OperationalError on SQLite, too."""

    def ask():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT nothing FROM no_such_table")

    assert not is_away(raised(ask, DatabaseError))


def test_postgresql_is_not_reached():
    psycopg = pytest.importorskip("psycopg")
    error = raised(lambda: psycopg.connect(f"host=127.0.0.1 port={closed_port()}"), psycopg.OperationalError)
    assert is_away(wrapped(error))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("AdminShutdown", True),
        ("CannotConnectNow", True),
        ("TooManyConnections", True),
        ("DiskFull", True),
        ("DeadlockDetected", True),
        ("QueryCanceled", False),
        ("InvalidTextRepresentation", False),
    ],
)
def test_what_postgresql_says(name, expected):
    errors = pytest.importorskip("psycopg.errors")
    assert is_away(wrapped(getattr(errors, name)("x"))) is expected


def test_a_connection_that_was_closed():
    assert is_away(InterfaceError("connection already closed"))
    assert not is_away(InterfaceError("Error binding parameter 1"))


def test_redis():
    assert is_away(raised(Redis(port=closed_port()).ping, RedisError))
    assert not is_away(ResponseError("WRONGTYPE"))


@pytest.mark.parametrize(("status", "expected"), [(503, True), (500, True), (404, False), (403, False)])
def test_a_store_of_files(status, expected):
    said = {"Error": {"Code": "X"}, "ResponseMetadata": {"HTTPStatusCode": status}}
    assert is_away(ClientError(said, "GetObject")) is expected


def test_a_store_that_is_not_reached():
    assert is_away(EndpointConnectionError(endpoint_url="http://127.0.0.1:1"))


def _read_a_picture():
    try:
        raise EndpointConnectionError(endpoint_url="http://127.0.0.1:1")
    except EndpointConnectionError as error:
        raise ValueError from error


def test_what_it_was_made_from_counts():
    assert is_away(raised(_read_a_picture, ValueError))
    assert not is_away(ValueError("connection"))
    assert not is_away(None)
