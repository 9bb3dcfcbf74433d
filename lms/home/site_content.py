"""Installing the public pages and the first directory, on any site, as often as you like.

What people have edited or deleted since is left alone.
"""

from pathlib import Path

import yaml
from django.db import transaction
from wagtail.models import Page, Site

from courses.audit import log
from courses.catalogue.models import CourseIndexPage
from courses.directory.models import Entry
from courses.national import blocks
from courses.national.loading import Loader
from courses.people.models import Sector
from lms.home.models import HomePage, InfoPage

CONTENT = Path(__file__).parent / "content"
INFO_PAGES = ["about", "know-the-signs", "help", "privacy", "accessibility", "support"]
WAGTAIL_WELCOME = "Welcome to your new Wagtail site!"


def _read(name):
    return yaml.safe_load((CONTENT / f"{name}.yaml").read_text(encoding="utf-8"))


def _values(name):
    """The fields of a page from its file."""
    source = _read(name)
    source["body"] = blocks.json_body(source["body"], f"site/{name}")
    return source


@transaction.atomic
def install_pages(*, at):
    """The front page, the catalogue and the information pages. Returns the loader's counts."""
    loader = Loader(at)
    home = HomePage.objects.filter(locale=loader.locale).first() or _install_home(loader)
    if home is None:
        return loader.counts
    _serve_from(home)
    if not CourseIndexPage.objects.filter(locale=loader.locale).exists():
        values = {"title": "Courses", "slug": "courses"}
        loader.page(CourseIndexPage, "site/courses", home, values)
    for slug in INFO_PAGES:
        loader.page(InfoPage, f"site/{slug}", home, {"slug": slug, **_values(slug)})
    return loader.counts
