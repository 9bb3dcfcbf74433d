"""What an edition changed, as somebody reads it who knew the words of before."""

from django.utils.text import capfirst

from courses.choices import ClauseChange
from courses.procedures.editions import material_changes
from courses.procedures.models import ClauseWording


def changes_to_show(call):
    """[{"kind", "before", "after", "fields": [(name, words before, words now), ...]}, ...]; words as
    `difference.words_changed` gives them."""
    return [
        {
            "kind": ClauseChange(change.kind).label,
            "before": change.before,
            "after": change.after,
            "fields": [
                (
                    _label(name),
                    [part for part in words if part[0] != "in"],
                    [part for part in words if part[0] != "out"],
                )
                for name, words in change.fields.items()
                if name != "sectors"
            ],
        }
        for change in material_changes(call.edition)
    ]


def points_to_show(call):
    """Those that somebody has written something for."""
    return [point for point in call.points.all() if point.text.strip()]


def _label(name):
    return capfirst(ClauseWording._meta.get_field(name).verbose_name)
