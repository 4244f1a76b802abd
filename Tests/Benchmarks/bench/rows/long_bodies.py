"""What an honest client sees of others that post a megabyte of what is refused."""

import contextlib
import socket
import threading
from urllib.parse import urlsplit

from sides import casekeeper
from tools import row, wrk

SETTINGS = [
    casekeeper.SETTINGS,
    "four clients post 1 MiB of {\"n0\":0,\"n1\":0,…} to /v1/cases, which is read whole before it is refused, each the next "
    "one as soon as it has been; the honest one asks for one case on one connection",
]


@contextlib.contextmanager
def posting(base, clients=4):
    """Clients that post long bodies for as long as it lasts."""
    ended = threading.Event()
    place = urlsplit(base)
    body = b"{" + b",".join(b'"n%d":0' % number for number in range(90_000)) + b"}"
    head = (
        f"POST /v1/cases HTTP/1.1\r\nHost: localhost:{place.port}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    request = head.encode() + body
    refused = [0] * clients

    def post(number):
        with socket.create_connection((place.hostname, place.port)) as peer:
            while not ended.is_set():
                peer.sendall(request)
                said = b""
                while b"\r\n\r\n" not in said:
                    said += peer.recv(65536)
                fields, _, rest = said.partition(b"\r\n\r\n")
                if not fields.startswith((b"HTTP/1.1 422", b"HTTP/1.1 503")):
                    raise RuntimeError(f"a long body got {fields[:80]}")
                length = next(
                    int(line.split(b":")[1]) for line in fields.split(b"\r\n") if line.lower().startswith(b"content-length:"))
                while len(rest) < length:
                    rest += peer.recv(65536)
                refused[number] += 1

    threads = [threading.Thread(target=post, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        ended.set()
        for thread in threads:
            thread.join()
    if not all(refused):
        raise RuntimeError("a client posted nothing")


def rows(bench):
    database, figures = casekeeper.database(bench, 20_000)
    with casekeeper.serving(bench, database) as (base, _):
        url = casekeeper.one_case(base, figures)

        def beside():
            with posting(base):
                return wrk(url, 1, bench.seconds).p99

        ratios = bench.ratios(beside, lambda: wrk(url, 1, bench.seconds).p99)
        return [row("p99 of GET one case beside four that post long bodies / without them", ratios, 3, False)]
