"""GET of one case beside nginx, and the overdue list beside PocketBase."""

from sides import casekeeper, nginx, pocketbase
from tools import get, row, script, wrk

SETTINGS = [
    casekeeper.SETTINGS, nginx.SETTINGS, pocketbase.SETTINGS, "20,000 cases, 200 promises overdue; the list's first 25",
    "what is asked for again is remembered by casekeeper until something changes or falls due; where the row says that "
    "no two requests are alike, all are read anew",
]

# Cases in an order that no memory helps with; each of wrk's threads has its own share.
ANY_CASE = """
local count, number = 0, 0
function setup(thread) thread:set("share", count); count = count + 1 end
function init() number = share * 9973 end
function request()
  number = (number + 7919) % 20000
  return wrk.format("GET", "/v1/cases/" .. number + 1)
end
"""

# An end that lies after all promises, another one each time.
ANY_END = """
local count, number = 0, 0
function setup(thread) thread:set("share", count); count = count + 1 end
function init() number = 3000000000 + share * 100000000 end
function request()
  number = number + 1
  return wrk.format(
    "GET", "/v1/promises?state=overdue&limit=25&due_before=" .. os.date("!%Y-%m-%dT%H:%M:%SZ", number))
end
"""


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
            any_case = script(bench, "any-case", ANY_CASE)
            ratios = bench.ratios(
                lambda: wrk(base, 64, bench.seconds, any_case).rate, lambda: wrk(static, 64, bench.seconds).rate)
            rows.append(row("GET any of 20,000 cases / nginx, one static case, 64 connections", ratios, None, True))
        with pocketbase.serving(bench, database) as other:
            for connections in (8, 64):
                ratios = bench.ratios(
                    lambda: wrk(casekeeper.overdue(base), connections, bench.seconds).rate,
                    lambda: wrk(other.overdue(), connections, bench.seconds).rate)
                rows.append(row(f"GET overdue, 25 of 200 / PocketBase, {connections} connections", ratios, 10, True))
            any_end = script(bench, "any-end", ANY_END)
            ratios = bench.ratios(
                lambda: wrk(base, 64, bench.seconds, any_end).rate,
                lambda: wrk(other.overdue(), 64, bench.seconds).rate)
            rows.append(
                row("GET overdue, no two requests alike / PocketBase, 64 connections", ratios, None, True))
    return rows
