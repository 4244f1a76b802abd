"""PocketBase with the same promises as flat records, and an index on (status, due)."""

import contextlib
import json
import os
import sqlite3
import subprocess
import tempfile
import time
import urllib.parse

from tools import free_port, get, running

SETTINGS = (
    "pocketbase 0.40.6, its defaults (WAL, synchronous=NORMAL: a create is not fsynced), a collection whose list and "
    "create rules are open, index on (status, due), perPage=25, with its total as ours is")

TEXTS = [
    "status", "case_id", "external_id", "subject", "complaint", "severity", "mood", "channel", "category", "team",
    "owner", "kind", "what", "made_by", "customer_name", "customer_email", "customer_phone",
]
NUMBERS = ["due", "made"]

ROWS = """
    SELECT CASE WHEN p.recorded_at IS NULL THEN 'unsettled' ELSE 'settled' END, c.id, coalesce(c.external_id, ''),
        coalesce(c.subject, ''), c.complaint, c.severity, c.mood, c.channel,
        coalesce((SELECT spelling FROM name WHERE id = c.category_id), ''),
        coalesce((SELECT spelling FROM name WHERE id = c.team_id), ''),
        coalesce((SELECT spelling FROM name WHERE id = p.owner_id), ''), p.kind, p.what,
        (SELECT spelling FROM name WHERE id = p.made_by_id), u.name, coalesce(u.email, ''), coalesce(u.phone, ''),
        p.due_at, p.made_at
    FROM promise p JOIN complaint_case c ON c.id = p.case_id JOIN customer u ON u.id = c.customer_id
"""

RECORD = {
    "status": "unsettled", "case_id": "1", "subject": "Broken kettle", "severity": "normal", "mood": "calm",
    "complaint": "The kettle came back broken again, and nobody answered the phone for two days although a call was promised.",
    "channel": "phone", "category": "Delivery", "team": "Repairs", "owner": "Kim", "kind": "callback",
    "what": "Call back with the date of the new kettle", "made_by": "Kim", "customer_name": "Ida Kern",
    "customer_email": "ida@example.com", "customer_phone": "+49 30 12345", "due": 4000000000000, "made": 1700000000000,
}


class PocketBase:
    def __init__(self, base):
        self.create = base + "/api/collections/promises/records"

    def overdue(self):
        query = {"filter": f"status='unsettled' && due<{int(time.time() * 1000)}", "sort": "due", "perPage": "25"}
        return self.create + "?" + urllib.parse.urlencode(query)


@contextlib.contextmanager
def serving(bench, database):
    """One that holds the promises of our database."""
    program = bench.path("venv/bin/pocketbase")
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory(dir=bench.folder) as folder:
        # It would leave its migrations beside the data, for the next one to find.
        places = ["--dir", os.path.join(folder, "data"), "--migrationsDir", os.path.join(folder, "migrations")]
        line = [program, "serve", "--http", f"127.0.0.1:{port}", *places]
        subprocess.run(
            [program, "superuser", "upsert", "bench@example.com", "benchbench1", *places], check=True,
            capture_output=True)
        with running(line, base + "/api/health"):
            make_collection(base)
        fill(os.path.join(folder, "data", "data.db"), database)
        os.sync()
        with running(line, base + "/api/health"):
            yield PocketBase(base)


def make_collection(base):
    fields = {"Content-Type": "application/json"}
    login = {"identity": "bench@example.com", "password": "benchbench1"}
    answer = get(base + "/api/collections/_superusers/auth-with-password", fields, json.dumps(login).encode())
    collection = {
        "name": "promises", "type": "base", "listRule": "", "viewRule": "", "createRule": "",
        "fields": [{"name": name, "type": "text"} for name in TEXTS] + [{"name": name, "type": "number"} for name in NUMBERS],
        "indexes": ["CREATE INDEX promises_by_status_due ON promises (status, due)"],
    }
    fields["Authorization"] = json.loads(answer)["token"]
    get(base + "/api/collections", fields, json.dumps(collection).encode())


def fill(path, database):
    columns = TEXTS + NUMBERS
    with contextlib.closing(sqlite3.connect(path)) as theirs, contextlib.closing(sqlite3.connect(database)) as ours:
        places = ", ".join("?" * len(columns))
        theirs.executemany(f"INSERT INTO promises ({', '.join(columns)}) VALUES ({places})", ours.execute(ROWS))
        theirs.commit()
