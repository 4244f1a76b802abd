"""What a request costs as promises grow, each size beside the smallest in the same rounds."""

import datetime
import json
import statistics

from sides import casekeeper
from tools import get, row, wrk

SETTINGS = [
    "some 10 thousand, 100 thousand, 1 million and 10 million promises (quick: no more than 1 million), 200 "
    "overdue in each; 8 connections; p50 and p99 divided by those of the smallest in the same round",
]
CASES = {"10k": 3_700, "100k": 37_000, "1M": 370_000, "10M": 3_700_000}


def work(base, figures):
    """What is asked for: a name, an address, and whether it is the one that the issue bounds."""
    past = (datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    following = json.loads(get(casekeeper.overdue(base)))["next"]
    return [
        ("overdue list", casekeeper.overdue(base), True),
        ("overdue list, second page", casekeeper.overdue(base) + "&cursor=" + following, False),
        ("overdue list as of yesterday", casekeeper.overdue(base) + "&as_of=" + past, False),
        ("one case", casekeeper.one_case(base, figures), False),
        ("open cases", base + "/v1/cases?status=open&limit=25", False),
        ("cases by next due", base + "/v1/cases?status=open&sort=next_due_at&limit=25", False),
    ]


def measured(bench, cases):
    """Name to p50 and p99 of each kind of request."""
    database, figures = casekeeper.database(bench, cases)
    with casekeeper.serving(bench, database) as (base, _):
        return figures["promises"], {
            name: (bounded, wrk(url, 8, bench.seconds)) for name, url, bounded in work(base, figures)}


def rows(bench):
    sizes = dict(list(CASES.items())[: None if bench.scale == 1 else 3])
    rounds = []
    for number in range(bench.rounds):
        order = list(sizes) if number % 2 == 0 else list(reversed(sizes))
        rounds.append({size: measured(bench, sizes[size]) for size in order})
    smallest, largest = list(sizes)[0], list(sizes)[-1]
    rows = []
    for name, (bounded, _) in rounds[0][smallest][1].items():
        for size in list(sizes)[1:]:
            promises = rounds[0][size][0]
            for share in ("p50", "p99"):
                if share == "p99" and not (bounded and size == largest):
                    continue
                values = [getattr(r[size][1][name][1], share) for r in rounds]
                ratios = [value / getattr(r[smallest][1][name][1], share) for value, r in zip(values, rounds)]
                wanted = 1.25 if bounded and size == largest else None
                rows.append(
                    row(
                        f"{name}, {share} at {promises} promises / at {rounds[0][smallest][0]}", ratios, wanted, False,
                        milliseconds=1000 * statistics.median(values)))
    return rows
