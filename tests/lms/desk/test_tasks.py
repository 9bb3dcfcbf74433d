"""What failed in the background is told on the desk, whatever it was."""

import re
from pathlib import Path

import pytest

from lms.desk.tasks import WORDS

pytestmark = pytest.mark.same_everywhere
ROOT = Path(__file__).parents[3]
TASK = re.compile(r"^@task\(.*?\)\ndef (\w+)", re.MULTILINE)


def test_every_task_of_the_site_has_words():
    tasks = {
        f"{'.'.join(path.relative_to(ROOT).with_suffix('').parts)}.{name}"
        for app in ("lms", "certificates", "courses")
        for path in (ROOT / app).rglob("*.py")
        for name in TASK.findall(path.read_text())
    }
    assert len(tasks) >= 9
    assert tasks == set(WORDS)
