"""What is frozen of a practice case: what its readers see, and apart from it the key. Pure."""

from courses.drills.cases.scoring import CHOICE, CHOICES, LONG, SHORT, TIMES

FIELDS = (CHOICE, CHOICES, SHORT, LONG, TIMES)


def freeze(blocks, title):
    """(pages, key) of [(block id, kind, plain value), ...]. The first page has the title of the case where it
    has none of its own.

    pages: [{"title", "account": [{"id", "kind", "when", "title", "text"}], "fields": [...]}]
    key: {field id: {...}}
    """
    pages, key = [], {}
    for block_id, kind, value in blocks:
        if kind == "page":
            pages.append(_page(value["title"]))
            continue
        if not pages:
            pages.append(_page(title))
        if kind in FIELDS:
            pages[-1]["fields"].append(_shown(block_id, kind, value))
            key[block_id] = _key(kind, value)
        else:
            account = {name: value.get(name) or "" for name in ("when", "title", "text")}
            pages[-1]["account"].append({"id": block_id, "kind": kind, **account})
    return pages, key


def fields_of(pages):
    """The fields of the whole form, in order."""
    return [field for page in pages for field in page["fields"]]


def _page(title):
    return {"title": title, "account": [], "fields": []}


def _shown(block_id, kind, value):
    field = {"id": block_id, "kind": kind, "label": value["label"], "help": value.get("help") or ""}
    for name in ("options", "rows"):
        if name in value:
            field[name] = [{"id": entry["id"], "text": entry["text"]} for entry in value[name]]
    return field


def _key(kind, value):
    key = {
        "step": value["step"],
        "why": value.get("why") or "",
        "clauses": value.get("clauses") or [],
    }
    for name in ("points", "least", "model", "critical"):
        if name in value:
            key[name] = value[name] or ("" if name in ("model", "critical") else 1)
    if kind in (CHOICE, CHOICES):
        key["options"] = {
            option["id"]: {
                "right": bool(option.get("right")),
                "critical": option.get("critical") or "",
                "why": option.get("why") or "",
            }
            for option in value["options"]
        }
    elif kind == SHORT:
        key |= {name: lines(value.get(name)) for name in ("accepted", "refused")}
    elif kind == TIMES:
        key["rows"] = {
            row["id"]: {"at": times(row.get("at")), "why": row.get("why") or ""} for row in value["rows"]
        }
    else:
        key["rubric"] = [{"id": line["id"], "text": line["text"]} for line in value["rubric"]]
    return key


def lines(text):
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def times(text):
    return [part.strip() for part in (text or "").split(",") if part.strip()]
