"""From the plain form of the course files to the raw values of blocks. Pure.

Ids come from names, so that loading the same file twice gives the same blocks.
"""

import uuid

NAMESPACE = uuid.UUID("6b2d7b60-6a7e-5f0e-9d5e-0f7a5f4c1d11")


def name_id(*parts):
    """A UUID that belongs to a name for ever: name_id("lesson", "C1-L1")."""
    return uuid.uuid5(NAMESPACE, "/".join(str(part) for part in parts))


def listed(values, *name):
    """A ListBlock's raw value."""
    return [{"type": "item", "value": value, "id": str(name_id(*name, n))} for n, value in enumerate(values, 1)]


def _rich(html):
    html = (html or "").strip()
    return html if not html or html.startswith("<") else f"<p>{html}</p>"


def _paragraph(value, name):
    return {"text": _rich(value)}


def _content_note(value, name):
    return {"themes": value.get("themes", []), "text": value["text"]}


def _key_point(value, name):
    return {
        "kind": value.get("kind", "remember"),
        "title": value.get("title", ""),
        "text": _rich(value["text"]),
        "minutes": value.get("minutes"),
    }


def _do_dont(value, name):
    return {
        "title": value.get("title", ""),
        "do": listed(value["do"], *name, "do"),
        "dont": listed(value["dont"], *name, "dont"),
    }


def _indicators(value, name):
    items = [{"title": item["title"], "text": item.get("text", "")} for item in value["items"]]
    return {
        "title": value.get("title", ""),
        "layout": value.get("layout", "list"),
        "intro": value.get("intro", ""),
        "items": listed(items, *name, "items"),
        "note": value.get("note", ""),
    }


def _table(value, name):
    return {
        "caption": value["caption"],
        "table": {
            "columns": [{"type": "text", "heading": str(heading)} for heading in value["columns"]],
            "rows": [{"values": [str(cell) for cell in row]} for row in value["rows"]],
            "caption": "",
        },
        "note": value.get("note", ""),
    }


def _quick_question(value, name):
    answers = [
        {"text": str(answer["text"]), "right": bool(answer.get("right")), "why": answer.get("why", "")}
        for answer in value["answers"]
    ]
    return {"stem": value["stem"], "answers": listed(answers, *name, "answers")}


def _contacts(value, name):
    return {"title": value.get("title", ""), "roles": value["roles"]}


LESSON_BLOCKS = {
    "paragraph": _paragraph,
    "content_note": _content_note,
    "key_point": _key_point,
    "do_dont": _do_dont,
    "indicators": _indicators,
    "table": _table,
    "quick_question": _quick_question,
    "contacts": _contacts,
}


def lesson_body(entries, key):
    """The raw stream of a lesson; clauses are given by their keys. Raises ValueError naming the lesson and the
    entry at fault."""
    stream = []
    for n, entry in enumerate(entries, 1):
        kinds = [kind for kind in entry if kind in LESSON_BLOCKS]
        if len(kinds) != 1 or set(entry) - {kinds[0], "sectors", "clauses"}:
            raise ValueError(f"{key}, entry {n}: expected one block, found {sorted(entry)}")
        kind, name = kinds[0], ("lesson", key, n)
        value = LESSON_BLOCKS[kind](entry[kind], name)
        value["sectors"] = entry.get("sectors", [])
        if "clauses" in entry:
            value["clauses"] = listed(entry["clauses"], *name, "clauses")
        stream.append({"type": kind, "value": value, "id": str(name_id(*name))})
    return stream


def _choice(item):
    options = [
        {"text": str(option["t"]), "right": bool(option["right"]), "why": option.get("why", "")}
        for option in item["options"]
    ]
    return {"options": listed(options, "question", item["key"])}


def _true_false(item):
    by_answer = {str(option["t"]).strip().lower(): option for option in item["options"]}
    return {
        "answer": next(name for name, option in by_answer.items() if option["right"]),
        "why_true": by_answer["true"].get("why", ""),
        "why_false": by_answer["false"].get("why", ""),
    }


def _matching(item):
    pairs = [{"left": left, "right": right} for left, right in item["pairs"]]
    others = [{"text": text} for text in item.get("others", [])]
    return {
        "pairs": listed(pairs, "question", item["key"]),
        "others": listed(others, "question", item["key"], "others"),
    }


def _ordering(item):
    return {"entries": listed([{"text": step} for step in item["steps"]], "question", item["key"])}


def _short(item):
    return {"accepted": listed([{"text": text} for text in item["accepted"]], "question", item["key"])}


QUESTION_KINDS = {
    "single": _choice,
    "multiple": _choice,
    "true_false": _true_false,
    "matching": _matching,
    "ordering": _ordering,
    "short": _short,
}


def question_value(item):
    """The raw value of a question block, without what a quiz adds."""
    # In this order: what was loaded before is known by the fingerprint of its text.
    return {
        "stem": item["stem"],
        **QUESTION_KINDS[item["kind"]](item),
        "why": item.get("why", ""),
        "change": "slip",
    }


def question_block(item):
    """A bank question's body: one raw block."""
    return {
        "type": item["kind"],
        "value": question_value(item),
        "id": str(name_id("question", item["key"])),
    }


def question_here(item):
    """The raw block of a question written in a quiz."""
    block = question_block(item)
    block["value"] |= {
        "topic": item["topic"],
        "difficulty": item["difficulty"],
        "objective": item.get("objective", ""),
        "critical": bool(item.get("critical")),
        "sectors": item.get("sectors", []),
    }
    return block


def draw_block(draw, n):
    value = {
        "count": draw["count"],
        "pool": "final",
        "module": draw.get("module", ""),
        "topic": draw.get("topic", ""),
        "difficulty": draw.get("difficulty", ""),
        "own_sector": bool(draw.get("own_sector")),
        "critical": draw.get("critical", 0),
    }
    return {"type": "draw", "value": value, "id": str(name_id("draw", n))}
