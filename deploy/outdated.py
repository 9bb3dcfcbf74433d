"""Are the pins the newest patch releases? Asks the package index that pip knows; exit code 1 if one is behind.

A patch release has the same first two numbers: what changes more is a decision, made in requirements*.in.
"""

import json
import subprocess
import sys


def patch_behind(installed, newest):
    """Whether `newest` is a later patch of the release `installed`; both are versions such as "5.2.19"."""
    return installed != newest and installed.split(".")[:2] == newest.split(".")[:2]


def main():
    command = [
        sys.executable,
        "-m",
        "pip",
        "list",
        "--outdated",
        "--format",
        "json",
        "--disable-pip-version-check",
    ]
    asked = subprocess.run(command, capture_output=True, text=True, check=False)
    if asked.returncode or "connection" in asked.stderr.lower():
        sys.exit("The package index did not answer, so nothing is known.\n" + asked.stderr[-500:])
    behind = [
        f"{found['name']} {found['version']} -> {found['latest_version']}"
        for found in json.loads(asked.stdout)
        if patch_behind(found["version"], found["latest_version"])
    ]
    print("\n".join(behind) or "Every pin is the newest patch release.")
    sys.exit(1 if behind else 0)


if __name__ == "__main__":
    main()
