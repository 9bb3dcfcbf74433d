"""The small interface behind which every check stands."""

from abc import ABC, abstractmethod


class Check(ABC):
    """`name` for machines, `title` for people. Give `look`, and nothing else."""

    name = ""
    title = ""
    # It asks another machine, and may take seconds: on the desk only at the press of a button.
    slow = False
    # Without the database it has nothing to say.
    needs_database = True

    @abstractmethod
    def look(self, at):
        """The findings, at least one. What it raises is told as a finding, too."""
