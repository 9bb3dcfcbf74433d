"""Draw questions at random: quotas kept, nobody asked the same twice, never a short test. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Candidate:
    key: str
    pool: str
    module: str
    topic: str
    difficulty: str
    sectors: tuple
    critical: bool


class NotEnough(Exception):
    """The pool is too small for draw number `place`. `critical`: for its critical minimum."""

    def __init__(self, place, *, wanted, found, critical):
        self.place, self.wanted, self.found, self.critical = place, wanted, found, critical
        what = "critical questions" if critical else "questions"
        super().__init__(f"draw {place} wants {wanted} {what} and found {found}")


def suits(draw, candidate, sector):
    """Whether `candidate` may be drawn for somebody of `sector` ("" has the trunk alone)."""
    if any(draw.get(name) and draw[name] != getattr(candidate, name) for name in FILTERS):
        return False
    if draw.get("own_sector"):
        return bool(sector) and sector in candidate.sectors
    return not candidate.sectors or sector in candidate.sectors


FILTERS = ("pool", "module", "topic", "difficulty")


def draw_all(draws, candidates, *, sector, taken, rng, seen=frozenset()):
    """One list of keys for each draw. `taken` are asked anyway; those in `seen` come last.

    Draws may overlap: a place that finds every question it may have taken moves another
    draw's question on (augmenting paths), so a test that can be filled is filled.
    """
    free = [candidate for candidate in candidates if candidate.key not in taken]
    rng.shuffle(free)
    free.sort(key=lambda candidate: candidate.key in seen)
    places = _places(draws, free, sector)
    owner = {}
    for n, (_draw, _critical, fitting) in enumerate(places):
        if not _fill(n, places, owner, set()):
            raise _shortfall(draws, places, n, len(fitting))
    drawn = [[] for _ in draws]
    by_place = {n: key for key, n in owner.items()}
    for n, (draw, _critical, _fitting) in enumerate(places):
        drawn[draw].append(by_place[n])
    for keys in drawn:
        rng.shuffle(keys)
    return drawn


def _places(draws, free, sector):
    """Every single question to be drawn; those that must be critical first, and narrow draws
    before wide ones, so that few need to be moved on."""
    places = []
    for n, draw in enumerate(draws):
        fitting = [candidate for candidate in free if suits(draw, candidate, sector)]
        critical = [candidate.key for candidate in fitting if candidate.critical]
        keys = [candidate.key for candidate in fitting]
        must = min(draw.get("critical") or 0, draw["count"])
        places += [(n, True, critical)] * must + [(n, False, keys)] * (draw["count"] - must)
    return sorted(places, key=lambda place: (not place[1], len(place[2])))


def _fill(n, places, owner, tried):
    fitting = places[n][2]
    for key in fitting:
        if key not in owner:
            owner[key] = n
            return True
    for key in fitting:
        if key in tried:
            continue
        tried.add(key)
        if _fill(owner[key], places, owner, tried):
            owner[key] = n
            return True
    return False


def _shortfall(draws, places, failed, fitting):
    draw, critical, _keys = places[failed]
    wanted = draws[draw]["critical"] if critical else draws[draw]["count"]
    found = min(fitting, wanted - 1)
    return NotEnough(draw, wanted=wanted, found=found, critical=critical)
