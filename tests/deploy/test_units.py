"""The services of a real site, as systemd itself reads them."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands

ROOT = Path(__file__).parents[2]
UNITS = sorted(path.name for path in (ROOT / "deploy" / "systemd").glob("learning-*.*") if path.is_file())
SERVICES = [name for name in UNITS if name.endswith(".service")]
SYSTEM_UNITS = Path("/lib/systemd/system")
# Of ten: how much of the machine a service could reach. systemd calls below 2 well kept.
MOST_EXPOSED = 2.0

with_systemd = pytest.mark.skipif(
    not (shutil.which("systemd-analyze") and SYSTEM_UNITS.is_dir()), reason="systemd is not on this machine"
)
pytestmark = pytest.mark.same_everywhere


def commands_of(service):
    text = (ROOT / "deploy" / "systemd" / service).read_text()
    return re.findall(r"^Exec(?:Start|StartPre)=(.+)$", text, re.M)


@pytest.fixture(scope="module")
def machine(tmp_path_factory):
    """A root with systemd's own units and ours, where our programs are there."""
    root = tmp_path_factory.mktemp("root")
    shutil.copytree(SYSTEM_UNITS, root / "usr/lib/systemd/system", symlinks=True)
    shutil.copytree(ROOT / "deploy" / "systemd", root / "etc/systemd/system")
    programs = root / "srv/learning/.venv/bin"
    programs.mkdir(parents=True)
    (root / "bin").mkdir()
    (root / "srv/learning/.env").touch()
    for program in (programs / "python", programs / "gunicorn", root / "bin/kill"):
        program.write_text("#!/bin/sh\n")
        program.chmod(0o755)
    return root


def said_of(machine, *names):
    units = [f"/etc/systemd/system/{name}" for name in names]
    done = subprocess.run(
        ["systemd-analyze", f"--root={machine}", "verify", *units], capture_output=True, text=True, check=False
    )
    return [line for line in done.stderr.splitlines() if "learning" in line]


@with_systemd
def test_systemd_finds_nothing_wrong_with_them(machine):
    assert said_of(machine, *UNITS) == []


@with_systemd
def test_systemd_would_say_so(machine):
    broken = machine / "etc/systemd/system/learning-broken.service"
    broken.write_text("[Service]\nExecStart=/no/such/program\nProtectSytem=strict\n")

    said = " ".join(said_of(machine, broken.name))

    assert "ProtectSytem" in said
    assert "/no/such/program" in said
    broken.unlink()


@with_systemd
@pytest.mark.parametrize("service", SERVICES)
def test_they_can_reach_little_of_the_machine(machine, service):
    command = ["systemd-analyze", f"--root={machine}", "--offline=true", f"--threshold={MOST_EXPOSED * 10:.0f}"]
    done = subprocess.run([*command, "security", service], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout.splitlines()[-1]


def test_what_they_start_is_there():
    known = get_commands()
    names = [
        words[words.index("manage.py") + 1]
        for service in SERVICES
        for words in map(str.split, commands_of(service))
        if "manage.py" in words
    ]

    assert len(names) > 10
    assert [name for name in names if name not in known] == []


def test_containers_run_what_the_services_run():
    """compose.yaml and the units must not drift apart."""
    parts = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]
    timed = {part["command"][2] for part in parts.values() if "deploy/every" in (part.get("command") or [])}
    timers = {Path(name).stem for name in UNITS if name.endswith(".timer")}
    of_web = commands_of("learning-web.service")
    before = [command.split("manage.py ")[1] for command in of_web if "manage.py" in command]
    worker = commands_of("learning-worker.service")[0].split("manage.py ")[1]
    web = of_web[-1].split()
    image = re.findall(r"^CMD (\[.+\])$", (ROOT / "Dockerfile").read_text(), re.M)[-1]

    assert timed == timers
    assert parts["worker"]["command"][1:] == worker.split()
    assert [line.split("manage ")[1] for line in parts["migrate"]["command"][2].split("; ")] == before
    assert [word.strip('[]", ') for word in image.split(", ")][1:] == [
        word.replace("127.0.0.1", "0.0.0.0") for word in web[1:]
    ]


def test_containers_run_at_the_hours_of_the_timers():
    parts = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]
    for part in parts.values():
        command = part.get("command") or []
        if command[:1] == ["deploy/every"] and ":" in command[1]:
            timer = (ROOT / "deploy" / "systemd" / f"{command[2]}.timer").read_text()
            assert f"OnCalendar={command[1]}" in timer.replace("OnCalendar=*-*-* ", "OnCalendar=")
