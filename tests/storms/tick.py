"""What learning-tick.service runs every ten minutes, in one process: python -m tests.storms.tick"""

import os
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
UNIT = ROOT / "deploy" / "systemd" / "learning-tick.service"


def commands():
    return [line.split() for line in re.findall(r"^ExecStart=.*manage\.py (.+)$", UNIT.read_text(), re.M)]


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.storms.settings")
    import django

    django.setup()
    from django.core.management import call_command

    # One that fails keeps the later ones waiting, as systemd has it.
    for command, *words in commands():
        call_command(command, *words)


if __name__ == "__main__":
    sys.exit(main())
