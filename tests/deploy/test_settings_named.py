"""Whoever fills in .env finds every setting there, and no setting that does nothing."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
READ = [
    *(ROOT / "lms" / "settings").glob("*.py"),
    ROOT / "lms/demo/loading.py",
    *(ROOT / "deploy").glob("*.py"),
]
# Read elsewhere: by the proxy's start, by systemd, by compose; or only tests set them.
OTHERS = {"DJANGO_SETTINGS_MODULE", "POSTGRES_PASSWORD"}
OF_TESTS = {"DATABASE_TEST_NAME"}


def read_by_the_code():
    found = set()
    for path in READ:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                called = ast.unparse(node.func)
                if called == "env" or re.match(
                    r"(env\.(bool|cache|db|email|int|list)|os\.environ\.get)$", called
                ):
                    found.add(node.args[0].value)
    return found - OF_TESTS


def named_in_the_example():
    return set(re.findall(r"^#? ?([A-Z][A-Z0-9_]+)=", (ROOT / ".env.example").read_text(), re.M))


def test_the_example_names_every_setting_and_no_other():
    read, named = read_by_the_code(), named_in_the_example()

    assert len(read) > 25
    assert read - named == set(), "settings that .env.example does not name"
    assert named - read - OTHERS == set(), "names in .env.example that nothing reads"
