"""The sentences of a pack in somebody's own words. Figures cannot be changed by them."""

from dataclasses import dataclass

from django.db import transaction

from courses.audit import log
from lms.reports.packs.models import Pack, PackWording
from lms.reports.packs.numbers import strange


@dataclass(frozen=True)
class Sentence:
    """`author` and `at` are those of the newest wording, or None as it was generated."""

    key: str
    text: str
    generated: str
    author: str | None = None
    at: object = None


class NumbersRefused(ValueError):
    """`numbers`: those in the text that are not in the record."""

    def __init__(self, numbers):
        self.numbers = numbers
        super().__init__(", ".join(numbers))


def sentences_of(pack, version):
    """[Sentence, ...] of a pack, each in its newest wording. One query."""
    newest = {one.key: one for one in pack.wordings.filter(version=version)}
    found = []
    for one in pack.content["sentences"]:
        key, generated, edited = one["key"], one[version], newest.get(one["key"])
        if edited is None:
            found.append(Sentence(key, generated, generated))
        else:
            found.append(Sentence(key, edited.text, generated, edited.author, edited.at))
    return found


@transaction.atomic
def reword(pack, version, key, text, *, actor, at):
    """Write a sentence anew, for one version. The PackWording. Raises NumbersRefused.

    Numbers must be those of the generated sentence or of the tables of that version. An unknown key is a
    KeyError.
    """
    pack = Pack.objects.select_for_update().get(pk=pack.pk)
    generated = {one["key"]: one[version] for one in pack.content["sentences"]}[key]
    refused = strange(text, generated, pack.tables(version))
    if refused:
        raise NumbersRefused(refused)
    wording = PackWording.objects.create(
        pack=pack, version=version, key=key, text=text, author=str(actor), at=at
    )
    log.record("sentence reworded", pack, actor=actor, at=at, key=key, version=str(version))
    return wording
