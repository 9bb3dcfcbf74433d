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
    now = versioning.Wording(kind, sha256_of(kind, body), frozenset(option_ids(body)))
    latest = question.latest_edition(locale)
    newest = question.newest_meaning()
    meaning = latest.meaning if latest else newest
    key_before = question.latest_key(meaning) if meaning else None
    return versioning.plan(
        latest and versioning.Edition(latest.meaning, latest.slip, _wording(latest)),
        now,
        change=value.get("change") or versioning.SLIP,
        same_key=key_before is None or key_before.key == key,
        answered=bool(meaning) and question.is_answered(meaning),
        newest_meaning=newest,
    )


def sha256_of(kind, body):
    text = json.dumps([kind, SCHEMA, body], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _wording(edition):
    return versioning.Wording(edition.kind, edition.sha256, frozenset(option_ids(edition.body)))
