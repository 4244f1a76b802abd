#!/usr/bin/env python3
"""Attacks the built binary with slowhttptest while an honest client measures.

Header (-H), body (-B) and read (-X) mode, each for some seconds, on loopback. Fails when an honest request fails, when
the server dies, or when it keeps descriptors or memory once the attackers have gone. Prints the honest p99 under each
attack beside the p99 without one, as a ratio.
"""

import argparse
import http.client
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
COMMON = ["-g", "-l", "{seconds}", "-c", "{connections}", "-r", "{rate}", "-i", "2", "-p", "3", "-u", "{url}"]
ATTACKS = {
    "header": ["-H", "-x", "24", "-t", "GET"],
    "body": ["-B", "-s", "8192", "-x", "10", "-t", "POST"],
    # Small windows and slow reads; several requests a connection, so that there is something not to read.
    "read": ["-X", "-w", "10", "-y", "20", "-n", "5", "-z", "32", "-k", "10"],
}


class HonestClient:
    """Asks for `path` on `workers` connections that stay open, over and over, and keeps every latency in seconds."""

    def __init__(self, port, path, workers=4):
        self.latencies, self.failures = [], []
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._work, args=(port, path)) for _ in range(workers)]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _work(self, port, path):
        while not self._stop.is_set():
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
            # Each connection serves some requests, so that new ones have to get in too.
            try:
                for _ in range(50):
                    if self._stop.is_set():
                        break
                    start = time.monotonic()
                    connection.request("GET", path)
                    response = connection.getresponse()
                    response.read()
                    self.latencies.append(time.monotonic() - start)
                    if response.status != 200:
                        self.failures.append(f"status {response.status}")
                    time.sleep(0.002)
            except Exception as error:  # noqa: BLE001 - whatever it is, an honest request has failed
                self.failures.append(repr(error))
                time.sleep(0.05)
            finally:
                connection.close()

    def p99(self):
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]


def start_server(binary, folder):
    """Starts the service on a free port, and returns its process and port."""
    log = open(folder / "server.log", "wb")
    process = subprocess.Popen(
        [binary, "serve", "--listen", "127.0.0.1:0", "--database", folder / "slow.db", "--log-level", "notice",
         "--log-format", "json"],
        stdout=log, stderr=log)
    for _ in range(600):
        if process.poll() is not None:
            break
        # The kernel knows the port: the listening socket among the process's own.
        port = listening_port(process.pid)
        if port:
            return process, port
        time.sleep(0.05)
    sys.exit("the server did not start: " + (folder / "server.log").read_text())


def add_case(port, complaint):
    """Posts a case, and returns its path."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    body = json.dumps({"complaint": complaint, "customer": {"name": "Ann Lee"}})
    connection.request("POST", "/v1/cases", body, {"Content-Type": "application/json"})
    response = connection.getresponse()
    case = json.loads(response.read())
    connection.close()
    if response.status != 201:
        sys.exit(f"a case was refused: {case}")
    return f"/v1/cases/{case['id']}"


def sockets_of(pid):
    """The inodes of the process's sockets."""
    inodes = set()
    for entry in os.scandir(f"/proc/{pid}/fd"):
        try:
            target = os.readlink(entry.path)
        except OSError:
            continue
        if target.startswith("socket:["):
            inodes.add(target[8:-1])
    return inodes


def listening_port(pid):
    inodes = sockets_of(pid)
    for line in open("/proc/net/tcp").readlines()[1:]:
        columns = line.split()
        if columns[3] == "0A" and columns[9] in inodes:
            return int(columns[1].split(":")[1], 16)
    return None


def resident_kib(pid):
    for line in open(f"/proc/{pid}/status"):
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    return 0


def measure(port, path, seconds=None, attack=None):
    """The honest client's latencies for some seconds, or for as long as an attack lasts."""
    with HonestClient(port, path) as honest:
        if attack is None:
            time.sleep(seconds)
        else:
            result = subprocess.run(attack, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120)
            # 0: the time was over; 1 or more: it could not attack at all.
            if result.returncode != 0:
                sys.exit(f"slowhttptest failed: {result.stdout.decode(errors='replace')[-2000:]}")
    return honest


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binary", default=ROOT / ".build/release/casekeeper")
    parser.add_argument("--connections", type=int, default=1000)
    parser.add_argument("--rate", type=int, default=500, help="connections a second")
    parser.add_argument("--seconds", type=int, default=15, help="of each attack")
    arguments = parser.parse_args()
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        server, port = start_server(arguments.binary, folder)
        try:
            path = add_case(port, "The kettle leaks.")
            # Something not to read: ten of it are more than the server holds ready for one peer.
            long_path = add_case(port, "The kettle leaks. " * 3500)
            measure(port, path, seconds=1)
            calm = measure(port, path, seconds=5)
            time.sleep(0.5)
            sockets, resident = len(sockets_of(server.pid)), resident_kib(server.pid)
            wrong += [f"without an attack: {failure}" for failure in calm.failures]
            print(f"calm:   {len(calm.latencies):6} requests, p99 {calm.p99() * 1000:7.2f} ms")
            for name, options in ATTACKS.items():
                target = long_path if name == "read" else "/v1/cases"
                values = {"seconds": arguments.seconds, "connections": arguments.connections, "rate": arguments.rate,
                          "url": f"http://127.0.0.1:{port}{target}"}
                command = ["slowhttptest", *options, *(option.format(**values) for option in COMMON),
                           "-o", str(folder / name)]
                attacked = measure(port, path, attack=command)
                print(f"{name + ':':7} {len(attacked.latencies):6} requests, p99 {attacked.p99() * 1000:7.2f} ms, "
                      f"ratio {attacked.p99() / calm.p99():5.2f}, failures {len(attacked.failures)}")
                wrong += [f"{name}: {failure}" for failure in attacked.failures]
                if server.poll() is not None:
                    wrong.append(f"{name}: the server died with {server.returncode}")
                    break
            if server.poll() is None:
                # Lingering and idle connections end by their own limits.
                for _ in range(300):
                    if len(sockets_of(server.pid)) <= sockets:
                        break
                    time.sleep(0.25)
                left, grown = len(sockets_of(server.pid)) - sockets, resident_kib(server.pid) - resident
                print(f"after:  {left} sockets more, {grown} KiB more")
                if left > 0:
                    wrong.append(f"{left} sockets are still open after the attacks")
                if grown > 128 * 1024:
                    wrong.append(f"memory grew by {grown} KiB")
        finally:
            if server.poll() is None:
                server.send_signal(signal.SIGTERM)
                try:
                    status = server.wait(60)
                except subprocess.TimeoutExpired:
                    server.kill()
                    status = server.wait()
                if status != 0:
                    wrong.append(f"the server ended with {status}")
    for line in wrong[:20]:
        print("FAILED:", line, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
