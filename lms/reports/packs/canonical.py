"""The one way in which a pack's content and rows are written as bytes, and the hash over both. Pure.

JSON as of RFC 8259 in UTF-8: keys sorted, no space between signs; each row is a line of its own.
`sha256sum` over the content, a line break and the rows gives the hash of the pack.
"""

import gzip
import hashlib
import json


def as_bytes(value):
    """A JSON value, always by the same bytes."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest_of(value):
    """Of one JSON value, as hexadecimal text."""
    return hashlib.sha256(as_bytes(value)).hexdigest()


def write_rows(rows, out):
    """Write rows as compressed lines into a binary file, one at a time. Returns how many there were."""
    n = 0
    # Without a name and a time: the same rows are the same bytes.
    with gzip.GzipFile(filename="", fileobj=out, mode="wb", mtime=0, compresslevel=6) as lines:
        for row in rows:
            lines.write(as_bytes(row) + b"\n")
            n += 1
    return n


def read_lines(compressed):
    """The lines of what `write_rows` wrote, a binary file, one at a time, with their line breaks."""
    with gzip.GzipFile(fileobj=compressed, mode="rb") as lines:
        yield from lines


def read_rows(compressed):
    for line in read_lines(compressed):
        yield json.loads(line)


def seal(content, compressed):
    """The hash over a pack's content and its rows."""
    found = hashlib.sha256(as_bytes(content) + b"\n")
    for line in read_lines(compressed):
        found.update(line)
    return found.hexdigest()
