"""Memory after every kind of work, and how long starting and stopping take, with a million cases."""

import signal
import subprocess
import time

from rows import creates
from sides import casekeeper
from tools import free_port, get, row, wrk

SETTINGS = [
    "1,000,000 cases (quick: 100,000); memory is VmRSS after reads, lists, creates and a report; starting is from exec "
    "to the first 200 of /readyz, stopping from SIGTERM to the end, after writes",
]


def rows(bench):
    database, figures = casekeeper.database(bench, 1_000_000 // bench.scale)
    post = creates.post(bench, "case", casekeeper.POST)
    memory, starts, stops = [], [], []
    with casekeeper.copied(database) as copy:
        for _ in range(bench.rounds):
            process, base, started = start(bench, copy)
            try:
                starts.append(started)
                for url in (casekeeper.one_case(base, figures), casekeeper.overdue(base)):
                    wrk(url, 64, 1)
                # What takes long waits where reports do, and of more than 64 one would be told to come again.
                wrk(base + "/v1/cases?q=kettle", 32, 1)
                wrk(base + "/v1/cases", 64, bench.seconds, post)
                get(base + "/v1/reports/promises?from=1970-01-01T00:00:00Z&to=2096-10-02T00:00:00Z&group_by=owner")
                memory.append(resident(process.pid))
            finally:
                before = time.perf_counter()
                process.send_signal(signal.SIGTERM)
                process.wait()
                stops.append(time.perf_counter() - before)
    cases = figures["cases"]
    return [
        row(f"resident memory after all that, {cases} cases, MiB", memory, 128, False),
        row(f"start to the first 200 of /readyz, {cases} cases, ms", [1000 * value for value in starts], 150, False),
        row(f"clean shutdown, {cases} cases, ms", [1000 * value for value in stops], 150, False),
    ]


def start(bench, path):
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    line = [bench.binary("casekeeper"), "serve", "--listen", f"127.0.0.1:{port}", "--database", path, "--log-level", "error"]
    before = time.perf_counter()
    process = subprocess.Popen(line, stderr=subprocess.DEVNULL)
    while True:
        try:
            get(base + "/readyz")
            return process, base, time.perf_counter() - before
        except OSError:
            if process.poll() is not None:
                raise SystemExit("casekeeper does not start")
            time.sleep(0.001)


def resident(pid):
    with open(f"/proc/{pid}/status") as file:
        for line in file:
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
    raise SystemExit("a process without memory")
