"""POST of a case, each on disk before it is answered: beside PocketBase, beside libsqlite3 alone, and on a slow disk."""

import json
import os
import subprocess

from sides import casekeeper, pocketbase
from tools import row, script, wrk

SETTINGS = [
    "POST a case with its promise, customer, owner, team and category; answered after its fsync",
    pocketbase.SETTINGS,
    "the floor: the same rows into the same schema with the same pragmas, batches as large as the server's were in "
    "that round, by libsqlite3 alone (Tests/Benchmarks/Floor/main.c)",
    "a slow disk: 2 ms more for each fsync by LD_PRELOAD (Tests/Benchmarks/Floor/slow-fsync.c); one request per fsync "
    "is --write-batch 1",
]
FLOOR = os.path.join(os.path.dirname(__file__), "..", "..", "Floor")


def post(bench, name, body):
    return script(
        bench, name,
        f"""wrk.method = "POST"; wrk.headers["Content-Type"] = "application/json"; wrk.body = [==[{json.dumps(body)}]==]""")


def rows(bench):
    database, _ = casekeeper.database(bench, 20_000)
    ours, theirs = post(bench, "case", casekeeper.POST), post(bench, "record", pocketbase.RECORD)
    return beside_pocketbase(bench, database, ours, theirs) + beside_floor(bench, database, ours) + slow_disk(bench, database, ours)


def beside_pocketbase(bench, database, ours, theirs):
    rows = []
    with casekeeper.copied(database) as copy, casekeeper.serving(bench, copy) as (base, _):
        with pocketbase.serving(bench, database) as other:
            for connections, wanted in ((8, 2), (64, 4)):
                ratios = bench.ratios(
                    lambda: wrk(base + "/v1/cases", connections, bench.seconds, ours).rate,
                    lambda: wrk(other.create, connections, bench.seconds, theirs).rate)
                rows.append(
                    row(f"POST a case / PocketBase create (without fsync), {connections} connections", ratios, wanted, True))
    return rows


def beside_floor(bench, database, ours):
    sizes = []

    def floor(path):
        line = [bench.binary("sqlite-floor"), path, str(bench.seconds), str(sizes[-1])]
        return float(subprocess.run(line, capture_output=True, text=True, check=True).stdout)

    def served(base):
        before = casekeeper.batches(base)
        rate = wrk(base + "/v1/cases", 64, bench.seconds, ours).rate
        after = casekeeper.batches(base)
        done = [float(after[name]) - float(before[name]) for name in (CHANGES, BATCHES)]
        sizes.append(max(1, round(done[0] / done[1])))
        return rate

    with casekeeper.copied(database) as copy, casekeeper.copied(database, ".floor") as bare:
        with casekeeper.serving(bench, copy) as (base, _):
            # The server begins, as its batches say how large the floor's are.
            ratios = [served(base) / floor(bare) for _ in range(bench.rounds)]
    return [row(f"POST a case / libsqlite3 alone, 64 connections, batches of {min(sizes)} to {max(sizes)}", ratios, 0.5, True)]


CHANGES = 'casekeeper_writer_changes_total{outcome="committed"}'
BATCHES = "casekeeper_writer_batches_total"


def slow_disk(bench, database, ours):
    library = bench.compiled(os.path.join(FLOOR, "slow-fsync.c"), "slow-fsync.so", "-shared", "-fPIC", "-ldl")
    slow = {"LD_PRELOAD": library, "CASEKEEPER_BENCH_FSYNC_MICROS": "2000"}
    with casekeeper.copied(database) as first, casekeeper.copied(database, ".single") as second:
        with casekeeper.serving(bench, first, environment=slow) as (many, _):
            with casekeeper.serving(bench, second, "--write-batch", "1", environment=slow) as (single, _):
                ratios = bench.ratios(
                    lambda: wrk(many + "/v1/cases", 64, bench.seconds, ours).rate,
                    lambda: wrk(single + "/v1/cases", 64, bench.seconds, ours).rate)
    return [row("POST, 2 ms more for each fsync / one request per fsync, 64 connections", ratios, 15, True)]
