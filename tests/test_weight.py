"""What a telephone on a slow line must load: every page of the national course, as it goes over the wire.

Everything is asked for as a browser asks, through all the middleware and with the hashed files of a real
site: what is weighed is what was sent, with its headers.
"""

import gzip
import re
from functools import cache
from types import SimpleNamespace
from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import caches
from django.core.management import call_command
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from courses.catalogue.models import CoursePage
from courses.progress.standing import Standing
from courses.quizzes import attempts
from lms.home.site_content import INFO_PAGES
from tests.factories import make_enrolment, make_person, make_user

KB = 1024
PAGE, STYLE, SCRIPT, WORKER = 15 * KB, 12 * KB, 15 * KB, 6 * KB
FIRST_VISIT, WARM_VISIT = 60 * KB, 15 * KB
YEAR = 365 * 24 * 3600
PUBLIC = ["/", *(f"/{slug}/" for slug in INFO_PAGES), "/courses/", "/verify/", "/no-such-page/"]
PUBLIC += ["/accounts/login/", "/accounts/signup/", "/accounts/password/reset/"]
# The oldest telephones take nothing newer than gzip.
BROWSER = {"Accept-Encoding": "gzip, deflate"}
# A name with a hash is asked for once in ten years.
HASHED = re.compile(r"/static/lms/.*\.[0-9a-f]{12}\.\w+$")
IMPORT = re.compile(r"""(?:^|;)\s*(?:import|export)\b[^;"'(]*["'](\.{1,2}/[^"']+)["']""", re.MULTILINE)

pytestmark = pytest.mark.same_everywhere


@pytest.fixture(scope="module", autouse=True)
def real_files(tmp_path_factory):
    """The site's static files as `collectstatic` leaves them on a real site; the desk's are not asked for."""
    hashed = {**settings.STORAGES, "staticfiles": {"BACKEND": "lms.hashed_files.HashedFiles"}}
    with override_settings(
        STORAGES=hashed,
        STATIC_ROOT=str(tmp_path_factory.mktemp("static")),
        WHITENOISE_USE_FINDERS=False,
        WHITENOISE_AUTOREFRESH=False,
    ):
        desk = ["wagtail*", "taggit*", "django_filters*", "admin", "rest_framework"]
        call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=desk)
        yield
    file_at.cache_clear()
    is_there.cache_clear()


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
    session = client.session
    session["own_device"] = True
    session.save()
    return SimpleNamespace(
        user=user,
        enrolment=enrolment,
        client=client,
        standing=Standing(course, user.person),
        lessons={},
        questions={},
    )


# --- Weighing ---------------------------------------------------------------------------


def sent(response):
    """An answer: what its first line, its headers and its compressed body weigh, and its text."""
    body = response.getvalue()
    lines = ["HTTP/1.1 200 OK", *(f"{name}: {value}" for name, value in response.items())]
    lines += [cookie.output() for cookie in response.cookies.values()]
    text = gzip.decompress(body) if response.get("Content-Encoding") == "gzip" else body
    return SimpleNamespace(
        weight=len("\r\n".join([*lines, "", ""])) + len(body),
        size=len(body),
        headers=response.headers,
        text=text.decode(),
    )


def page_at(client, address):
    response = client.get(address, headers=BROWSER)
    assert response.status_code in (200, 404), address
    assert response["Content-Encoding"] == "gzip", address
    return sent(response)


@cache
def file_at(address):
    """A file that a page loads."""
    response = Client().get(address, headers=BROWSER)
    assert response.status_code == 200, address
    return sent(response)


def is_kept(address):
    """Whether a browser never asks for this file again: its name changes with what is in it."""
    told = file_at(address).headers.get("Cache-Control", "")
    age = re.search(r"max-age=(\d+)", told)
    return bool(HASHED.search(address) and "immutable" in told and age and int(age.group(1)) >= YEAR)


def loaded_by(html):
    """What a browser fetches by itself for this page: styles, scripts, icons, pictures, frames."""
    addresses = re.findall(r'<(?:link|base)\b[^>]*\shref="([^"]*)"', html)
    addresses += re.findall(r'\s(?:src|poster|data|action|formaction)="([^"]*)"', html)
    for several in re.findall(r'\ssrcset="([^"]*)"', html):
        addresses += [one.split()[0] for one in several.split(",")]
    return [address for address in addresses if not address.startswith("data:")]


def imported_by(address, seen=None):
    """A script with all that it imports at once, and those in their turn; not what it asks for later."""
    seen = {} if seen is None else seen
    if address not in seen:
        seen[address] = None
        for name in IMPORT.findall(file_at(address).text) if address.endswith(".js") else []:
            imported_by(urljoin(address, name), seen)
    return list(seen)


def files_of(html, kind):
    """The static files of this kind that the page loads, each once; scripts with their imports."""
    files = [address for address in dict.fromkeys(loaded_by(html)) if address.endswith(kind)]
    return list(dict.fromkeys(each for address in files for each in imported_by(address)))


def weight_of(files):
    return sum(file_at(file).weight for file in files)


def size_of(files):
    """Without the headers of each answer, which depend on who serves it. They are in the weight of a visit."""
    return sum(file_at(file).size for file in files)


def worker_of(html):
    """The service worker that a page names, with its imports; none where the site has none."""
    [address] = re.findall(r'\sdata-worker="([^"]*)"', html)
    return imported_by(address) if is_there(address) else []


@cache
def is_there(address):
    return Client().get(address).status_code == 200


def lessons_of(trainee):
    """{title: page}, asked for once."""
    standing = trainee.standing
    if not trainee.lessons:
        for part in standing.outline.lessons:
            address = reverse("lesson", args=[standing.page.slug, part.slug])
            trainee.lessons[part.title] = page_at(trainee.client, address)
    return trainee.lessons


def questions_of(trainee):
    """Every question of every quiz on the path, begun by the verb: the final test too. Asked for once."""
    pages = trainee.questions
    for part in trainee.standing.outline.quizzes if not pages else []:
        attempt = attempts.start(
            part.key, person=trainee.user.person, enrolment=trainee.enrolment, actor=None, at=timezone.now()
        )
        for item in attempt.items.all():
            address = reverse("attempt_question", args=[attempt.uuid, item.n])
            pages[f"{part.title}, {item.n}"] = page_at(trainee.client, address)
    return pages


def too_heavy(pages, most=PAGE):
    """{name: KB} of those above the limit."""
    return {name: round(page.weight / KB, 1) for name, page in pages.items() if page.weight > most}


# --- The limits -------------------------------------------------------------------------


def test_home_and_outline_are_small(trainee):
    addresses = [
        "/",
        "/courses/",
        reverse("course", args=[trainee.standing.page.slug]),
        "/my/record/",
        "/card/",
    ]
    pages = {address: page_at(trainee.client, address) for address in addresses}

    assert too_heavy(pages) == {}


def test_every_lesson_is_small_and_light_to_open_for_the_first_time(trainee):
    pages = lessons_of(trainee)

    assert len(pages) >= 6
    assert too_heavy(pages) == {}
    for name, page in pages.items():
        files = files_of(page.text, (".css", ".js", ".svg", ".ico", ".webmanifest"))
        whole = page.weight + weight_of([*files, *worker_of(page.text)])
        assert whole <= FIRST_VISIT, f"{name}: {whole / KB:.1f} KB"


def test_a_lesson_opened_again_is_its_page_alone(trainee):
    """All that it loads beside the page has a hashed name, and browsers keep it for years."""
    for name, page in lessons_of(trainee).items():
        again = page.weight
        for file in files_of(page.text, (".css", ".js", ".svg", ".ico", ".webmanifest")):
            again += 0 if is_kept(file) else file_at(file).weight
        assert again <= WARM_VISIT, f"{name}: {again / KB:.1f} KB"


def test_every_question_is_small(trainee):
    pages = questions_of(trainee)

    assert len(pages) >= 20
    assert too_heavy(pages) == {}


def test_public_pages_are_small(course):
    pages = {address: page_at(Client(), address) for address in [*PUBLIC, course.url]}

    assert too_heavy(pages) == {}


def test_styles_scripts_and_the_worker_are_small_on_every_page(course, trainee):
    pages = [page_at(Client(), "/"), page_at(trainee.client, "/"), *lessons_of(trainee).values()]
    pages += [page_at(trainee.client, "/my/record/"), next(iter(questions_of(trainee).values()))]

    styles, scripts, workers = (
        {tuple(of(page.text)) for page in pages}
        for of in (lambda html: files_of(html, ".css"), lambda html: files_of(html, ".js"), worker_of)
    )

    assert max(map(size_of, styles)) <= STYLE
    assert max(map(size_of, scripts)) <= SCRIPT
    assert max(map(size_of, workers)) <= WORKER


def test_every_script_that_a_script_imports_is_kept_for_years(course):
    """Each module of the site, though no page of the above may load it."""
    names = [name for name in staticfiles_storage.hashed_files if re.match(r"lms/.*\.js$", name)]
    families = [imported_by(staticfiles_storage.url(name)) for name in names]
    scripts = {address for family in families for address in family}

    assert max(map(len, families)) > 1  # else nothing was looked for
    assert len(scripts) == len(names)
    assert [address for address in scripts if not is_kept(address)] == []


# --- Nothing from elsewhere -------------------------------------------------------------


def test_no_page_loads_anything_from_another_host_and_no_font(course, trainee):
    pages = {address: page_at(Client(), address) for address in [*PUBLIC, course.url]}
    pages |= {"home": page_at(trainee.client, "/"), **lessons_of(trainee)}

    for name, page in pages.items():
        foreign = [address for address in loaded_by(page.text) if urlsplit(address).netloc]
        fonts = [address for address in loaded_by(page.text) if re.search(r"\.(woff2?|ttf|otf|eot)\b", address)]
        assert (foreign, fonts) == ([], []), name


def test_the_style_sheet_asks_for_nothing_more(course):
    [address] = files_of(page_at(Client(), "/").text, ".css")
    style = Client().get(address).getvalue().decode()

    assert "@font-face" not in style
    assert "@import" not in style
    assert [found for found in re.findall(r"url\(([^)]*)\)", style) if "data:" not in found] == []
