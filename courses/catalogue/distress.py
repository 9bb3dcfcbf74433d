"""Whether a text mentions what may distress somebody who lived through it. Pure.

A short list of English words, by their beginnings: a reminder for the author, not a judgement.
"""

import re

_BEGINNINGS = (
    "rape", "raping", "sexual", "prostitut", "porn", "violen", "beaten", "beating", "assault", "abus",
    "tortur", "suicid", "self-harm", "kill", "murder", "stabb", "strangl", "threaten", "locked",
)  # fmt: skip
_MENTIONS = re.compile(rf"\b(?:{'|'.join(_BEGINNINGS)})", re.IGNORECASE)


def may_distress(text):
    return bool(_MENTIONS.search(text))
