"""What is wrong with how an answer is sent, whatever it says: its headers, and what its HTML would run."""

from html.parser import HTMLParser

from django.http import Http404
from django.urls import resolve

ADMIN = "/admin/"
# The same for everybody.
FOR_EVERYBODY = {"manifest", "favicon", "robots", "worker"}
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
STRICT = ["default-src", "script-src 'self'", "style-src 'self'", "object-src 'none'", "base-uri 'none'"]
STRICT += ["form-action 'self'", "frame-ancestors 'self'"]
SOURCES = {"href", "src", "action", "formaction", "xlink:href", "data", "poster"}
DATA_BLOCKS = {"application/json", "application/ld+json"}


class Running(HTMLParser):
    """Collects what a page would run or draw by itself: scripts, styles, handlers, script addresses."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "script" and "src" not in given and given.get("type") not in DATA_BLOCKS:
            self.found.append("inline script")
        if tag == "style":
            self.found.append("inline style")
        for name, value in attrs:
            plain = "".join((value or "").split()).lower()
            if name == "style" or name.startswith("on"):
                self.found.append(f"{tag} {name}")
            if name in SOURCES and plain.startswith(("javascript:", "vbscript:", "data:text")):
                self.found.append(f"{tag} {name}={value}")


def wrong(answer, *, signed_in):
    """Words for each fault of this answer of the test client; none is a good answer."""
    path = answer.request["PATH_INFO"]
    faults = [name for name, value in ALWAYS.items() if answer.get(name) != value]
    if "camera=()" not in answer.get("Permissions-Policy", ""):
        faults.append("Permissions-Policy")
    if signed_in and "no-store" not in answer.get("Cache-Control", "") and _name(path) not in FOR_EVERYBODY:
        faults.append(f"kept: {answer.get('Cache-Control')}")
    return faults + _policy(answer, path) + _content(answer, path)


def _policy(answer, path):
    policy = answer.get("Content-Security-Policy", "")
    if not policy:
        return ["no policy"]
    if path.startswith(ADMIN) or "sandbox" in policy:
        return []  # Wagtail's editor carries inline scripts; what is sandboxed runs nothing.
    return [part for part in STRICT if part not in policy] + ["unsafe"] * ("unsafe" in policy)


def _content(answer, path):
    if path.startswith(ADMIN) or not answer.get("Content-Type", "").startswith("text/html") or answer.streaming:
        return []
    page = Running()
    page.feed(answer.content.decode())
    return page.found


def _name(path):
    try:
        return resolve(path).url_name
    except Http404:
        return None
