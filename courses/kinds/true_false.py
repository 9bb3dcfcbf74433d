"""A statement that is true or false. Always in that order. Pure."""

from courses.kinds import answering

NAME = "true_false"
ASKS = answering.CHOICES
SEVERAL = False
SHUFFLES = answering.NEVER

# The two words are the site's own: they are translated where they are shown.
OPTIONS = [{"id": "true", "text": "True"}, {"id": "false", "text": "False"}]


def freeze(value):
    said = {"true": value.get("why_true"), "false": value.get("why_false")}
    answer = value.get("answer")
    return answering.freeze_options(
        {
            "stem": value.get("stem"),
            "why": value.get("why"),
            "options": [
                {**option, "right": option["id"] == answer, "why": said[option["id"]]} for option in OPTIONS
            ],
        }
    )


def problems(value):
    found = [] if str(value.get("stem") or "").strip() else ["no_stem"]
    if value.get("answer") not in ("true", "false"):
        found.append("no_key")
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
