"""Reading the course files."""

from pathlib import Path

import yaml

FOLDER = Path(__file__).parent
# A file may hold items of kinds that the site does not know yet: they wait.
KNOWN_KINDS = {"single", "multiple", "true_false"}


def read(name):
    with (FOLDER / f"{name}.yaml").open(encoding="utf-8") as file:
        return yaml.safe_load(file)


def read_course():
    return read("course")


def read_modules():
    return [read(f"modules/{code}") for code in read_course()["modules"]]


def read_items(name):
    """The items of final.yaml or pretest.yaml whose kind the site knows."""
    return [item for item in read(name)["items"] if item["kind"] in KNOWN_KINDS]
