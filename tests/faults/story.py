"""What one run tells: drawn from its seed. Pure."""

import random
from collections import namedtuple

# What happens between two steps.
NETWORK_OFF = "network off"
SESSION_EXPIRED = "session expired"
TAB_KILLED = "tab killed"
BROWSER_KILLED = "browser killed"
TWO_TABS = "two tabs"
TWO_DEVICES = "two devices"
CLOCK_WRONG = "clock wrong"
CLOCK_MOVED = "clock moved"
SOMEBODY_ELSE = "somebody else signed in"
MISHAPS = (
    NETWORK_OFF, SESSION_EXPIRED, TAB_KILLED, BROWSER_KILLED, TWO_TABS, TWO_DEVICES, CLOCK_WRONG, CLOCK_MOVED,
    SOMEBODY_ELSE,
)  # fmt: skip
DAY = 86_400_000
# Beside the one whose turn it is. Starting a browser of its own costs as much as half a run.
LIKELY = {
    NETWORK_OFF: 0.5,
    SESSION_EXPIRED: 0.4,
    TAB_KILLED: 0.4,
    BROWSER_KILLED: 0.0,
    TWO_TABS: 0.25,
    TWO_DEVICES: 0.15,
    CLOCK_WRONG: 0.2,
    CLOCK_MOVED: 0.2,
    SOMEBODY_ELSE: 0.15,
}

FINAL, CHECK, PRACTICE = "final test", "module check", "practice"

Story = namedtuple(
    "Story", "seed quiz mishaps share clocks own_browser devices hands_in_calmly hands_in_off_line"
)


def story_of(seed):
    """Quizzes and mishaps take turns, so that a few seeds in a row cover them all."""
    lot = random.Random(f"story {seed}")
    first = MISHAPS[seed % len(MISHAPS)]
    mishaps = {first} | {one for one in MISHAPS if lot.random() < LIKELY[one]}
    quiz = (FINAL, CHECK, FINAL, PRACTICE)[seed % 4]
    if quiz == PRACTICE:
        # There the first answer stays: which one that is, no device can know of another.
        mishaps -= {TWO_DEVICES, CLOCK_MOVED} - {first}
        quiz = CHECK if {first} & {TWO_DEVICES, CLOCK_MOVED} else PRACTICE
    if TWO_DEVICES in mishaps:
        # How far a clock moved meanwhile nobody can know on another device.
        mishaps -= {CLOCK_MOVED, BROWSER_KILLED}
        mishaps |= {TWO_DEVICES} | ({CLOCK_WRONG} if lot.random() < 0.6 else set())
    wrong = CLOCK_WRONG in mishaps
    clocks = [lot.choice([-DAY, DAY, 3_600_000 * lot.randint(-30, 30)]) if wrong else 0 for _ in range(2)]
    return Story(
        seed=seed,
        quiz=quiz,
        mishaps=tuple(one for one in MISHAPS if one in mishaps),
        share=lot.choice([0.1, 0.2, 0.35]),
        clocks=tuple(clocks),
        own_browser=BROWSER_KILLED in mishaps,
        devices=2 if TWO_DEVICES in mishaps else 1,
        hands_in_calmly=lot.random() < 0.4,
        hands_in_off_line=quiz != PRACTICE and seed % 3 == 2,
    )
