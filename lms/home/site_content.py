"""Installing the public pages and the first directory, on any site, as often as you like.

What people have edited or deleted since is left alone.
"""

import json
from pathlib import Path

from django.db import transaction
from wagtail.models import Page, Site

from courses.audit import log
from courses.catalogue.models import CourseIndexPage
from courses.directory.models import Entry
from courses.national import blocks
from courses.national.files import read_yaml
from courses.national.loading import Loader
from courses.people.models import Sector
from lms.home.models import HomePage, InfoPage

CONTENT = Path(__file__).parent / "content"
INFO_PAGES = ["about", "know-the-signs", "help", "privacy", "accessibility", "support"]
WAGTAIL_WELCOME = "Welcome to your new Wagtail site!"


def _read(name):
    return read_yaml(CONTENT / f"{name}.yaml")


def _values(name):
    """The fields of a page from its file."""
    source = _read(name)
    return source | {"body": json.dumps(blocks.lesson_body(source["body"], f"site/{name}"))}


@transaction.atomic
def install_pages(*, at):
    """The front page, the catalogue and the information pages. Returns the loader's counts."""
    loader = Loader(at)
    front = {"slug": "front", **_values("home")}
    home = loader.page(HomePage, "site/home", Page.get_first_root_node(), front)
    home = home or HomePage.objects.filter(locale=loader.locale).first()
    if home is None:
        return loader.counts
    _serve_from(home)
    if not CourseIndexPage.objects.filter(locale=loader.locale).exists():
        loader.page(CourseIndexPage, "site/courses", home, {"title": "Courses", "slug": "courses"})
    for slug in INFO_PAGES:
        loader.page(InfoPage, f"site/{slug}", home, {"slug": slug, **_values(slug)})
    return loader.counts


def _serve_from(home):
    """Make `home` what the default site shows, in place of Wagtail's welcome page."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        site = Site(hostname="localhost", is_default_site=True, root_page=home)
    elif isinstance(site.root_page.specific, HomePage):
        return
    site.root_page = home
    site.save()
    for welcome in Page.objects.filter(title=WAGTAIL_WELCOME, depth=2, numchild=0):
        welcome.delete()


@transaction.atomic
def install_directory(*, at):
    """Sectors and directory entries that are not there yet. Returns how many were added."""
    source = _read("directory")
    added = 0
    for order, sector in enumerate(source["sectors"], 1):
        facts = {"name": sector["name"], "order": order}
        added += Sector.objects.get_or_create(code=sector["code"], defaults=facts)[1]
    for facts in source["entries"]:
        entry, new = Entry.objects.get_or_create(role=facts["role"], post=None, defaults=facts)
        if new:
            log.record("directory entry installed", entry, actor=None, at=at, role=entry.role)
        added += new
    return added
