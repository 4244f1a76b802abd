#!/usr/bin/env python3
"""Brings the fixture of a version to the present shape, as an operator would, and holds it to what its own binary said.

    python3 Tests/Upgrade/check.py --binary .build/debug/casekeeper [V008 ...]

It is verified as an older copy, migrated, verified, served and read, written once, and verified again.
"""

import argparse
import glob
import gzip
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.parse

from desk import Connection

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))


class Wrong(Exception):
    """What is not as it was, or as it should be."""


def require(holds, *words):
    if not holds:
        raise Wrong(" ".join(str(word) for word in words)[:2000])


def shown(value):
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) < 300 else text[:300] + "..."


class Upgrade:
    """One fixture in a folder of its own."""

    def __init__(self, binary, name, folder):
        self.binary, self.name, self.folder = os.path.abspath(binary), name, folder
        self.facts = json.loads(gzip.open(f"{HERE}/{name}.json.gz").read())
        self.database = "desk.db"

    def run(self, *words, status=0):
        done = subprocess.run([self.binary, *words], cwd=self.folder, capture_output=True, text=True)
        require(done.returncode == status, words, "ended with", done.returncode, done.stdout, done.stderr)
        return done.stdout + done.stderr

    def check(self):
        with open(f"{self.folder}/old.db", "wb") as file:
            file.write(gzip.open(f"{HERE}/{self.name}.db.gz").read())
        missing = self.missing()
        told = self.run("restore", "old.db", "--database", self.database)
        require(all(m in told for m in missing), "restore does not say what is to be applied:", told)
        # What only reads leaves it as it is, and says what to do.
        told = self.run("verify", "--database", self.database, status=78)
        require("casekeeper migrate" in told, "verify does not say what to do:", told)
        self.migrate(missing)
        self.verify()
        self.serve()
        self.verify()

    def missing(self):
        """The migrations that came later, by the folder of the present tree."""
        files = sorted(os.path.basename(path)[:-4] for path in glob.glob(f"{ROOT}/Migrations/V*.sql"))
        require(self.facts["migration"] in files, "there is no migration", self.facts["migration"])
        return files[files.index(self.facts["migration"]) + 1 :]

    def migrate(self, missing):
        told = self.run("migrate", "--database", self.database)
        applied = re.findall(r"^applied (\S+)$", told, re.MULTILINE)
        require(applied == missing, "applied", applied, "and not", missing)
        require("backup" in told, "migrate does not say that a backup is the way back:", told)

    def verify(self):
        """Finds nothing, and the old head is in the chain still."""
        head = (self.facts["head"] or "").split(" ")[0]
        told = self.run("verify", *(["--head", head] if head else []), "--database", self.database)
        require(told.rstrip().endswith("ok"), "verify:", told)

    def serve(self):
        secret = self.run("token", "create", "upgrade", "--role", "admin", "--database", self.database)
        with open(f"{self.folder}/log", "wb") as log:
            command = [self.binary, "serve", "--listen", "127.0.0.1:0", "--database", self.database, "--no-webhooks"]
            process = subprocess.Popen(command, cwd=self.folder, stderr=log, stdout=log)
        try:
            self.connection = Connection(self.port(process), re.search(r"ck_\S+", secret)[0])
            self.old_reads()
            self.new_reads()
            self.write()
            process.send_signal(signal.SIGTERM)
            require(process.wait(60) == 0, "serve ended badly:", open(f"{self.folder}/log").read())
        finally:
            process.kill()
            process.wait()

    def port(self, process):
        until = time.monotonic() + 120
        while process.poll() is None and time.monotonic() < until:
            found = re.search(r"listening\D*127\.0\.0\.1:(\d+)", open(f"{self.folder}/log").read())
            if found:
                return int(found[1])
            time.sleep(0.02)
        raise Wrong("it does not start: " + open(f"{self.folder}/log").read())

    def get(self, path):
        status, answer = self.connection.send("GET", path)
        require(status == 200, "GET", path, status, answer)
        return answer

    def old_reads(self):
        """Each read that the old binary answered is answered so, as far as was kept of it."""
        for read in self.facts["reads"]:
            items = self.get(read["path"])["items"]
            entries = "/log" in read["path"]
            # The clock's word came into the log later, with an instant of its own.
            place = "seq" if entries else "id"
            ids, wanted = [i[place] for i in items], [i[place] for i in read["items"]]
            require(ids == wanted, "GET", read["path"], "has", ids, "and not", wanted)
            for item, old in zip(items, read["items"]):
                for name, value in old.items():
                    came = item.get(name)
                    require(came == value, "GET", read["path"], place, old[place], name, shown(came), "not", shown(value))

    def new_reads(self):
        """Every list and report is answered, and each thing on record by itself."""
        description = self.get("/openapi.json")
        span = "from=2024-01-01T00:00:00Z&to=2027-01-01T00:00:00Z"
        read = 0
        for template, methods in description["paths"].items():
            # A link's secret is told once, and by no list.
            if "get" not in methods or template in ("/openapi.json", "/metrics") or template.startswith(("/problems", "/c/")):
                continue
            needed = {p["name"] for p in self.parameters(description, methods["get"]) if p.get("required") and p["in"] == "query"}
            query = span if {"from", "to"} <= needed or template.startswith("/v1/reports") else ""
            query += "&regime=ours" if "regime" in needed else ""
            names = re.findall(r"\{(\w+)\}", template)
            for values in self.things(template) if names else [()]:
                path = template
                for name, value in zip(names, values):
                    path = path.replace("{" + name + "}", urllib.parse.quote(str(value)))
                status, answer = self.connection.send("GET", f"{path}?{query}" if query else path)
                # A report of a regime of the desk's own has nothing to be asked of where there is none.
                allowed = (200, 404) if "regime" in needed else (200,)
                require(status in allowed, "GET", path, query, status, answer)
                read += 1
        require(read > 100, "only", read, "reads")

    @staticmethod
    def parameters(description, operation):
        for parameter in operation.get("parameters", []):
            if "$ref" in parameter:
                parameter = description["components"]["parameters"][parameter["$ref"].rpartition("/")[2]]
            yield parameter

    def things(self, template):
        """What stands for the parts in braces of a path: everything that there is."""
        kind = template.split("/")[2]
        key = {"policies": "name", "calendars": "name", "regimes": "name", "owners": "name"}.get(kind, "id")
        items = self.get(f"/v1/{kind}?limit=500" if kind in ("cases", "promises", "customers") else f"/v1/{kind}")["items"]
        if template.endswith("{seq}"):
            return [(item[key], 1) for item in items]
        return [(item[key],) for item in items]

    def write(self):
        """One of each sort goes through: a case of a known customer, an entry, a promise that is long overdue."""
        case = self.change("/v1/cases", {"complaint": "After the upgrade.", "customer": {"external_id": "cust-2"}})
        require(case["promises"], "a case without a promise:", case)
        self.change(f"/v1/cases/{case['id']}/log", {"kind": "note", "text": "It goes on."})
        overdue = self.get("/v1/promises?state=overdue&by=desk&to=customer&limit=500")["items"]
        require(overdue, "nothing is overdue")
        notice = {"channel": "phone", "outcome": "reached"}
        body = {"due_in": "P1D", "reason": "An upgrade", "next_step": "We call", "customer_notified": notice}
        successor = self.change(f"/v1/promises/{overdue[0]['id']}/recover", body)
        require(successor["supersedes"] == overdue[0]["id"], "recovered as", successor)

    def change(self, path, body):
        status, answer = self.connection.send("POST", path, body)
        require(status in (200, 201), "POST", path, status, answer)
        return answer


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", default=f"{ROOT}/.build/debug/casekeeper")
    parser.add_argument("names", nargs="*", help="V008 and the like; all without any")
    options = parser.parse_args()
    names = options.names or sorted(os.path.basename(p)[:-6] for p in glob.glob(f"{HERE}/V*.db.gz"))
    failed = False
    for name in names:
        began = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            try:
                Upgrade(options.binary, name, folder).check()
                print(f"{name}: ok, {time.monotonic() - began:.1f} s")
            except Wrong as wrong:
                failed = True
                print(f"{name}: {wrong}")
    return 1 if failed or not names else 0


if __name__ == "__main__":
    sys.exit(main())
