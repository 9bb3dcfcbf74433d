"""Whether a pack still is what it was: its hash, and every table counted anew from its rows."""

from dataclasses import dataclass

from lms.reports.packs import canonical, recounting


@dataclass(frozen=True)
class Checked:
    """`differing`: titles of tables that the rows do not bear out."""

    tables: int
    rows: int
    sha256: str
    same_hash: bool
    differing: list

    @property
    def holds(self):
        return self.same_hash and not self.differing


def check(pack):
    """The Checked of a pack. Reads nothing but the pack."""
    content = pack.content
    counted = recounting.count(pack.evidence())
    again = recounting.tables(counted, content["period"]["months"])
    differing = [table["title"] for table in content["tables"] if again.get(table["name"]) != table["rows"]]
    found = canonical.seal(content, pack.compressed())
    return Checked(len(content["tables"]), counted.rows, found, found == pack.sha256, differing)
