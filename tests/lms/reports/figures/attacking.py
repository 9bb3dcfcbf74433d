"""An outsider who tries every way to fill in what is hidden, by plain search; it shares nothing with hiding."""

from lms.reports.figures.suppressing import Hidden

# To find four possible values it is enough to try so far beyond any number of the tests.
FAR = 60


def possible(shown, sums, name, *, enough):
    """Up to `enough` values that the hidden number `name` could have.

    `shown`: {name: number or Hidden or None}; `sums`: [(names, name of the total, by how much they exceed it)].
    """
    low = {key: 1 if value is Hidden.FEWER else 0 for key, value in shown.items()}
    high = {key: 4 if value is Hidden.FEWER else FAR for key, value in shown.items()}
    for key, value in shown.items():
        if isinstance(value, int):
            low[key] = high[key] = value
    found = []
    for value in range(low[name], high[name] + 1):
        if _works(low | {name: value}, high | {name: value}, sums):
            found.append(value)
            if len(found) == enough:
                break
    return found


def _works(low, high, sums):
    """Whether there is a solution: narrow until nothing narrows, then try the values of one that is open."""
    narrowed = _narrow(dict(low), dict(high), sums)
    if narrowed is None:
        return False
    low, high = narrowed
    open_names = [key for key in low if low[key] < high[key]]
    if not open_names:
        return True
    name = min(open_names, key=lambda key: high[key] - low[key])
    return any(
        _works(low | {name: value}, high | {name: value}, sums) for value in range(low[name], high[name] + 1)
    )


def _narrow(low, high, sums):
    changed = True
    while changed:
        changed = False
        for parts, total, excess in sums:
            signed = [(name, 1) for name in parts] + [(total, -1)]
            for name, sign in signed:
                others = [(one, way) for one, way in signed if one != name]
                least = sum(low[one] if way > 0 else -high[one] for one, way in others)
                most = sum(high[one] if way > 0 else -low[one] for one, way in others)
                # sign * value = excess - others
                bounds = (excess - most, excess - least) if sign > 0 else (least - excess, most - excess)
                if bounds[0] > low[name] or bounds[1] < high[name]:
                    low[name], high[name] = max(low[name], bounds[0]), min(high[name], bounds[1])
                    changed = True
                if low[name] > high[name]:
                    return None
    return low, high
