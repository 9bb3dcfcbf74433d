"""A number, right within a tolerance; all or nothing. Decimals with a point or a comma. Pure."""

import re
from decimal import Decimal, InvalidOperation

from courses.kinds import answering, typed
from courses.kinds.answering import BadAnswer

NAME = "numeric"
ASKS = answering.NUMBER
SEVERAL = False
SHUFFLES = answering.NEVER

NUMBER = re.compile(r"([+−-]?)([0-9]{1,12})(?:[.,]([0-9]{1,6}))?")
# 1,000 is a thousand to one reader and one to another.
THOUSANDS = re.compile(r"[+−-]?[1-9][0-9]{0,2},[0-9]{3}")


def freeze(value):
    unit = answering.clean(value.get("unit"))
    body = {"stem": answering.clean(value.get("stem")), "options": [], "unit": unit}
    answer, tolerance = _decimal(value.get("answer")), _decimal(value.get("tolerance") or 0)
    key = {
        "right": None if answer is None else _plain(answer),
        "tolerance": None if tolerance is None else _plain(tolerance),
    }
    return body, key, {"options": {}, "general": answering.clean(value.get("why"))}


def problems(value):
    found = [] if answering.clean(value.get("stem")) else ["no_stem"]
    answer, tolerance = _decimal(value.get("answer")), _decimal(value.get("tolerance") or 0)
    if answer is None:
        found.append("no_number")
    elif not NUMBER.fullmatch(_plain(answer)):
        found.append("long_number")
    if tolerance is None or tolerance < 0:
        found.append("bad_tolerance")
    return found


def check_payload(body, payload):
    text = typed.check_text(payload)
    if text is None:
        return dict(answering.NOT_SURE)
    found = NUMBER.fullmatch(text)
    if found is None or THOUSANDS.fullmatch(text):
        raise BadAnswer("not_a_number")
    sign, whole, part = found.groups()
    minus = "-" if sign in ("-", "−") else ""
    return {"text": _plain(Decimal(f"{minus}{whole}.{part or 0}"))}


def mark(body, key, payload):
    if not payload or answering.is_not_sure(payload):
        return answering.NOTHING
    away = abs(Decimal(payload["text"]) - Decimal(key["right"]))
    return answering.ALL if away <= Decimal(key["tolerance"]) else answering.NOTHING


def fields(body, order, payload):
    return typed.text_fields(payload)


def said(body, order, payload):
    return [_with_unit(body, text) for text in typed.typed_words(payload)]


def right(body, key):
    if key["right"] is None:
        return []
    within = f" ± {key['tolerance']}" if key["tolerance"] not in (None, "0") else ""
    return [_with_unit(body, f"{key['right']}{within}")]


def _with_unit(body, text):
    return f"{text} {body['unit']}".strip()


def _decimal(value):
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _plain(number):
    """2.50 is 2.5, 007 is 7 and -0 is 0."""
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    sign = "-" if text.startswith("-") else ""
    text = text.lstrip("-").lstrip("0") or "0"
    text = f"0{text}" if text.startswith(".") else text
    return text if text == "0" else f"{sign}{text}"
