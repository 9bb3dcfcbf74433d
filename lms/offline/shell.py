"""What a browser keeps of the site itself: the files without which no saved page could be shown."""

import hashlib

from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static

# Scripts import each other: a test proves that all which these import are here too.
FILES = (
    "lms/site.css",
    "lms/emblem.svg",
    "lms/icons/icon-192.png",
    "lms/site.js",
    "lms/offline/answering.js",
    "lms/offline/bundle.js",
    "lms/offline/done.js",
    "lms/offline/ended.js",
    "lms/offline/everywhere.js",
    "lms/offline/fields.js",
    "lms/offline/figures.js",
    "lms/offline/handing_in.js",
    "lms/offline/keeping.js",
    "lms/offline/leaving.js",
    "lms/offline/lesson.js",
    "lms/offline/outline.js",
    "lms/offline/page.js",
    "lms/offline/paper.js",
    "lms/offline/papers.js",
    "lms/offline/questioning.js",
    "lms/offline/resuming.js",
    "lms/offline/saying.js",
    "lms/offline/sender.js",
    "lms/offline/starting.js",
    "lms/offline/store.js",
    "lms/offline/unreachable.js",
    "lms/offline/wording.js",
)


def addresses():
    return [static(name) for name in FILES]


def version(*texts):
    """Another one exactly when the shell is: the files, what is in them, or these texts."""
    digest = hashlib.sha256()
    for part in (*map(_fingerprint, FILES), *texts):
        digest.update(hashlib.sha256(part.encode()).digest())
    return digest.hexdigest()[:12]


def _fingerprint(name):
    """Names carry one on a real site. Where they do not, the file may change below its name."""
    address = static(name)
    if address != f"{settings.STATIC_URL}{name}":
        return address
    with open(finders.find(name), "rb") as file:
        return address + hashlib.sha256(file.read()).hexdigest()
