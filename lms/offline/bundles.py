"""What a course is made of when it is kept on a device: addresses, with their bytes and their version.

Weighed once for each content, sector and language, and remembered; only then pages speak of its size.
"""

from dataclasses import asdict, dataclass, field
from hashlib import blake2s

from django.conf import settings
from django.core.cache import caches
from django.urls import reverse
from django.utils.translation import get_language
from wagtail.documents.models import Document
from wagtail.models import Page

from courses.catalogue import reading
from courses.catalogue.bodies import render_body
from courses.catalogue.outline import SCENARIO
from courses.directory import book
from courses.drills.parts import newest_edition_of
from lms.offline.finding import find_in
from lms.offline.papers import bytes_of_papers
from lms.offline.rendering import rendered
from lms.offline.weighing import FILE_HEADERS, page_bytes, picture_bytes

bodies = caches["bodies"]

PAGE, PICTURE, FILE = "page", "picture", "file"
# Larger files are taken along only when they are asked for, as films are.
SMALL = 500 * 1024
# Pages for everybody that belong to every course, where the site has them.
BESIDE = ("support", "help")
BESIDE_SECONDS = 60


@dataclass(frozen=True)
class Item:
    """`version` changes when this one has to be fetched again."""

    url: str
    bytes: int
    kind: str
    version: str


@dataclass(frozen=True)
class Film:
    """A film, a sound or a large file. `captions`: their address or ""."""

    url: str
    bytes: int
    title: str
    captions: str = ""


@dataclass(frozen=True)
class Bundle:
    key: str
    title: str
    items: tuple
    films: tuple
    # About what the papers of its tests come to: they are drawn when they are asked for.
    papers: int
    version: str = field(init=False)
    bytes: int = field(init=False)

    def __post_init__(self):
        object.__setattr__(self, "version", _hash(*(f"{one.url} {one.version}" for one in self.items)))
        object.__setattr__(self, "bytes", sum(one.bytes for one in self.items) + self.papers)

    def as_dict(self):
        return asdict(self)


def known(standing, person, *, less=False):
    """The Bundle if it was weighed before, else None. Costs no query."""
    return bodies.get(_stamp(standing, person, less))


def bundle_of(standing, request):
    """The Bundle of this course for the person who asks, weighed if it never was."""
    less = request.less_data
    stamp = _stamp(standing, request.person, less)
    bundle = bodies.get(stamp)
    if bundle is None:
        bundle = _weigh(standing, request, less)
        bodies.set(stamp, bundle)
    return bundle


def _stamp(standing, person, less):
    return ":".join(
        [
            f"bundle:{standing.outlines.stamp}:{standing.sector}:{less:d}",
            *(f"{get_language()}:{book.station(person.post)}:{book.stamp()}", _hash(*map(str, _beside()))),
        ]
    )


def _beside():
    """[(address, revision), ...] of the pages for everybody."""
    found = bodies.get("beside")
    if found is None:
        pages = Page.objects.live().filter(depth=3, slug__in=BESIDE).order_by("pk")
        rows = pages.values_list("slug", "live_revision_id")
        found = [(f"/{slug}/", revision) for slug, revision in rows]
        bodies.set("beside", found, BESIDE_SECONDS)
    return found


def _hash(*texts):
    return blake2s("\n".join(texts).encode(), digest_size=8).hexdigest()


# --- Weighing ----------------------------------------------------------------------------


def _weigh(standing, request, less):
    person, page, path = request.person, standing.page, standing.outline
    # On every page: numbers to call, and the language.
    around = f"{get_language()} {book.station(person.post)} {book.stamp()}"
    pages, uploads, films = [], {}, {}
    for part in path.lessons:
        body = render_body(
            reading.lesson_page(part.page_id), sector=standing.sector, post=person.post, less=less
        )
        module = path.module_of(part)
        # As the page around the text says them.
        said = (page.title, page.notice, path.before(part), path.after(part), module.parts)
        place = (path.number_of(part), len(path.lessons))
        address = reverse("lesson", args=[page.slug, part.slug])
        pages.append((address, _hash(body, repr(said), repr(place), around)))
        _take_uploads(body, uploads, films)
    policies = {row.key: (row.title, row.policy) for row in standing.quiz_rows}
    for part in path.quizzes:
        said = (page.title, policies[part.key], part.questions)
        pages.append((reverse("quiz_start", args=[part.key]), _hash(repr(said), around)))
    # A form of a case is filled in on line alone.
    for part in (part for part in path.drills if part.purpose == SCENARIO):
        story = reverse("scenario_story", args=[part.key])
        said = (page.title, part, newest_edition_of(part.key))
        version = _hash(repr(said), around)
        pages += [(reverse("scenario", args=[part.key]), version), (story, version)]
        _take_uploads((rendered(story, request) or b"").decode(), uploads, films)
    pages += [(address, _hash(str(revision), around)) for address, revision in _beside()]
    course = (page.title, page.subtitle, page.summary, page.content_warning, path)
    # These two show everything: new whenever anything is.
    whole = _hash(repr(course), around, standing.sector, *(version for _url, version in pages))
    pages = [(reverse("course", args=[page.slug]), whole), (reverse("home"), whole), *pages]
    items = [_page(address, version, request) for address, version in pages]
    return Bundle(
        key=str(page.course.uuid),
        title=page.title,
        items=(*filter(None, items), *uploads.values()),
        films=tuple(films.values()),
        papers=bytes_of_papers(path),
    )


def _page(address, version, request):
    content = rendered(address, request)
    # A test whose time is over shows its result instead, which is no part of a course.
    return content and Item(address, page_bytes(content), PAGE, version)


def _take_uploads(body, uploads, films):
    found = find_in(body)
    for address in found.pictures:
        size = picture_bytes(address.removeprefix(settings.MEDIA_URL))
        if size:
            uploads[address] = Item(address, size, PICTURE, _hash(address))
    numbers = {*found.documents, *(n for _title, *both in found.films for n in both if n)}
    documents = Document.objects.in_bulk(numbers) if numbers else {}
    for number in found.documents:
        if document := documents.get(number):
            size = _size(document)
            if size <= SMALL:
                uploads[document.url] = Item(document.url, size, FILE, _hash(document.url, document.file_hash))
            else:
                films[document.url] = Film(document.url, size, document.title)
    for title, number, captions in found.films:
        if document := documents.get(number):
            words = documents.get(captions)
            size = _size(document) + (_size(words) if words else 0)
            films[document.url] = Film(document.url, size, title, words.url if words else "")


def _size(document):
    return (document.get_file_size() or 0) + FILE_HEADERS
