#!/usr/bin/env python3
"""How long casekeeper migrate takes for a large database of an earlier shape, and what it says meanwhile.

    python3 Tests/Upgrade/duration.py COMMIT --binary F [--cases N]      builds the commit's make-cases in a folder of its own
    python3 Tests/Upgrade/duration.py COMMIT --binary F --make-cases G   takes one that was built from it

The database is make-cases' (Tests/Benchmarks): N cases over two years, with promises and logs. F brings it to its own shape, by
itself and with nothing else to do, and verifies it.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))


def build(commit, scratch):
    """The commit's make-cases, optimised: a debug build takes an hour for a million cases."""
    tree = os.path.join(scratch, "tree")
    if not os.path.exists(tree):
        subprocess.run(["git", "clone", "--quiet", "--shared", os.path.join(HERE, "../.."), tree], check=True)
    subprocess.run(["git", "checkout", "--quiet", "--force", commit], cwd=tree, check=True)
    command = ["nice", "-n", "19", "swift", "build", "-c", "release", "--product", "make-cases"]
    subprocess.run(command, cwd=tree, check=True, env={**os.environ, "CASEKEEPER_BENCH": "1"})
    return os.path.join(tree, ".build/release/make-cases")


def timed(*command):
    """Runs it, with what it says passed on; how long it took, and how much of that on the processor."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(command, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return f"{time.monotonic() - start:.0f} s, {busy:.0f} s of them on the processor"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("commit")
    parser.add_argument("--binary", required=True)
    parser.add_argument("--make-cases", help="built from the commit already")
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--scratch", default="/tmp/casekeeper-upgrade", help="where it is built")
    options = parser.parse_args()
    make_cases = options.make_cases or build(options.commit, options.scratch)
    with tempfile.TemporaryDirectory() as folder:
        database = os.path.join(folder, "desk.db")
        words = ["--database", database, "--config", "/dev/null"]
        print("made:", timed(make_cases, database, "--cases", str(options.cases)), flush=True)
        print(f"size: {os.path.getsize(database):,} bytes", flush=True)
        print("migrated:", timed(options.binary, "migrate", *words), flush=True)
        print(f"size: {os.path.getsize(database):,} bytes", flush=True)
        print("verified:", timed(options.binary, "verify", *words), flush=True)


if __name__ == "__main__":
    sys.exit(main())
