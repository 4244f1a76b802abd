"""Webhooks, and receivers of their own: each event that a webhook asks for comes, signed, as one message, and those of a case in
their order, whatever was killed meanwhile and however often a receiver said no."""

import base64
import hashlib
import hmac
import http.server
import json
import random
import threading
import time

from service import Disagreement, now_ms

TYPES = [
    "case.opened", "case.updated", "case.resolved", "case.closed", "promise.made", "promise.overdue", "promise.kept",
    "promise.renegotiated", "customer.updated", "policy.updated", "webhook.updated",
]


class Receiver:
    """An HTTP server that takes what comes, but for some messages, the first time that it sees them."""

    def __init__(self, seed, refuses=0.0, gone=False):
        self.rng, self.refuses, self.gone = random.Random(seed), refuses, gone
        self.lock = threading.Lock()
        #: Signatures by any of them are right.
        self.secrets = []
        #: What was taken, in the order in which it was taken first: ids of the event and its case, and all of it.
        self.taken = {}
        #: Whether each test was signed with all secrets, and which message of a case was refused and holds the others.
        self.tests, self.held = {}, {}
        self.refused, self.fault = set(), None
        self.keeps_time = True
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"]))
                with receiver.lock:
                    status, fields = receiver.answer(self.path, self.headers, body)
                if status is None:
                    self.close_connection = True
                    return
                self.send_response(status)
                for name, value in {"Content-Length": "0", **fields}.items():
                    self.send_header(name, value)
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.origin = f"http://127.0.0.1:{self.server.server_address[1]}"
        self.url = f"{self.origin}/hidden-path"

    def answer(self, path, headers, body):
        """The status of an answer, None for a connection that is closed without one, and fields of its head."""
        message, second = headers["webhook-id"], headers["webhook-timestamp"]
        if path != "/hidden-path":
            self.fault = self.fault or f"{path} was asked for, where only a redirect leads"
        signed = f"{message}.{second}.".encode() + body
        right = ["v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode() for key in self.secrets]
        signatures = headers["webhook-signature"].split()
        # Whoever makes a webhook is told its secret only when the first message may be under way.
        if right and not set(signatures) & set(right):
            self.fault = self.fault or f"{message} is signed otherwise: {signatures}"
        if self.keeps_time and abs(int(second) - now_ms() / 1000) > 60:
            self.fault = self.fault or f"{message} is said to be posted at {second}"
        event = json.loads(body)
        is_test = event["type"] == "webhook.test"
        if is_test:
            self.tests[message] = set(signatures) == set(right)
        case = event["data"]["case_id"]
        # What was taken before may come again: whoever is killed before it has written that down begins there once more.
        if case is not None and message not in self.taken and self.held.get(case, message) != message:
            self.fault = self.fault or f"{message} came before {self.held[case]} of its case was taken"
        if self.gone:
            return 410, {}
        is_new = message not in self.refused and message not in self.taken
        if is_new and not is_test and self.rng.random() < self.refuses:
            self.refused.add(message)
            if case is not None:
                self.held[case] = message
            return self.rng.choice(
                [(500, {}), (404, {}), (429, {"Retry-After": "1"}), (302, {"Location": self.origin + "/elsewhere"}), (None, {})]
            )
        if self.held.get(case) == message:
            del self.held[case]
        told = event["data"]["event_id"], case, body
        if self.taken.setdefault(message, told) != told:
            self.fault = self.fault or f"{message} says something else than before"
        return 204, {}


class Hooks:
    """What an administrator does with webhooks."""

    def __init__(self, run):
        self.run, self.world, self.rng = run, run.world, random.Random(f"{run.seed}/hooks")
        self.steady = Receiver(f"{run.seed}/steady")
        self.moody = Receiver(f"{run.seed}/moody", refuses=0.05)
        self.ids, self.types = {}, {}

    def root(self, method, path, body=None, wanted=200):
        answer = self.run.root.insist(method, path, body)
        self.world.require(answer.status == wanted, "a webhook can't be dealt with", f"{method} {path}", wanted, answer.json)
        return answer.json

    def make(self, receiver, **fields):
        """Makes a webhook that has not been there."""
        url = receiver.url if receiver else "https://hooks.example/hidden-path"
        made = self.root("POST", "/v1/webhooks", {"url": url, **fields}, 201)
        origin = receiver.origin if receiver else "https://hooks.example"
        for name, value in {"url": url, "active": True, "types": [], "off_reason": None, "version": 1, **fields}.items():
            came = made[name]
            right = sorted(came) == sorted(value) if isinstance(value, list) else came == value
            self.world.require(right, f"a webhook has another {name}", "POST /v1/webhooks", value, made)
        self.world.records.known("webhook", made["id"], {"active": True, "description": None, **fields})
        changes = {"receiver": origin, **{name: value for name, value in fields.items() if name not in ("types", "severity")}}
        self.asked(made["id"], "webhook_created", changes)
        if receiver:
            receiver.secrets.append(key(made))
        return made["id"]

    def asked(self, number, kind, changes, actor="root"):
        self.world.records.ask("webhook", number, kind, actor, changes=changes)

    def begin(self):
        self.types = {self.moody: self.rng.sample(TYPES, 7), self.steady: None}
        self.ids[self.steady] = self.make(self.steady, description="All there is")
        self.ids[self.moody] = self.make(self.moody, types=self.types[self.moody])

    def come_and_go(self):
        """A webhook that is made, edited and taken away; others that are turned off and on, and change their secrets."""
        number = self.make(None, active=False, description="=1+1", severity=["high"])
        path = f"/v1/webhooks/{number}"
        edited = self.root("PATCH", path, {"description": "Room", "active": False})
        self.world.require(edited["version"] == 2, "an edit makes another version", path, 2, edited)
        self.asked(number, "webhook_updated", {"description": "Room"})
        listed = self.root("GET", "/v1/webhooks?limit=500")["items"]
        there = [item["id"] for item in listed]
        wanted = sorted([*self.ids.values(), number])
        self.world.require(there == wanted, "other webhooks are there", "GET /v1/webhooks", wanted, listed)
        self.root("DELETE", path)
        self.asked(number, "webhook_deleted", {"receiver": "https://hooks.example"})
        for method, where in (("GET", path), ("PATCH", path), ("POST", path + "/test"), ("GET", path + "/deliveries")):
            self.root(method, where, None if method == "GET" else {}, 404)
        chosen = self.rng.choice([self.steady, self.moody])
        path = f"/v1/webhooks/{self.ids[chosen]}"
        for active in (False, True):
            self.root("PATCH", path, {"active": active})
            self.asked(self.ids[chosen], "webhook_updated", {"active": active})
        rotated = self.root("POST", path + "/rotate")
        with chosen.lock:
            chosen.secrets = [*chosen.secrets, key(rotated)][-2:]
        self.asked(self.ids[chosen], "webhook_rotated", {"receiver": chosen.origin})
        self.tested(chosen, path)
        self.listed(chosen, path)
        if self.run.phase == 1:
            self.leave()

    def tested(self, receiver, path):
        """A test is posted once, signed with both secrets."""
        test = self.root("POST", path + "/test")
        self.wait("a test is not posted", path, lambda: test["message_id"] in receiver.taken)
        with receiver.lock:
            event, signed = json.loads(receiver.taken.pop(test["message_id"])[2]), receiver.tests[test["message_id"]]
        wanted = {"type": "webhook.test", "timestamp": test["created_at"]}
        for name, value in wanted.items():
            self.world.require(event[name] == value, f"a test has another {name}", path, value, event)
        self.world.require(len(receiver.secrets) == 2 and signed, "not both secrets sign", path, receiver.secrets, signed)

    def listed(self, receiver, path):
        """What the list of deliveries says of what was told."""
        items = self.root("GET", path + "/deliveries?limit=200")["items"]
        numbers = [item["id"] for item in items]
        self.world.require(numbers == sorted(numbers, reverse=True), "deliveries are out of order", path, came=numbers)
        for item in items:
            done = item["status"] == "delivered"
            right = (
                (item["delivered_at"] is not None) == done
                and (item["next_attempt_at"] is None) == (item["status"] != "pending")
                and item["webhook_id"] == self.ids[receiver]
                and len(item["attempts"]) == min(20, item["attempt_count"])
                and (not done or item["attempts"][-1]["status"] == 204)
                and (not done or item["event_id"] is None or item["message_id"] in receiver.taken)
            )
            self.world.require(right, "a delivery is no such", path, came=item)

    def leave(self):
        """A receiver that is gone is told once."""
        receiver = Receiver(f"{self.run.seed}/gone", gone=True)
        number = self.make(receiver, types=["webhook.updated"])
        path = f"/v1/webhooks/{number}"
        self.root("PATCH", path, {"description": "Gone"})
        self.asked(number, "webhook_updated", {"description": "Gone"})
        self.wait("a webhook that is gone stays on", path, lambda: not self.root("GET", path)["active"])
        self.asked(number, "webhook_disabled", {"reason": "gone", "active": False}, actor="clock")
        reason = self.root("GET", path)["off_reason"]
        self.world.require(reason == "gone", "a webhook is off for another reason", path, "gone", reason)
        self.root("DELETE", path)
        self.asked(number, "webhook_deleted", {"receiver": receiver.origin})
        receiver.server.shutdown()

    def calm(self):
        """Nobody says no any more: what is left to be told is told within seconds."""
        for receiver in (self.steady, self.moody):
            with receiver.lock:
                receiver.refuses, receiver.keeps_time = 0, False

    def all_told(self):
        """Each receiver has had what its webhook asks for, and nothing else."""
        self.run.take_in()
        events = {event["id"]: event for event in self.world.events}
        last = max(events)
        for receiver, number in self.ids.items():
            line, types = f"webhook {number} for {self.types[receiver]}", self.types[receiver]
            made = next(
                e["id"] for e in events.values() if e["log"]["kind"] == "webhook_created" and e["about_id"] == number
            )
            wanted = {
                i for i, e in events.items() if i > made and not e["imported"] and (types is None or e["type"] in types)
            }

            def had():
                with receiver.lock:
                    return [told for told in receiver.taken.values() if told[0] is not None]

            self.wait(
                "a webhook is not told everything", line, lambda: wanted <= {event for event, _, _ in had()},
                lambda: sorted(wanted - {event for event, _, _ in had()})[:20], 90,
            )
            taken = [told for told in had() if told[0] <= last]
            came = [event for event, _, _ in taken]
            self.world.require(len(came) == len(set(came)), "an event is two messages", line, came=came)
            self.world.require(set(came) == wanted, "a webhook is told more than it asks for", line, came=set(came) - wanted)
            order = {}
            for event, case, _ in taken:
                if case is not None:
                    order.setdefault(case, []).append(event)
            for case, ids in order.items():
                self.world.require(ids == sorted(ids), "what happened in a case is told out of order", line, case, ids)
            fault = receiver.fault
            self.world.require(fault is None, "a receiver was told otherwise than it may be", line, came=fault)
            for event, _, body in taken:
                self.same(json.loads(body), events[event], number, line)
            self.world.assertions += len(taken)

    def same(self, message, event, number, line):
        """A message says of an event what the feed says, and has nobody's words."""
        data = {name: value for name, value in message["data"].items() if name != "links"}
        expected = {
            "type": event["type"],
            "timestamp": event["at"],
            "data": {
                "webhook_id": number,
                "event_id": event["id"],
                "kind": event["log"]["kind"],
                **{name: event[name] for name in ("about", "about_id", "case_id", "promise_id")},
            },
        }
        came = {**message, "data": data}
        self.world.require(came == expected, "a message says something else than its event", line, expected, came)
        case, promise = event["case_id"], event["promise_id"]
        right = {
            "event": f"/v1/events?after={event['id'] - 1}&limit=1",
            "case": case and f"/v1/cases/{case}",
            "log": case and f"/v1/cases/{case}/log/{event['log']['seq']}",
            "promise": promise and f"/v1/promises/{promise}",
            "board": case and f"/board/cases/{case}",
        }
        links = message["data"]["links"]
        self.world.require(links == right, "a message leads elsewhere", line, right, links)

    def wait(self, what, line, is_so, came=lambda: None, seconds=30):
        deadline = time.monotonic() + seconds
        while not is_so():
            if self.world.failure:
                raise self.world.failure
            if time.monotonic() > deadline:
                raise Disagreement(what, line, f"within {seconds} s", came())
            time.sleep(0.1)


def key(webhook):
    """A secret that a webhook was just given."""
    return base64.b64decode(webhook["secret"].removeprefix("whsec_"))
