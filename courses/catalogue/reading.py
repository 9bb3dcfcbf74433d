"""Finding course pages and their parts, with as few queries as can be."""

import unicodedata

from django.core.cache import caches
from django.db.models import CharField, Count, Max, Sum
from django.utils.translation import get_language
from wagtail.models import Locale, Page

from courses.catalogue import outline
from courses.catalogue.models import CoursePage, LessonPage
from courses.prepared import Blank, Prepared
from courses.sectors import is_for

bodies = caches["bodies"]

COURSES_BY_SLUG = Prepared(lambda: _live_courses().filter(slug=Blank("slug", CharField())).order_by("pk")[:1])
PAGES_OF_COURSE = Prepared(lambda: _live_courses().filter(course=Blank("course")).order_by("pk")[:1])
LESSON_PAGES = Prepared(
    lambda: LessonPage.objects.defer("body", "sources", "search_description").filter(pk=Blank("pk"))
)
# Of the live pages between two paths: as `child_of`, in one row.
PARTS = Prepared(
    lambda: (
        Page.objects.live()
        .filter(path__gt=Blank("first", CharField()), path__lt=Blank("last", CharField()), depth=Blank("depth"))
        .order_by()
        .values("depth")
        .annotate(Count("pk"), Max("live_revision_id"), Sum("live_revision_id"))
        .values_list("pk__count", "live_revision_id__max", "live_revision_id__sum")
    )
)


def _live_courses():
    # The outline is remembered where it was worked out: `progress.standing.Outlines`.
    return CoursePage.objects.live().select_related("course").defer("outline")


def language_of(locale_id):
    """The language code of a locale, remembered: locales hardly ever change."""
    codes = bodies.get("locales")
    if codes is None or locale_id not in codes:
        codes = dict(Locale.objects.values_list("pk", "language_code"))
        bodies.set("locales", codes, 300)
    return codes[locale_id]


def in_readers_language(page, queryset):
    """The live translation of `page` for the active language, else `page` itself."""
    if language_of(page.locale_id) == (get_language() or "en"):
        return page
    wanted = get_language() or "en"
    translated = queryset.filter(translation_key=page.translation_key, locale__language_code=wanted).first()
    return translated or page


def find_course(slug):
    """The live course page at /courses/<slug>/ in the reader's language, or None.

    The address is that of the first language a course was written in.
    """
    page = COURSES_BY_SLUG.first(slug=slug)
    return page and in_readers_language(page, _live_courses())


def page_of(course):
    """The live page that presents a course record, or None."""
    page = PAGES_OF_COURSE.first(course=course.pk)
    return page and in_readers_language(page, _live_courses())


def lesson_pages(course_page):
    """The live lessons of a course, without their bodies."""
    return list(LessonPage.objects.child_of(course_page).live().defer("body", "sources", "search_description"))


def lesson_page(page_id):
    """One lesson, its body left until somebody asks for it."""
    return LESSON_PAGES.get(pk=page_id)


def stamp_of(course_page):
    """Changes whenever a part of the course is published, unpublished or deleted. One query."""
    first, last = CoursePage._get_children_path_interval(course_page.path)
    counts = PARTS.first(first=first, last=last, depth=course_page.depth + 1)
    return "-".join(str(count) for count in counts or (0,))


def outline_for(course_page, sector, lessons, others):
    """The outline of a course for a sector code.

    `others`: Parts of quizzes and drills, which stand one storey up and are handed in.
    """
    parts = {page.pk: page.part_for(sector) for page in lessons}
    parts.update({part.page_id: part for part in others})
    return outline.build(course_page.modules(), parts, sector, is_for)


def one_per_course(pages):
    """One page for each course: the reader's language where there is one."""
    wanted, chosen = get_language() or "en", {}
    for page in pages:
        if page.course_id not in chosen or language_of(page.locale_id) == wanted:
            chosen[page.course_id] = page
    return list(chosen.values())


def mentions(page, words):
    """Whether every word stands in the course's title, subtitle or summary, accents aside."""
    text = fold(f"{page.title} {page.subtitle} {page.summary}")
    return all(word in text for word in fold(words).split())


def fold(text):
    """Lower case without accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
