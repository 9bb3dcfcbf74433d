"""What can be imported: each kind says which columns it knows, what a row comes to, and does it."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any

from courses.imports.headings import guess


@dataclass(frozen=True)
class Field:
    """A column the kind knows. `spellings`: headings that mean it, as `headings.plain` gives them."""

    name: str
    label: Any
    spellings: frozenset


def field(name, label, spellings):
    return Field(name, label, frozenset(spellings.split()))


class Kind(ABC):
    """Areas above register theirs; the engine reads, keeps and shows the rows."""

    name = ""
    fields = ()
    # Nothing is kept of a row for which it would be too much: rows in one transaction.
    at_once = 200

    @abstractmethod
    def missing(self, columns):
        """The labels of what cannot be done without, given {field: column}."""

    @abstractmethod
    def check(self, job, rows):
        """Say of unsaved ImportRows, in their order, what each comes to. Writes nothing."""

    @abstractmethod
    def look_again(self, row):
        """Bring the changes shown of a row in line with its decision; the caller saves it."""

    @abstractmethod
    def run(self, job, rows, *, actor, at):
        """Do what was foretold of each row and set its result; inside the caller's transaction."""

    def guess(self, headings):
        return guess(headings, {each.name: each.spellings for each in self.fields})

    def label_of(self, name):
        return next(each.label for each in self.fields if each.name == name)


_kinds = {}


def install(kind):
    """Called by `ready` of the app, once for each kind."""
    _kinds[kind.name] = kind


def kind_of(name):
    return _kinds[name]


def is_known(name):
    return name in _kinds
