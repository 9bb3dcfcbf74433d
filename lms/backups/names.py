"""The name of a backup tells when it was made, and nothing else."""

import datetime
import re

FORMAT = "learning-%Y%m%dT%H%M%SZ.age"
_PATTERN = re.compile(r"learning-\d{8}T\d{6}Z\.age")


def name_of(at):
    return at.astimezone(datetime.UTC).strftime(FORMAT)


def made_at(name):
    """When the file of this name was made; None where the name is not one of ours."""
    if not _PATTERN.fullmatch(name):
        return None
    try:
        return datetime.datetime.strptime(name, FORMAT).replace(tzinfo=datetime.UTC)
    except ValueError:
        return None
