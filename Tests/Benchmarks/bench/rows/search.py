"""What a search costs as cases grow, among many beside among few in the same rounds."""

import statistics

from sides import casekeeper
from tools import row, wrk

SETTINGS = [
    "10 thousand and 1 million cases (quick: 100 thousand), searched by 1 connection for what one case has, for what few "
    "have, and for what more have the more cases there are",
]
FEW, MANY = 10_000, 1_000_000


def work(base, cases):
    """What is looked for: a name, and an address."""
    number = cases // 2
    asked = [
        ("by an external_id", f"EXT-{number}"), ("by a phone number", f"030%20{1_000_000 + number}"),
        ("by an e-mail address", f"customer{number}@mail.example"), ("by a rare word", "wiwiwi"),
        ("by the beginning of rare words", "wiwi"), ("by a rare word and a common one", "wiwiwi%20kettle"),
        ("by a common word", "kettle"), ("by a short beginning", "the"),
    ]
    return [(name, f"{base}/v1/cases?limit=25&q={query}") for name, query in asked]


def measured(bench, cases):
    database, _ = casekeeper.database(bench, cases)
    with casekeeper.serving(bench, database) as (base, _):
        return {name: wrk(url, 1, bench.seconds) for name, url in work(base, cases)}


def rows(bench):
    many = MANY // bench.scale
    rounds = []
    for number in range(bench.rounds):
        order = [FEW, many] if number % 2 == 0 else [many, FEW]
        rounds.append({cases: measured(bench, cases) for cases in order})
    rows = []
    for name in rounds[0][FEW]:
        ratios = [r[many][name].p50 / r[FEW][name].p50 for r in rounds]
        rows.append(
            row(
                f"search {name}, p50 among {many} / among {FEW}", ratios, None, False,
                milliseconds=1000 * statistics.median(r[many][name].p50 for r in rounds)))
    return rows
