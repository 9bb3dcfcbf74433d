"""What a browser keeps of the site itself: the files without which no saved page could be shown."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static

FOLDER = Path(__file__).parents[1] / "static" / "lms"
# All that pages which can be saved ask for: the whole of the folder for it, and what every page has.
FILES = (
    "lms/site.css",
    "lms/emblem.svg",
    "lms/icons/icon-192.png",
    "lms/site.js",
    "lms/less-data.js",
    "lms/time-left.js",
    *(
        f"lms/offline/{file.name}"
        for file in sorted((FOLDER / "offline").iterdir())
        if file.suffix in (".css", ".js")
    ),
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
