"""A few words of one's own; all or nothing. Case, accents and white space do not count. Pure."""

import unicodedata

from courses.kinds import answering, typed

NAME = "short"
ASKS = answering.TEXT
SEVERAL = False
SHUFFLES = answering.NEVER


def freeze(value):
    body = {"stem": answering.clean(value.get("stem")), "options": []}
    key = {"right": [text for text in _accepted(value) if text]}
    return body, key, {"options": {}, "general": answering.clean(value.get("why"))}


def problems(value):
    found = [] if answering.clean(value.get("stem")) else ["no_stem"]
    accepted = _accepted(value)
    if not any(accepted):
        found.append("no_accepted")
    elif not all(fold(text) for text in accepted):
        found.append("empty_option")
    if any(len(text) > typed.MAX_LENGTH for text in accepted):
        found.append("long_option")
    return found


def check_payload(body, payload):
    text = typed.check_text(payload)
    return dict(answering.NOT_SURE) if text is None else {"text": text}


def mark(body, key, payload):
    if not payload or answering.is_not_sure(payload):
        return answering.NOTHING
    accepted = {fold(text) for text in key["right"]}
    return answering.ALL if fold(payload["text"]) in accepted else answering.NOTHING


def fold(text):
    """Lower case, without accents, one space between words; a phone's quotes and dashes are plain ones."""
    parts = unicodedata.normalize("NFKD", typed.one_line(text).translate(PLAIN).casefold())
    bare = "".join(character for character in parts if not unicodedata.combining(character))
    return " ".join(bare.casefold().split())


PLAIN = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "‐": "-", "‑": "-", "–": "-", "—": "-"})


def fields(body, order, payload):
    return typed.text_fields(payload)


def said(body, order, payload):
    return typed.typed_words(payload)


def right(body, key):
    """The first that is accepted stands for all."""
    return key["right"][:1]


def _accepted(value):
    return [typed.one_line(answering.clean(item.get("text"))) for item in value.get("accepted") or []]
