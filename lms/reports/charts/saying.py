"""The words of findings: for each chart what to say of each claim, see `findings`. Copy one to say another."""

from django.utils.translation import gettext_lazy as _

JOINED = {
    "and": _("{some} and {last}"),
    "both": _("{first}; {second}"),
    "where shown": _("{claim} (where numbers are shown)"),
    "hidden": _("The numbers are too small to be shown"),
}

# For findings.rates: (agency, completed, started)
COMPLETION = JOINED | {
    "nothing": _("Nobody started a course in this period"),
    "nobody": _("Nobody who started has completed yet"),
    "everybody": _("Everybody who started has completed"),
    "too few": _("Too few people in each group to compare how many complete"),
    "of five": _("{claim} (groups of 5 people or more)"),
    "one": _("{names}: {part} of {whole} completed"),
    "same": _("The share who complete is the same everywhere"),
    "highest one": _("Completion is highest in {names}"),
    "highest": _("Completion is highest in {names}"),
    "many": _("Completion is highest, and the same, in {n} of {all} groups"),
    "under": _("fewer than half complete in {names}"),
    "under many": _("in {n} groups fewer than half complete"),
    "all under": _("nowhere do as many as half complete"),
}
# For findings.counts: (month, people)
MONTHS = JOINED | {
    "nothing": _("Nobody was trained in this period"),
    "one": _("{names}: {value} trained"),
    "same": _("As many were trained in every month: {value}"),
    "highest one": _("The busiest month was {names}"),
    "highest": _("The busiest months were {names}"),
    "many": _("{n} of {all} months were equally busy, and busier than the rest"),
    "none": _("nobody was trained in {names}"),
    "none many": _("in {n} months nobody was trained"),
}
# For findings.counts: (agency, people)
PLACES = JOINED | {
    "nothing": _("Nobody was trained in this period"),
    "one": _("{names}: {value} trained"),
    "same": _("As many were trained in each: {value}"),
    "highest one": _("The largest number is from {names}"),
    "highest": _("The largest numbers are from {names}"),
    "many": _("{n} of {all} have the same number, and more than the rest"),
    "none": _("nobody is from {names}"),
    "none many": _("from {n} of them there is nobody"),
}
# For findings.gains: (agency, before, after)
GAIN = JOINED | {
    "nothing": _("No scores before and after training to show"),
    "where shown": _("{claim} (where scores can be shown)"),
    "hidden": _("The scores are of too few people to be shown"),
    "one up": _("{names} scored higher after training: {before}% before, {after}% after"),
    "one same": _("{names} scored the same before and after training: {after}%"),
    "one down": _("{names} scored lower after training: {before}% before, {after}% after"),
    "all up": _("All groups scored higher after training"),
    "all same": _("Scores are the same before and after training"),
    "none up": _("No group scored higher after training"),
    "some up": _("{n} of {all} groups scored higher after training"),
    "rest": _("{names} did not"),
    "rest many": _("{n} did not"),
}
# For findings.targets: (agency, value, target)
TARGETS = JOINED | {
    "nothing": _("No targets are set"),
    "one": _("{names}: {value} of {target}"),
    "all reached": _("Every target is reached"),
    "same": _("All have reached the same share of their target"),
    "highest one": _("{names}: furthest from the target"),
    "highest": _("{names}: furthest from their targets"),
    "many": _("{n} of {all} are equally far from their targets, and further than the rest"),
    "reached": _("the target is reached in {names}"),
    "reached many": _("{n} targets are reached"),
}
# For findings.steps: (lesson, came, of)
STEPS = JOINED | {
    "nothing": _("Nobody started in this period"),
    "nobody stops": _("Nobody stopped on the way"),
    "highest one": _("Most stop before this step: {names}"),
    "highest": _("Most stop before these steps: {names}"),
    "many": _("At {n} of {all} steps equally many stop"),
}
