"""What was acknowledged, written down outside the site, against what the site has. Pure."""

from collections import Counter, namedtuple

# Each but the first names what is wrong: `lost`, acknowledged and not there; `changed`, there with another
# content; `doubled`, {name: how many more times than once}; `strange`, there, and nobody sent it.
Compared = namedtuple("Compared", "acknowledged lost changed doubled strange")


def compare(kept, sent, rows):
    """`kept`: [(name, content)] that the site said it has; `sent`: every name that was ever sent; `rows`:
    [(name, content)] of the site."""
    there = {}
    for name, content in rows:
        there.setdefault(name, []).append(content)
    return Compared(
        acknowledged=len(kept),
        lost=[name for name, _content in kept if name not in there],
        changed=[name for name, content in kept if name in there and content not in there[name]],
        doubled={name: n - 1 for name, n in Counter(name for name, _content in rows).items() if n > 1},
        strange=[name for name in there if name not in sent],
    )
