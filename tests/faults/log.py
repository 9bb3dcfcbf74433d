"""What is written down of a run: what the person did, what was shown, and what the database has. Pure.

Moments are seconds of the true clock, whatever the devices believed. A payload is as its kind checks it.
"""

from collections import namedtuple

# Ticked, typed or chosen on the screen.
CHOSE = "chose"
# "Save and continue", on a page where no script keeps answers: the form alone.
POSTED = "posted"
# The page after the question was reached: the person takes the answer for saved.
WENT_ON = "went on"
# "Hand in your answers".
HANDED_IN = "handed in"
# A page said that it is handed in, or what the result is.
TOLD_RESULT = "told the result"

KEPT, SAVED, UNSAVED, REFUSED = "kept", "saved", "unsaved", "refused"

Deed = namedtuple("Deed", "at device verb n payload", defaults=(None, None))
# A state on the screen, with the answer that was on the screen beside it (None: no question there).
Shown = namedtuple("Shown", "at device n uuid state words payload")
# A row of the log of answers. `names`: the uuids under which a device may have sent it. `late`: it came
# after the attempt had been handed in.
Event = namedtuple("Event", "names n payload received_at late", defaults=(False,))
# What the attempt came to. `counts`: {n: payload}. `marks`: {n: fraction}, None before a marking.
# `worth`: {n: function of a payload}.
Outcome = namedtuple("Outcome", "attempts markings submitted_at events counts marks worth")

# Of one run.
LOST, DOUBLED, UNTRUE = "lost", "doubled", "untrue"
# It never came to an end: a page or a button that leads nowhere.
STUCK = "stuck"
Trouble = namedtuple("Trouble", "kind words")
