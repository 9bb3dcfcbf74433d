import re

import pytest
from django.core.cache import caches
from django.template.loader import render_to_string
from django.utils import timezone
from wagtail.models import Page, Site

from courses.audit.models import AuditEntry
from courses.directory.models import ContactRole, Entry
from courses.people.models import Sector
from lms.home.models import HomePage, InfoPage, SiteTexts
from lms.home.site_content import INFO_PAGES, install_directory, install_pages
from tests.factories import make_agency, make_person, make_post, make_user

pytestmark = pytest.mark.django_db

PATHS = ["/", *(f"/{slug}/" for slug in INFO_PAGES)]


@pytest.fixture
def installed(db):
    install_directory(at=timezone.now())
    install_pages(at=timezone.now())


@pytest.fixture
def consul(db):
    mission = make_post(agency=make_agency(name="External Affairs"), name="London", abroad=True)
    return make_user(email="consul@example.org", person=make_person(agency=mission.agency, post=mission))


def strip_of(html):
    found = re.search(r'<aside class="hot".*?</aside>', html, re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found[0])).strip() if found else None


# --- Installing -------------------------------------------------------------------------


def test_installing_makes_every_public_page(installed, client):
    assert set(InfoPage.objects.live().values_list("slug", flat=True)) == set(INFO_PAGES)
    assert Site.objects.get(is_default_site=True).root_page.specific == HomePage.objects.get()
    assert Page.objects.filter(slug="courses", depth=3).exists()
    for path in PATHS:
        assert client.get(path).status_code == 200, path


def test_installing_twice_adds_nothing(installed):
    before = (Page.objects.count(), Entry.objects.count(), AuditEntry.objects.count())

    assert install_directory(at=timezone.now()) == 0
    assert install_pages(at=timezone.now())["created"] == 0
    assert (Page.objects.count(), Entry.objects.count(), AuditEntry.objects.count()) == before


def test_what_was_edited_stays_as_it_was_edited(installed):
    page = InfoPage.objects.get(slug="help")
    page.title = "Our help"
    page.save_revision().publish()
    hotline = Entry.objects.get(role="hotline")
    hotline.phone = "999"
    hotline.save()

    install_pages(at=timezone.now())
    install_directory(at=timezone.now())

    assert InfoPage.objects.get(slug="help").title == "Our help"
    assert Entry.objects.get(role="hotline").phone == "999"


def test_what_was_deleted_stays_deleted(installed):
    InfoPage.objects.get(slug="about").delete()

    install_pages(at=timezone.now())

    assert not InfoPage.objects.filter(slug="about").exists()


def test_the_first_directory_claims_nothing_that_was_not_checked(installed):
    assert Entry.objects.filter(post=None).count() == len(ContactRole.values)
    assert not Entry.objects.exclude(checked_on=None).exists()
    assert not Entry.objects.filter(free_all_hours=True).exists()
    assert set(Sector.objects.values_list("code", flat=True)) == {
        "police",
        "immigration",
        "diplomatic",
        "health",
        "civil",
        "social",
    }


def test_no_number_is_written_into_a_page(installed):
    for page in InfoPage.objects.all():
        assert not re.search(r"\b(847|911|203|202|555|468)\b", str(page.body.raw_data[:]) + page.lead), page


# --- What every page carries ------------------------------------------------------------


def test_the_strip_says_whom_to_call(installed, client):
    html = client.get("/help/").content.decode()

    assert strip_of(html) == "Report trafficking: call 847 Emergency 911"
    assert '<a href="tel:847">' in html


def test_free_is_said_only_when_the_directory_says_so(installed, client):
    assert "Free, 24 hours" not in client.get("/help/").content.decode()

    hotline = Entry.objects.get(role="hotline")
    hotline.free_all_hours = True
    hotline.save()

    assert strip_of(client.get("/help/").content.decode()) == (
        "Report trafficking: call 847 Free, 24 hours Emergency 911"
    )


def test_without_numbers_there_is_no_strip(client):
    install_pages(at=timezone.now())

    assert strip_of(client.get("/help/").content.decode()) is None


def test_abroad_the_numbers_come_with_a_warning(installed, client_of, consul):
    html = client_of(consul).get("/help/").content.decode()

    assert strip_of(html) == (
        "Report trafficking: call 847 Emergency 911 These numbers may not work where you are posted."
    )


def test_a_post_abroad_shows_its_own_numbers(installed, client_of, consul):
    for role, phone in (("hotline", "+44 20 7946 0001"), ("emergency", "999")):
        Entry.objects.create(role=role, post=consul.person.post, name="Local", phone=phone)

    html = client_of(consul).get("/help/").content.decode()

    assert strip_of(html) == "Report trafficking: call +44 20 7946 0001 Emergency 999"


@pytest.mark.parametrize("path", PATHS)
def test_public_pages_are_small_and_neutral_in_the_tab(installed, client, path):
    response = client.get(path)
    title = re.search("<title>(.*?)</title>", response.content.decode())[1]

    assert title.endswith(" – Learning")
    assert "raffick" not in title
    assert "signs" not in title
    assert "style=" not in response.content.decode()
    assert len(response.content) < 40_000


def test_headings_go_down_one_step_at_a_time(installed, client):
    for path in PATHS:
        levels = [int(n) for n in re.findall(r"<h([1-6])", client.get(path).content.decode())]
        assert levels[0] == 1, path
        assert levels.count(1) == 1, path
        assert all(b - a <= 1 for a, b in zip(levels, levels[1:], strict=False)), path


def test_the_menu_leads_where_it_says(installed, client, client_of, constable):
    for browser in (client, client_of(constable)):
        html = browser.get("/help/").content.decode()
        menu = re.search(r'<ul class="nav">.*?</ul>', html, re.S)[0]
        addresses = re.findall(r'href="([^"]*)"', menu + re.search("<footer.*?</footer>", html, re.S)[0])
        assert addresses
        for address in addresses:
            if not address.startswith(("tel:", "mailto:")):
                assert browser.get(address).status_code == 200, address


def test_the_menu_marks_where_one_is(installed, client_of, constable):
    html = client_of(constable).get("/help/").content.decode()

    assert re.findall(r'<a href="([^"]*)" aria-current="page"', html) == ["/help/"]


def test_only_the_desk_is_shown_the_desk(installed, client_of, constable, supervisor_police, focal_point):
    shown = [
        'href="/admin/"' in client_of(user).get("/help/").content.decode()
        for user in (constable, supervisor_police, focal_point)
    ]

    assert shown == [False, False, True]


def test_signed_in_pages_stay_out_of_search_engines(installed, client, client_of, constable):
    noindex = '<meta name="robots" content="noindex">'

    assert noindex in client_of(constable).get("/help/").content.decode()
    assert noindex not in client.get("/help/").content.decode()
    assert noindex in client.get("/accounts/login/").content.decode()


def test_names_come_from_the_site(installed, client):
    client.get("/help/")
    texts = SiteTexts.for_site(Site.objects.get())
    texts.name, texts.neutral_name, texts.owner = "Another programme", "Study", "Another owner"
    texts.save()

    html = client.get("/help/").content.decode()

    assert "<title>Help – Study</title>" in html
    assert "<b>Another programme</b><small>Another owner</small>" in html


def test_the_frame_asks_little_of_the_database(installed, django_assert_num_queries, rf):
    request = rf.get("/nowhere/")
    render_to_string("404.html", {}, request)  # templates compiled
    caches["bodies"].clear()

    with django_assert_num_queries(2):
        render_to_string("404.html", {}, request)
    with django_assert_num_queries(0):
        render_to_string("404.html", {}, request)


# --- Small files and errors -------------------------------------------------------------


def test_robots_are_kept_off_what_is_private(client):
    body = client.get("/robots.txt").content.decode()

    assert {"/admin/", "/accounts/", "/verify/", "/my/", "/attempts/", "/quizzes/"} <= set(
        re.findall(r"Disallow: (\S+)", body)
    )


def test_the_icon_is_found(client):
    assert client.get("/favicon.ico").url.endswith("favicon.ico")


def test_a_missing_page_says_so_in_the_sites_look(installed, client):
    response = client.get("/nowhere/")

    assert response.status_code == 404
    assert "<title>Page not found – Learning</title>" in response.content.decode()


def test_the_page_for_our_own_faults_needs_no_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert "Something went wrong" in render_to_string("500.html")
