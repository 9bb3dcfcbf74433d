"""Reading the course files."""

from pathlib import Path

import yaml

try:  # libyaml reads ten times faster; PyYAML may have been built without it
    from yaml import CSafeLoader as SafeLoader
except ImportError:
    from yaml import SafeLoader

FOLDER = Path(__file__).parent


def read_yaml(path):
    with path.open(encoding="utf-8") as file:
        return yaml.load(file, Loader=SafeLoader)


def read(name):
    return read_yaml(FOLDER / f"{name}.yaml")


def read_course():
    return read("course")


def read_modules():
    return [read(f"modules/{code}") for code in read_course()["modules"]]


def read_scenarios():
    return [read(f"scenarios/{code}") for code in read_course()["scenarios"]]


def read_cases():
    return [read(f"cases/{name}") for name in read_course()["cases"]]


def read_table_tops():
    return [read(f"table_tops/{code}") for code in read_course()["table_tops"]]


def read_items(name):
    """The items of final.yaml or pretest.yaml."""
    return read(name)["items"]
