"""One right answer among several. Pure."""

from courses.kinds import answering

NAME = "single"
ASKS = answering.CHOICES
SEVERAL = False
SHUFFLES = answering.IF_WANTED


def freeze(value):
    return answering.freeze_options(value)


def problems(value):
    found = answering.option_problems(value, at_least=2)
    right = sum(1 for option in value.get("options") or [] if option.get("right"))
    if right == 0:
        found.append("no_key")
    if right > 1:
        found.append("several_right")
    return found


def check_payload(body, payload):
    return answering.check_choice(body, payload, most=1)


def mark(body, key, payload):
    return answering.mark_one_of(key, payload)


def fields(body, order, payload):
    return answering.option_fields(body, order, payload)


def said(body, order, payload):
    return answering.chosen_words(body, order, payload)


def right(body, key):
    return answering.right_words(body, key)
