"""What is wrong with an answer typed from a sheet, in words that say what to type instead."""

from django.utils.translation import gettext as _

from courses.room.compact import last_letter


def problem_in_words(problem, places):
    """One sentence for a Problem of `compact`. `places`: of the form."""
    place = next((place for place in places if place.n == problem.n), None)
    facts = {
        "n": problem.n,
        "said": problem.said[:20],
        "about": problem.about,
        "last": last_letter(place) if place else "",
        "of": len(places),
    }
    words = SENTENCES.get(problem.code)
    return (words() if words else _("Question %(n)s: “%(said)s” cannot be read as an answer.")) % facts


SENTENCES = {
    "no_number": lambda: _("“%(said)s” begins with no question number. Type such as 1 B, 2 AC."),
    "no_question": lambda: _("There is no question %(n)s on this form: it has %(of)s. Check the form letter."),
    "twice": lambda: _("Question %(n)s is there twice."),
    "missing": lambda: _("Question %(n)s has no answer. Type “%(n)s -” where the sheet is empty."),
    "no_letter": lambda: _("Question %(n)s has no answer %(about)s. Its letters go from A to %(last)s."),
    "too_many": lambda: _(
        "Question %(n)s takes one letter. Where two are circled type “%(n)s -”: it counts as no answer."
    ),
    "not_offered": lambda: _("“I am not sure” is not offered in this test. Type “%(n)s -” for question %(n)s."),
    "rows": lambda: _("Question %(n)s needs %(about)s answers. Where one is missing type “%(n)s -”."),
    "parts": lambda: _("Question %(n)s has %(about)s parts. Type one answer for each, such as %(n)s B/AC."),
    "open_parts": lambda: _("Question %(n)s: one part has no answer. Then type “%(n)s -”."),
    "not_places": lambda: _("Question %(n)s asks for an order: type the figures in its boxes, such as 312."),
    "no_place": lambda: _("Question %(n)s has no place %(about)s."),
    "same_place": lambda: _("Question %(n)s has the same place twice. Then type “%(n)s -”."),
    "not_a_number": lambda: _("Question %(n)s asks for a number in figures, such as 12 or 2.5."),
    "too_long": lambda: _("The answer to question %(n)s is too long. Type a few words."),
}
