"""What the figures of questions are called, and the advice in words."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.reports.items import advice, analysis
from lms.reports.items.formulas import FEWEST, FEWEST_ITEMS

FIRST_ATTEMPTS = gettext_lazy(
    "First attempts only: of each person the very first attempt at the quiz that was handed in, also in the "
    "room of a workshop. What is marked again counts as it was marked last."
)
RELIABILITY = gettext_lazy(
    "Reliability: how far the score would come out the same with other questions of the kind, 0 to 1 (KR-20 "
    "where questions are right or wrong, else Cronbach's alpha). Over the questions that everybody was asked."
)
# (what it is called, what it says).
DEFINED = [
    (
        gettext_lazy("Right"),
        gettext_lazy("The share who had it right; where part of an answer counts, the mean of the points."),
    ),
    (
        gettext_lazy("Tells apart"),
        gettext_lazy(
            "Discrimination, -1 to 1: the correlation of this question with the rest of the test. Above "
            "0.2 is good. Below 0, those who do well on the rest do worse here. Nothing under 20 answers: "
            "a few people more would turn it round."
        ),
    ),
    (
        gettext_lazy("Not sure"),
        gettext_lazy("The share who said “I am not sure”."),
    ),
    (
        gettext_lazy("Seconds"),
        gettext_lazy(
            "The median time from the answer before to this one. Not known on paper, for answers that came in "
            "one go, and for pauses of more than 30 minutes."
        ),
    ),
]
RULES = [
    (gettext_lazy("Too easy"), gettext_lazy("More than 95 % right.")),
    (
        gettext_lazy("Check the key"),
        gettext_lazy(
            "A wrong answer was chosen by at least five people and one in twenty, and they did better on the "
            "rest of the test than those who chose the right one; or the question tells apart below 0."
        ),
    ),
    (gettext_lazy("Reword it"), gettext_lazy("It tells apart below 0.1.")),
    (gettext_lazy("Nobody chooses it"), gettext_lazy("A wrong answer that nobody chose.")),
    (gettext_lazy("Hard, but useful"), gettext_lazy("Less than 50 % right, and none of the above.")),
]


def advice_in_words(said, letters):
    """One sentence. `letters`: {(place, option): what it is called}."""
    words = {"letter": letters.get(said.about, "")}
    if said.code == advice.CHECK_KEY:
        if said.is_chosen_most:
            return _("Check the key: the stronger half picked %(letter)s") % words
        if said.about:
            return _("Check the key: those who picked %(letter)s did better on the rest") % words
        return _("Check the key: who does well on the rest gets it wrong")
    if said.code == advice.UNUSED:
        return _("Nobody chooses %(letter)s: replace it") % words
    return {
        advice.WEAK: _("Reword it: it hardly tells strong from weak"),
        advice.TOO_EASY: _("Too easy: reword or retire"),
        advice.USEFUL: _("Hard, but useful"),
        advice.WELL: _("Working well"),
        advice.ALIKE: _("Nothing to compare with: everybody did the same on the rest"),
    }[said.code]


def too_few_in_words(n):
    return _("Too few answers yet: %(n)d of %(fewest)d") % {"n": n, "fewest": FEWEST}


def why_no_discrimination(figures):
    """A sentence; "" where there is one."""
    if figures.why_not == analysis.FEW:
        return too_few_in_words(figures.n)
    return _("Everybody did the same here, or on the rest.") if figures.why_not == analysis.ALIKE else ""


def reliability_in_words(found):
    """ "0.71 (KR-20)", or why there is none."""
    if found.value is not None:
        return f"{found.value:.2f} ({found.coefficient})"
    if found.why_not == analysis.FEW_ITEMS:
        return _("fewer than %(n)d questions asked of all") % {"n": FEWEST_ITEMS}
    if found.why_not == analysis.ALIKE:
        return _("everybody has the same score")
    return _("too few yet")


def per_cent(share):
    """A whole number, halves up; None of None."""
    return None if share is None else int(100 * share + 0.5)
