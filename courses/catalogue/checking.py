"""Why a course page or a lesson may not go live yet. Each sentence names the place."""

import re

from django.utils.translation import gettext as _
from wagtail.models import Page

from courses.catalogue.linking import linked_ids

RESERVED_SLUGS = {"enrol", "continue", "save"}


def place_of(n, block):
    return _("Part %(n)s (%(kind)s)") % {"n": n, "kind": block.block.label}


def _says(rich_text):
    return bool(re.sub(r"<[^>]+>|&nbsp;|\s", "", str(getattr(rich_text, "source", rich_text) or "")))


def _missing_links(raw):
    """Page links in raw block values whose page is gone or not live."""
    ids = linked_ids(raw, "page")
    live = set(Page.objects.live().filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()
    return ids - live


def block_problems(body):
    """Problems in a stream of lesson blocks."""
    problems = []
    for n, block in enumerate(body, 1):
        place, value, kind = place_of(n, block), block.value, block.block_type
        if kind == "picture":
            if value.get("image") is None:
                problems.append(_("%(place)s: choose a picture.") % {"place": place})
            elif not value.get("decorative") and not (value.get("alt_text") or "").strip():
                problems.append(
                    _("%(place)s: say what the picture shows, or tick “only decorative”.") % {"place": place}
                )
        elif kind == "film":
            if value.get("film") is None:
                problems.append(_("%(place)s: choose the film file.") % {"place": place})
            if not _says(value.get("transcript")):
                problems.append(_("%(place)s: the film needs a transcript.") % {"place": place})
            if value.get("captions") is None:
                problems.append(_("%(place)s: the film needs captions.") % {"place": place})
        elif kind == "audio":
            if value.get("audio") is None:
                problems.append(_("%(place)s: choose the sound file.") % {"place": place})
            if not _says(value.get("transcript")):
                problems.append(_("%(place)s: the sound needs a transcript.") % {"place": place})
        elif kind == "document" and value.get("document") is None:
            problems.append(_("%(place)s: choose a file.") % {"place": place})
        elif kind == "quick_question":
            right = sum(bool(answer.get("right")) for answer in value.get("answers", []))
            if right != 1:
                problems.append(_("%(place)s: tick exactly one right answer.") % {"place": place})
        if _missing_links(str(block.get_prep_value())):
            problems.append(
                _("%(place)s: a link leads to a page that is not there or not published.") % {"place": place}
            )
    return problems


def lesson_problems(page):
    problems = block_problems(page.body)
    if not len(page.body):
        problems.append(_("The lesson is empty."))
    if page.slug in RESERVED_SLUGS:
        problems.append(_("Choose another address: “%(slug)s” is taken.") % {"slug": page.slug})
    return problems


def course_problems(page):
    problems = []
    for block in page.outline:
        for n, part in enumerate(block.value["parts"], 1):
            if part is None:
                problems.append(
                    _("Module “%(module)s”: part %(n)s was deleted; choose another or remove it.")
                    % {"module": block.value["title"], "n": n}
                )
    return problems
