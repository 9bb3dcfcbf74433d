"""What a telephone on a slow line must load: every page of the national course, compressed."""

import gzip
import posixpath
import re
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.core.cache import caches
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from courses.catalogue.models import CoursePage
from courses.progress.standing import Standing
from courses.quizzes import attempts
from lms.home.site_content import INFO_PAGES
from tests.factories import make_enrolment, make_person, make_user

KB = 1024
PAGE, STYLE, SCRIPT, LESSON = 15 * KB, 12 * KB, 15 * KB, 60 * KB
PUBLIC = ["/", *(f"/{slug}/" for slug in INFO_PAGES), "/courses/", "/verify/", "/no-such-page/"]
PUBLIC += ["/accounts/login/", "/accounts/signup/", "/accounts/password/reset/"]


@pytest.fixture(scope="module")
def course(django_db_setup, django_db_blocker):
    """The national course, loaded once and taken back when the module ends."""
    with django_db_blocker.unblock(), transaction.atomic():
        caches["bodies"].clear()
        call_command("load_course", verbosity=0)
        yield CoursePage.objects.get()
        transaction.set_rollback(True)


@pytest.fixture(scope="module", params=["police", "diplomatic", "health", "civil"])
def trainee(course, request):
    """Somebody of each sector who has begun, in a browser of their own."""
    user = make_user(person=make_person(sector=request.param))
    enrolment = make_enrolment(user.person, course.course)
    client = Client()
    client.force_login(user)
    return SimpleNamespace(
        user=user, enrolment=enrolment, client=client, standing=Standing(course, user.person), lessons={}
    )


# --- Weighing ---------------------------------------------------------------------------


def compressed(content):
    return len(gzip.compress(content, 6))


def html_of(client, address):
    response = client.get(address)
    assert response.status_code in (200, 404), address
    return response.content.decode()


def loaded_by(html):
    """What a browser fetches by itself for this page: styles, scripts, icons, pictures, frames."""
    addresses = re.findall(r'<(?:link|base)\b[^>]*\shref="([^"]*)"', html)
    addresses += re.findall(r'\s(?:src|poster|data|action|formaction)="([^"]*)"', html)
    for several in re.findall(r'\ssrcset="([^"]*)"', html):
        addresses += [one.split()[0] for one in several.split(",")]
    return [address for address in addresses if not address.startswith("data:")]


def weight_of_file(address):
    with open(finders.find(address.removeprefix("/static/")), "rb") as file:
        return compressed(file.read())


def with_imports(addresses):
    """These scripts with all that they import at once, each counted once."""
    found = list(addresses)
    for address in found:
        script = Path(finders.find(address.removeprefix("/static/"))).read_text(encoding="utf-8")
        for imported in re.findall(r'^(?:import|export)\b[^(]*?"(\.[^"]+)";', script, re.MULTILINE):
            whole = posixpath.normpath(posixpath.join(posixpath.dirname(address), imported))
            if whole not in found:
                found.append(whole)
    return found


def files_of(html, kind):
    return [address for address in dict.fromkeys(loaded_by(html)) if address.endswith(kind)]


def lessons_of(trainee):
    """{title: HTML}, asked for once."""
    standing = trainee.standing
    if not trainee.lessons:
        for part in standing.outline.lessons:
            address = reverse("lesson", args=[standing.page.slug, part.slug])
            trainee.lessons[part.title] = html_of(trainee.client, address)
    return trainee.lessons


def questions_of(trainee):
    """Every question of every quiz on the path, begun by the verb: the final test too."""
    pages = {}
    for part in trainee.standing.outline.quizzes:
        attempt = attempts.start(
            part.key, person=trainee.user.person, enrolment=trainee.enrolment, actor=None, at=timezone.now()
        )
        for item in attempt.items.all():
            address = reverse("attempt_question", args=[attempt.uuid, item.n])
            pages[f"{part.title}, {item.n}"] = html_of(trainee.client, address)
    return pages


def too_heavy(pages, most):
    """{name: KB} of those above the limit."""
    weights = {name: compressed(html.encode()) for name, html in pages.items()}
    return {name: round(weight / KB, 1) for name, weight in weights.items() if weight > most}


# --- The limits -------------------------------------------------------------------------


def test_home_and_outline_are_small(trainee):
    addresses = ["/", "/courses/", reverse("course", args=[trainee.standing.page.slug]), "/my/record/"]
    pages = {address: html_of(trainee.client, address) for address in addresses}

    assert too_heavy(pages, PAGE) == {}


def test_every_lesson_is_small_and_light_to_open_for_the_first_time(trainee):
    pages = lessons_of(trainee)

    assert len(pages) >= 6
    assert too_heavy(pages, PAGE) == {}
    for name, html in pages.items():
        files = files_of(html, (".css", ".js", ".svg", ".ico"))
        files += [file for file in with_imports(files_of(html, ".js")) if file not in files]
        whole = compressed(html.encode()) + sum(weight_of_file(file) for file in files)
        assert whole <= LESSON, f"{name}: {whole / KB:.1f} KB"


def test_every_question_is_small(trainee):
    pages = questions_of(trainee)

    assert len(pages) >= 20
    assert too_heavy(pages, PAGE) == {}


def test_public_pages_are_small(course):
    pages = {address: html_of(Client(), address) for address in [*PUBLIC, course.url]}

    assert too_heavy(pages, PAGE) == {}


def test_one_style_sheet_and_little_script(course):
    html = html_of(Client(), "/")
    [style] = files_of(html, ".css")
    scripts = files_of(html, ".js")

    assert weight_of_file(style) <= STYLE
    scripts = with_imports(scripts)
    assert len(scripts) > 5
    assert sum(weight_of_file(script) for script in scripts) <= SCRIPT


# --- Nothing from elsewhere -------------------------------------------------------------


def test_no_page_loads_anything_from_another_host_and_no_font(course, trainee):
    pages = {address: html_of(Client(), address) for address in [*PUBLIC, course.url]}
    pages |= {"home": html_of(trainee.client, "/"), **lessons_of(trainee)}

    for name, html in pages.items():
        foreign = [address for address in loaded_by(html) if urlsplit(address).netloc]
        fonts = [address for address in loaded_by(html) if re.search(r"\.(woff2?|ttf|otf|eot)\b", address)]
        assert (foreign, fonts) == ([], []), name


def test_the_style_sheet_asks_for_nothing_more(course):
    [address] = files_of(html_of(Client(), "/"), ".css")
    with open(finders.find(address.removeprefix("/static/")), encoding="utf-8") as file:
        style = file.read()

    assert "@font-face" not in style
    assert "@import" not in style
    assert [found for found in re.findall(r"url\(([^)]*)\)", style) if "data:" not in found] == []
