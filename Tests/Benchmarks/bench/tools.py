"""What every row needs: processes, ports, wrk, medians."""

import contextlib
import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request

UNITS = {"us": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0}


class Bench:
    """Where things are, and how long and how often is measured."""

    def __init__(self, binaries, folder, rounds, seconds, scale):
        self.binaries = os.path.abspath(binaries)
        self.folder = os.path.abspath(folder)
        self.rounds = rounds
        self.seconds = seconds
        # What the large databases are divided by: 1, except in quick runs.
        self.scale = scale
        os.makedirs(self.folder, exist_ok=True)

    def binary(self, name):
        return os.path.join(self.binaries, name)

    def path(self, name):
        return os.path.join(self.folder, name)

    def compiled(self, source, name, *options):
        """A C file as a program or library, made anew when its source is newer."""
        target = self.path(name)
        if not os.path.exists(target) or os.path.getmtime(target) < os.path.getmtime(source):
            subprocess.run(["cc", "-O2", "-o", target, source, *options], check=True)
        return target

    def ratios(self, ours, theirs):
        """Runs both in turn, changing which one begins, and gives each round's quotient."""
        ratios = []
        for number in range(self.rounds):
            if number % 2 == 0:
                mine = ours()
                other = theirs()
            else:
                other = theirs()
                mine = ours()
            ratios.append(mine / other)
        return ratios


def row(figure, ratios, wanted, at_least, **more):
    """A line of the table. `wanted` is the issue's; None where it asks for none."""
    return {
        "figure": figure, "median": statistics.median(ratios), "min": min(ratios), "max": max(ratios),
        "wanted": wanted, "at_least": at_least, **more,
    }


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def get(url, fields={}, data=None, method=None):
    request = urllib.request.Request(url, data=data, headers=fields, method=method)
    try:
        with urllib.request.urlopen(request, timeout=600) as answer:
            return answer.read()
    except urllib.error.HTTPError as error:
        raise OSError(f"{url}: {error.code} {error.read().decode(errors='replace')}") from error


def answer(url):
    """What a GET is answered, in a few words."""
    try:
        return f"2xx {get(url)[:200]!r}"
    except OSError as error:
        return str(error)


@contextlib.contextmanager
def running(line, ready, environment={}):
    """A server that is ended by its own process id, whatever happens."""
    process = subprocess.Popen(
        line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, **environment})
    try:
        until = time.monotonic() + 60
        while True:
            try:
                get(ready)
                break
            except OSError:
                if process.poll() is not None or time.monotonic() > until:
                    sys.exit(f"{line[0]} does not answer")
                time.sleep(0.005)
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.wait()


class Load:
    """What wrk saw: requests per second, and latencies in seconds."""

    def __init__(self, text, url):
        if "Non-2xx" in text or "Socket errors" in text:
            sys.exit(f"{text}\nOne more request to {url}: {answer(url)}")
        self.rate = float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1])
        self.p50, self.p99 = (self.latency(text, share) for share in (50, 99))

    @staticmethod
    def latency(text, share):
        value, unit = re.search(rf"{share}%\s+([\d.]+)(us|ms|s|m)", text).groups()
        return float(value) * UNITS[unit]


def script(bench, name, text):
    """A file for wrk."""
    path = bench.path(name + ".lua")
    with open(path, "w") as file:
        file.write(text)
    return path


def wrk(url, connections, seconds, script=None, fields=()):
    line = ["wrk", "-t2" if connections > 1 else "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "60s", "--latency"]
    if script:
        line += ["-s", script]
    for field in fields:
        line += ["-H", field]
    return Load(subprocess.run(line + [url], capture_output=True, text=True, check=True).stdout, url)
