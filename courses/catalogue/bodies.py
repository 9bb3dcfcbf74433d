"""Rendering the blocks of a lesson."""

from django.core.cache import caches
from django.template.loader import render_to_string
from django.utils.translation import get_language

from courses.directory import book
from courses.procedures import register
from courses.sectors import is_for


def render_body(page, *, sector, post=None, less=False):
    """The lesson's HTML for a sector (None: an author sees every part) and duty station.

    `less`: pictures are links that say their size. Cached per page, revision, sector, station,
    this and what bodies quote. Holds nothing of one person: no token, no nonce, no name.
    """
    quoted = f"{book.station(post)}:{get_language()}:{book.stamp()}:{register.stamp()}"
    key = f"body:{page.pk}:{page.live_revision_id}:{sector}:{less:d}:{quoted}"
    html = caches["bodies"].get(key) if page.live_revision_id else None
    if html is None:
        html = render_blocks(page.body, sector=sector, post=post, less=less)
        if page.live_revision_id:
            caches["bodies"].set(key, html)
    return html


def render_blocks(stream, *, sector=None, post=None, less=False):
    blocks = [block for block in stream if is_for(block.value.get("sectors") or [], sector)]
    context = {"blocks": blocks, "post": post, "sector": sector, "less": less}
    return render_to_string("courses/blocks/_body.html", context)
