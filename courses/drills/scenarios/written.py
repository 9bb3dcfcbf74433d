"""What an author wrote, as the plain story that is checked, frozen and played."""

from django.utils.text import slugify

from courses.questions.plain import plain

SITUATION, ENDING = "situation", "ending"


def story_of(scenes):
    """The story (see `graph`) of a stream of scenes, as it stands: it may have any fault.

    Of a situation: {"id", "title", "text", "media": raw blocks, "step", "asks", "clauses": keys of Clauses,
    "choices": [{"id", "text", "to", "points", "consequence", "critical"}]}. Of an ending: {"id", "title",
    "kind", "text", "text_if_missed", "debrief"}.
    """
    found = {SITUATION: [], ENDING: []}
    for block in scenes.get_prep_value():
        found[block["type"]].append(_READERS[block["type"]](block["value"], block["id"]))
    return {"situations": found[SITUATION], "endings": found[ENDING]}


def _situation(value, block_id):
    read = plain({name: part for name, part in value.items() if name not in ("media", "clauses")}, block_id)
    return {
        "id": slugify(read["name"]),
        **{name: read[name] or "" for name in ("title", "text", "step", "asks")},
        "media": value.get("media") or [],
        "clauses": [item["value"] if isinstance(item, dict) else item for item in value.get("clauses") or []],
        "choices": [
            {
                "id": one["id"],
                "to": slugify(one["to"]),
                "points": one["points"] or 0,
                **{name: one.get(name) or "" for name in ("text", "consequence", "critical")},
            }
            for one in read["choices"]
        ],
    }


def _ending(value, _block_id):
    words = {name: value.get(name) or "" for name in ("title", "kind", "text", "text_if_missed", "debrief")}
    return {"id": slugify(value["name"]), **words}


_READERS = {SITUATION: _situation, ENDING: _ending}
