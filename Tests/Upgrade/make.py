#!/usr/bin/env python3
"""Makes the fixture of a version: a database by its own binary, and what that binary said of it.

    python3 Tests/Upgrade/make.py COMMIT              builds the commit's binary in a folder of its own
    python3 Tests/Upgrade/make.py COMMIT --binary F   takes a binary that was built from it

Both files are named after the newest migration of the database: V0NN.db.gz and V0NN.json.gz.
"""

import argparse
import gzip
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile

from desk import Desk
from story import Story

HERE = os.path.dirname(os.path.abspath(__file__))

# What no later version says otherwise: which things there are, where they stand, when they are due, what was said.
CASE = "id external_id status complaint subject received_at opened_at severity mood channel tags desired_outcome".split()
PROMISE = "id case_id kind what by to owner state due_at original_due_at supersedes superseded_by slips made_at made_by told_at next_step".split()
ENTRY = "seq kind recorded_at text what reason promise_id hash".split()
CUSTOMER = "id external_id name email phone erased_at".split()


def build(commit, scratch):
    """The commit's binary, built in a folder that keeps what is the same from one version to the next."""
    tree = os.path.join(scratch, "tree")
    if not os.path.exists(tree):
        subprocess.run(["git", "clone", "--quiet", "--shared", os.path.join(HERE, "../.."), tree], check=True)
    subprocess.run(["git", "checkout", "--quiet", "--force", commit], cwd=tree, check=True)
    command = ["nice", "-n", "19", "swift", "build", "--product", "casekeeper"]
    subprocess.run(command, cwd=tree, check=True)
    return os.path.join(tree, ".build/debug/casekeeper")


def some(fields, item):
    return {name: item[name] for name in fields if name in item}


def read(desk, path, fields):
    """A list as it was answered, without what other versions say otherwise."""
    answer = desk.get(path)
    items = [some(fields, item) for item in answer["items"]]
    return {"path": path, "items": items}


def reads(desk, story):
    """What the binary says of each evening, and the logs of all cases as of the last one."""
    for evening in story.evenings:
        at = f"as_of={evening}&limit=500"
        yield read(desk, f"/v1/cases?{at}&sort=opened_at", CASE)
        yield read(desk, f"/v1/promises?{at}", PROMISE)
        yield read(desk, f"/v1/promises?{at}&state=overdue", ["id"])
        yield read(desk, f"/v1/cases?{at}&q=kettle", ["id"])
    last = f"as_of={story.evenings[-1]}&limit=500"
    yield read(desk, f"/v1/customers?{last}", CUSTOMER)
    cases = desk.get(f"/v1/cases?{last}&sort=opened_at")["items"]
    for case in cases:
        yield read(desk, f"/v1/cases/{case['id']}/log?{last}", ENTRY)


def make(binary, commit, into):
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(binary, folder)
        story = Story(desk).tell()
        answers = list(reads(desk, story))
        desk.stop()
        verified = desk.run("verify")
        with sqlite3.connect(desk.database) as db:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            version, name = db.execute("SELECT version, name FROM schema_migration ORDER BY version DESC").fetchone()
            entries = db.execute("SELECT count(*) FROM case_log").fetchone()[0]
        db.close()
        for ending in ("-wal", "-shm"):
            if os.path.exists(desk.database + ending):
                os.remove(desk.database + ending)
        place = os.path.join(into, f"V{version:03}")
        with open(desk.database, "rb") as source, open(place + ".db.gz", "wb") as target:
            with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=target, mtime=0) as file:
                shutil.copyfileobj(source, file)
        head = next((line.removeprefix("head: ") for line in verified.splitlines() if line.startswith("head: ")), None)
        facts = {
            "commit": commit, "migration": name, "entries": entries, "head": head,
            "evenings": story.evenings, "reads": answers,
        }
        with gzip.GzipFile(place + ".json.gz", "wb", mtime=0) as file:
            lines = ",\n".join(
                f'"{key}": '
                + ("[\n" + ",\n".join(json.dumps(r, ensure_ascii=False) for r in value) + "\n]" if key == "reads" else json.dumps(value))
                for key, value in facts.items()
            )
            file.write(("{\n" + lines + "\n}\n").encode())
        for refusal in desk.refused:
            print("refused:", refusal)
        sizes = ", ".join(f"{e} {os.path.getsize(place + e):,} bytes" for e in (".db.gz", ".json.gz"))
        print(f"{name}: {entries} entries; {sizes}; {verified.splitlines()[-1]}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("commit")
    parser.add_argument("--binary", help="built from the commit already")
    parser.add_argument("--scratch", default="/tmp/casekeeper-upgrade", help="where binaries are built")
    parser.add_argument("--into", default=HERE, help="where the fixture goes")
    options = parser.parse_args()
    full = subprocess.run(
        ["git", "rev-parse", "--short=8", options.commit], cwd=HERE, check=True, capture_output=True, text=True
    ).stdout.strip()
    make(options.binary or build(full, options.scratch), full, options.into)


if __name__ == "__main__":
    sys.exit(main())
