"""The board's first page beside the list of what is overdue, which it shows among other things; and how long it is."""

from sides import casekeeper
from tools import get, row, wrk

SETTINGS = [
    casekeeper.SETTINGS,
    "1,000,000 cases (quick: 100,000), 200 promises overdue; the board's first page has the first 40 of them, four counts, who carries "
    "what, and what waits for somebody; what is asked for again is remembered until something changes or falls due",
]


def rows(bench):
    database, _ = casekeeper.database(bench, 1_000_000 // bench.scale)
    with casekeeper.serving(bench, database) as (base, _):
        ratios = bench.ratios(
            lambda: wrk(base + "/v1/promises?state=overdue", 64, bench.seconds).rate,
            lambda: wrk(base + "/board", 64, bench.seconds).rate)
        length = len(get(base + "/board")) / 1024
    return [
        row("GET overdue / the board's first page, 64 connections", ratios, 3, False),
        row("the board's first page, KiB without compression", [length], 50, False),
    ]
