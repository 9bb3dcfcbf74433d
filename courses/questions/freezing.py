"""What publishing a question now would make of it, compared with what there is. Writes nothing."""

import hashlib
import json

from courses.kinds import kind_of
from courses.kinds.answering import option_ids
from courses.questions import versioning

SCHEMA = 1


def question_problems(question, *, locale, kind, value):
    """Why it may not be published: a list of codes. `question` is the record, or None."""
    found = kind_of(kind).problems(value)
    if found or question is None:
        return found
    refused = plan_for(question, locale=locale, kind=kind, value=value).refused
    return [refused] if refused else []


def plan_for(question, *, locale, kind, value):
    body, key, _feedback = kind_of(kind).freeze(value)
    now = _wording(kind, sha256_of(kind, body), body)
    latest = question.latest_edition(locale)
    newest = question.newest_meaning()
    meaning = latest.meaning if latest else newest
    key_before = question.latest_key(meaning) if meaning else None
    return versioning.plan(
        latest and _edition(latest),
        now,
        change=value.get("change") or "",
        same_key=key_before is None or key_before.key == key,
        answered=bool(meaning) and question.is_answered(meaning),
        newest_meaning=newest,
    )


def sha256_of(kind, body):
    text = json.dumps([kind, SCHEMA, body], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _edition(frozen):
    wording = _wording(frozen.kind, frozen.sha256, frozen.body)
    return versioning.Edition(frozen.meaning, frozen.slip, wording)


def _wording(kind, sha256, body):
    parts = frozenset((part["id"], part["several"]) for part in body.get("parts", ()))
    return versioning.Wording(kind, sha256, frozenset(option_ids(body)), parts)
