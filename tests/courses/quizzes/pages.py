"""What the tests of the trainee's pages share."""

import re
from html import unescape


def items_of(attempt):
    return list(attempt.items.select_related("attempt", "question_edition__question"))


def url(attempt, *parts):
    return "/attempts/" + "/".join(str(part) for part in (attempt.uuid, *parts)) + "/"


def text_of(response):
    words = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", response.content.decode(), flags=re.S)
    return re.sub(r"\s+", " ", unescape(words))
