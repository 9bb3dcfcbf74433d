"""What the tests of the trainee's pages share."""

import re
from html import unescape

from django.test import RequestFactory

from tests.factories import case, matching, multiple, numeric, ordering, short, single, true_false


def items_of(attempt):
    return list(attempt.items.select_related("attempt", "question_edition__question"))


def url(attempt, *parts):
    return "/attempts/" + "/".join(str(part) for part in (attempt.uuid, *parts)) + "/"


def text_of(response):
    return text_in(response.content.decode())


def text_in(html):
    words = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", html, flags=re.S)
    return re.sub(r"\s+", " ", unescape(words))


def previewed(page, mode, user):
    """The HTML of a quiz's or a question's preview as this log-in sees it."""
    request = RequestFactory().get("/")
    request.user = user
    return page.serve_preview(request, mode).render().content.decode()


def one_of_each():
    """A question of every kind, for `make_quiz`."""
    return [
        single("One?"),
        multiple("Two?"),
        true_false("Three."),
        matching("Match them.", others=("Ignore",)),
        ordering("Put in order."),
        short("Which word?", accepted=("Informed consent", "consent")),
        numeric("How many years?", answer="18", tolerance="0.5", unit="years"),
        case("K. asks for help.\n\nThe owner comes closer."),
    ]
