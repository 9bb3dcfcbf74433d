"""What the kinds share, and options that are ticked. Answers may come from anywhere. Pure."""

from collections import namedtuple
from fractions import Fraction

NOT_SURE = {"not_sure": True}
NOTHING = Fraction(0)
ALL = Fraction(1)

# Which fields a question's form has.
CHOICES, ROWS, PARTS, TEXT, NUMBER = "choices", "rows", "parts", "text", "number"
# What is chosen there is called in a payload. What is typed is called "text".
_CHOSEN = {CHOICES: "chosen", ROWS: "rows", PARTS: "parts"}

# Whether the order of the options changes from person to person: where the order says what is
# right, it always does.
NEVER, IF_WANTED, ALWAYS = "never", "if wanted", "always"


# A problem with the wording of part `n` of a question.
InPart = namedtuple("InPart", "code n")


class BadAnswer(ValueError):
    """An answer this question cannot have. `code` says why; nothing of the answer is repeated.
    `places`: the numbers of the parts it speaks of."""

    def __init__(self, code, *, places=()):
        self.code, self.places = code, tuple(places)
        super().__init__(code)


def is_not_sure(payload):
    return bool(payload) and payload.get("not_sure") is True


def right_payload(asks, right):
    """The payload of a wholly right answer. `right` is what the key says; `asks` is what the kind ASKS."""
    if asks in _CHOSEN:
        return {_CHOSEN[asks]: right}
    return {"text": right if asks == NUMBER else right[0]}


def option_ids(body):
    """Of the question itself and of its parts."""
    return [option["id"] for asked in (body, *body.get("parts", ())) for option in asked["options"]]


def given(payload, name):
    """What was answered under `name`, or None for "not sure". Anything else is refused."""
    if not isinstance(payload, dict) or not payload or not set(payload) <= {name, "not_sure"}:
        raise BadAnswer("malformed")
    if "not_sure" in payload and payload["not_sure"] is not True:
        raise BadAnswer("malformed")
    if len(payload) == 2:
        raise BadAnswer("both")
    return None if "not_sure" in payload else payload[name]


def option_fields(body, order, payload):
    chosen = (payload or {}).get("chosen", [])
    texts = {option["id"]: option["text"] for option in body["options"]}
    return {
        "options": [
            {"id": option_id, "text": texts[option_id], "chosen": option_id in chosen} for option_id in order
        ],
        "rows": [],
        "parts": [],
        "typed": "",
    }


def chosen_words(body, order, payload):
    """The text of the options that were chosen, as they were shown."""
    return [option["text"] for option in option_fields(body, order, payload)["options"] if option["chosen"]]


def right_words(body, key):
    return [option["text"] for option in body["options"] if option["id"] in key["right"]]


def freeze_options(value):
    options = value.get("options") or []
    body = {
        "stem": clean(value.get("stem")),
        "options": [{"id": option["id"], "text": clean(option.get("text"))} for option in options],
    }
    key = {"right": sorted(option["id"] for option in options if option.get("right"))}
    said = {option["id"]: clean(option.get("why")) for option in options}
    feedback = {
        "options": {option_id: sentence for option_id, sentence in said.items() if sentence},
        "general": clean(value.get("why")),
    }
    return body, key, feedback


def option_problems(value, *, at_least):
    """What is wrong with the wording, whatever is ticked."""
    found = []
    options = value.get("options") or []
    texts = [clean(option.get("text")) for option in options]
    if not clean(value.get("stem")):
        found.append("no_stem")
    if len(options) < at_least:
        found.append("few_options")
    if not all(texts):
        found.append("empty_option")
    filled = [text.casefold() for text in texts if text]
    if len(set(filled)) < len(filled):
        found.append("same_options")
    return found


def check_choice(body, payload, *, most):
    """The payload as it will be stored. Anything but known options, or "not sure", is refused."""
    chosen = given(payload, "chosen")
    if chosen is None and is_not_sure(payload):
        return dict(NOT_SURE)
    if not isinstance(chosen, list) or not all(isinstance(option_id, str) for option_id in chosen):
        raise BadAnswer("malformed")
    if not chosen:
        raise BadAnswer("nothing_chosen")
    if len(chosen) > most or len(set(chosen)) != len(chosen):
        raise BadAnswer("too_many")
    known = option_ids(body)
    if not set(chosen) <= set(known):
        raise BadAnswer("unknown_option")
    return {"chosen": [option_id for option_id in known if option_id in chosen]}


def mark_one_of(key, payload):
    """All or nothing: the one right option was chosen."""
    if not payload or is_not_sure(payload):
        return NOTHING
    return ALL if payload["chosen"] == key["right"] else NOTHING


def clean(value):
    return str(value or "").strip()
