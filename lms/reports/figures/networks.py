"""What an outsider can work out of a table in which some numbers are hidden: exactly, as a flow in a network.

A number that is part of two sums at most is an arc, a sum is a node, and what is added up flows through it:
in a table with its totals from the whole to the rows, from the rows through the cells to the columns, and back
to the whole. What a hidden number could be instead is what else could flow there while all shown numbers stay
(Cox, L. H. (1995) "Network models for complementary cell suppression", JASA 90(432), 1453-1462; Kelly, Golden
and Assad (1992) "Cell suppression: disclosure protection for sensitive tabular data", Networks 22, 397-417).
Of whole numbers in such a network the bounds are exact.
"""

from heapq import heappop, heappush

NO_LIMIT = 10**18
# How it stands with a number: shown, hidden as "1 to 4", hidden without a word of its size, in no table at all.
SHOWN, FEWER, KEPT, ABSENT = "shown", "fewer", "kept", "absent"
FEWEST, MOST = 1, 4


class Arc:
    """One number. `cost`: how much a reader loses when it is hidden to protect another."""

    def __init__(self, tail, head, value, cost, state=SHOWN):
        self.tail, self.head, self.value, self.cost, self.state = tail, head, value, cost, state

    def room(self, step, pushed, state):
        """How far an outsider, who reads `state`, must reckon that it could be higher (1) or lower (-1)."""
        if state == SHOWN:
            return 0
        if state == ABSENT:
            return NO_LIMIT
        low, high = (FEWEST, MOST) if state == FEWER else (0, NO_LIMIT)
        now = self.value + pushed
        return max(high - now if step > 0 else now - low, 0)


class Network:
    """`arcs` by whatever name they are given. Nodes are whatever the arcs name.

    Sums need not come out (one person may stand in two places): an outsider is taken to know by how much.
    """

    # To say no longer that a number is "fewer than 5": rather than to hide a zero, but not rather than a cell.
    UNSAID = 5_000

    def __init__(self, arcs):
        self.arcs = arcs
        self.leaving = {}
        for arc in arcs.values():
            self.leaving.setdefault(arc.tail, []).append((arc, 1))
            self.leaving.setdefault(arc.head, []).append((arc, -1))

    def slack(self, arc, step, need, *, hiding=False):
        """By how much, up to `need`, the number could be higher (step 1) or lower (-1) than it is.

        With `hiding`, further numbers are hidden, the cheapest, until it is `need` or nothing is left to hide.
        Only `arc`'s own sums matter here, not what is said of its size.
        """
        start, end = (arc.head, arc.tail) if step > 0 else (arc.tail, arc.head)
        pushed, found = {}, 0
        while found < need:
            path = self._path(start, end, arc, pushed, hiding)
            if path is None:
                break
            amount = min([need - found, *(self._widest(one, way, pushed, hiding) for one, way in path)])
            for one, way in path:
                if one.room(way, pushed.get(one, 0), one.state) < amount:
                    one.state = KEPT
                pushed[one] = pushed.get(one, 0) + way * amount
            found += amount
        return found

    def _widest(self, arc, way, pushed, hiding):
        """Without cost where it goes; else as if it were hidden."""
        now = pushed.get(arc, 0)
        return arc.room(way, now, arc.state) or (arc.room(way, now, KEPT) if hiding else 0)

    def _path(self, start, end, without, pushed, hiding):
        """The cheapest way for a change from one end to the other: [(arc, 1 or -1), ...], or None."""
        best, come, turn = {start: 0}, {}, 0
        queue = [(0, turn, start)]
        while queue:
            cost, _turn, node = heappop(queue)
            if node == end:
                return _back(come, start, end)
            if cost > best[node]:
                continue
            for arc, way in self.leaving.get(node, ()):
                if arc is without or not self._widest(arc, way, pushed, hiding):
                    continue
                free = arc.room(way, pushed.get(arc, 0), arc.state) > 0
                price = cost + (0 if free else self.UNSAID if arc.state == FEWER else arc.cost)
                other = arc.head if way > 0 else arc.tail
                if price < best.get(other, NO_LIMIT):
                    best[other], come[other] = price, (node, arc, way)
                    turn += 1
                    heappush(queue, (price, turn, other))
        return None


def _back(come, start, end):
    path, node = [], end
    while node != start:
        node, arc, way = come[node]
        path.append((arc, way))
    return path[::-1]
