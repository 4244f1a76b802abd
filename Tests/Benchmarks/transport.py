"""The transport beside nginx, in one run: ratios of requests per second and of p99, and what attackers cost honest clients.

    python3 Tests/Benchmarks/transport.py BARE_SERVER [--rounds 5] [--seconds 4] [--json FILE]

Both sides answer the same 400 bytes to requests with six ordinary header fields, on loopback, with two workers or
loops each; the load generator runs on the same machine. Rounds alternate between the sides, so that a machine whose
speed drifts bends no ratio: each figure is the median over the rounds of that round's own ratio, with the least and the
greatest. wrk and nginx-light are Debian's.
"""

import argparse
import json
import os
import socket
import statistics
import sys
import threading
import time
from urllib.parse import urlsplit

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "bench"))

from sides import nginx
from tools import free_port, running, wrk

PATH = "/v1/cases/1"
BODY = '{"fill":"' + "a" * 389 + '"}'
FIELDS = [
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64) desk/1.0",
    "Accept: application/json",
    "Accept-Language: en-GB,en;q=0.8",
    "Accept-Encoding: identity",
    "Cache-Control: no-cache",
    "Authorization: Bearer ck_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
]


def load(url, connections, seconds):
    return wrk(url, connections, seconds, fields=FIELDS)


class Slowloris:
    """Connections that send a header byte by byte and never end it."""

    def __init__(self, url, count):
        self.sockets = []
        place = urlsplit(url)
        for _ in range(count):
            client = socket.create_connection((place.hostname, place.port), 5)
            client.sendall(b"GET /v1/cases/1 HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
            self.sockets.append(client)
        self.goes_on = True
        self.thread = threading.Thread(target=self.drip)
        self.thread.start()

    def drip(self):
        while self.goes_on:
            for client in self.sockets:
                try:
                    client.send(b"a")
                except OSError:
                    pass
            time.sleep(1)

    def stop(self):
        self.goes_on = False
        self.thread.join()
        for client in self.sockets:
            client.close()


def summary(ratios):
    return {"median": statistics.median(ratios), "min": min(ratios), "max": max(ratios)}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("server")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=4)
    parser.add_argument("--attackers", type=int, default=1000)
    parser.add_argument("--json")
    options = parser.parse_args()

    rows = []
    place = f"127.0.0.1:{free_port()}"
    ours = f"http://{place}{PATH}"
    with running([options.server, place], ours), nginx.answering(BODY, PATH) as theirs:
        for connections in (8, 64, 512):
            rates, tails = [], []
            for number in range(options.rounds):
                sides = [ours, theirs] if number % 2 == 0 else [theirs, ours]
                result = {url: load(url, connections, options.seconds) for url in sides}
                rates.append(result[ours].rate / result[theirs].rate)
                tails.append(result[ours].p99 / result[theirs].p99)
            rows.append({"figure": f"requests per second / nginx's, {connections} connections", **summary(rates)})
            rows.append({"figure": f"p99 / nginx's, {connections} connections", **summary(tails)})
        tails = []
        for _ in range(options.rounds):
            quiet = load(ours, 8, options.seconds).p99
            attack = Slowloris(ours, options.attackers)
            try:
                tails.append(load(ours, 8, options.seconds).p99 / quiet)
            finally:
                attack.stop()
        rows.append({"figure": f"honest p99 beside {options.attackers} slowloris / without, 8 connections", **summary(tails)})

    print(f"{'figure':<70} {'median':>7} {'min':>7} {'max':>7}")
    for row in rows:
        print(f"{row['figure']:<70} {row['median']:>7.2f} {row['min']:>7.2f} {row['max']:>7.2f}")
    print(f"{options.rounds} rounds of {options.seconds} s a side; wrk -t2, six header fields; nginx: 2 workers, reuseport")
    if options.json:
        with open(options.json, "w") as file:
            json.dump({"rounds": options.rounds, "seconds": options.seconds, "rows": rows}, file, indent=2)


if __name__ == "__main__":
    main()
