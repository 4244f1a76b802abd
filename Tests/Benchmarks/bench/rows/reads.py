"""GET of one case beside nginx, and the overdue list beside PocketBase."""

from sides import casekeeper, nginx, pocketbase
from tools import get, row, wrk

SETTINGS = [casekeeper.SETTINGS, nginx.SETTINGS, pocketbase.SETTINGS, "20,000 cases, 200 promises overdue; the list's first 25"]


def rows(bench):
    database, figures = casekeeper.database(bench, 20_000)
    rows = []
    with casekeeper.serving(bench, database) as (base, _):
        url = casekeeper.one_case(base, figures)
        body = get(url)
        with nginx.serving(body) as static:
            for connections, wanted in ((8, None), (64, 0.5)):
                ratios = bench.ratios(
                    lambda: wrk(url, connections, bench.seconds).rate,
                    lambda: wrk(static, connections, bench.seconds).rate)
                rows.append(
                    row(f"GET one case / nginx, static, {len(body)} bytes, {connections} connections", ratios, wanted, True))
        with pocketbase.serving(bench, database) as other:
            for connections in (8, 64):
                ratios = bench.ratios(
                    lambda: wrk(casekeeper.overdue(base), connections, bench.seconds).rate,
                    lambda: wrk(other.overdue(), connections, bench.seconds).rate)
                rows.append(row(f"GET overdue, 25 of 200 / PocketBase, {connections} connections", ratios, 10, True))
    return rows
