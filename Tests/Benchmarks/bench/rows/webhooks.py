"""What requests feel of receivers of webhooks that are dead."""

import contextlib
import json
import socket

from sides import casekeeper
from tools import free_port, get, row, script, wrk

SETTINGS = [
    casekeeper.SETTINGS,
    "20 webhooks that take every event: ten to receivers that take a connection and never answer, ten to ports where "
    "nobody is; creates on four connections, a case on one, beside the same without webhooks",
]


@contextlib.contextmanager
def silent(count):
    """Ports that the system takes connections at, and nobody else."""
    with contextlib.ExitStack() as stack:
        ports = []
        for _ in range(count):
            listener = stack.enter_context(socket.socket())
            listener.bind(("127.0.0.1", 0))
            listener.listen(128)
            ports.append(listener.getsockname()[1])
        yield ports


def rows(bench):
    database, figures = casekeeper.database(bench, 20_000)
    create = script(
        bench, "create-for-webhooks",
        'wrk.method = "POST"\nwrk.headers["Content-Type"] = "application/json"\n'
        f"wrk.body = [==[{json.dumps(casekeeper.POST)}]==]\n")
    with contextlib.ExitStack() as stack:
        ports = stack.enter_context(silent(10)) + [free_port() for _ in range(10)]
        bases = []
        for suffix in (".told", ".untold"):
            copy = stack.enter_context(casekeeper.copied(database, suffix))
            base, _ = stack.enter_context(casekeeper.serving(bench, copy, "--webhook-allow", "127.0.0.0/8"))
            bases.append(base)
        told, untold = bases
        for port in ports:
            body = json.dumps({"url": f"http://127.0.0.1:{port}/"}).encode()
            get(f"{told}/v1/webhooks", {"Content-Type": "application/json"}, body, "POST")
        case = casekeeper.one_case(told, figures)[len(told):]

        def creates(base):
            return wrk(f"{base}/v1/cases", 4, bench.seconds, create).p99

        def reads(base):
            return wrk(base + case, 1, bench.seconds).p99

        return [
            row(
                "p99 of creates beside 20 dead receivers of webhooks / without webhooks",
                bench.ratios(lambda: creates(told), lambda: creates(untold)), 1.5, False),
            row(
                "p99 of GET one case beside 20 dead receivers of webhooks / without webhooks",
                bench.ratios(lambda: reads(told), lambda: reads(untold)), 1.5, False),
        ]
