"""PostgreSQL as it is installed does not write down what it refuses: the statement holds names.

What these settings do was tried on a PostgreSQL 15 of its own; here it is read that they are delivered.
"""

from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_role_of_the_site_writes_no_refused_statement():
    assert '"ALTER ROLE learning SET log_min_messages = fatal"' in (ROOT / "deploy" / "install.sh").read_text()


def test_nor_does_the_container():
    said = (ROOT / "compose.yaml").read_text()
    assert "command: [postgres, -c, log_min_error_statement=panic, -c, log_error_verbosity=terse]" in said
