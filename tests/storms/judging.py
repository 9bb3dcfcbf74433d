"""The ledger against the record, a row for each kind of storm. Pure: what was told and what is there in,
the counts out."""

from collections import Counter, namedtuple

from tests.ledger import compare

# Of one kind of storm. `statuses`: {500: n, ...} of answers of the site; `broken`: requests without an answer;
# `longest`: seconds from the first try of a request until it was answered.
Row = namedtuple("Row", "kind times acknowledged lost doubled changed statuses broken longest")
# `strange`: in the record, and nobody sent it; `doubled`: of what nobody was told of, too.
Judged = namedtuple("Judged", "rows strange doubled examples")
Mails = namedtuple("Mails", "letters sent uncertain waiting doubled missing")
SHOWN = 5


def judge(times, kept, sent, record, *, failed=None, longest=None):
    """`times`: {kind: how often}; `kept`: [Kept]; `sent`: names; `record`: [(name, content)];
    `failed`: {kind: {status or name of an error: n}}; `longest`: {kind: seconds}."""
    failed, longest = failed or {}, longest or {}
    whole = compare([(one.name, one.content) for one in kept], sent, record)
    lost, changed = set(whole.lost), set(whole.changed)
    rows = []
    for kind, often in times.items():
        mine = [one.name for one in kept if one.storm == kind]
        told = failed.get(kind, {})
        rows.append(
            Row(
                kind, often, len(mine),
                sum(name in lost for name in mine),
                sum(whole.doubled.get(name, 0) for name in mine),
                sum(name in changed for name in mine),
                {what: n for what, n in told.items() if isinstance(what, int)},
                sum(n for what, n in told.items() if not isinstance(what, int)),
                longest.get(kind, 0),
            )
        )  # fmt: skip
    examples = [
        f"{what}: {' '.join(map(str, name))}"
        for what, names in (
            ("lost", lost),
            ("doubled", whole.doubled),
            ("changed", changed),
            ("strange", whole.strange),
        )
        for name in sorted(names)[:SHOWN]
    ]
    return Judged(rows, len(whole.strange), sum(whole.doubled.values()), examples)


def judge_mail(letters, taken):
    """`letters`: {name: "sent", "uncertain" or another state}; `taken`: the name of each letter that the mail
    server took, once for each time."""
    often = Counter(taken)
    return Mails(
        letters=len(letters),
        sent=sum(state == "sent" for state in letters.values()),
        uncertain=sum(state == "uncertain" for state in letters.values()),
        waiting=sum(state not in ("sent", "uncertain") for state in letters.values()),
        doubled=sum(n - 1 for n in often.values()),
        missing=sum(state == "sent" and not often[name] for name, state in letters.items()),
    )


def is_good(judged, mails):
    """Nothing lost, doubled or changed, no answer 500, and enough was tried to say so."""
    good = all(row.acknowledged and not (row.lost or row.doubled or row.changed) for row in judged.rows)
    only_503 = all(set(row.statuses) <= {503} for row in judged.rows)
    mailed = mails.sent and not (mails.waiting or mails.doubled or mails.missing)
    return bool(judged.rows and good and only_503 and mailed and not (judged.strange or judged.doubled))


HEAD = (
    "storm", "times", "acknowledged", "lost", "doubled", "changed", "503", "500", "other 5xx", "no answer",
    "longest wait",
)  # fmt: skip


def table(judged):
    """Its lines, as Markdown reads them."""
    rows = [_cells(row) for row in judged.rows]
    total = ["all", *(str(sum(int(row[n]) for row in rows)) for n in range(1, 10))]
    total.append(f"{max((row.longest for row in judged.rows), default=0):.1f} s")
    lines = [list(HEAD), *rows, total]
    widths = [max(len(line[n]) for line in lines) for n in range(len(HEAD))]
    told = [
        "| "
        + " | ".join(
            [line[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(line[1:], widths[1:], strict=True))]
        )
        + " |"
        for line in lines
    ]
    rule = "|".join(["", "-" * (widths[0] + 2), *("-" * (width + 1) + ":" for width in widths[1:]), ""])
    return [told[0], rule, *told[1:]]


def _cells(row):
    others = sum(n for status, n in row.statuses.items() if status not in (500, 503))
    counts = [row.times, row.acknowledged, row.lost, row.doubled, row.changed]
    counts += [row.statuses.get(503, 0), row.statuses.get(500, 0), others, row.broken]
    return [row.kind, *map(str, counts), f"{row.longest:.1f} s"]
