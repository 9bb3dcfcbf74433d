"""What publishing a question now would make of it, compared with what there is. Writes nothing."""

import hashlib
import json
from collections import defaultdict
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef

from courses.kinds import kind_of
from courses.kinds.answering import ALWAYS, option_ids
from courses.questions import versioning

SCHEMA = 1


class Past(NamedTuple):
    """What was frozen of a question, seen from one language."""

    # The last edition in this language; None: there is none.
    edition: Any = None
    # Of all languages; None when it was never published.
    newest_meaning: int | None = None
    # The newest key of the meaning that is asked in this language.
    key: Any = None
    # Whether anybody was ever asked it with that meaning: then its key is locked.
    answered: bool = False


NEVER_FROZEN = Past()


def pasts_of(editions, keys, locale):
    """{question key: Past} of the questions of these editions. Three queries, however many.

    `editions` and `keys` are querysets: all editions of those questions, and where keys are kept.
    """
    asked = editions.model.objects.filter(pk=OuterRef("pk"), asked__isnull=False)
    facts = editions.order_by("meaning", "slip").annotate(is_asked=Exists(asked))
    rows = defaultdict(list)
    for row in facts.values_list("question__key", "locale", "meaning", "pk", "is_asked", named=True):
        rows[row.question__key].append(row)
    # The last in this language; where there is none, the last of all says which meaning is asked.
    last = {key: ([r for r in mine if r.locale == locale] or mine)[-1] for key, mine in rows.items()}
    found = editions.model.objects.in_bulk([row.pk for row in last.values()])
    newest_keys = keys.newest_for(found.values())
    return {
        key: Past(
            edition if edition.locale == locale else None,
            rows[key][-1].meaning,
            newest_keys.get((edition.question_id, edition.meaning)),
            any(row.is_asked for row in rows[key] if row.meaning == edition.meaning),
        )
        for key, edition in ((key, found[row.pk]) for key, row in last.items())
    }


def question_problems(past, *, kind, value):
    """Why it may not be published: a list of codes."""
    found = kind_of(kind).problems(value)
    if found:
        return found
    refused = plan_for(past, kind=kind, value=value).refused
    return [refused] if refused else []


def plan_for(past, *, kind, value):
    now, same_key = _compared(past, kind, value)
    return versioning.plan(
        past.edition and _edition(past.edition),
        now,
        change=value.get("change") or "",
        same_key=same_key,
        answered=past.answered,
        newest_meaning=past.newest_meaning,
    )


def is_as_frozen(past, *, kind, value):
    """Whether it is written as it was last published, wording and key."""
    if past.edition is None or kind_of(kind).problems(value):
        return False
    now, same_key = _compared(past, kind, value)
    return same_key and past.edition.sha256 == now.sha256


def _compared(past, kind, value):
    body, key, _feedback = kind_of(kind).freeze(value)
    same_key = past.key is None or key in (past.key.key, past.key.written)
    sha256 = past.edition.sha256 if _is_asked_alike(past, kind, body) else sha256_of(kind, body)
    return _wording(kind, sha256, body), same_key


def _is_asked_alike(past, kind, body):
    """Where everybody is shown another order anyway, the order in which the answers are kept says nothing."""
    if past.edition is None or past.edition.kind != kind or kind_of(kind).SHUFFLES != ALWAYS:
        return False
    before, now = (
        {**one, "options": sorted((o["id"], o["text"]) for o in one["options"])}
        for one in (past.edition.body, body)
    )
    return before == now


def sha256_of(kind, body):
    text = json.dumps([kind, SCHEMA, body], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _edition(frozen):
    wording = _wording(frozen.kind, frozen.sha256, frozen.body)
    return versioning.Edition(frozen.meaning, frozen.slip, wording)


def _wording(kind, sha256, body):
    parts = frozenset((part["id"], part["several"]) for part in body.get("parts", ()))
    return versioning.Wording(kind, sha256, frozenset(option_ids(body)), parts)
