"""What an author may want to look at again, in plain sentences. Nothing here stops publishing:
what does stands in `checking`."""

import re

from django.template.defaultfilters import filesizeformat
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from courses.catalogue import linking, readability, weighing
from courses.catalogue.checking import place_of
from courses.catalogue.distress import may_distress
from courses.kinds.telling import tells_by_length

# A film or a sound tells without warning.
ASKS_FOR_NOTE = {"film", "audio"}
FILE_NAME = re.compile(r".*\.(?:jpe?g|png|webp|avif|gif)|(?:img|dsc|image|photo|picture)[-_ ]?\d*", re.I)
# The kinds of block that hold a file, each under its own name.
FILES = {"film", "audio", "document"}
# What is read as running text.
TEXTS = ("text", "intro", "transcript", "stem")


def lesson_notes(page):
    return [*text_notes(page.summary, _("The summary")), *block_notes(page.body)]


def block_notes(body):
    """Notes on a stream of lesson blocks."""
    blocks = list(enumerate(body, 1))
    raw = {n: block.get_prep_value() for n, block in blocks}
    gone, sizes = _documents_gone(raw.values()), _picture_sizes(blocks)
    found = []
    for n, block in blocks:
        place = place_of(n, block)
        if block.block_type == "picture":
            found += _picture_notes(block.value, sizes[n], place)
        elif block.block_type in FILES:
            found += _file_notes(block.block_type, block.value, place)
        found += _reading_notes(raw[n]["value"], place)
        found += _link_notes(str(raw[n]["value"]), place, gone)
        if block.block_type == "quick_question" and tells_by_length(list(block.value["answers"])):
            found.append(_longer(place))
    return [*_content_note(blocks), *_weight_notes(sizes, raw), *found]


def course_notes(page):
    found = text_notes(page.summary, _("The description"))
    for block in page.outline:
        title = block.value["title"]
        unseen = [part.title for part in block.value["parts"] if part is not None and not part.live]
        found += [
            _("Module “%(module)s”: “%(part)s” is not published, so trainees do not see it.")
            % {"module": title, "part": part}
            for part in unseen
        ]
    return found


def question_notes(kind, value, place):
    """Notes on a question of a quiz or of the bank, given as plain values."""
    found = text_notes(value.get("stem"), place)
    if kind in ("single", "multiple") and tells_by_length(value.get("options") or []):
        found.append(_longer(place))
    for n, part in enumerate(value.get("parts") or [], 1):
        # Each is a question of its own; whether it takes several answers changes nothing here.
        here = _("%(place)s, part %(n)d") % {"place": place, "n": n}
        found += question_notes("single", {**part, "stem": part.get("text")}, here)
    return found


def text_notes(text, place):
    """One note for the hardest paragraph of a text; none where it is easy to read."""
    hard = []
    for paragraph in readability.paragraphs_of(text or ""):
        reading = readability.read(paragraph)
        if reading.has_long_sentences:
            hard.append((reading.longest, paragraph, _("a sentence of %(n)d words") % {"n": reading.longest}))
        elif reading.is_hard:
            hard.append((readability.LONG_SENTENCE, paragraph, _("many long words")))
    if not hard:
        return []
    _longest, paragraph, why = max(hard, key=lambda one: one[0])
    words = {"place": place, "why": why, "text": Truncator(paragraph).words(6)}
    return [_("%(place)s is hard to read: %(why)s. It begins “%(text)s”.") % words]


def _reading_notes(value, place):
    if not isinstance(value, dict):
        return []
    texts = [value[name] for name in TEXTS if isinstance(value.get(name), str)]
    return text_notes("\n".join(texts), place)


def _longer(place):
    return _(
        "%(place)s: the right answer is much longer than the others, which gives it away. "
        "Shorten it, or say more in the wrong ones."
    ) % {"place": place}


# --- Content note ------------------------------------------------------------------------


def _content_note(blocks):
    """A film, a sound, or an example that may distress wants a note before it; the first one is named."""
    for n, block in blocks:
        if block.block_type == "content_note":
            return []
        is_example = block.block_type == "key_point" and block.value.get("kind") == "example"
        if (is_example and may_distress(str(block.value.get("text")))) or block.block_type in ASKS_FOR_NOTE:
            return [
                _(
                    "%(place)s tells a story, and no content note stands before it. Add “Before you read” "
                    "if it mentions violence, sexual exploitation, children or self-harm."
                )
                % {"place": place_of(n, block)}
            ]
    return []


# --- Links -------------------------------------------------------------------------------


def _documents_gone(raw_values):
    ids = (
        set().union(*(linking.linked_ids(str(raw), "document") for raw in raw_values)) if raw_values else set()
    )
    there = get_document_model().objects.filter(pk__in=ids).values_list("pk", flat=True) if ids else ()
    return ids - set(there)


def _link_notes(text, place, gone):
    found = []
    if linking.linked_ids(text, "document") & gone:
        found.append(_("%(place)s: a link leads to a file that is not there any more.") % {"place": place})
    return found + [_broken(place, address) for address in linking.badly_formed(text)]


def _broken(place, address):
    if not address.strip("# "):
        return _("%(place)s: a link has no address, or one that cannot work.") % {"place": place}
    words = {"place": place, "address": Truncator(address).chars(60)}
    return _("%(place)s: the link “%(address)s” is broken. Write it as https://…") % words


# --- Weight and pictures -----------------------------------------------------------------


def _weight_notes(sizes, raw):
    """The lesson as it loads by itself, against its budget."""
    size = sum(sizes.values()) + sum(weighing.text_bytes(one["value"]) for one in raw.values())
    if size <= weighing.LESSON:
        return []
    words = {"size": filesizeformat(size), "budget": filesizeformat(weighing.LESSON)}
    return [
        _("The lesson is %(size)s, over its data budget of %(budget)s. Use fewer or smaller pictures.") % words
    ]


def _picture_notes(value, size, place):
    found = []
    alt_text = (value.get("alt_text") or "").strip()
    if FILE_NAME.fullmatch(alt_text):
        words = {"place": place, "text": alt_text}
        found.append(_("%(place)s: “%(text)s” is a file name. Say what the picture shows.") % words)
    if size > weighing.PICTURE:
        words = {"place": place, "size": filesizeformat(size), "budget": filesizeformat(weighing.PICTURE)}
        found.append(_("%(place)s is %(size)s on a telephone; try to stay under %(budget)s.") % words)
    return found


def _file_notes(kind, value, place):
    file, minutes = value.get(kind), value.get("minutes")
    size = (file.file_size or 0) if file is not None else 0
    if not weighing.is_too_heavy(kind, size, minutes):
        return []
    words = {"place": place, "size": filesizeformat(size), "minutes": minutes or 1}
    if kind == "document":
        return [_("%(place)s is a file of %(size)s, which is much for a telephone.") % words]
    return [_("%(place)s is %(size)s for %(minutes)d min. Save it smaller, for telephones.") % words]


def _picture_sizes(blocks):
    """{place: bytes on a telephone} of the pictures, in one query."""
    images = {n: block.value.get("image") for n, block in blocks if block.block_type == "picture"}
    there = {image.pk for image in images.values() if image is not None}
    stored = {pk: [] for pk in there}
    renditions = get_image_model().get_rendition_model().objects
    wide = renditions.filter(image__in=there, filter_spec__contains=f"width-{weighing.WIDTH}") if there else ()
    for rendition in wide:
        stored[rendition.image_id].append(_size_of(rendition.file))
    return {
        n: weighing.picture_bytes(stored[image.pk], image.file_size or 0, image.width) if image else 0
        for n, image in images.items()
    }


def _size_of(file):
    """Of a file that may have gone from the disk."""
    try:
        return file.size
    except OSError:
        return 0
