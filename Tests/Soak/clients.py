"""Random clients: some change things, some read them, some follow the events. All of it from one seed."""

import http.client
import json
import random
import threading
import time

import model
import regimes
from model import OUTCOMES, written
from recount import look, look_single
from service import Connection, Disagreement, Ended, now_ms, query

OWNERS = ["kim", "lee", "lou", "mo", "ann"]
TEAMS = ["phone desk", "letters", "returns"]
CATEGORIES = ["kettles", "noise", "delivery"]
KINDS = ["acknowledge", "update", "callback", "answer", "remedy", "decision", "check_in", "follow_up", "other"]
CHANNELS = ["phone", "email", "chat", "web", "social", "letter", "in_person", "other"]
PERIODS = ["today", "yesterday", "this_week", "last_week", "this_month", "last_month", "this_year"]
SEVERITIES = ["low", "normal", "high", "critical"]


class Request:
    """A change that somebody asked for, and what came of it as far as they know."""

    def __init__(self, act, method, path, body, actor, role, tag=None, case=None, promise=None):
        self.act, self.method, self.path, self.body = act, method, path, body
        self.actor, self.role, self.tag, self.case, self.promise = actor, role, tag, case, promise
        self.key = self.etag = self.etag_facts = self.seq = self.stamp = None
        self.asked = self.answered = 0
        self.status = self.json = self.code = self.done = None
        self.nothing = act in ("accept", "erase", "reassign", "handover")
        self.may_be = ()

    @property
    def line(self):
        text = json.dumps(self.body, ensure_ascii=False)
        return f"{self.method} {self.path} as {self.actor} key={self.key} if-match={self.etag} {text[:1500]}"


class Desk:
    """What clients know of cases from the answers they got: often stale, as with people."""

    def __init__(self):
        self.lock = threading.Lock()
        self.cases = {}

    def learn(self, whole):
        with self.lock:
            known = self.cases.get(whole["id"])
            if known is None or known["version"] <= whole["version"]:
                self.cases[whole["id"]] = whole

    def pick(self, rng):
        with self.lock:
            ids = list(self.cases)
            if not ids:
                return None
            # The latest most often: there clients meet.
            i = (
                len(ids) - 1 - int(min(len(ids) - 1, rng.expovariate(1 / 12)))
                if rng.random() < 0.7
                else rng.randrange(len(ids))
            )
            return self.cases[ids[i]]

    def another(self, rng, known):
        """Another case of the same customer's, the latest mostly; now and then any case. Nil where there is none."""
        with self.lock:
            of_theirs = [i for i, c in self.cases.items() if c["customer"]["id"] == known["customer"]["id"]]
            others = [i for i in of_theirs if i != known["id"]]
            if others:
                return others[-1] if rng.random() < 0.7 else rng.choice(others)
            return rng.choice(list(self.cases)) if rng.random() < 0.02 else None

    def forget(self, ids):
        with self.lock:
            for i in ids:
                self.cases.pop(i, None)


class Writer(threading.Thread):
    def __init__(self, run, number, phase, until):
        super().__init__(daemon=True)
        self.run_, self.world, self.service, self.until = run, run.world, run.service, until
        self.rng = random.Random(f"{run.seed}/{phase}/{number}")
        self.token_name, self.role = self.rng.choice(
            [("agent-a", "agent"), ("agent-b", "agent"), ("manager", "manager")]
        )
        self.connection = Connection(run.service, run.tokens[self.token_name])
        self.twin = Connection(run.service, run.tokens[self.token_name])
        self.phase, self.number = phase, number

    def run(self):
        try:
            while time.monotonic() < self.until and not self.world.failure:
                self.once()
                pause = self.run_.pause
                if pause:
                    time.sleep(pause * self.rng.random() * 2)
        except Ended:
            pass
        except Disagreement as disagreement:
            self.world.fail(disagreement)
        except Exception:  # A fault of this program ends the run as well.
            import traceback

            self.world.fail(Disagreement("the soak itself failed: " + traceback.format_exc()))
        finally:
            self.connection.close()
            self.twin.close()

    # Bodies

    def due(self):
        rng = self.rng
        if rng.random() < 0.15:
            return {"due_in": rng.choice(["PT1H", "P1D", "P3D", "PT90M", "PT2M", "PT5M", "PT10M"])}
        if rng.random() < 0.2:
            return {"due_at": written(now_ms() + rng.randrange(1200, 9000))}
        if rng.random() < 0.15:
            return {"due_in_business": rng.choice(["PT2S", "PT4S", "PT7S", "PT2H", "PT26H", "P1D", "P3D"])}
        if rng.random() < 0.05:
            return {"due_on": written(now_ms() + rng.randrange(2, 5) * 24 * model.HOUR)[:10]}
        return {"due_in": f"PT{rng.choice([1, 1, 2, 2, 3, 4, 6, 10])}S"}

    def promise(self, tag):
        rng = self.rng
        body = {"what": f"Do it {tag}", **self.due()}
        if rng.random() < 0.5:
            body["kind"] = rng.choice(KINDS)
        if rng.random() < 0.4:
            body["owner"] = rng.choice(OWNERS)
        if rng.random() < 0.3:
            body["next_step"] = f"Then we call {tag}"
        if rng.random() < 0.2:
            body["channel"] = rng.choice(CHANNELS)
        if rng.random() < 0.2:
            body["customer_notified"] = self.notice()
        return body

    def reached(self):
        return {"channel": self.rng.choice(CHANNELS), "outcome": "reached"}

    def notice(self):
        return {
            "channel": self.rng.choice(CHANNELS),
            "outcome": self.rng.choice(["reached", "sent", "message_left", "attempted"]),
        }

    def case(self, tag):
        rng = self.rng
        customer = {"name": "Customer n" + tag.strip("z") + "n"}
        if rng.random() < 0.3:
            known = rng.randrange(1, 40)
            customer = (
                {"name": "Many Cases", "external_id": f"many-{self.run_.seed}-{known}"}
                if not self.run_.world.customers
                else self.known_customer() or customer
            )
        if rng.random() < 0.3 and "name" in customer and "external_id" not in customer:
            customer["phone"] = f"+1 555 {rng.randrange(10000)}"
        body = {"complaint": f"It is broken. {tag}", "customer": customer}
        for name, words in (
            ("owner", OWNERS),
            ("team", TEAMS),
            ("category", CATEGORIES),
            ("channel", CHANNELS),
            ("severity", SEVERITIES),
        ):
            if rng.random() < 0.5:
                body[name] = rng.choice(words)
        if rng.random() < 0.3:
            body["subject"] = f"About {tag}"
        if rng.random() < 0.4:
            body["external_id"] = "x-" + tag.strip("z")
        if rng.random() < 0.2:
            body["mood"] = rng.choice(model.MOODS)
        if rng.random() < 0.2:
            # Of an hour ago, too: what is due then falls due meanwhile.
            ago = [0, -900, rng.randrange(3000, 400_000_000), model.HOUR - rng.randrange(500, 9000)]
            body["received_at"] = written(now_ms() - rng.choice(ago))
        if rng.random() < 0.35:
            body["regime"] = rng.choice(regimes.NAMES)
        elif rng.random() < 0.2:
            body["hard_deadline"] = written(now_ms() + rng.randrange(1, 99) * 86_400_000)
        if rng.random() < 0.75:
            body["promise"] = self.promise(tag)
        return body

    def known_customer(self):
        ids = self.run_.living_customers
        return {"id": self.rng.choice(ids)} if ids else None

    # Requests

    def make(self, act, path, body, tag, method="POST", **more):
        actor = self.token_name
        r = Request(act, method, path, body, actor, self.role, tag, **more)
        if method == "POST" and self.rng.random() < 0.97:
            r.key = f"{self.run_.seed}-{self.phase}-{self.number}-{tag or self.world.next()}"
        return r

    def send(self, r):
        fields = {}
        if r.key:
            fields["Idempotency-Key"] = r.key
        if r.etag:
            fields["If-Match"] = r.etag
        if r.actor != self.token_name:
            fields["Casekeeper-Actor"] = r.actor
        r.asked = now_ms()
        with self.world.lock:
            self.world.pending.append(r)
        if r.key and self.rng.random() < 0.04:
            answer = self.twins(r, fields)
        elif r.key:
            answer = self.connection.insist(r.method, r.path, r.body, fields, self.world)
        else:
            self.service.up.wait(180)
            answer = self.connection.ask(r.method, r.path, r.body, fields)
            if answer is not None and answer.status == 503:
                r.status, r.code, r.may_be = 503, answer.code, (answer.code,)
                r.case = None
                r.answered = now_ms()
                return None
        r.answered = now_ms()
        if answer is None:
            return None
        r.status, r.json = answer.status, answer.json
        r.code = answer.code
        if answer.status in (200, 201, 207):
            self.learn(r)
            if r.key and self.rng.random() < 0.05:
                self.again(r, fields, answer)
        return answer

    def twins(self, r, fields):
        """The same request on two connections at once: one is done, the other gets its answer."""
        answers = [None, None]

        def ask(i, connection):
            try:
                answers[i] = connection.insist(r.method, r.path, r.body, fields, self.world)
            except Ended:
                pass
            except Disagreement as d:
                self.world.fail(d)

        other = threading.Thread(target=ask, args=(1, self.twin))
        other.start()
        ask(0, self.connection)
        other.join()
        if None in answers:
            raise Ended()
        done = [a for a in answers if a.status < 300]
        if len(done) == 2:
            replayed = [a.fields.get("idempotency-replayed") == "true" for a in answers]
            lost = any(getattr(a, "lost_before", False) for a in answers)
            self.world.require(
                replayed.count(True) == 1 or lost and all(replayed),
                "of two twins not just one was a replay",
                r.line,
                [True, False],
                replayed,
            )
            self.world.require(
                answers[0].body == answers[1].body,
                "twins have different answers",
                r.line,
                answers[0].json,
                answers[1].json,
            )
        return done[0] if done else answers[0]

    def again(self, r, fields, first):
        fields = {k: v for k, v in fields.items() if self.rng.random() < 0.5 or k != "If-Match"}
        if self.rng.random() < 0.2:
            changed = (
                dict(r.body, complaint="Another")
                if r.act == "open"
                else {"items": r.body["items"] * 2} if r.act == "bulk" else dict(r.body, reason="another")
            )
            answer = self.connection.insist(r.method, r.path, changed, fields, self.world)
            self.world.require(
                answer.status == 422 and answer.code == "idempotency_key_reused",
                "a key was taken for another body",
                r.line,
                "422 idempotency_key_reused",
                answer.json,
            )
            return
        answer = self.connection.insist(r.method, r.path, r.body, fields, self.world)
        self.world.require(
            answer.status == first.status
            and answer.body == first.body
            and answer.fields.get("idempotency-replayed") == "true",
            "a retry under its key got another answer",
            r.line,
            first.json,
            {"status": answer.status, "replayed": answer.fields.get("idempotency-replayed"), "body": answer.json},
        )

    def learn(self, r):
        whole = r.json if r.act in ("open", "patch", "resolve", "close", "reopen", "escalate", "duplicate", "stage") else r.json.get("case")
        if whole and "promises" in whole:
            self.run_.desk.learn(whole)

    def once(self):
        rng = self.rng
        known = self.run_.desk.pick(rng)
        tag = f"z{self.world.next()}z"
        chance = rng.random()
        if known is None or chance < self.run_.openings:
            self.send(self.make("open", "/v1/cases", self.case(tag), tag))
        elif chance < self.run_.openings + 0.01:
            self.bulk()
        elif chance < self.run_.openings + 0.05:
            self.reread(known["id"])
        elif chance < self.run_.openings + 0.06:
            self.customer(known)
        elif chance < self.run_.openings + 0.12 and known["customer"]["id"] in self.run_.living_customers:
            self.twice(known, tag)
        elif chance < 0.62:
            self.on_promise(known, tag)
        else:
            self.on_case(known, tag)

    def twice(self, known, tag):
        """Has the customer come once more, about the same: whoever finds that out resolves either case as the duplicate."""
        body = dict(self.case(tag), customer={"id": known["customer"]["id"]})
        answer = self.send(self.make("open", "/v1/cases", body, tag))
        if answer is None or answer.status != 201:
            return
        # Some find out once it is overdue.
        time.sleep(self.rng.choice([0, 0, 0.2, 1.3]))
        case, other = self.rng.sample([known["id"], answer.json["id"]], 2)
        tag = f"z{self.world.next()}z"
        body = {"case_id": other, "reason": f"The same {tag}"}
        r = self.make("duplicate", f"/v1/cases/{case}/duplicate-of", body, tag, case=case)
        self.condition(r)
        self.send(r)

    def reread(self, cid):
        answer = self.connection.ask("GET", f"/v1/cases/{cid}")
        if answer is not None and answer.status == 200:
            self.run_.desk.learn(answer.json)
            known = self.world.etags.setdefault((cid, answer.fields["etag"]), answer.body)
            self.world.require(
                known == answer.body,
                "one ETag stands for two representations",
                f"GET /v1/cases/{cid} {answer.fields['etag']}",
                known.decode(),
                answer.body.decode(),
            )

    def condition(self, r):
        """Sometimes only if nobody has changed it since: looks first, and then sends what it saw."""
        if self.rng.random() > 0.15:
            return
        answer = self.connection.ask("GET", f"/v1/cases/{r.case}")
        if answer is None or answer.status != 200:
            return
        if r.path.startswith("/v1/promises/"):
            return
        r.etag = answer.fields["etag"]
        r.looked = now_ms()
        whole = answer.json
        r.etag_facts = (whole["version"], sum(1 for p in whole["promises"] if p["overdue"]))

    def bulk(self):
        items = []
        for _ in range(self.rng.randrange(1, 12)):
            tag = f"z{self.world.next()}z"
            items.append(self.case(tag))
        if self.rng.random() < 0.3:
            items.append({"complaint": "no customer"})
        r = self.make("bulk", "/v1/cases/bulk", {"items": items}, None)
        answer = self.send(r)
        if answer is not None and answer.status in (200, 207):
            self.world.require(len(answer.json["items"]) == len(items), "a bulk with other results", r.line)
            for item in answer.json["items"]:
                if item["status"] == 201 and self.rng.random() < 0.5:
                    self.reread(item["id"])

    def customer(self, known):
        cid = known["customer"]["id"]
        word = f"n{self.world.next()}n"
        fields = {
            "phone": f"+44 {word}",
            "email": f"{word}@example.com",
            "name": f"Customer {word}",
            "external_id": f"e-{word}",
            "vulnerable": None,
            "vulnerable_reason": f"Said {word}",
        }
        changes = {name: fields[name] for name in self.rng.sample(list(fields), self.rng.choice([1, 1, 1, 2]))}
        with self.run_.customer_lock:
            answer = self.connection.insist("GET", f"/v1/customers/{cid}", world=self.world)
            if answer.status != 200 or answer.json.get("erased_at") or answer.json.get("merged_into"):
                return
            for name in ("phone", "email"):
                # Now and then what is there is taken away.
                if name in changes and answer.json[name] and self.rng.random() < 0.2:
                    changes[name] = None
            if "vulnerable" in changes:
                # By their own record: whoever they were merged with may be so, too.
                changes["vulnerable"] = cid not in self.run_.vulnerable
                self.run_.vulnerable ^= {cid}
            self.world.records.ask("customer", cid, "customer_updated", self.token_name, changes=changes)
            self.world.records.words.setdefault(cid, set()).add(word)
            changed = self.connection.insist("PATCH", f"/v1/customers/{cid}", changes, world=self.world)
            if changed.status == 200:
                self.world.customer_changes.setdefault(cid, []).append(now_ms())
            else:
                raise Disagreement("a customer can't be changed", f"PATCH /v1/customers/{cid}", 200, changed.json)

    def on_promise(self, known, tag):
        rng = self.rng
        promises = known["promises"]
        open_ = [p for p in promises if p["state"] in ("open", "overdue")]
        p = rng.choice(open_ if open_ and rng.random() < 0.9 else promises)
        late = model.instant(p["due_at"]) < now_ms()
        act = rng.choice(
            ["keep"] * 4
            + ["renegotiate", "recover"]
            + ["recover" if late else "renegotiate"] * 3
            + ["withdraw", "void", "reassign", "accept", "accept", "decline"]
        )
        body = {}
        path = f"/v1/promises/{p['id']}/{act}"
        if act == "keep":
            body["evidence"] = f"Seen {tag}"
            if rng.random() < 0.2:
                body["kept_at"] = written(max(model.instant(p["made_at"]), now_ms() - rng.randrange(100, 4000)))
            elif rng.random() < 0.15:
                body["kept_at"] = written(now_ms() + rng.choice([0, 0, 1, 900, 3_600_000]))
        elif act in ("renegotiate", "recover"):
            body = {
                **self.due(),
                "reason": f"Later {tag}",
                "next_step": f"We call {tag}",
                "customer_notified": self.notice(),
            }
            if p["to"] == "us" and rng.random() < 0.5:
                del body["customer_notified"]
            if rng.random() < 0.3:
                body["explanation"] = f"As told {tag}"
            conceded = self.run_.waiting.get((known["id"], "concession"))
            if conceded and rng.random() < 0.2:
                body["concession"] = rng.choice(conceded)
            if rng.random() < 0.2:
                body["what"] = f"Something else {tag}"
        elif act == "withdraw":
            body = {"reason": f"Given up {tag}", "customer_agreed": rng.random() < 0.6}
            if rng.random() < 0.3:
                body["explanation"] = f"As told {tag}"
            if not body["customer_agreed"]:
                body["cause"] = rng.choice(["unreachable", "impossible", "duplicate"])
            if rng.random() < 0.85:
                body["customer_notified"] = self.notice() if rng.random() < 0.2 else self.reached()
        elif act == "void":
            body = {"reason": f"A mistake {tag}"}
            if rng.random() < 0.7:
                body["customer_notified"] = self.notice()
        elif act == "reassign":
            body = {"owner": rng.choice(OWNERS), "reason": f"Ill {tag}"}
        elif act == "decline":
            body = {"reason": f"Away {tag}"}
        if act in ("keep", "withdraw", "void"):
            if rng.random() < 0.6 and known["status"] == "open":
                body["next_promise"] = self.promise(tag)
                if act != "keep" and rng.random() < 0.85:
                    body["next_promise"]["next_step"] = f"Then we call {tag}"
                if act != "keep" and rng.random() < 0.5:
                    # The same again: what the customer did not agree to otherwise.
                    body["next_promise"]["kind"] = p["kind"]
            elif rng.random() < 0.3:
                body["resolve"] = {
                    "summary": f"Done {tag}",
                    "customer_accepted": rng.random() < 0.8,
                    **self.ending(),
                }
        r = self.make(act, path, body, tag, case=known["id"], promise=p["id"])
        if act in ("accept", "decline", "keep", "renegotiate") and rng.random() < 0.7 and p["owner"]:
            r.actor = p["owner"]
        answer = self.send(r)
        if act == "keep" and answer is not None and answer.status == 200 and rng.random() < 0.3:
            self.dispute(known["id"], p)

    def ending(self):
        """What was found, what they get, and the last word to them: any of it."""
        rng, body = self.rng, {}
        if rng.random() < 0.6:
            body["outcome"] = rng.choice(OUTCOMES)
        if rng.random() < 0.4:
            body["redress"] = {"currency": rng.choice(["USD", "EUR"]), "amount": rng.choice([0, 500, 90_000])}
        if rng.random() < 0.4:
            body["final_response"] = {"channel": rng.choice(CHANNELS)}
            if rng.random() < 0.4:
                body["final_response"]["sent_at"] = written(now_ms())
        return body

    def dispute(self, cid, p):
        """Says that it was not kept, and has that decided."""
        rng, path = self.rng, f"/v1/cases/{cid}/log"
        tag = f"z{self.world.next()}z"
        body = {"kind": "dispute", "promise_id": p["id"], "reason": f"It was not {tag}"}
        answer = self.send(self.make("log", path, body, tag, case=cid))
        if answer is None or answer.status != 201 or self.role != "manager":
            return
        tag = f"z{self.world.next()}z"
        body = {"kind": "dispute_decision", "of": answer.json["seq"], "upheld": rng.random() < 0.7, "reason": f"So {tag}"}
        if body["upheld"] and rng.random() < 0.6:
            body["next_promise"] = dict(
                self.promise(tag), next_step=f"Then we call {tag}", customer_notified=self.notice()
            )
        self.send(self.make("log", path, body, tag, case=cid))

    def on_case(self, known, tag):
        rng = self.rng
        act = rng.choice(
            ["log"] * 8 + ["patch"] * 3 + ["promise"] * 2 + ["resolve"] * 2 + ["close", "reopen", "escalate"]
            + ["stage"] * (4 if known["regime"] else 0)
        )
        cid = known["id"]
        path = f"/v1/cases/{cid}/{act}"
        method = "POST"
        if act == "log":
            body = self.entry(known, tag)
            if body is None:
                return
        elif act == "patch":
            path, method = f"/v1/cases/{cid}", "PATCH"
            body = {"subject": f"Now {tag}"}
            for name, words in (
                ("category", CATEGORIES),
                ("team", TEAMS),
                ("owner", OWNERS),
                ("severity", SEVERITIES),
                ("channel", CHANNELS),
            ):
                if rng.random() < 0.3:
                    body[name] = rng.choice(words)
            for name, value in (
                ("external_id", "y-" + tag.strip("z")),
                ("tags", [f"t{rng.randrange(5)}", f"u/{rng.randrange(5)}"]),
                ("desired_outcome", f"An outcome {rng.randrange(9)}"),
                ("supervisor", rng.choice(["sue", "sid"])),
                ("estimate", {"from": "P1D", "to": f"P{rng.randrange(2, 9)}D"}),
                ("hard_deadline", written(now_ms() + rng.randrange(1, 99) * 86_400_000)),
            ):
                if rng.random() < 0.2:
                    body[name] = value if name == "external_id" or rng.random() < 0.8 else [] if name == "tags" else None
        elif act == "promise":
            path = f"/v1/cases/{cid}/promises"
            body = self.promise(tag)
            if rng.random() < 0.15:
                body["by"] = "customer"
                body.pop("customer_notified", None)
            elif rng.random() < 0.15:
                body["to"] = "us"
                body.pop("customer_notified", None)
            conceded = self.run_.waiting.get((cid, "concession"))
            if conceded and rng.random() < 0.4:
                body["concession"] = rng.choice(conceded)
        elif act == "resolve":
            body = {"summary": f"All is well {tag}", "customer_accepted": rng.random() < 0.8, **self.ending()}
            if rng.random() < 0.3:
                body["outcome_text"] = f"It is mended {tag}"
            settle = []
            for p in known["promises"]:
                if (
                    p["state"] in ("open", "overdue")
                    and p["by"] == "desk"
                    and p["to"] == "customer"
                    and rng.random() < 0.9
                ):
                    settle.append(
                        {"promise_id": p["id"], "action": "keep", "evidence": f"Seen {tag}"}
                        if rng.random() < 0.7
                        else {
                            "promise_id": p["id"],
                            "action": "withdraw",
                            "reason": f"Let go {tag}",
                            "customer_agreed": True,
                            **({"customer_notified": self.reached()} if rng.random() < 0.95 else {}),
                        }
                    )
            if settle:
                body["settle"] = settle
            if rng.random() < 0.2:
                body["follow_up"] = {"what": f"Ask how it went {tag}", **self.due()}
        elif act == "close":
            body = {"reason": f"Over {tag}"}
        elif act == "reopen":
            body = {"reason": f"Again {tag}"}
            if rng.random() < 0.7:
                body["promise"] = self.promise(tag)
        elif act == "stage":
            body = {"stage": rng.choice(["second"] * 6 + ["only"]), "reason": f"Not content {tag}"}
            if rng.random() < 0.4:
                body["requested_at"] = written(now_ms() - rng.choice([0, 700, model.HOUR, 3 * model.DAY]))
        elif act == "escalate":
            body = {"supervisor": rng.choice(["sue", "sue", "agent-a"]), "reason": f"Too much {tag}"}
        twin = self.run_.desk.another(rng, known)
        if twin is not None and rng.random() < 0.25:
            act, path, method = "duplicate", f"/v1/cases/{cid}/duplicate-of", "POST"
            body = {"case_id": twin, "reason": f"The same {tag}"}
        elif self.role == "manager" and rng.random() < 0.03:
            act, path, method = "end", f"/v1/cases/{cid}/relationship", "POST"
            settle = [
                {"promise_id": p["id"], "action": "withdraw", "reason": f"Farewell {tag}", "customer_agreed": False}
                for p in known["promises"]
                if p["state"] in ("open", "overdue") and p["by"] == "desk" and p["to"] == "customer"
            ]
            body = {"decision": "end", "reason": f"Enough {tag}", "settle": settle}
            # Every case of theirs shows it.
            self.world.customer_changes.setdefault(known["customer"]["id"], []).append(now_ms())
        r = self.make(act, path, body, tag, method=method, case=cid)
        if act in ("reopen", "stage"):
            # The customer's other cases tell whether it is theirs to reopen.
            r.may_be = ("forbidden",)
        self.condition(r)
        self.send(r)

    def entry(self, known, tag):
        rng = self.rng
        kind = rng.choice(
            [
                "note",
                "statement",
                "question",
                "fact",
                "acknowledgement",
                "support",
                "apology",
                "restatement",
                "mood",
                "mood",
                "option",
                "agreement",
                "concession",
                "concession_decision",
                "dispute",
                "dispute",
                "dispute_decision",
                "dispute_decision",
                "referral",
                "referral_decision",
                "forwarded",
                "threat",
                "threat_assessment",
                "cool_off",
                "refusal",
                "supervisor_joined",
                "customer_notified",
                "customer_notified",
                "customer_notified",
                "debrief",
                "lesson",
                "thanks",
            ]
        )
        body = {"kind": kind}
        cid = known["id"]
        if kind in ("note", "statement", "question", "fact", "acknowledgement", "support", "apology"):
            body["text"] = f"Words {tag}"
            if kind == "acknowledgement" and rng.random() < 0.5:
                body["written_down"] = rng.random() < 0.7
        elif kind == "restatement":
            body.update(text=f"So it is {tag}", confirmed=rng.random() < 0.5)
        elif kind == "mood":
            body.update(mood=rng.choice(model.MOODS), why=f"Because {tag}")
        elif kind == "option":
            body["options"] = [f"One {tag}", f"Two {tag}"]
            self.run_.options.setdefault(cid, []).append(body["options"][0])
        elif kind == "agreement":
            options = self.run_.options.get(cid)
            if not options:
                return None
            body.update(option=rng.choice(options), accepted=rng.random() < 0.7)
            if body["accepted"]:
                body["remedy"] = self.promise(tag)
        elif kind == "concession":
            body.update(
                what=f"A gift {tag}", amount=rng.choice([100, 5000, 60000]), currency=rng.choice(["USD", "EUR"])
            )
        elif kind == "threat":
            body.update(threat_kind=rng.choice(["legal", "publicity", "chargeback", "safety", "other"]), text=f"I will {tag}")
            if rng.random() < 0.6:
                body.update(value_at_stake=rng.randrange(100, 100000), currency=rng.choice(["USD", "EUR", "JPY"]))
        elif kind == "dispute":
            kept = [p for p in known["promises"] if p["state"] in ("kept", "kept_late")]
            p = rng.choice(kept if kept and rng.random() < 0.9 else known["promises"])
            body.update(promise_id=p["id"], reason=f"It was not {tag}")
            self.run_.watch_for[(cid, kind, tag)] = True
        elif kind == "dispute_decision":
            found = self.run_.waiting.get((cid, "dispute"))
            if not found or self.role != "manager" and rng.random() < 0.8:
                return None
            body.update(of=rng.choice(found), upheld=rng.random() < 0.7, reason=f"Looked at {tag}")
            if body["upheld"] and rng.random() < 0.6:
                body["next_promise"] = dict(self.promise(tag), next_step=f"Then we call {tag}")
                if rng.random() < 0.9:
                    body["next_promise"]["customer_notified"] = self.notice()
        elif kind == "referral":
            body.update(to="Ombudsman", reference=tag, text=f"Referred {tag}")
        elif kind == "referral_decision":
            found = self.run_.waiting.get((cid, "referral"))
            if not found:
                return None
            body.update(of=rng.choice(found), decision=rng.choice(OUTCOMES + ["settled"]), text=f"Decided {tag}")
            if rng.random() < 0.4:
                body.update(award=rng.randrange(100, 100000), currency=rng.choice(["USD", "EUR"]))
        elif kind == "forwarded":
            body.update(to="Whom it concerned", text=f"Passed on {tag}")
        elif kind in ("concession_decision", "threat_assessment"):
            if self.role != "manager" and kind == "concession_decision":
                return None
            found = self.run_.waiting.get((cid, "concession" if kind == "concession_decision" else "threat"))
            if not found:
                return None
            body["of"] = rng.choice(found)
            body["reason"] = f"Looked at {tag}"
            if rng.random() < 0.2:
                body["by"] = rng.choice([self.token_name, "kim"])
            if kind == "concession_decision":
                body["approved"] = rng.random() < 0.5
            else:
                body["verdict"] = rng.choice(["credible", "unfounded", "unknown"])
        elif kind == "cool_off":
            body.update(reason=f"Later {tag}", callback=self.promise(tag))
            body["callback"].pop("kind", None)
        elif kind == "refusal":
            body.update(reason=f"Not so {tag}", callback=self.promise(tag))
            body["callback"].pop("kind", None)
        elif kind == "supervisor_joined":
            body["supervisor"] = rng.choice(["sue", "sue", self.token_name])
        elif kind == "customer_notified":
            body.update(
                channel=rng.choice(CHANNELS),
                outcome=rng.choice(["reached", "sent", "message_left", "attempted"]),
                text=f"Said so {tag}",
            )
            if rng.random() < 0.5:
                body["promise_id"] = rng.choice(known["promises"])["id"]
        elif kind == "debrief":
            body["with"] = rng.choice(OWNERS + [self.token_name])
        elif kind == "lesson":
            body.update(cause=rng.choice(["No call back", "Lost parcel"] * 3 + [f"Hit by {tag}"]), text=f"We learnt {tag}")
            if rng.random() < 0.5:
                body["process"] = rng.choice(["Handover", "Packing"])
                if rng.random() < 0.7:
                    body["review"] = {"what": f"Look into it {tag}", "owner": rng.choice(OWNERS), **self.due()}
                else:
                    body["no_review_reason"] = f"Looked into lately {tag}"
        elif kind == "thanks":
            body["text"] = f"Thank you {tag}"
            if rng.random() < 0.5:
                body["thanked"] = rng.choice(OWNERS)
        if kind in ("concession", "threat", "referral"):
            self.run_.watch_for[(cid, kind, tag)] = True
        return body


class Reader(threading.Thread):
    """Reads whatever there is while it changes; what came is counted again later."""

    def __init__(self, run, number, phase, until):
        super().__init__(daemon=True)
        self.run_, self.world, self.until = run, run.world, until
        self.rng = random.Random(f"{run.seed}/r{phase}/{number}")
        self.connection = Connection(run.service, run.tokens["reader"])
        self.seen = []

    def run(self):
        try:
            while time.monotonic() < self.until and not self.world.failure:
                if not self.run_.service.up.wait(1):
                    continue
                if self.rng.random() < 0.12:
                    self.seen += slow(self.run_, self.rng, self.connection)
                    continue
                found = look_at_random(self.run_, self.rng, self.connection)
                if found is not None:
                    self.seen.append(found)
        except Ended:
            pass
        except Disagreement as disagreement:
            self.world.fail(disagreement)
        except Exception:
            import traceback

            self.world.fail(Disagreement("the soak itself failed: " + traceback.format_exc()))
        finally:
            self.connection.close()


def look_at_random(run, rng, connection, quiet=False):
    if rng.random() < 0.12:
        return look_at_one(run, rng, connection, quiet)
    what, kind, filters = random_question(run, rng)
    form = "csv" if rng.random() < 0.3 else "json"
    limit = rng.choice([None, 1, 3, 10, 50, 500]) if not run.big else rng.choice([None, 50, 500])
    if run.big and limit is None or what == "list" and limit in (1, 3) and len(run.world.cases) > 300:
        limit = 100
    if run.big and len(filters) < 3:
        limit = 500
        form = form if quiet or rng.random() < 0.3 else "json"
    return look(run.world, connection, what, kind, filters, form, limit, quiet, pages=4 if run.big else None)


def look_at_one(run, rng, connection, quiet):
    """One case, one promise, or one log, as of some instant."""
    with run.desk.lock:
        ids = list(run.desk.cases)[-200:]
    if not ids:
        return None
    cid = rng.choice(ids)
    kind = rng.choice(["case", "log", "promise"])
    with run.desk.lock:
        known = run.desk.cases.get(cid)
    if known is None:
        return None
    pid = rng.choice(known["promises"])["id"]
    filters = {"as_of": written(random_moment(run, rng))} if rng.random() < 0.7 else {}
    if kind == "log":
        if rng.random() < 0.3:
            filters["actor"], filters["allow_unknown"] = rng.choice(OWNERS + list(run.tokens)), "true"
        for name in ("since", "until"):
            if rng.random() < 0.25:
                filters[name] = written(random_moment(run, rng))
        in_order(filters, "since", "until")
    path = {"case": f"/v1/cases/{cid}", "log": f"/v1/cases/{cid}/log", "promise": f"/v1/promises/{pid}"}[kind]
    return look_single(run.world, connection, kind, pid if kind == "promise" else cid, path, filters, quiet)


def slow(run, rng, connection):
    """Lists that are long to find and short to tell, each another: past a bound of work they are put elsewhere."""
    seen = []
    for _ in range(15):
        filters = {
            "state": rng.choice(["void", "withdrawn", "broken", "void,renegotiated"]),
            "kind": rng.choice(KINDS),
            "due_before": written(now_ms() + rng.randrange(86_400_000)),
        }
        if rng.random() < 0.3:
            filters["owner"], filters["allow_unknown"] = rng.choice(OWNERS), "true"
        seen.append(look(run.world, connection, "list", "promises", filters, limit=rng.choice([None, 5, 500])))
    return [s for s in seen if s is not None]


def in_order(filters, first, end):
    """A range that nothing can lie in is refused: takes its end away."""
    if first in filters and end in filters and model.instant(filters[first]) >= model.instant(filters[end]):
        del filters[end]


def random_moment(run, rng):
    """An instant to ask for: just now, or one of those at which something was written or fell due, or beside it."""
    chance = rng.random()
    if chance < 0.45 or not run.world.marks:
        return now_ms()
    if chance < 0.7:
        return min(now_ms(), rng.choice(run.world.marks[-400:]) + rng.choice([-1, 0, 0, 1]))
    if run.dues and chance < 0.95:
        return min(now_ms(), rng.choice(run.dues[-400:]) + rng.choice([-1, 0, 0, 1]))
    return min(now_ms(), rng.choice(run.world.marks))


def random_question(run, rng):
    some = lambda words: ",".join(rng.sample(words, rng.randrange(1, 3)))
    filters = {}
    chance = rng.random()
    if rng.random() < 0.5:
        filters["as_of"] = written(random_moment(run, rng))
    if chance < 0.3:
        kind = rng.choice(["promises"] * 3 + ["load", "causes", "threats", "concessions", "regime", "regime"])
        groups = {
            "promises": ["owner", "team", "kind", "category", "channel", "severity", "outcome", "made_by"]
            + ["day", "week", "month"],
            "load": ["owner", "team"],
            "causes": ["cause", "process", "category", "team", "owner", "outcome", "day", "week", "month"],
            "threats": ["threat_kind", "verdict", "owner", "team", "category", "channel", "severity", "outcome", "day"],
            "concessions": ["owner", "state", "currency", "team", "category", "channel", "severity", "outcome", "week"],
            "regime": ["category", "stage", "outcome", "channel", "severity", "team", "owner", "day", "week", "month"],
        }
        filters["group_by"] = rng.choice(groups[kind])
        base = now_ms()
        if kind == "regime":
            name = rng.choice(regimes.NAMES)
            filters["regime"] = rng.choice([name, name.upper()])
            if rng.random() < 0.4:
                filters["by"] = rng.choice(["received", "settled", "settled"])
            if "as_of" in filters and model.instant(filters["as_of"]) < regimes.REGIMES[name][0]["recorded"]:
                del filters["as_of"]
        if rng.random() < 0.2:
            filters["period"] = rng.choice(PERIODS)
        else:
            # Days, too, which begin by the clocks of tz.
            day = lambda text: text[:10] if rng.random() < 0.2 else text
            if rng.random() < 0.6:
                filters["from"] = day(written(base - rng.choice([5_000, 20_000, 60_000, 40_000_000_000])))
            if rng.random() < 0.5:
                later = [-3_000, 3_000, 90_000_000] if "T" in filters.get("from", "T") else [90_000_000]
                filters["to"] = written(base + rng.choice(later))
                if "T" not in filters.get("from", "T") or rng.random() < 0.2:
                    filters["to"] = written(base + 2 * 86_400_000)[:10]
        if rng.random() < 0.4:
            filters["tz"] = rng.choice(["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata"])
        return "report", kind, filters
    if chance < 0.75:
        kind = "promises"
        for name, value, p in (
            ("state", lambda: rng.choice(["overdue", "open", "open,overdue", some(list(model.STATES))]), 0.7),
            ("owner", lambda: rng.choice(OWNERS), 0.2),
            ("accountable", lambda: rng.choice(OWNERS), 0.2),
            ("kind", lambda: some(KINDS), 0.2),
            ("team", lambda: rng.choice(TEAMS), 0.15),
            ("category", lambda: rng.choice(CATEGORIES), 0.15),
            ("severity", lambda: some(SEVERITIES), 0.15),
            ("by", lambda: rng.choice(["desk", "customer", "any"]), 0.15),
            ("to", lambda: rng.choice(["customer", "us", "any"]), 0.15),
            ("slips_min", lambda: rng.randrange(0, 3), 0.1),
            ("unaccepted", lambda: rng.choice(["true", "false"]), 0.1),
            ("in_absence", lambda: rng.choice(["true", "false"]), 0.1),
            ("due_before", lambda: written(now_ms() + rng.randrange(-20_000, 8_000)), 0.2),
            ("due_after", lambda: written(now_ms() + rng.randrange(-60_000, 2_000)), 0.15),
            ("case_id", lambda: rng.choice(list(run.world.cases) or [1]), 0.04),
            ("tag", lambda: tags(rng), 0.08),
            ("fields", lambda: "id," + ",".join(rng.sample(["state", "due_at", "owner", "what", "slips"], 2)), 0.1),
            ("sort", lambda: rng.choice(["due_at", "-due_at"]), 0.3),
        ):
            if rng.random() < p:
                filters[name] = value()
        in_order(filters, "due_after", "due_before")
        if rng.random() < 0.15:
            filters["unowned"] = "false" if "owner" in filters else rng.choice(["true", "false"])
    else:
        kind = "cases"
        for name, value, p in (
            ("status", lambda: some(["open", "resolved", "closed"]), 0.5),
            ("overdue", lambda: rng.choice(["true", "false"]), 0.25),
            ("silent", lambda: rng.choice(["true", "false"]), 0.12),
            ("unheard_for", lambda: rng.choice(["PT1S", "PT5S", "PT30S", "P1D"]), 0.12),
            ("waiting_on_customer", lambda: rng.choice(["true", "false"]), 0.12),
            ("owner", lambda: rng.choice(OWNERS), 0.2),
            ("team", lambda: rng.choice(TEAMS), 0.15),
            ("category", lambda: rng.choice(CATEGORIES), 0.15),
            ("severity", lambda: some(SEVERITIES), 0.15),
            ("mood", lambda: some(model.MOODS), 0.15),
            ("channel", lambda: some(CHANNELS), 0.15),
            ("regime", lambda: rng.choice(regimes.NAMES), 0.1),
            ("outcome", lambda: some(OUTCOMES), 0.1),
            ("q", lambda: searched(run, rng), 0.2),
            ("tag", lambda: tags(rng), 0.12),
            ("fields", lambda: "id," + ",".join(rng.sample(["status", "mood", "owner", "tags", "overdue"], 2)), 0.1),
            ("sort", lambda: rng.choice(["opened_at", "-opened_at", "next_due_at"]), 0.4),
        ):
            if rng.random() < p:
                filters[name] = value()
        if rng.random() < 0.15:
            filters["unowned"] = "false" if "owner" in filters else rng.choice(["true", "false"])
    if any(n in filters for n in ("owner", "team", "category", "tag", "regime")):
        filters["allow_unknown"] = "true"
    return "list", kind, filters


def tags(rng):
    """One, or any of several."""
    return ",".join(rng.choice(["t", "T", "u/"]) + str(rng.randrange(5)) for _ in range(rng.choice([1, 1, 1, 3])))


def searched(run, rng):
    """What is looked for: words of fields that are edited, and that nothing in a log says; a beginning of them, or two."""

    def word():
        known = rng.choice(list(run.world.cases) or [1])
        found = rng.choice(CATEGORIES + OWNERS + [f"{rng.choice('xy')}-{known}", f"{rng.choice('xy')}-{known}"])
        found = rng.choice([found, found.upper(), found.capitalize()])
        return found[: rng.randrange(3, len(found))] if found.isalpha() and len(found) > 3 and rng.random() < 0.4 else found

    return " ".join(word() for _ in range(rng.choice([1, 1, 2])))


class Follower(threading.Thread):
    """Follows the events from the first to the last: each once, in order, without a gap."""

    def __init__(self, run, types=None):
        super().__init__(daemon=True)
        self.run_, self.world, self.types = run, run.world, types
        self.connection = Connection(run.service, run.tokens["reader"])
        self.rng = random.Random(f"{run.seed}/{type(self).__name__[0].lower()}{types}")
        self.seen, self.after, self.ended = [], 0, False

    def run(self):
        try:
            while not self.ended and not self.world.failure:
                if self.run_.service.up.wait(1):
                    self.follow()
        except Ended:
            pass
        except Disagreement as disagreement:
            self.world.fail(disagreement)
        except Exception:
            import traceback

            self.world.fail(Disagreement("the soak itself failed: " + traceback.format_exc()))

    def follow(self):
        path = "/v1/events?" + query(
            after=self.after,
            wait=self.rng.choice([0, 1, 2]),
            limit=self.rng.choice([1, 7, 50, 500]),
            type=self.types,
        )
        answer = self.connection.ask("GET", path)
        if answer is None or answer.status == 503:
            time.sleep(0.05)
            return
        page = answer.json
        self.world.require(answer.status == 200, "events were refused", f"GET {path}", 200, page)
        for event in page["items"]:
            self.take(event, path)
        self.world.require(
            page["next"] >= self.after,
            "next lies before what was told",
            f"GET {path}",
            self.after,
            page["next"],
        )
        self.after = page["next"]

    def take(self, event, path):
        self.world.require(
            event["id"] > self.after,
            "an event came twice or out of order",
            f"GET {path}",
            f"> {self.after}",
            event,
        )
        self.world.require(
            self.types is not None or event["id"] == self.after + 1,
            "a follower missed an event",
            f"GET {path}",
            self.after + 1,
            event,
        )
        self.seen.append((event["id"], event["type"], event["about"], event["about_id"], event["log"]["seq"]))
        self.after = event["id"]


class StreamFollower(Follower):
    """The same by text/event-stream: it loses the stream now and then, and takes it up by Last-Event-ID."""

    def follow(self):
        path = "/v1/events"
        headers = {"Authorization": f"Bearer {self.connection.token}", "Accept": "text/event-stream"}
        if self.after:
            headers["Last-Event-ID"] = str(self.after)
        # Where nothing comes for so long it is taken up again, too.
        stream = http.client.HTTPConnection("127.0.0.1", self.run_.service.port, timeout=self.rng.choice([1, 5, 20]))
        try:
            stream.request("GET", path, headers=headers)
            response = stream.getresponse()
            if response.status == 503:
                time.sleep(0.05)
                return
            self.world.require(response.status == 200, "a stream was refused", f"GET {path}", 200, response.status)
            self.read(response, path, self.rng.choice([1, 10, 1000, 100_000]))
        except (OSError, http.client.HTTPException):
            time.sleep(0.05)
        finally:
            stream.close()

    def read(self, response, path, count):
        """So many events of it, as far as they come whole."""
        fields = {}
        while count > 0 and not self.ended:
            line = response.readline()
            if not line.endswith(b"\n"):
                return
            name, _, value = line[:-1].partition(b": ")
            if name:
                fields[name] = value
            elif b"data" in fields:
                event = json.loads(fields[b"data"])
                self.world.require(
                    fields.get(b"id") == str(event["id"]).encode(), "an event has another's id", f"GET {path}", came=event
                )
                self.take(event, path)
                fields, count = {}, count - 1
