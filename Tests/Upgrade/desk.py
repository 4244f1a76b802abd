"""A desk at an old binary: its process, under a clock that is set by hand, and requests that only ask for what it knows."""

import datetime
import glob
import http.client
import json
import os
import re
import signal
import subprocess
import time
import urllib.parse

# Any machine's clock is past it, and a service refuses a database whose record is ahead of its clock.
BEGIN = datetime.datetime(2025, 3, 3, 9, 0, tzinfo=datetime.timezone.utc)
LIBRARY = glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1")


class Connection:
    """To a service on this machine, as whoever has a token."""

    def __init__(self, port, token):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.fields = {"Authorization": f"Bearer {token}"} if token else {}

    def send(self, method, path, body=None, **fields):
        """One request; its status and what was answered, where that is JSON."""
        headers = dict(self.fields, **{name.replace("_", "-"): value for name, value in fields.items()})
        data = None
        if body is not None:
            data = json.dumps(body, ensure_ascii=False).encode()
            headers["Content-Type"] = "application/json"
        self.connection.request(method, path, data, headers)
        answer = self.connection.getresponse()
        text = answer.read()
        return answer.status, json.loads(text) if text and "json" in answer.headers.get("Content-Type", "") else {}


class Desk:
    """One database and the binary that makes it. What the binary refuses is kept in `refused`, and the story goes on."""

    def __init__(self, binary, folder):
        if not LIBRARY:
            raise SystemExit("faketime is not there: make test-deps")
        # By env(1): libfaketime adds to the environment of the first that it is in, and Swift finds no words of a command there.
        self.command, self.folder = ["/usr/bin/env", os.path.abspath(binary)], folder
        self.database = os.path.join(folder, "desk.db")
        self.clock = os.path.join(folder, "clock")
        self.tokens, self.refused, self.paths = {}, [], set()
        self.process = None
        self.set(BEGIN)

    def set(self, instant):
        """Sets the clock; a process that runs would not believe such a leap, so none runs."""
        self.offset = instant.timestamp() - time.time()
        with open(self.clock, "w") as file:
            file.write(f"{self.offset:+.3f}\n")

    @property
    def now(self):
        return datetime.datetime.fromtimestamp(time.time() + self.offset, datetime.timezone.utc)

    @property
    def environment(self):
        return {
            "PATH": os.environ["PATH"],
            "LD_PRELOAD": LIBRARY[0],
            "FAKETIME_TIMESTAMP_FILE": self.clock,
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "TZ": "UTC",
        }

    def run(self, *words, expect=0):
        """A command of the binary on the database; what it prints."""
        command = [*self.command, *words, "--database", self.database]
        done = subprocess.run(command, env=self.environment, cwd=self.folder, capture_output=True, text=True)
        if done.returncode != expect:
            raise SystemExit(f"{words} ended with {done.returncode}: {done.stdout}{done.stderr}")
        return done.stdout

    def start(self):
        log = open(os.path.join(self.folder, "log"), "ab")
        command = [*self.command, "serve", "--listen", "127.0.0.1:0", "--database", self.database]
        at = log.tell()
        self.process = subprocess.Popen(command, env=self.environment, cwd=self.folder, stderr=log, stdout=log)
        until = time.monotonic() + 60
        while time.monotonic() < until and self.process.poll() is None:
            with open(log.name, "rb") as file:
                file.seek(at)
                found = re.search(rb"listening\D*127\.0\.0\.1:(\d+)", file.read())
            if found:
                self.port = int(found[1])
                break
            time.sleep(0.05)
        else:
            raise SystemExit("it does not start: " + open(log.name).read())

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        if self.process.wait(60) != 0:
            raise SystemExit("it ended badly: " + open(os.path.join(self.folder, "log")).read())
        self.process = None

    def leap(self, **span):
        """Lets so much time pass, with nobody there."""
        self.stop()
        self.set(self.now + datetime.timedelta(**span))
        self.start()

    def send(self, method, path, body=None, who="maria", **fields):
        """One request; its status and what was answered."""
        return Connection(self.port, self.tokens.get(who)).send(method, path, body, **fields)

    def get(self, path, who="root"):
        status, answer = self.send("GET", path, who=who)
        if status != 200:
            raise SystemExit(f"GET {path}: {status} {answer}")
        return answer

    def has(self, method, path):
        """Whether the version has a route; a part in braces stands for any."""
        if not self.paths:
            for template, item in self.get("/openapi.json")["paths"].items():
                pattern = re.sub(r"\\\{[^/]*?\\\}", "[^/]+", re.escape(template))
                self.paths |= {(name.upper(), pattern) for name in item}
        plain = path.partition("?")[0]
        return any(name == method and re.fullmatch(pattern, plain) for name, pattern in self.paths)

    def ask(self, method, path, body=None, who="maria", **fields):
        """A change; what was answered, or nothing where the version has no such route or refuses it. Fields that it does
        not know are left out."""
        if not self.has(method, path):
            return {}
        status, answer = 0, {}
        for _ in range(8):
            status, answer = self.send(method, path, body, who, **fields)
            unknown = [e["pointer"] for e in answer.get("errors", []) if e.get("code") == "unknown_field"]
            if status < 300 or not unknown:
                break
            for pointer in unknown:
                drop(body, pointer)
        if status < 300:
            return answer
        detail = "; ".join(e.get("pointer", "") + " " + e["detail"] for e in answer.get("errors", [])) or answer.get("detail")
        self.refused.append(f"{method} {path} {status} {answer.get('code')}: {detail}")
        return {}


def drop(body, pointer):
    """Takes out what a JSON pointer names."""
    parts = [urllib.parse.unquote(p).replace("~1", "/").replace("~0", "~") for p in pointer.lstrip("#/").split("/")]
    for part in parts[:-1]:
        body = body[int(part)] if isinstance(body, list) else body[part]
    del body[int(parts[-1]) if isinstance(body, list) else parts[-1]]
