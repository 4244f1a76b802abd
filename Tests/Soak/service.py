"""The built binary as a process, and a client of raw HTTP/1.1 that knows when an answer may have been lost."""

import http.client
import json
import os
import random
import signal
import socket
import subprocess
import threading
import time
from urllib.parse import quote


class Disagreement(Exception):
    """Contract and service differ: what was asked, what the contract says, and what came."""

    def __init__(self, what, request="", expected=None, came=None):
        self.what, self.request, self.expected, self.came = what, request, expected, came
        super().__init__(what)

    def __str__(self):
        lines = [self.what]
        for name in ("request", "expected", "came"):
            value = getattr(self, name)
            if value not in (None, ""):
                text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
                lines.append(f"  {name}: {text[:3000]}")
        return "\n".join(lines)


class Ended(Exception):
    """The run has come to its end, or somebody else has found a disagreement."""


#: How far the service's clock is ahead of ours.
AHEAD = 0


def now_ms():
    """What the service's clock says."""
    return time.time_ns() // 1_000_000 + AHEAD


def free_port():
    """None of those that the system gives away by itself: somebody's connection would have it at a restart."""
    with open("/proc/sys/net/ipv4/ip_local_port_range") as file:
        first = int(file.read().split()[0])
    while True:
        port = random.randrange(first - 10_000, first) if first > 12_000 else random.randrange(1024, 65_536)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue


class Answer:
    def __init__(self, status, fields, body):
        self.status, self.fields, self.body = status, fields, body

    @property
    def json(self):
        try:
            return json.loads(self.body)
        except ValueError:
            raise Disagreement("an answer that is no JSON", came=self.body[:2000].decode("utf-8", "replace")) from None

    @property
    def code(self):
        return self.json.get("code") if self.status >= 400 else None


class Service:
    """One database and whatever process serves it just now."""

    def __init__(self, binary, folder, options=()):
        self.binary, self.folder, self.options = binary, folder, list(options)
        self.port = free_port()
        self.process = None
        self.up = threading.Event()
        self.starts = 0
        #: Words before each command: env(1) with what it is to have in its environment.
        self.launcher = []
        self.log_path = os.path.join(folder, "service.log")
        self.heads = []

    def command(self, *arguments, check=True, timeout=600):
        result = subprocess.run(
            [*self.launcher, self.binary, *arguments],
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=timeout,
        )
        if check and result.returncode != 0:
            raise Disagreement(
                f"the command failed with {result.returncode}",
                "casekeeper " + " ".join(arguments),
                0,
                result.stdout[-2000:] + result.stderr[-2000:],
            )
        return result

    def start(self):
        log = open(self.log_path, "ab")
        self.process = subprocess.Popen(
            [
                # Under nohup(1) a signal that it is sent here would be ignored, as it is meant to be.
                "env",
                "--default-signal=HUP",
                *self.launcher,
                self.binary,
                "serve",
                "--listen",
                f"127.0.0.1:{self.port}",
                "--log-format",
                "json",
                *self.options,
            ],
            cwd=self.folder,
            stdout=log,
            stderr=log,
        )
        log.close()
        self.starts += 1
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise Disagreement(
                    f"the service ended with {self.process.returncode} at its start", came=self.log_tail()
                )
            try:
                with socket.create_connection(("127.0.0.1", self.port), 5) as s:
                    s.sendall(b"GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                    s.settimeout(20)
                    if b" 200 " in s.recv(4096):
                        self.up.set()
                        return
            except OSError:
                pass
            time.sleep(0.05)
        raise Disagreement("the service is not ready two minutes after its start", came=self.log_tail())

    def log_tail(self):
        with open(self.log_path, "rb") as log:
            return log.read()[-3000:].decode("utf-8", "replace")

    def kill(self):
        """kill -9, with whatever is in flight."""
        self.up.clear()
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def require_running(self):
        """That it has not ended by itself."""
        if self.up.is_set() and self.process.poll() is not None:
            time.sleep(1)
            if self.up.is_set() and self.process.poll() is not None:
                raise Disagreement(f"the service ended by itself with {self.process.returncode}", came=self.log_tail())

    def stop(self, by=signal.SIGTERM):
        """An end that drains: exit code 0."""
        self.up.clear()
        self.process.send_signal(by)
        try:
            code = self.process.wait(60)
        except subprocess.TimeoutExpired:
            raise Disagreement(f"the service did not end within a minute of {by!r}", came=self.log_tail()) from None
        if code != 0:
            raise Disagreement(f"the service did not end well after {by!r}", expected=0, came=code)


class Connection:
    """A kept-alive connection of one client; `ask` says by None that an answer was lost."""

    def __init__(self, service, token):
        self.service, self.token = service, token
        self.connection = None

    def close(self):
        if self.connection:
            self.connection.close()
            self.connection = None

    def ask(self, method, path, body=None, fields=None, timeout=60):
        headers = {"Authorization": f"Bearer {self.token}"}
        data = None
        if body is not None:
            data = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
            headers["Content-Type"] = "application/json"
        headers.update(fields or {})
        starts = self.service.starts
        try:
            if self.connection is None:
                self.connection = http.client.HTTPConnection("127.0.0.1", self.service.port, timeout=timeout)
            self.connection.request(method, path, data, headers)
            response = self.connection.getresponse()
            answer = Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
            if response.will_close:
                self.close()
        except TimeoutError:
            self.close()
            if self.service.starts == starts and self.service.up.is_set():
                raise Disagreement(
                    f"no answer within {timeout} s of a service that is up",
                    f"{method} {path} {data[:2000] if data else ''}",
                    came=self.service.log_tail(),
                ) from None
            return None
        except (OSError, http.client.HTTPException):
            self.close()
            return None
        if failed(path, answer):
            raise Disagreement(
                f"an answer {answer.status}",
                f"{method} {path} {data[:2000] if data else ''}",
                "no failure",
                answer.body[:2000].decode("utf-8", "replace"),
            )
        return answer

    def insist(self, method, path, body=None, fields=None, world=None):
        """Asks until there is an answer; 503 of a service that comes or goes is asked again, too."""
        lost = False
        while True:
            if world is not None and world.failure:
                raise Ended()
            if not self.service.up.wait(180):
                raise Ended()
            answer = self.ask(method, path, body, fields)
            if answer is None:
                lost = True
                self.service.require_running()
                time.sleep(0.02)
                continue
            if answer.status == 503:
                code = answer.code
                if code not in ("shutting_down", "busy", "not_ready"):
                    raise Disagreement("an answer 503", f"{method} {path}", "busy or shutting_down", answer.json)
                time.sleep(0.05)
                continue
            answer.lost_before = lost
            return answer


def failed(path, answer):
    """Nothing that a client does is answered so; 503 is asked again."""
    return answer.status >= 500 and answer.status != 503


def query(**parameters):
    return "&".join(f"{k}={quote(str(v), safe='')}" for k, v in parameters.items() if v is not None)
