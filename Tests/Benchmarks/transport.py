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
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time

BODY = '{"fill":"' + "a" * 389 + '"}'
FIELDS = [
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64) desk/1.0",
    "Accept: application/json",
    "Accept-Language: en-GB,en;q=0.8",
    "Accept-Encoding: identity",
    "Cache-Control: no-cache",
    "Authorization: Bearer ck_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
]
UNITS = {"us": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port):
    for _ in range(500):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.01)
    sys.exit(f"nothing listens on port {port}")


def start_nginx(folder, port):
    config = os.path.join(folder, "nginx.conf")
    with open(config, "w") as file:
        file.write(
            f"""
            worker_processes 2; daemon off; pid {folder}/nginx.pid; error_log /dev/null;
            events {{ worker_connections 4096; }}
            http {{
                access_log off; keepalive_requests 1000000000;
                client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
                uwsgi_temp_path {folder}; scgi_temp_path {folder};
                server {{ listen 127.0.0.1:{port} reuseport; location / {{
                    default_type application/json; return 200 '{BODY}'; }} }}
            }}
            """
        )
    return subprocess.Popen(["nginx", "-c", config], stderr=subprocess.DEVNULL)


def wrk(port, connections, seconds):
    """Requests per second and p99 in seconds; fails when anything but 2xx came back."""
    line = ["wrk", "-t2" if connections > 1 else "-t1", f"-c{connections}", f"-d{seconds}s", "--latency"]
    for field in FIELDS:
        line += ["-H", field]
    text = subprocess.run(line + [f"http://127.0.0.1:{port}/v1/cases/1"], capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in text or "Socket errors" in text:
        sys.exit(text)
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1])
    value, unit = re.search(r"99%\s+([\d.]+)(us|ms|s|m)", text).groups()
    return rate, float(value) * UNITS[unit]


class Slowloris:
    """Connections that send a header byte by byte and never end it."""

    def __init__(self, port, count):
        self.sockets = []
        for _ in range(count):
            client = socket.create_connection(("127.0.0.1", port), 5)
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
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = free_port(), free_port()
        processes = [
            subprocess.Popen([options.server, f"127.0.0.1:{ours}"], stdout=subprocess.DEVNULL),
            start_nginx(folder, theirs),
        ]
        try:
            wait_for(ours)
            wait_for(theirs)
            for connections in (8, 64, 512):
                rates, tails = [], []
                for number in range(options.rounds):
                    sides = [ours, theirs] if number % 2 == 0 else [theirs, ours]
                    result = {port: wrk(port, connections, options.seconds) for port in sides}
                    rates.append(result[ours][0] / result[theirs][0])
                    tails.append(result[ours][1] / result[theirs][1])
                rows.append({"figure": f"requests per second / nginx's, {connections} connections", **summary(rates)})
                rows.append({"figure": f"p99 / nginx's, {connections} connections", **summary(tails)})
            tails = []
            for _ in range(options.rounds):
                quiet = wrk(ours, 8, options.seconds)[1]
                attack = Slowloris(ours, options.attackers)
                try:
                    tails.append(wrk(ours, 8, options.seconds)[1] / quiet)
                finally:
                    attack.stop()
            rows.append({"figure": f"honest p99 beside {options.attackers} slowloris / without, 8 connections", **summary(tails)})
        finally:
            for process in processes:
                process.terminate()
                process.wait()

    print(f"{'figure':<70} {'median':>7} {'min':>7} {'max':>7}")
    for row in rows:
        print(f"{row['figure']:<70} {row['median']:>7.2f} {row['min']:>7.2f} {row['max']:>7.2f}")
    print(f"{options.rounds} rounds of {options.seconds} s a side; wrk -t2, six header fields; nginx: 2 workers, reuseport")
    if options.json:
        with open(options.json, "w") as file:
            json.dump({"rounds": options.rounds, "seconds": options.seconds, "rows": rows}, file, indent=2)


if __name__ == "__main__":
    main()
