"""The house as it was planned: who may import whom, and that nothing stands forgotten."""

import importlib
import pkgutil
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import models
from django.template import engines
from django.template.loader import get_template
from django.urls import URLPattern, get_resolver

import certificates
import courses
import lms

ROOT = Path(settings.BASE_DIR)
OURS = [courses, certificates, lms]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html")) + sorted((ROOT / "templates").rglob("*.txt"))
SOURCES = sorted(
    path
    for folder in ("lms", "courses", "certificates", "tests", "templates", "deploy", "docs")
    for path in (ROOT / folder).rglob("*")
    if path.is_file() and "__pycache__" not in path.parts and "vendor" not in path.parts
)
TEXTS = [
    path for path in SOURCES if path.suffix in {".py", ".html", ".txt", ".css", ".js", ".md", ".yaml", ".sh"}
]
LONGEST_FILE = 500


def named(path):
    return str(path.relative_to(ROOT))


def all_modules():
    for package in OURS:
        yield package.__name__
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".settings" not in found.name and found.name != "lms.wsgi":
                yield found.name


# --- Imports ----------------------------------------------------------------------------


def test_nobody_imports_upwards():
    done = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports")], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout


def test_every_module_can_be_imported():
    for name in all_modules():
        importlib.import_module(name)


# --- Models -----------------------------------------------------------------------------


def test_every_model_is_listed_where_django_looks():
    defined = set()
    for name in all_modules():
        for thing in vars(importlib.import_module(name)).values():
            if not isinstance(thing, type) or not issubclass(thing, models.Model) or thing.__module__ != name:
                continue
            if not thing._meta.abstract and not thing._meta.auto_created:
                defined.add(thing)
    listed = {
        model
        for app in ("courses", "certificates", "lms", "people")
        for model in apps.get_app_config(app).get_models()
    }
    assert defined - listed == set()
    for app in ("courses", "lms"):
        front = importlib.import_module(f"{app}.models")
        own = {model.__name__ for model in apps.get_app_config(app).get_models()}
        assert own - set(front.__all__) == set()


def test_no_migration_is_missing(db):
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


# --- Templates --------------------------------------------------------------------------


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_every_template_compiles(path):
    get_template(str(path.relative_to(ROOT / "templates")))


# The certificate is a document for the printer, and mail has no style sheet.
NO_PAGE = ("certificates/sheet", "/email/", "/mail/")
FORBIDDEN_IN_PAGES = {
    r'href="#"': "a link that leads nowhere",
    r"<style\b": "an inline style sheet",
    r"\sstyle=": "an inline style",
    r"<script(?![^>]*\bsrc=)(?![^>]*application/json)": "an inline script",
    r"\son[a-z]+=\"": "an inline handler",
    r"\btarget=\"_blank\"": "a new window nobody asked for",
}


@pytest.mark.parametrize("path", [path for path in TEMPLATES if path.suffix == ".html"], ids=named)
def test_templates_obey_the_content_policy(path):
    if any(part in named(path) for part in NO_PAGE):
        return
    text = path.read_text()
    assert [why for pattern, why in FORBIDDEN_IN_PAGES.items() if re.search(pattern, text)] == []


def test_every_template_is_used():
    everything = "\n".join(path.read_text() for path in TEXTS)
    # Found by Django, allauth or Wagtail under these names.
    found_by_name = re.compile(r"^(403|404|500|403_csrf|account/|allauth/|mfa/|usersessions/|wagtailadmin/)")

    def is_used(path):
        name = str(path.relative_to(ROOT / "templates"))
        folder, stem = str(Path(name).parent), path.stem.removesuffix("_subject")
        # Chosen in code: render(request, f"courses/quizzes/{template}.html"), template("quick_question").
        chosen = f'"{stem}"' in everything and (f"{folder}/{{" in everything)
        # A letter: post(key, "people/mail/question").
        posted = f'"{folder}/{stem}"' in everything
        return found_by_name.match(name) or name in everything or chosen or posted

    assert [named(path) for path in TEMPLATES if not is_used(path)] == []


# --- Addresses --------------------------------------------------------------------------

SAMPLES = {
    "uuid": "0b5ff2a5-3f5a-4f8f-8f0e-0a0a0a0a0a0a",
    "int": "1",
    "slug": "name",
    "str": "name",
    "path": "a/b",
}


def own_patterns(resolver=None, prefix=""):
    """(address pattern, view) of every route whose view is ours."""
    for entry in (resolver or get_resolver()).url_patterns:
        address = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            view = entry.callback
            module = getattr(getattr(view, "view_class", view), "__module__", "")
            if module.split(".")[0] in ("lms", "courses", "certificates"):
                yield address, entry
        else:
            yield from own_patterns(entry, address)


def sample(address):
    converted = re.sub(r"<(?:(\w+):)?\w+>", lambda found: SAMPLES.get(found[1] or "str", "name"), address)
    return "/" + converted.replace("^", "").replace("$", "").replace("\\", "")


def test_every_address_of_ours_resolves_to_its_own_view():
    wrong = []
    for address, entry in own_patterns():
        if "(?P" in address:
            continue
        match = get_resolver().resolve(sample(address))
        if match.func is not entry.callback:
            wrong.append((address, match.func))
    assert wrong == []


def test_every_address_of_ours_has_a_name_of_its_own():
    # Wagtail gives the desk's list and form pages their names, within a namespace each.
    names = Counter(entry.name for address, entry in own_patterns() if not address.startswith("admin/"))
    assert None not in names
    assert [name for name, times in names.items() if times > 1] == []


CONTRACT = {
    "home",
    "catalogue",
    "course",
    "course_enrol",
    "course_continue",
    "lesson",
    "quiz_start",
    "attempt",
    "attempt_question",
    "attempt_review",
    "attempt_submit",
    "attempt_result",
    "my_record",
    "name_correction",
    "certificate",
    "certificate_pdf",
    "verify",
    "verify_token",
    "verify_code",
    "healthz",
    "readyz",
}


def test_the_contract_of_addresses_is_kept():
    assert CONTRACT - {entry.name for _, entry in own_patterns()} == set()


# --- Habits -----------------------------------------------------------------------------


def test_no_file_is_too_long():
    too_long = {
        named(path): len(path.read_text().splitlines())
        for path in TEXTS
        if path.suffix in {".py", ".html", ".js"} and "migrations" not in path.parts
    }
    assert {name: lines for name, lines in too_long.items() if lines > LONGEST_FILE} == {}


# Left behind by somebody in a hurry; spelled apart so that this file passes.
HURRIED = re.compile("|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK", "[Ll]orem" + " ipsum"]))
WORD = re.compile(r"[A-Za-z]+(?: ipsum)?")


def test_nothing_is_left_half_done():
    left = [
        f"{named(path)}: {word}"
        for path in TEXTS
        for word in WORD.findall(path.read_text())
        if HURRIED.fullmatch(word)
    ]
    assert left == []


# Words of the trade that readers and authors never meet.
JARGON = re.compile(r"\b(snippets?|revisions?|slugs?|queryset|backend)\b", re.IGNORECASE)
SAID = re.compile(
    r"""\{%\s*translate\s+["'](.+?)["']|\{%\s*blocktranslate[^%]*%\}(.*?)\{%\s*endblocktranslate""", re.S
)
SAID_IN_CODE = re.compile(r"""\b(?:_|gettext(?:_lazy)?|ngettext)\(\s*["](.+?)["]""", re.S)


def test_rows_that_are_written_once_are_erased_through_one_door():
    code = [path for path in SOURCES if path.suffix == ".py" and path.parts[len(ROOT.parts)] != "tests"]
    using = [named(path) for path in code if re.search(r"\._erase\b", path.read_text())]
    assert using == ["courses/audit/redacting.py", "lms/erasing/applying.py", "lms/looks/noting.py"]


def test_no_jargon_is_said_to_readers():
    said = []
    for path in TEXTS:
        if path.suffix == ".py" and "tests" not in path.parts:
            texts = SAID_IN_CODE.findall(path.read_text())
        elif path.suffix == ".html":
            texts = ["".join(found) for found in SAID.findall(path.read_text())]
        else:
            continue
        for text in texts:
            plain = re.sub(r"\{\{.*?\}\}|%\(\w+\)\w", "", text)
            said += [f"{named(path)}: {text.strip()[:80]}" for _ in JARGON.findall(plain)[:1]]
    assert said == []


def test_templates_come_from_one_folder():
    assert engines["django"].engine.dirs == [ROOT / "templates"]
    assert [
        named(path)
        for package in ("lms", "courses", "certificates")
        for path in (ROOT / package).rglob("*.html")
    ] == []
