"""A question as its author sees it before it is published, the answers beside it."""

from courses.kinds import kind_of
from courses.kinds.answering import option_ids
from courses.questions.stems import situation_and_question


def show(kind, value):
    """`value` may be half written: nothing here asks for more than there is."""
    asked = kind_of(kind)
    body, key, feedback = asked.freeze(value)
    situation, question = situation_and_question(asked, body)
    fields = asked.fields(body, option_ids(body), None)
    for option in fields["options"]:
        option["right"] = option["id"] in key["right"]
        option["why"] = feedback["options"].get(option["id"], "")
    for part in fields["parts"]:
        part["why"] = feedback["parts"].get(part["id"], "")
        for option in part["options"]:
            option["right"] = option["id"] in key["right"][part["id"]]
            option["why"] = feedback["options"].get(option["id"], "")
    return {
        "situation": situation,
        "question": question,
        "asks": asked.ASKS,
        "several": asked.SEVERAL,
        "unit": body.get("unit", ""),
        **fields,
        "right": asked.right(body, key),
        "general": feedback["general"],
        "critical": bool(value.get("critical")),
    }
