"""Taking somebody's personal values out of entries of the audit log, in a way that a verifier can follow."""

from django.db import models
from django.db.models.functions import Cast

from courses.audit import chain, log
from courses.audit.models import AuditEntry, is_about

MARK = "(erased)"
# Free text about somebody: it goes from every entry that is about them. What a certificate was withdrawn or
# corrected for belongs to the certificate and stays.
FREE = {"reason", "text", "note"}
OF_CERTIFICATES = "certificates."


def without(value, words):
    """`value`, JSON, with MARK for every text that holds one of `words`, whatever the case."""
    if isinstance(value, dict):
        return {key: without(each, words) for key, each in value.items()}
    if isinstance(value, list):
        return [without(each, words) for each in value]
    if isinstance(value, str) and any(word in value.casefold() for word in words):
        return MARK
    return value


def redact(objects, words, *, names, erased, actor, at, **facts):
    """Blank the personal values of somebody and write the entry "erased" on `erased`. Returns that entry.

    `objects` are (object type, object id) that are theirs, `words` what must be found nowhere any more,
    `names` = {log-in's key: the name under which its acts stay}. Within the caller's transaction.
    """
    words = {word.casefold() for word in words if word}
    redacted = []
    for entry in _concerned(objects, words, names):
        before = chain.hash_of(vars(entry))
        entry.facts = _facts_without(entry, words, objects)
        entry.actor_name = names.get(entry.actor_id, entry.actor_name)
        after = chain.hash_of(vars(entry))
        if after != before:
            rows = AuditEntry.objects.filter(pk=entry.pk)
            rows._erase(facts=entry.facts, actor_name=entry.actor_name)
            redacted.append([entry.pk, before, after])
    return log.record(chain.ERASED, erased, actor=actor, at=at, **facts, **{chain.REDACTED: redacted})


def _concerned(objects, words, names):
    wanted = is_about(objects) | models.Q(actor_id__in=names)
    for word in words:
        # The database keeps accents as they are or as \\uXXXX.
        wanted |= models.Q(text__icontains=word) | models.Q(text__icontains=_escaped(word))
    found = AuditEntry.objects.annotate(text=Cast("facts", models.TextField())).filter(wanted)
    return found.exclude(verb=chain.ERASED).order_by("pk").distinct()


def _escaped(word):
    return word.encode("ascii", "backslashreplace").decode().replace("\\x", "\\u00")


def _facts_without(entry, words, objects):
    facts = without(entry.facts, words)
    if (entry.object_type, entry.object_id) in objects and not entry.object_type.startswith(OF_CERTIFICATES):
        facts = {key: MARK if key in FREE and value else value for key, value in facts.items()}
    return facts
