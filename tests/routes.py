"""Every address of the URL configuration, with sample values in its place holders."""

import re
import uuid

from django.urls import URLPattern, URLResolver, get_resolver

SAMPLES = {
    "int": "1",
    "str": "sample",
    "slug": "sample",
    "uuid": str(uuid.UUID(int=1)),
    "path": "sample",
    "sheet": "csv",
}


def all_routes(resolver=None, prefix=""):
    """Yields (route as written, view name or None), depth first."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from all_routes(pattern, route)
        elif isinstance(pattern, URLPattern):
            yield route, pattern.name


def sample_address(route):
    """An address that the route matches: place holders filled, regular expressions plainly."""
    address = re.sub(r"<(?:(\w+):)?\w+>", lambda match: SAMPLES.get(match.group(1) or "str", "sample"), route)
    address = re.sub(r"\(\?P<\w+>[^)]*\)|\([^)]*\)[*+]?", "1", address)
    return "/" + re.sub(r"[\^$\\?]|\\Z", "", address).replace("Z", "")
