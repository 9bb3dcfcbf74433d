"""What is wrong with a question, in words that name the place."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from courses.kinds.answering import InPart

SENTENCES = {
    "no_stem": gettext_lazy("%(place)s has no wording."),
    "few_options": gettext_lazy("%(place)s has too few answers to choose from."),
    "empty_option": gettext_lazy("%(place)s has an empty answer."),
    "same_options": gettext_lazy("%(place)s has the same answer twice."),
    "no_key": gettext_lazy("%(place)s has no right answer ticked."),
    "several_right": gettext_lazy("%(place)s has more than one right answer ticked."),
    "all_right": gettext_lazy("%(place)s has every answer ticked as right."),
    "few_pairs": gettext_lazy("%(place)s has too few pairs to match."),
    "few_entries": gettext_lazy("%(place)s has too few entries to put in order."),
    "few_parts": gettext_lazy("%(place)s has too few questions about its case."),
    "no_accepted": gettext_lazy("%(place)s has no accepted answer."),
    "long_option": gettext_lazy("%(place)s has an accepted answer that is longer than people can write."),
    "no_number": gettext_lazy("%(place)s has no right number."),
    "long_number": gettext_lazy("%(place)s has a number with more digits than people can write."),
    "bad_tolerance": gettext_lazy("%(place)s has a tolerance that is not a number of 0 or more."),
    "change_not_said": gettext_lazy(
        "%(place)s has been answered by people, and you changed it. Say whether it still means the same, "
        "in its field “If you changed a question that people have answered”."
    ),
    "key_locked": gettext_lazy(
        "%(place)s has been answered by people, so its right answer can no longer change. "
        "Choose “It now means something else: a new question” to ask it anew."
    ),
    "options_locked": gettext_lazy(
        "%(place)s has been answered by people, so answers can no longer be added or removed. "
        "Choose “It now means something else: a new question” to ask it anew."
    ),
    "parts_locked": gettext_lazy(
        "%(place)s has been answered by people, so its parts can no longer change between one right answer "
        "and several. Choose “It now means something else: a new question” to ask it anew."
    ),
    "kind_locked": gettext_lazy(
        "%(place)s has been answered by people, so its kind can no longer change. "
        "Choose “It now means something else: a new question” to ask it anew."
    ),
}


def sentence(code, place):
    """`code` is a code of a kind, of versioning, or an InPart."""
    if isinstance(code, InPart):
        place = _("%(place)s, part %(n)d,") % {"place": place, "n": code.n}
        code = code.code
    return SENTENCES[code] % {"place": place}


def not_enough(shortfall, place):
    """`shortfall` is a drawing.NotEnough."""
    if shortfall.critical:
        return ngettext(
            "%(place)s asks for at least %(wanted)d critical question, but only %(found)d can be drawn.",
            "%(place)s asks for at least %(wanted)d critical questions, but only %(found)d can be drawn.",
            shortfall.wanted,
        ) % {"place": place, "wanted": shortfall.wanted, "found": shortfall.found}
    return ngettext(
        "%(place)s asks for %(wanted)d question, but only %(found)d can be drawn.",
        "%(place)s asks for %(wanted)d questions, but only %(found)d can be drawn.",
        shortfall.wanted,
    ) % {"place": place, "wanted": shortfall.wanted, "found": shortfall.found}


def place_of_question(n):
    return _("Question %(n)d") % {"n": n}


def place_of_draw(n):
    return _("The draw in place %(n)d") % {"n": n}


def another_key(place):
    """A note: what is written is not what is right."""
    return _(
        "%(place)s: its key was put right since, and answers are marked by the right one. The pairs stand here "
        "as they were first written; to ask them otherwise, write a new question."
    ) % {"place": place}
