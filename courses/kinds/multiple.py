"""Several right answers; part of the points for part of them. Pure."""

from fractions import Fraction

from courses.kinds import answering

NAME = "multiple"
ASKS = answering.CHOICES
SEVERAL = True
SHUFFLES = answering.IF_WANTED


def freeze(value):
    return answering.freeze_options(value)


def problems(value):
    found = answering.option_problems(value, at_least=3)
    options = value.get("options") or []
    right = sum(1 for option in options if option.get("right"))
    if right == 0:
        found.append("no_key")
    if options and right == len(options):
        found.append("all_right")
    return found


def check_payload(body, payload):
    return answering.check_choice(body, payload, most=len(body["options"]))


def mark(body, key, payload):
    """Right ones chosen less wrong ones chosen, of all right ones; never below nothing."""
    if not payload or answering.is_not_sure(payload):
        return answering.NOTHING
    chosen, right = set(payload["chosen"]), set(key["right"])
    points = len(chosen & right) - len(chosen - right)
    return max(answering.NOTHING, Fraction(points, len(right)))


def fields(body, order, payload):
    return answering.option_fields(body, order, payload)


def said(body, order, payload):
    return answering.chosen_words(body, order, payload)


def right(body, key):
    return answering.right_words(body, key)
