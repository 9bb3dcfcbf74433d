"""A table for sending out: nothing in it speaks of fewer than five people."""

# What stands in place of a number from 1 to 4.
FEW = "fewer than 5"
LEAST = 5


def outside(table):
    """The table, in the form of `content`, with the cells of few people suppressed.

    `table["counts"]` are the places of numbers of people; where the first of them is suppressed, so is all
    else that is counted in the row. What is for the office alone (`table["inside"]`) is left out.
    """
    rows = [_row(table, row) for row in table["rows"]]
    kept = [n for n in range(len(table["headings"])) if n not in table["inside"]]
    return {
        **table,
        "headings": [table["headings"][n] for n in kept],
        "rows": [[row[n] for n in kept] for row in rows],
        "numeric": [place for place, n in enumerate(kept) if n in table["numeric"]],
        "counts": [place for place, n in enumerate(kept) if n in table["counts"]],
        "days": [place for place, n in enumerate(kept) if n in table["days"]],
        "inside": [],
    }


def is_few(value):
    return isinstance(value, int) and 0 < value < LEAST


def _row(table, row):
    if row[0] in table["plain"]:
        return row
    counts = table["counts"]
    if counts and is_few(row[counts[0]]):
        return [FEW if n in table["numeric"] and value else value for n, value in enumerate(row)]
    return [FEW if n in counts and is_few(value) else value for n, value in enumerate(row)]
