"""A report over a million promises beside the same statement in the sqlite3 shell, and what others see meanwhile."""

import json
import subprocess
import threading
import time
import urllib.parse

from sides import casekeeper
from tools import get, row, wrk

SETTINGS = [
    "a report by owner over all promises, some 1,000,000 (quick: 100,000); the sqlite3 shell runs the same statement "
    "with its rows to /dev/null and ours counts them up besides",
]

# As in Sources/CaseStore/Queries/Reports/PromiseReportQueries.swift, and for whom a promise counts as in AccountableSQL.swift.
POLICY = "(SELECT id FROM name WHERE role = 'actor' AND spelling = 'policy')"
ACCOUNTABLE = """(CASE WHEN p.promised_by <> 'desk' THEN NULL
    WHEN {asked} IS NULL THEN coalesce({owner}, CASE WHEN p.imported = 0 AND p.made_by_id IS NOT {policy} THEN p.made_by_id END)
    WHEN {accepted} <= min(p.due_at, :now) THEN {owner}
    ELSE {giver} END)"""
THEN = ACCOUNTABLE.format(
    asked="o.from_asked_at", owner="o.from_owner_id", accepted="o.from_accepted_at", giver="o.from_asked_by_id", policy=POLICY)
NOW = ACCOUNTABLE.format(asked="p.asked_at", owner="p.owner_id", accepted="p.accepted_at", giver="p.asked_by_id", policy=POLICY)
LATER = "FROM owner_change o WHERE o.promise_id = p.id AND o.recorded_at > min(p.due_at, :now)"
SQL = f"""
    SELECT coalesce(CASE WHEN p.made_by_id = {POLICY} THEN (
            SELECT w.received_at FROM complaint_case w WHERE w.id = p.case_id AND w.opened_at = p.made_at) END, p.made_at),
        p.due_at, p.original_due_at, p.told_recorded_at, p.recorded_at, p.kept_at,
        p.superseded_at, p.withdrawn_at, p.release, p.superseded_by,
        (SELECT max(r.recorded_at) FROM owner_change r
            WHERE r.promise_id = p.id AND r.recorded_at <= min(p.due_at, :now) AND NOT r.declined),
        (CASE WHEN EXISTS (SELECT 1 {LATER}) THEN (SELECT {THEN} {LATER} ORDER BY o.id LIMIT 1) ELSE {NOW} END)
    FROM promise p
    WHERE p.due_at >= 0 AND p.due_at < 4000000000000 AND p.made_at <= :now
        AND p.promised_by = 'desk' AND p.promised_to = 'customer'
"""


def rows(bench):
    database, figures = casekeeper.database(bench, 370_000 // bench.scale)
    script = f".output /dev/null\n.param init\n.param set :now {int(time.time() * 1000)}\n{SQL};\n"
    query = {"from": "1970-01-01T00:00:00Z", "to": "2096-10-02T00:00:00Z", "group_by": "owner"}

    def timed(work):
        start = time.perf_counter()
        work()
        return time.perf_counter() - start

    with casekeeper.serving(bench, database) as (base, _):
        url = f"{base}/v1/reports/promises?{urllib.parse.urlencode(query)}"
        due = json.loads(get(url))["total"]["due"]
        ratios = bench.ratios(
            lambda: timed(lambda: get(url)),
            lambda: timed(lambda: subprocess.run(["sqlite3", database], input=script, text=True, check=True)))
        case = casekeeper.one_case(base, figures)
        tails = bench.ratios(
            lambda: beside(lambda: get(url), lambda: wrk(case, 8, bench.seconds).p99),
            lambda: wrk(case, 8, bench.seconds).p99)
    return [
        row(f"report over {due} promises, by owner / sqlite3 shell", ratios, 1.5, False),
        row("p99 of GET one case beside reports / without, 8 connections", tails, 3, False),
    ]


def beside(work, measure):
    """What is measured while `work` is done again and again."""
    ended = threading.Event()

    def repeat():
        while not ended.is_set():
            work()

    thread = threading.Thread(target=repeat)
    thread.start()
    try:
        return measure()
    finally:
        ended.set()
        thread.join()
