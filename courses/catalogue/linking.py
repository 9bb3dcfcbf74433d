"""Links in rich text, by their form alone: nothing is asked of another site. Pure."""

import html
import re
from urllib.parse import urlsplit

_LINK = re.compile(r"<a\b([^>]*)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?\.[a-z]{2,}", re.IGNORECASE)
_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[a-z]{2,}", re.IGNORECASE)
_PHONE = re.compile(r"\+?[\d ()-]{3,20}")
# Where only those who write may go.
_OWN_DESK = "/admin"


def links_in(text):
    """[{attribute: value}, ...] of every link in the text."""
    return [
        {name.lower(): html.unescape(value) for name, value in _ATTRIBUTE.findall(inside)}
        for inside in _LINK.findall(text)
    ]


def linked_rows(text):
    """[(link type, number), ...] of the links to pages and files of this site."""
    if "linktype=" not in text:
        return []
    links = [(link.get("linktype"), link.get("id", "")) for link in links_in(text)]
    return [(kind, int(number)) for kind, number in links if kind and number.isdecimal()]


def linked_ids(text, kind):
    """{number, ...} of the links of one type."""
    return {number for what, number in linked_rows(text) if what == kind}


def badly_formed(text):
    """The addresses in the text that cannot work for a reader."""
    addresses = [link.get("href", "") for link in links_in(text) if "linktype" not in link]
    return [address for address in addresses if not is_well_formed(address)]


def is_well_formed(address):
    """Whether an address typed by hand can lead anywhere."""
    address = address.strip()
    if address.startswith("#"):
        return len(address) > 1
    if address.startswith("/") and not address.startswith("//"):
        return not address.startswith(_OWN_DESK)
    scheme, _colon, rest = address.partition(":")
    if scheme.lower() == "mailto":
        return bool(_MAIL.fullmatch(rest.partition("?")[0]))
    if scheme.lower() == "tel":
        return bool(_PHONE.fullmatch(rest))
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(_HOST.fullmatch(host)) and " " not in address
