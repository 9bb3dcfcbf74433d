"""The age format (age-encryption.org/v1): whoever has the public key closes, only the private one opens.

Every 64 KiB carry a seal of their own, so nothing that was changed or cut off is ever handed on.
"""

import contextlib
import os
import threading

import pyrage

from lms.backups.packing import CHUNK
from lms.backups.refusing import Damaged, Refused

MAGIC = b"age-encryption.org/v1\n"


def is_sealed(path):
    """Whether the file begins as the age format does."""
    try:
        with open(path, "rb") as file:
            return file.read(len(MAGIC)) == MAGIC
    except OSError:
        return False


def new_key():
    """(public, private) of a fresh pair, as text."""
    identity = pyrage.x25519.Identity.generate()
    return str(identity.to_public()), str(identity)


def recipients(texts):
    """The public keys that are given as text (age1…)."""
    if not texts:
        raise Refused("BACKUP_RECIPIENTS is not set. Make a key with: manage.py backup --new-key")
    try:
        return [pyrage.x25519.Recipient.from_str(text.strip()) for text in texts]
    except pyrage.RecipientError as error:
        raise Refused("BACKUP_RECIPIENTS holds what is no public key (age1…).") from error


def identities(content, ask=None):
    """The private keys in the content of a key file, as age-keygen writes it: one a line, # for remarks.

    A key file may itself be closed by a passphrase (`age -p`); `ask()` gives it then.
    """
    if content.startswith(MAGIC):
        try:
            content = pyrage.passphrase.decrypt(content, ask() if ask else "")
        except pyrage.DecryptError as error:
            raise Refused("The passphrase does not open the key file.") from error
    lines = [line.strip() for line in content.decode("ascii", "replace").splitlines()]
    try:
        found = [pyrage.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except pyrage.IdentityError:
        found = []
    if not found:
        raise Refused("The key file holds no private key (AGE-SECRET-KEY-1…), or one that was mistyped.")
    return found


def seal(chunks, file, to):
    """Write what `chunks` yields to `file`, closed for the public keys. Memory does not grow with the size."""
    reader = _Pulled(chunks)
    writer = _Watched(file)
    try:
        pyrage.encrypt_io(reader, writer, to)
    except pyrage.EncryptError as error:
        raise (reader.error or writer.error or error) from error


@contextlib.contextmanager
def unsealed(path, keys):
    """What lies in the file, as a stream to read. What was changed, cut off or closed for others: Refused."""
    ours, theirs = os.pipe()
    problem = []

    def pour():
        with open(theirs, "wb", closefd=True) as sink:
            try:
                with open(path, "rb") as file:
                    pyrage.decrypt_io(file, sink, keys)
            except BrokenPipeError:
                pass  # The reader wants no more.
            except (OSError, pyrage.DecryptError) as error:
                problem.append(error)
            with contextlib.suppress(BrokenPipeError):
                sink.flush()

    pouring = threading.Thread(target=pour, daemon=True)
    pouring.start()
    stream = os.fdopen(ours, "rb", buffering=CHUNK)
    try:
        yield stream
        while stream.read(CHUNK):
            pass  # To the end: a seal may be broken behind what was asked for.
    except Exception as error:
        stream.close()
        pouring.join()
        raise (_words(problem[0]) if problem else error) from error
    finally:
        stream.close()
        pouring.join()
    if problem:
        raise _words(problem[0])


def _words(error):
    text = str(error)
    if "No matching keys" in text:
        return Refused("This key does not open the file: it was closed for another one.")
    if isinstance(error, FileNotFoundError | PermissionError | IsADirectoryError):
        return Refused(f"The file cannot be read: {error.strerror}.")
    if isinstance(error, pyrage.DecryptError):
        return Damaged(f"The file is no backup, or its beginning is damaged ({text}).")
    return Damaged("The file is damaged: it was changed or cut off after it was written.")


class _Pulled:
    """Chunks as a file to read from. Remembers what went wrong in them."""

    def __init__(self, chunks):
        self.chunks, self.rest, self.error = iter(chunks), b"", None

    def read(self, size=-1):
        try:
            while not self.rest:
                self.rest = memoryview(next(self.chunks))
        except StopIteration:
            return b""
        except Exception as error:
            self.error = error
            raise
        taken, self.rest = self.rest[:size], self.rest[size:]
        return bytes(taken)


class _Watched:
    def __init__(self, file):
        self.file, self.error = file, None

    def write(self, data):
        try:
            return self.file.write(data)
        except OSError as error:
            self.error = error
            raise

    def flush(self):
        self.file.flush()
