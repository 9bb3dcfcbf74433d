"""A question as its author sees it before it is published, the answers beside it."""

from courses.kinds import kind_of
from courses.kinds.wording import split_stem


def show(kind, value):
    """`value` may be half written: nothing here asks for more than there is."""
    body, key, feedback = kind_of(kind).freeze(value)
    situation, question = split_stem(body["stem"])
    return {
        "situation": situation,
        "question": question,
        "several": kind_of(kind).SEVERAL,
        "options": [
            {
                "text": option["text"],
                "right": option["id"] in key["right"],
                "why": feedback["options"].get(option["id"], ""),
            }
            for option in body["options"]
        ],
        "general": feedback["general"],
        "critical": bool(value.get("critical")),
    }
