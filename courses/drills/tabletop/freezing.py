"""A table-top exercise as it is held: what was written, with the story of the scenario as it is published."""

from django.utils.text import slugify

from courses.questions.plain import blocks_of


def content_of(table_top, edition):
    """{"story", "roles", "duties", "injects", "questions", ...}: everything that its cards and sheets say.

    `edition`: the ScenarioEdition. Roles, duties and injects carry the ids of their blocks; "at" is the id of a
    situation, "agency" and "to" the name on a role card, "clauses" are keys.
    """
    return {
        "summary": table_top.summary,
        "minutes": table_top.minutes,
        "content_note": edition.policy["content_note"],
        "story": edition.story,
        **written(table_top),
    }


def written(table_top):
    """What its author wrote of it, as it stands: {"roles", "duties", "injects", "questions"}."""
    return {
        **{name: _blocks(getattr(table_top, name)) for name in ("roles", "duties", "injects")},
        "questions": [block["value"] for block in table_top.questions.get_prep_value()],
    }


def _blocks(stream):
    return [{"id": block_id, **_read(value)} for block_id, _kind, value in blocks_of(stream)]


def _read(value):
    read = {name: part.strip() if isinstance(part, str) else part for name, part in value.items()}
    read |= {"at": slugify(read["at"])} if "at" in read else {}
    return {name: "" if part is None else part for name, part in read.items()}
