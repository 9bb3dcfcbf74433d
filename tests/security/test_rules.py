"""The rules that `make security` asks semgrep for. Whether they hold, semgrep says; here, that none is idle."""

import re
from pathlib import Path

import pytest
import yaml

from deploy.outdated import patch_behind

RULES = Path(__file__).parent / "rules"
IDS = [rule["id"] for rule in yaml.safe_load((RULES / "house.yml").read_text())["rules"]]
EXAMPLES = (RULES / "house.py").read_text()


@pytest.mark.parametrize("name", IDS)
def test_each_rule_has_something_to_find_and_something_to_leave(name):
    assert re.search(rf"^# ruleid: {name}$", EXAMPLES, re.M)
    assert re.search(rf"^# ok: {name}$", EXAMPLES, re.M)


def test_no_example_is_of_a_rule_that_is_gone():
    assert set(re.findall(r"^# (?:ruleid|ok): (.+)$", EXAMPLES, re.M)) == set(IDS)


@pytest.mark.parametrize(
    ("installed", "newest", "behind"),
    [
        ("5.2.19", "5.2.20", True),
        ("5.2.19", "5.2.19", False),
        ("5.2.19", "6.1", False),
        ("1.13", "1.14", False),
        ("1.13", "1.13.1", True),
    ],
)
def test_a_patch_is_behind_within_its_release(installed, newest, behind):
    assert patch_behind(installed, newest) is behind
