"""Our own side, and the databases it serves."""

import contextlib
import datetime
import glob
import hashlib
import json
import os
import shutil
import subprocess

from tools import free_port, get, running

SETTINGS = "casekeeper serve, its defaults: a loop a core, synchronous=FULL, --log-level error"

POST = {
    "complaint": "The kettle came back broken again, and nobody answered the phone for two days although a call was promised.",
    "customer": {"name": "Ida Kern", "email": "ida@example.com", "phone": "+49 30 12345"},
    "subject": "Broken kettle", "channel": "phone", "category": "Delivery", "severity": "normal", "owner": "Kim",
    "team": "Repairs",
    "promise": {"kind": "callback", "what": "Call back with the date of the new kettle", "due_in": "P2D"},
}


def database(bench, cases, overdue=200):
    """A made-up history; one of this schema that is there is used again until its open promises begin to fall due."""
    path = bench.path(f"cases-{cases}-{overdue}-{schema()}.db")
    note = path + ".json"
    if os.path.exists(note):
        with open(note) as file:
            figures = json.load(file)
        if figures["quietUntil"] > datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"):
            return path, figures
    for name in (path, path + "-wal", path + "-shm", note):
        with contextlib.suppress(FileNotFoundError):
            os.remove(name)
    print(f"making {cases} cases", flush=True)
    line = [bench.binary("make-cases"), path, "--cases", str(cases), "--overdue", str(overdue)]
    text = subprocess.run(line, stdout=subprocess.PIPE, text=True, check=True).stdout
    with open(note, "w") as file:
        file.write(text)
    os.sync()
    return path, json.loads(text)


def schema():
    digest = hashlib.sha256()
    for path in sorted(glob.glob(os.path.join(os.path.dirname(__file__), "../../../../Migrations/*.sql"))):
        with open(path, "rb") as file:
            digest.update(file.read())
    return digest.hexdigest()[:8]


@contextlib.contextmanager
def copied(path, suffix=".copy"):
    """A copy of a database, for what writes."""
    copy = path + suffix
    shutil.copyfile(path, copy)
    # What is not yet on disk of a copy would be waited for by the first fsyncs that are measured.
    os.sync()
    try:
        yield copy
    finally:
        for name in (copy, copy + "-wal", copy + "-shm"):
            with contextlib.suppress(FileNotFoundError):
                os.remove(name)


@contextlib.contextmanager
def serving(bench, path, *options, environment={}):
    """The base of its addresses, and its process."""
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    line = [
        bench.binary("casekeeper"), "serve", "--listen", f"127.0.0.1:{port}", "--database", path, "--log-level",
        "error", *options,
    ]
    with running(line, base + "/readyz", environment) as process:
        yield base, process


def one_case(base, figures):
    """A case in the middle that has three promises, as most tell more than one."""
    for number in range(figures["cases"] // 2, figures["cases"]):
        if len(json.loads(get(f"{base}/v1/cases/{number}"))["promises"]) == 3:
            return f"{base}/v1/cases/{number}"
    raise SystemExit("no case has three promises")


def overdue(base):
    return f"{base}/v1/promises?state=overdue&limit=25"


def batches(base):
    """Changes and batches committed so far."""
    figures = {}
    for line in get(base + "/metrics").decode().splitlines():
        name, _, value = line.rpartition(" ")
        figures[name] = value
    return figures
