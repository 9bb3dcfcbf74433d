"""What a check has to say."""

from dataclasses import dataclass
from enum import IntEnum


class Verdict(IntEnum):
    """The number is the command's exit code."""

    OK = 0
    LOOK = 1
    BROKEN = 2


@dataclass(frozen=True)
class Finding:
    """`says` how it stands and what to `do`, each one plain sentence or two; `do` is empty where nothing is.

    `detail` is what the program itself says, in its own words, for whoever maintains the site.
    """

    verdict: Verdict
    says: str
    do: str = ""
    detail: str = ""


def ok(says):
    return Finding(Verdict.OK, says)


def look(says, do, detail=""):
    return Finding(Verdict.LOOK, says, do, detail)


def broken(says, do, detail=""):
    return Finding(Verdict.BROKEN, says, do, detail)


def worst(findings):
    """The verdict on all of them together."""
    return max((finding.verdict for finding in findings), default=Verdict.OK)
