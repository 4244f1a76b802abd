#!/usr/bin/env python3
"""The soak: random histories by many clients at the built binary, and every answer counted again from a model.

It knows what is written for users alone: README.md, docs/, the contract, and /openapi.json; it has not been told how the
service is made. See README.md beside it.
"""

import argparse
import csv
import datetime
import glob
import json
import os
import random
import shutil
import signal
import sys
import threading
import time

import digests
import model
import regimes
import service as services
from clients import (
    CATEGORIES,
    CHANNELS,
    OWNERS,
    SEVERITIES,
    TEAMS,
    Desk,
    Follower,
    Reader,
    Request,
    Writer,
    look_at_random,
)
from model import instant, ours, same, written
from hooks import Hooks
from records import CUSTOMER, SEVERITIES as SEVERITY_ORDER, tampered
from recount import ERASED, World, look
from service import Connection, Disagreement, Ended, Service, now_ms


MOODS = ["calm", "upset", "angry", "abusive"]
FLAGS = [("true", True), ("false", False)]
# Who hears of what is unsettled, and when; and how the queue says so.
LADDERS = [
    [],
    ["PT0S supervisor"],
    ["-PT1S owner", "PT0S owner", "PT2S manager", "P1D manager"],
    ["PT1S supervisor", "PT3S manager"],
    ["-PT2S in_business owner", "PT1S in_business supervisor", "P1D in_business manager", "P2D in_business manager"],
]
HEARERS = {"owner": "Its owner", "supervisor": "A supervisor", "manager": "A manager"}


def own(value):
    """A value of a customer as the model has it: a flag that is not set is none."""
    return ("true" if value else None) if isinstance(value, bool) else value


class Run:
    def __init__(self, arguments):
        self.arguments, self.seed = arguments, arguments.seed
        self.rng = random.Random(f"{self.seed}/main")
        self.folder = arguments.folder
        shutil.rmtree(self.folder, ignore_errors=True)
        os.makedirs(self.folder)
        self.service = Service(os.path.abspath(arguments.binary), self.folder, ["--webhook-allow", "127.0.0.0/8"])
        self.desk = Desk()
        self.pause, self.openings = 0.02, 0.12
        self.big = arguments.ballast > 5000
        self.living_customers, self.customer_lock = [], threading.Lock()
        # Who is to be treated with care, by what was asked of each alone.
        self.vulnerable = set()
        self.options, self.waiting, self.watch_for = {}, {}, {}
        self.dues, self.import_rows, self.import_times = [], {}, []
        self.kept = []
        self.known_rows = set()
        self.erased_tags = []
        self.phase = 0
        self.deeds = {}

    def note(self, text):
        print(f"{time.monotonic() - self.begun:7.1f} s  {text}", flush=True)

    # Beginning

    def begin(self):
        self.begun = time.monotonic()
        made = self.service.command("token", "create", "root", "--role", "admin").stdout
        self.tokens = {"root": [w for w in made.replace("\n", " ").split(" ") if w.startswith("ck_")][0]}
        description = json.loads(self.service.command("openapi").stdout)
        self.world = World(description)
        self.world.go_on = self.arguments.go_on
        self.world.records.ask("token", 1, "token_created", "local", changes={"name": "root", "role": "admin"})
        if self.arguments.ballast:
            self.import_some(self.arguments.ballast)
        self.service.start()
        self.root = Connection(self.service, self.tokens["root"])
        for name, role in (("agent-a", "agent"), ("agent-b", "agent"), ("manager", "manager"), ("reader", "reader")):
            answer = self.root.insist("POST", "/v1/tokens", {"name": name, "role": role})
            if answer.status != 201:
                raise Disagreement("a token can't be made", came=answer.json)
            self.tokens[name] = answer.json["token"]
            self.world.records.ask(
                "token", answer.json["id"], "token_created", "root", changes={"name": name, "role": role}
            )
        self.hooks = Hooks(self)
        self.hooks.begin()
        self.manager = Connection(self.service, self.tokens["manager"])
        for policy in self.root.insist("GET", "/v1/policies").json["items"]:
            self.world.policies[policy["name"]] = [(0, policy)]
            self.world.records.known("policy", SEVERITY_ORDER.index(policy["severity"]) + 1, policy)
        self.keep_calendar()
        for name in regimes.NAMES:
            self.keep_regime(name)
        # Most cases are of it: by the calendar it is later than by the clock.
        first = {"acknowledge_in": "PT2S", "acknowledge_in_business": "PT5S", "regime": None, "warn_at": ["1%", "3%"]}
        self.policy_changed("PATCH", "normal", {**first, "ladder": LADDERS[2]})
        records = "customer.updated,policy.updated,token.created,token.revoked,owner.updated,calendar.updated,regime.updated"
        records += ",webhook.updated,webhook.disabled"
        self.followers = [Follower(self), Follower(self, "promise.overdue,case.opened"), Follower(self, records)]
        for follower in self.followers:
            follower.start()

    def keep_calendar(self):
        """The desk's calendar: another version, with other hours from today on, for a team that nobody is in. What was promised
        stays due when it was."""
        team = f"Team {self.world.next()}"
        known = model.CALENDARS[-1] if model.CALENDARS else None
        minutes = self.rng.choice([m for m in (59, 58, 57, 56) if known is None or m != known["minutes"]])
        closed = known["closed"] if known else frozenset()
        body = {
            "time_zone": "UTC",
            "weekly": model.hours(minutes),
            "teams": [team],
            "special_days": [{"date": written(day * model.DAY)[:10], "name": f"Day {day}"} for day in sorted(closed)],
        }
        # Who is asked on how many connections at once is not said in an answer that was lost.
        answer = self.root.insist("PUT", "/v1/calendars/default", body)
        self.world.require(
            answer.status in (200, 201) and answer.json["teams"] == [team],
            "a calendar can't be kept",
            "PUT /v1/calendars/default",
            team,
            answer.json,
        )
        self.calendar_told(answer.json, minutes, closed)

    def holiday(self):
        """Tomorrow is a holiday, from now on; sent again, nothing changes."""
        known = model.CALENDARS[-1]
        day = now_ms() // model.DAY + 1
        date = written(day * model.DAY)[:10]
        lines = ["BEGIN:VCALENDAR", "BEGIN:VEVENT", f"DTSTART;VALUE=DATE:{date.replace('-', '')}", f"SUMMARY:Day {day}"]
        file = "\r\n".join([*lines, "END:VEVENT", "END:VCALENDAR", ""]).encode()
        for wanted in [[], [date]] if day not in known["closed"] else [[date]]:
            line = "POST /v1/calendars/default/holidays"
            answer = self.root.insist("POST", line[5:], file, {"Content-Type": "text/calendar"})
            world = self.world
            world.require(answer.status == 200 and not answer.json["refused"], "a holiday is not taken", line, 200, answer.json)
            came = [d["date"] for d in answer.json["already_there"]], [d["date"] for d in answer.json["added"]]
            world.require(came == (wanted, [] if wanted else [date]), "other days are added", line, wanted, answer.json)
            version = answer.json["version"] - known["version"]
            world.require(version == (0 if wanted else 1), "a version too many, or too few", line, wanted, answer.json)
            if not wanted:
                calendar = self.root.insist("GET", "/v1/calendars/default").json
                self.calendar_told(calendar, known["minutes"], known["closed"] | {day}, known["from"])
                known = model.CALENDARS[-1]

    def calendar_told(self, calendar, minutes, closed, since=None):
        """A version that the service has made, as the model counts by it. It holds from today on, unless from the day of another."""
        versions = model.CALENDARS
        last = calendar["versions"][0]
        first = versions[-1]["version"] if versions else 0
        recorded = instant(last["recorded_at"])
        self.world.require(
            last["version"] == calendar["version"] == first + 1, "another version of a calendar", expected=first + 1, came=last
        )
        before = versions[-1]["minutes"] if versions else None
        day = 0 if not versions else recorded // model.DAY if since is None else since
        begins = last["effective_from"]
        wanted = written(day * model.DAY)[:10] if day else None
        self.world.require(begins == wanted, "a version begins on another day", expected=wanted, came=last)
        versions.append(
            {
                "version": last["version"],
                "recorded": recorded,
                "from": day,
                "minutes": minutes,
                "closed": frozenset(closed),
            }
        )
        changes = {"name": "default", "effective_from": begins}
        if minutes != before:
            changes["weekly"] = model.hours_words(minutes)
        self.world.records.ask("calendar", 1, "calendar_updated", "root", changes=changes)

    def keep_regime(self, name):
        """Another version of a regime: the clocks of cases that are received later are others, or of those that were received
        lately; those that run go on as they were."""
        known = regimes.REGIMES.setdefault(name, [])
        today = now_ms() // model.DAY
        since = self.rng.choice([None, today, today - 1, today - 3]) if known else None
        body = {
            "title": f"Regime {self.world.next()}",
            "authority": "Nobody",
            "source": "Nowhere",
            "calendar": "default",
            "received_closed": self.rng.choice(["same", "next"]),
            "stages": regimes.stages(name, self.rng),
        }
        if since is not None:
            body["valid_from"] = written(since * model.DAY)[:10]
        path = f"/v1/regimes/{name.replace(' ', '%20')}"
        answer = self.root.insist("PUT", path, body)
        number = known[-1]["version"] + 1 if known else 1
        came = answer.json.get("title"), answer.json.get("version"), answer.json.get("valid_from")
        wanted = body["title"], number, body.get("valid_from")
        self.world.require(came == wanted, "a regime can't be kept", f"PUT {path}", wanted, answer.json)
        changes = {"title": body["title"]}
        if not known or known[-1]["closed"] != body["received_closed"]:
            changes["received_closed"] = body["received_closed"]
        place = regimes.NAMES.index(name) + 1
        self.world.records.ask("regime", place, "regime_updated", "root", changes=changes)
        known.append(
            {
                "name": name,
                "version": number,
                "recorded": instant(answer.json["recorded_at"]),
                "from": since,
                "closed": body["received_closed"],
                "stages": body["stages"],
            }
        )

    # Concurrency

    def turbulence(self, seconds, disturbances=None):
        """A stretch in which everybody acts at once, and the service comes and goes."""
        self.phase += 1
        until = time.monotonic() + seconds
        threads = [Writer(self, i, self.phase, until) for i in range(self.arguments.writers)]
        readers = [Reader(self, i, self.phase, until) for i in range(self.arguments.readers)]
        for t in threads + readers:
            t.start()
        chosen = self.rng.choice(
            [["kill"], ["kill", "kill"], ["term"], ["import"], ["hup"], ["limit", "kill"], ["calendar", "kill"], ["calendar"], []]
        )
        if disturbances is None:
            disturbances = chosen if self.phase > 1 else ["import", "limit", "kill"]
        for what in disturbances:
            time.sleep(seconds / (len(disturbances) + 1) * self.rng.uniform(0.6, 1))
            if self.world.failure:
                break
            self.disturb(what)
        for t in threads + readers:
            t.join()
        self.note(
            f"phase {self.phase}: {len(self.world.pending)} changes asked for, "
            f"{sum(len(r.seen) for r in readers)} reads; {', '.join(disturbances) or 'undisturbed'}"
        )
        if self.world.failure:
            raise self.world.failure
        return [s for r in readers for s in r.seen]

    def disturb(self, what):
        if what == "calendar":
            self.keep_calendar()
        elif what == "kill":
            self.service.kill()
            self.service.start()
        elif what in ("term", "hup"):
            self.service.stop(signal.SIGTERM if what == "term" else signal.SIGHUP)
            self.service.start()
        elif what == "import":
            self.import_some(self.rng.randrange(5, 60))
        elif what == "limit":
            self.too_long()

    def too_long(self):
        """The limit of a body is that of its own route, whatever the same header section was good for before."""
        connection = Connection(self.service, self.tokens["agent-a"])
        filler = b" " * 1_200_000
        body = b'{"items": [{"complaint": "", "customer": {"name": "Nobody"}}]' + filler + b"}"
        fields = {"Expect-Nothing": "x"}
        for _ in range(4):
            for path, wanted in (("/v1/cases/bulk", (200, 207)), ("/v1/cases", (413,))):
                answer = connection.ask("POST", path, body, fields)
                if answer is None or answer.status == 503:
                    if path == "/v1/cases":
                        continue
                    break
                self.world.require(
                    answer.status in wanted,
                    "a body's limit is not that of its route",
                    f"POST {path} with {len(body)} bytes",
                    wanted,
                    answer.status,
                )
        connection.close()

    def import_some(self, count):
        rng = self.rng
        number = self.world.next()
        path = os.path.join(self.folder, f"import-{number}.csv")
        rows = {}
        with open(path, "w", newline="") as file:
            writer = csv.writer(file)
            names = [
                "external_id",
                "complaint",
                "name",
                "received",
                "due",
                "kept",
                "owner",
                "team",
                "category",
                "severity",
                "channel",
                "kind",
                "what",
                "regime",
            ]
            writer.writerow(names)
            for i in range(count):
                received = now_ms() - rng.randrange(10 * 86_400_000, 300 * 86_400_000)
                due = received + rng.randrange(3_600_000, 6 * 86_400_000)
                kept = (
                    received + rng.randrange(1, 9 * 86_400_000)
                    if rng.random() < (0.97 if count > 1000 else 0.85)
                    else None
                )
                row = {
                    "external_id": f"i-{number}-{i}",
                    "complaint": f"Old trouble y{number}y{i}y",
                    "name": f"Old {i}",
                    "received": received,
                    "due": due,
                    "kept": kept,
                    "owner": rng.choice(OWNERS),
                    "team": rng.choice(TEAMS),
                    "category": rng.choice(CATEGORIES),
                    "severity": rng.choice(SEVERITIES),
                    "channel": rng.choice(CHANNELS),
                    "kind": "answer",
                    "what": f"Answer it y{number}y{i}y",
                    "regime": rng.choice(regimes.NAMES) if regimes.REGIMES and rng.random() < 0.4 else "",
                }
                rows[row["external_id"]] = row
                cells = [written(row[n]) or "" if n in ("received", "due", "kept") else row[n] for n in names]
                writer.writerow(cells)
            # The same row once more is the same case; another complaint under its key would be lost, and so would be when
            # one without a date was received.
            writer.writerow(cells)
            writer.writerow([f"Other trouble y{number}y" if n == "complaint" else c for n, c in zip(names, cells)])
            writer.writerow([{"external_id": f"n-{number}", "received": ""}.get(n, c) for n, c in zip(names, cells)])
        line = ["import", path]
        for field, column in (
            ("external_id", "external_id"),
            ("complaint", "complaint"),
            ("customer.name", "name"),
            ("received_at", "received"),
            ("promise.due_at", "due"),
            ("promise.kept_at", "kept"),
            ("owner", "owner"),
            ("team", "team"),
            ("category", "category"),
            ("severity", "severity"),
            ("channel", "channel"),
            ("promise.kind", "kind"),
            ("promise.what", "what"),
            ("regime", "regime"),
        ):
            line += ["--map", f"{field}={column}"]
        start = now_ms()
        self.import_rows.update(rows)
        done = self.service.command(*line, check=False)
        self.world.require(
            done.returncode == 65 and done.stdout.startswith(f"{count + 3} rows: {count} added, 1 already there, 2 refused"),
            "an import lost a row, or took one too many",
            " ".join(line),
            "65, two refused",
            done,
        )
        self.import_times.append((start, now_ms(), set(rows)))

    # Counting again

    def settle(self):
        """Waits until everything that has fallen due, or was to be said otherwise, is told, and takes in the log."""
        self.take_in()
        deadline = time.monotonic() + 30
        while True:
            moment = now_ms() - 1
            untold = [
                (case.id, p["id"])
                for case in self.world.cases.values()
                for p in case.now["promises"].values()
                if p["settled"] is None and p["due"] < moment - 5000 and p["id"] not in case.told
            ]
            unsaid = self.world.unsaid(moment - 5000)
            if not untold and not unsaid:
                break
            if time.monotonic() > deadline and unsaid:
                what = "what the clock has to say of a promise is not said half a minute after its instant"
                raise Disagreement(what, "GET /v1/events", unsaid[0], unsaid[1:])
            if time.monotonic() > deadline:
                case, p = untold[0]
                raise Disagreement(
                    "promise_overdue is not told half a minute after the due instant",
                    "GET /v1/events",
                    model.promise_view(self.world.cases[case].now["promises"][p], moment),
                    untold,
                )
            time.sleep(0.3)
            self.take_in()
        for case in self.world.cases.values():
            for p in case.now["promises"].values():
                s = p["settled"]
                if s and not p["imported"] and s["recorded"] > p["due"]:
                    self.world.require(
                        p["id"] in case.told,
                        "nobody was told that a promise had fallen overdue",
                        f"promise {p['id']}",
                        "promise_overdue before it was settled",
                        model.promise_view(p, now_ms()),
                    )
                    self.world.require(
                        case.told[p["id"]][1] <= s["recorded"],
                        "promise_overdue came after its promise " "was settled",
                        f"promise {p['id']}",
                    )

    def events_after(self, after):
        events = []
        while True:
            page = self.root.insist("GET", f"/v1/events?after={after}&limit=500").json
            if not page["items"]:
                return events
            events += page["items"]
            after = page["next"]

    def take_in(self):
        world = self.world
        last = world.events[-1]["id"] if world.events else 0
        events = self.events_after(last)
        if not events:
            world.follow([], {})
            return
        entries = self.entries_of(events)
        unknown = set(self.import_rows) - self.known_rows
        if unknown:
            for line in self.service.command("export", "cases", "--format", "jsonl").stdout.splitlines():
                case = json.loads(line)
                if case["external_id"] in unknown:
                    world.imports[case["id"]] = self.import_rows[case["external_id"]]
                    self.known_rows.add(case["external_id"])
            for number, (start, end, names) in enumerate(self.import_times):
                world.import_windows[number] = (
                    start,
                    end,
                    {cid for cid, row in world.imports.items() if row["external_id"] in names},
                )
        world.follow(events, entries)
        self.learn()

    def entries_of(self, events):
        """What the log says at these events: case by case over HTTP, or by the export."""
        cases = {e["case_id"]: e["log"]["seq"] for e in reversed(events)}
        entries, others = {}, {}
        if len(cases) > 150:
            for line in self.service.command("export", "log", "--format", "jsonl").stdout.splitlines():
                entry = json.loads(line)
                if entry["case_id"] is not None:
                    entries[(entry["case_id"], entry["seq"])] = entry
                others[(entry["about"], entry["about_id"], entry["seq"])] = entry
            for event in events:
                if event["case_id"] is None:
                    exported = others.get((event["about"], event["about_id"], event["log"]["seq"]))
                    self.world.require(
                        exported == event["entry"],
                        "an exported entry differs from the event's",
                        "casekeeper export log",
                        event["entry"],
                        exported,
                    )
            cases = {cid: 1 for cid in self.rng.sample(list(cases), 5)}
        for cid in cases:
            if cid is None:
                continue
            target = f"/v1/cases/{cid}/log?limit=500"
            while target:
                answer = self.root.insist("GET", target, world=self.world)
                for entry in answer.json["items"]:
                    known = entries.setdefault((cid, entry["seq"]), entry)
                    self.world.require(
                        known == entry,
                        "an exported entry differs from the log's",
                        f"GET /v1/cases/{cid}/log",
                        entry,
                        known,
                    )
                target = further(answer)
        return entries

    def learn(self):
        """What clients may use from now on."""
        world = self.world
        self.living_customers = [i for i, c in world.customers.items() if not c["erased"]][-60:]
        self.waiting = {}
        dues = []
        for case in list(world.cases.values())[-400:]:
            c = case.now
            for seq in c["threats"]:
                self.waiting.setdefault((case.id, "threat"), []).append(seq)
            for seq in c["disputes"]:
                self.waiting.setdefault((case.id, "dispute"), []).append(seq)
            for seq in c["concessions"]:
                self.waiting.setdefault((case.id, "concession"), []).append(seq)
            for seq in c["referrals"]:
                self.waiting.setdefault((case.id, "referral"), []).append(seq)
            dues += [p["due"] for p in c["promises"].values() if p["due"] < now_ms()]
        self.dues = sorted(dues)

    def count_again(self, seen):
        """Every answer that was given meanwhile, and many more now."""
        world, rng = self.world, self.rng
        connection = Connection(self.service, self.tokens["reader"])
        for _ in range(self.arguments.questions):
            found = look_at_random(self, rng, connection, quiet=True)
            if found is not None:
                seen.append(found)
                if found.what != "single" and found.explicit and rng.random() < 0.2:
                    self.kept.append((found.what, found.kind, found.filters))
        seen += self.plodded(connection)
        # What was asked before as of some instant is answered in the same way.
        for what, kind, filters in rng.sample(self.kept, min(6, len(self.kept))):
            seen.append(look(world, connection, what, kind, filters, limit=500, quiet=True))
        # Exactly at due instants, and one millisecond after.
        for due in rng.sample(self.dues, min(6, len(self.dues))):
            for moment in (due, due + 1):
                if moment < now_ms():
                    seen.append(
                        look(
                            world,
                            connection,
                            "list",
                            "promises",
                            {"state": "overdue", "as_of": written(moment), "by": "any", "to": "any"},
                            limit=500,
                            quiet=True,
                        )
                    )
        for name in regimes.NAMES:
            for form in ("json", "csv"):
                filters = {"regime": name, "group_by": rng.choice(["category", "stage", "outcome", "day"])}
                filters["by"] = rng.choice(["received", "settled"])
                mark = rng.choice(world.marks[-500:])
                if rng.random() < 0.5 and mark >= regimes.REGIMES[name][0]["recorded"]:
                    filters["as_of"] = written(mark)
                seen.append(look(world, connection, "report", "regime", filters, form, quiet=True))
        for form, kind in (("csv", "promises"), ("csv", "cases"), ("json", "promises"), ("json", "cases")):
            filters = {"by": "any", "to": "any"} if kind == "promises" else {}
            seen.append(look(world, connection, "list", kind, filters, form, 500, quiet=True))
        exports = self.exported()
        if len(seen) > self.arguments.counted:
            seen = rng.sample(seen, self.arguments.counted)
        # The clock has gone on meanwhile, and may have told of something.
        self.take_in()
        for s in seen:
            self.count(s)
        self.count_export(*exports)
        self.queued(connection)
        digests.counted(self, connection)
        self.guided(connection)
        self.searched(connection)
        self.metered(connection)
        self.customers(connection)
        self.looked_back(connection)
        self.followed()
        head = self.root.insist("GET", "/v1/log/head").json
        self.service.heads.append(head)
        connection.close()

    def plodded(self, connection):
        """Lists that have to look at everything to find next to nothing, one by one and each another: where work has a
        bound, one of them ends just there."""
        seen = []
        states = ["void", "withdrawn", "renegotiated", "void,broken"]
        for i in range(self.arguments.slow if self.phase == 1 else self.arguments.slow // 10):
            filters = {
                "state": self.rng.choice(states),
                "kind": "remedy",
                "due_before": written(4_070_908_800_000 + i * 997),
            }
            found = look(self.world, connection, "list", "promises", filters, quiet=True)
            if found is not None and (i % 20 == 0 or not self.big):
                seen.append(found)
        return seen

    def count(self, seen):
        if seen is None:
            return
        world = self.world
        {"list": world.check_list, "report": world.check_report, "single": world.check_single}[seen.what](seen)

    def exported(self):
        """casekeeper export of everything, as of an instant."""
        moment = now_ms()
        lines = self.service.command(
            "export", "cases", "--format", "jsonl", "--as-of", written(moment)
        ).stdout.splitlines()
        return moment, lines

    def count_export(self, moment, lines):
        world = self.world
        line = f"casekeeper export cases --as-of {written(moment)}"
        found = {}
        for text in lines:
            whole = json.loads(text)
            found[whole["id"]] = whole
        world.require(
            set(found) == set(world.cases), "an export has other cases", line, sorted(world.cases), sorted(found)
        )
        for cid, whole in found.items():
            c = world.cases[cid].at(moment)
            world.compare(whole, model.case_view(c, moment), line, f"case {cid}")
            world.promises_of(whole, c, moment, line)
            customer = world.customers[world.person(c["customer"], moment)]
            name = ERASED if customer["erased"] else customer["name"]
            world.require(
                whole["customer"]["name"] == name or name is None,
                "a case's customer has another name",
                line,
                name,
                whole["customer"],
            )

    def searched(self, connection):
        world = self.world
        done = [
            r
            for r in world.requests[-3000:]
            if r.tag and r.done and r.act in ("log", "open", "resolve", "keep") and r.status in (200, 201)
        ]
        for r in self.rng.sample(done, min(8, len(done))):
            cid = r.case or r.json["id"]
            hidden = world.cases[cid].now["erased"]
            # What is no text of the case or its log, such as an amount's evidence or a name, is not looked for.
            body = r.body
            if (
                r.tag not in json.dumps(body)
                or "evidence" in body
                or body.get("kind") in ("mood", "supervisor_joined", "debrief", "concession")
            ):
                continue
            answer = connection.insist("GET", f"/v1/cases?q={r.tag}")
            ids = [x["id"] for x in answer.json["items"]]
            # What was promised is told where it goes on, too.
            found = {cid} | {
                case.id
                for case in world.cases.values()
                for p in case.now["promises"].values()
                if p["from"] and r.tag in (p["what"] or "")
            }
            world.require(
                sorted(ids) == ([] if hidden else sorted(found)),
                "a search finds other cases",
                f"GET /v1/cases?q={r.tag}",
                [] if hidden else sorted(found),
                ids or r.line,
            )

    def guided(self, connection):
        """Guidance has all tactics, and its calls are refused for what a person has to fill in, and for nothing else."""
        world = self.world
        for cid in self.rng.sample(list(world.cases), min(6, len(world.cases))):
            line = f"GET /v1/cases/{cid}/guidance"
            items = connection.insist("GET", f"/v1/cases/{cid}/guidance").json["items"]
            tactics = sorted(i["tactic"] for i in items)
            world.require(tactics == sorted(f"T{n}" for n in range(1, 22)), "guidance lacks a tactic", line, came=tactics)
            for item in items:
                self.unfilled(item["call"], line)
                done = item["state"] in ("done", "not_needed")
                # What was apologised for too often is held without a call.
                world.require(
                    done == (item["call"] is None) or item["tactic"] == "T9", "a call too few or too many", line, came=item
                )

    def unfilled(self, call, line):
        if call is None or not call["fill"]:
            return
        answer = self.root.insist(call["method"], call["path"], call["body"])
        if answer.code == "forbidden":
            # Nobody decides about what they did themselves.
            answer = self.manager.insist(call["method"], call["path"], call["body"])
        if answer.code == "promise_broken":
            return  # It fell due meanwhile.
        came = sorted(e["pointer"] for e in answer.json.get("errors", []))
        self.world.require(
            answer.status == 422 and came == sorted(call["fill"]),
            "an unfilled call is refused otherwise",
            f"{line}: {call}",
            (422, call["fill"]),
            (answer.status, answer.json),
        )

    def queued(self, connection, past=None):
        """The queue: what waits for somebody, or waited at an instant, exactly."""
        world = self.world
        items, path = [], "/v1/queue?limit=500" + (f"&as_of={written(past)}" if past else "")
        target, moment = path, None
        while target:
            answer = connection.insist("GET", target)
            world.require(answer.status == 200, "the queue is refused", f"GET {target}", 200, answer.json)
            moment = moment or instant(answer.json["as_of"])
            items += answer.json["items"]
            target = further(answer)
        for item in [] if past else self.rng.sample(items, min(10, len(items))):
            call = item["call"]
            world.require(
                call["body"] == call["example"], "a call of the queue lacks something", f"GET {path}", call["example"], call
            )
        self.take_in()
        wanted = set()
        for _, c in world.rows(moment):
            for seq, t in c["threats"].items():
                if not t["assessments"] and not c["erased"]:
                    wanted.add(("threat", c["id"], seq))
            for seq, x in c["concessions"].items():
                if x["state"] == "pending" and not c["erased"]:
                    wanted.add(("concession", c["id"], seq))
            for seq, d in c["disputes"].items():
                if d["waits"] and not c["erased"]:
                    wanted.add(("dispute", c["id"], seq))
            if c["escalated"]:
                wanted.add(("escalation", c["id"], None))
            # From two weeks before it on.
            deadline = c["hard_deadline"]
            if deadline and c["status"] == "open" and instant(deadline) <= moment + 14 * model.DAY:
                wanted.add(("deadline", c["id"], None))
            for _, seq in c["dangers"]:
                if not c["erased"]:
                    wanted.add(("danger", c["id"], seq))
            if c["discontent"] and not c["erased"]:
                wanted.add(("not_accepted", c["id"], None))
            for p in c["promises"].values():
                if p["settled"] is None and not c["erased"]:
                    for who, _, stamp in world.cases[c["id"]].climbed.get(p["id"], []):
                        if stamp <= moment:
                            wanted.add(("ladder", c["id"], (p["id"], stamp, HEARERS[who])))
                # What the customer missed waits for nobody while the desk has promised to check in.
                if model.state(p, moment) == "overdue" and (p["by"] == "desk" or not model.checks_in(c, moment)):
                    wanted.add(("overdue", c["id"], p["id"]))
                if model.waits(p):
                    wanted.add(("acceptance", c["id"], p["id"]))
        came = [
            (i["kind"], i["case"]["id"], (i["promise_id"], instant(i["since"]), i["why"].split(" is to see")[0]))
            if i["kind"] == "ladder"
            else (i["kind"], i["case"]["id"], None if i["kind"] in ("escalation", "not_accepted") else i["promise_id"] or i["seq"])
            for i in items
            if i["kind"] != "return"
        ]
        world.require(len(came) == len(set(came)), "the queue has something twice", f"GET {path}", came=came)
        # A page after the first one leaves out what was settled since.
        world.require(
            set(came) == wanted,
            "the queue has other items",
            f"GET {path} as of {written(moment)}",
            sorted(wanted - set(came), key=str)[:5],
            sorted(set(came) - wanted, key=str)[:5],
        )

    def metered(self, connection):
        """/readyz, and no failure in the service's own log."""
        answer = connection.insist("GET", "/readyz")
        self.world.require(answer.status == 200, "the service is not ready", "GET /readyz", 200, answer.json)
        with open(self.service.log_path, "rb") as log:
            for line in log:
                if b'"clock_jumped"' in line or b'"clock_behind"' in line:
                    continue  # `clock` has it leap.
                if b'"level":"error"' in line or b'"level":"critical"' in line or b"Fatal error" in line:
                    raise Disagreement("an error in the service's log", came=line.decode("utf-8", "replace"))

    def customers(self, connection):
        world = self.world
        for cid in self.rng.sample(list(world.customers), min(10, len(world.customers))):
            answer = connection.insist("GET", f"/v1/customers/{cid}").json
            record = world.customers[cid]
            cases = [c.now for c in world.cases.values() if world.person(c.now["customer"]) == world.person(cid)]
            line = f"GET /v1/customers/{cid}"
            world.require(
                answer["merged_into"] == world.merged(cid),
                "a customer is merged into another",
                line,
                world.merged(cid),
                answer,
            )
            counts = {s: sum(1 for c in cases if c["status"] == s) for s in ("open", "resolved", "closed")}
            world.require(answer["cases"] == counts, "a customer has other counts", line, counts, answer)
            unsettled = sum(1 for c in cases for p in c["promises"].values() if ours(p) and p["settled"] is None)
            world.require(
                answer["unsettled_promises"] == unsettled, "a customer has other promises", line, unsettled, answer
            )
            world.require(
                (answer["erased_at"] is not None) == record["erased"],
                "a customer is erased, or not",
                line,
                record,
                answer,
            )
            if not record["erased"]:
                record = world.completed(cid, record)
                for name in CUSTOMER:
                    world.require(
                        own(answer[name]) == record.get(name), f"a customer has another {name}", line, record.get(name), answer
                    )

        record = self.rng.choice(list(world.customers))
        if world.merges and self.rng.random() < 0.5:
            record = self.rng.choice(list(world.merges))
        person = world.person(record)
        ids = {c.id for c in world.cases.values() if world.person(c.now["customer"]) == person}
        history = []
        target = f"/v1/customers/{record}/history?limit=500"
        while target:
            answer = connection.insist("GET", target)
            history += [(e["about"], e["about_id"], e["seq"]) for e in answer.json["items"]]
            target = further(answer)
        self.take_in()
        told = [
            (e["about"], e["about_id"], e["log"]["seq"])
            for e in world.events
            if e["case_id"] in ids or e["about"] == "customer" and world.person(e["about_id"]) == person
        ]
        world.require(
            history == told[: len(history)] and len(told) - len(history) < 50,
            "a customer's history is another",
            f"GET /v1/customers/{record}/history",
            told,
            history,
        )
        people = [i for i in world.customers if world.merged(i) is None]
        cared = {i for i in people if not world.customers[i]["erased"] and world.completed(i, world.customers[i]).get("vulnerable")}
        lists = {f"erased={word}": {i for i in people if world.customers[i]["erased"] == flag} for word, flag in FLAGS}
        lists |= {f"vulnerable={word}": {i for i in people if (i in cared) == flag} for word, flag in FLAGS}
        for query, wanted in lists.items():
            answer = connection.insist("GET", f"/v1/customers?{query}&limit=500").json
            came = {x["id"] for x in answer["items"]}
            world.require(
                answer.get("total_capped")
                or answer["total"] == len(wanted)
                and (came == wanted or len(wanted) > 500 and came <= wanted),
                "other customers are listed",
                f"GET /v1/customers?{query}",
                len(wanted),
                answer["total"],
            )
        answer = connection.insist("GET", "/v1/policies").json
        for policy in answer["items"]:
            wanted = world.policies[policy["name"]][-1][1]
            world.require(policy == wanted, "a policy is another", "GET /v1/policies", wanted, policy)
        order = [p["name"] for p in answer["items"]]
        wanted = [p["name"] for p in world.policies_at(now_ms())]
        world.require(order == wanted, "policies are in another order", "GET /v1/policies", wanted, order)
        for case in self.rng.sample(list(world.cases.values()), min(5, len(world.cases))):
            self.previewed(connection, case.now)

    def looked_back(self, connection):
        """Customers, policies and the queue as they were around some change."""
        world, rng = self.world, self.rng
        changed = [k for k, v in world.records.versions.items() if k[0] == "customer" and len(v) > 1]
        for key in rng.sample(changed, min(5, len(changed))):
            if world.customers[key[1]]["erased"]:
                continue
            stamp = rng.choice(world.records.versions[key][1:])[0]
            since = min(c.stamps[0] for c in world.cases.values() if c.now["customer"] == key[1])
            for moment in (stamp - 1, stamp):
                line = f"GET /v1/customers/{key[1]}?as_of={written(moment)}"
                answer = connection.insist("GET", line[4:])
                if answer.status == 404 and moment < since:
                    continue
                wanted = world.completed(key[1], world.records.at(*key, moment), moment)
                world.require(
                    answer.json["merged_into"] == world.merged(key[1], moment),
                    "a customer was merged into another",
                    line,
                    world.merged(key[1], moment),
                    answer.json,
                )
                for name in CUSTOMER:
                    world.require(
                        own(answer.json.get(name)) == wanted.get(name),
                        f"a customer had another {name}",
                        line,
                        wanted.get(name),
                        answer.json,
                    )
        edits = [stamp for versions in world.policies.values() for stamp, _ in versions[1:]]
        for stamp in rng.sample(edits, min(2, len(edits))):
            for moment in (stamp - 1, stamp):
                line = f"GET /v1/policies?as_of={written(moment)}"
                answer = connection.insist("GET", line[4:])
                came, wanted = answer.json["items"], world.policies_at(moment)
                world.require(came == wanted, "policies were others", line, wanted, came)
        mark = rng.choice(world.marks[-500:])
        for moment in (mark - 1, mark):
            self.queued(connection, moment)
            digests.counted(self, connection, moment)

    def followed(self):
        """Followers have been told everything, each of it once."""
        world = self.world
        last = world.events[-1]["id"]
        deadline = time.monotonic() + 30
        while any(f.after < last for f in self.followers):
            if world.failure:
                raise world.failure
            if time.monotonic() > deadline:
                raise Disagreement(
                    "a follower is not told the last event", "GET /v1/events", last, [f.after for f in self.followers]
                )
            time.sleep(0.05)
        for follower in self.followers:
            types = follower.types.split(",") if follower.types else None
            wanted = [
                (e["id"], e["type"], e["about"], e["about_id"], e["log"]["seq"])
                for e in world.events
                if types is None or e["type"] in types
            ]
            told = [s for s in follower.seen if s[0] <= last]
            if told != wanted:
                raise Disagreement(
                    "a follower was told other events",
                    f"type={follower.types}",
                    sorted(set(wanted) - set(told), key=str)[:5],
                    sorted(set(told) - set(wanted), key=str)[:5],
                )
            world.assertions += len(wanted)

    # Between

    def deeds_of_an_admin(self):
        """Erasures, and policies that change what comes next."""
        world, rng = self.world, self.rng
        self.merge_and_part()
        ready = []
        by_customer = {}
        for case in world.cases.values():
            by_customer.setdefault(world.person(case.now["customer"]), []).append(case)
        for customer, cases in by_customer.items():
            if not world.customers[customer]["erased"] and all(
                p["settled"] for case in cases for p in case.now["promises"].values()
            ):
                ready.append(customer)
        own = [c for c in ready if not all(case.now["imported"] for case in by_customer[c])]
        words = set()
        for customer in rng.sample(own, min(2, len(own))):
            words |= self.erase(customer, by_customer[customer])
        if words:
            self.gone(words, "POST /v1/customers/ID/erase")
        self.come_and_go()
        self.hooks.come_and_go()
        self.hand_over()
        self.keep_calendar()
        self.keep_regime(rng.choice(regimes.NAMES))
        if rng.random() < 0.5:
            self.holiday()
        body = {"acknowledge_in": rng.choice(["PT2S", "PT5S", "P1D", "P2D"]), "ladder": rng.choice(LADDERS)}
        others = {
            "acknowledge_in_business": [None, "PT3S", "PT6S", "PT1H", "P1D"],
            "follow_up_in_business": [None, "PT4S", "P1D"],
            "concession_limit": [1000, 10000, 100000],
            "warn_ahead": ["PT1H", "PT2H"],
            "warn_at": [[], ["1%"], ["1%", "2%", "3%", "PT1H"], ["50%"], ["PT1H", "75%"]],
            "max_span": ["P80D", "P85D"],
            "load_cap": [3, 12],
            "escalate_after": [2, 3],
            "escalate_after_slips": [1, 2, 3],
            "supervisor": ["sue", "sid", None],
            "regime": [None, *regimes.NAMES],
        }
        for name, values in others.items():
            if rng.random() < 0.3:
                body[name] = rng.choice(values)
        # Without a time to fall back to, nobody is asked by the calendar either.
        follows = rng.random() < 0.5
        body["follow_up_in"] = "PT5S" if follows else None
        if not follows:
            body["follow_up_in_business"] = None
        self.policy_changed("PATCH", rng.choice(SEVERITIES), body)
        self.rule(body)

    def rule(self, terms):
        """A rule that is made, replaced or put out of use, before or behind others."""
        rng = self.rng
        matched = {
            "severity": rng.sample(SEVERITIES, 2),
            "mood": rng.sample(MOODS, 2),
            "category": [c.upper() for c in rng.sample(CATEGORIES, 1)],
            "team": rng.sample(TEAMS, 1),
            "regime": rng.sample(regimes.NAMES, 1),
        }
        match = {name: matched[name] for name in rng.sample(list(matched), rng.choice([1, 1, 2]))}
        rules = [name for name in self.world.policies if name not in SEVERITIES]
        name = f"Rule {self.world.next()}" if len(rules) < 4 else rng.choice(rules)
        body = {**terms, "match": match, "position": rng.randrange(1, 50)}
        self.policy_changed("PUT", name, body)
        if rng.random() < 0.3:
            self.policy_changed("PATCH", name, {"active": False})

    def policy_changed(self, method, name, body):
        """Asks for a change of a policy, which each case that it fits is under from then on."""
        world = self.world
        known = world.policies[name][-1][1] if name in world.policies else None
        path = f"/v1/policies/{name.replace(' ', '%20')}"
        answer = self.root.insist(method, path, body)
        wanted = 200 if known else 201
        world.require(answer.status == wanted, "a policy can't be changed", f"{method} {path}", wanted, answer.json)
        # What whoever changed it is told is no part of it.
        policy = {key: value for key, value in answer.json.items() if key != "warnings"}
        for field, value in body.items():
            if field == "match":
                for part in policy["match"]:
                    came = [v.casefold() for v in policy["match"][part]]
                    asked = [v.casefold() for v in value.get(part, [])]
                    world.require(sorted(came) == sorted(asked), f"a rule is for another {part}", path, value, policy)
            else:
                world.require(policy[field] == value, f"a policy has another {field}", path, value, policy)
        changes = {field: policy[field] for field in body if field != "match" and (known or {}).get(field) != policy[field]}
        parts = {f"match_{part}": values for part, values in policy["match"].items()}
        if known is None:
            world.records.ask("policy", policy["id"], "policy_added", "root", changes={"name": name})
        elif policy["version"] != known["version"]:
            whole = {f: policy[f] for f in policy if known[f] != policy[f] and f not in ("match", "version", "updated_at")}
            parts = {part: value for part, value in parts.items() if known["match"][part[6:]] != value}
            world.records.ask("policy", policy["id"], "policy_updated", "root", changes={**changes, **whole, **parts})
        if known is None:
            world.records.known("policy", policy["id"], {**{f: policy[f] for f in policy if f != "match"}, **parts})
        world.policies.setdefault(name, []).append((instant(policy["updated_at"]), policy))

    def previewed(self, connection, case):
        """Which policy a case has, and when it would be acknowledged, by the model."""
        moment = now_ms()
        answer = connection.insist("POST", f"/v1/policies/preview?as_of={written(moment)}", {"case_id": case["id"]})
        policy = self.world.policy_of(case, moment)
        line = f"POST /v1/policies/preview of case {case['id']}"
        self.world.require(answer.status == 200, "a case has no policy", line, 200, answer.json)
        came = answer.json
        self.world.require(came["policy"] == policy["name"], "a case has another policy", line, policy["name"], came)
        due = written(model.policy_due(policy, "acknowledge_in", case["received"], moment))
        self.world.require(came["acknowledge_due_at"] == due, "it would be acknowledged at another time", line, due, came)
        by = "acknowledge_in_business" if policy["acknowledge_in_business"] else "acknowledge_in"
        self.world.require(came["acknowledge_due_by"] == by, "another field holds", line, by, came)
        self.world.require((came["due_explained"] is None) == (by == "acknowledge_in"), "it is explained, or not", line, by, came)

    def come_and_go(self):
        """A token is let in until it is revoked, and not once more."""
        world = self.world
        name = f"guest {world.next()}"
        made = self.root.insist("POST", "/v1/tokens", {"name": name, "role": "reader"})
        world.require(made.status == 201, "a token can't be made", "POST /v1/tokens", 201, made.json)
        guest = Connection(self.service, made.json["token"])
        for path, wanted in (("/v1/me", None), ("/v1/cases?limit=1", 200)):
            answer = guest.ask("GET", path)
            world.require(
                wanted is None or answer.status == wanted,
                "a new token is not let in",
                f"GET {path}",
                wanted,
                answer.status,
            )
        other = guest.ask("GET", "/v1/me", fields={"Casekeeper-Actor": "kim"})
        world.require(other.json["owner"] == "kim", "who shares a token is not who they say", "GET /v1/me", "kim", other.json)
        refused = guest.ask("POST", "/v1/cases", {"complaint": "x", "customer": {"name": "x"}})
        world.require(refused.status == 403, "a reader may write", "POST /v1/cases", 403, refused.json)
        world.records.ask("token", made.json["id"], "token_created", "root", changes={"name": name, "role": "reader"})
        world.records.ask("token", made.json["id"], "token_revoked", "root", changes={"name": name})
        gone = self.root.insist("POST", f"/v1/tokens/{made.json['id']}/revoke", {})
        world.require(gone.status == 200, "a token can't be revoked", "POST revoke", 200, gone.json)
        answer = guest.ask("GET", "/v1/cases?limit=1")
        world.require(answer.status == 401, "a revoked token is let in", "GET /v1/cases?limit=1", 401, answer.status)
        guest.close()

    def name_owner(self, name):
        """Names somebody, or edits them: an entry, and a version as of then."""
        world, rng = self.world, self.rng
        values = {
            "email": rng.choice([f"{name}@example.com", None]),
            "team": rng.choice(["north", "south", None]),
            "time_zone": rng.choice(["Europe/Berlin", "Pacific/Auckland", "America/New_York", None]),
        }
        if name not in self.world.owners:
            made = self.root.insist("POST", "/v1/owners", {"name": name, **{k: v for k, v in values.items() if v}})
            world.require(made.status == 201, "nobody can be named", f"POST /v1/owners {name}", 201, made.json)
            number = len(self.world.owners) + 1
            told = {"name": name, **{k: v for k, v in values.items() if v}}
            world.records.ask("owner", number, "owner_named", "root", changes=told)
            world.records.known("owner", number, {**values, "active": "true"})
            self.world.owners[name] = number
            again = self.root.insist("POST", "/v1/owners", {"name": name.upper()})
            world.require(again.code == "duplicate_owner", "somebody is named twice", name, "duplicate_owner", again.json)
            return
        known = self.root.insist("GET", f"/v1/owners/{name}").json
        answer = self.root.insist("PATCH", f"/v1/owners/{name}", values)
        world.require(answer.status == 200, "an owner can't be changed", f"PATCH /v1/owners/{name}", 200, answer.json)
        changes = {k: v for k, v in values.items() if known[k] != v}
        if changes:
            world.records.ask("owner", self.world.owners[name], "owner_updated", "root", changes=changes)
            then = self.root.insist("GET", f"/v1/owners/{name}?as_of={known_at(answer)}").json
            world.require(
                all(then[k] == known[k] for k in values), "an owner was another then", name, known, then
            )
        self.leave(name)

    def leave(self, name):
        """Somebody is away, or back: an entry, and as it was as of then."""
        world, rng = self.world, self.rng
        path = f"/v1/owners/{name}/absence"
        before = self.root.insist("GET", f"/v1/owners/{name}").json
        away = rng.random() < 0.7
        first = datetime.date.today() + datetime.timedelta(days=rng.choice([0, 0, 0, 1, 2, 9]))
        dates = {"from": str(first), "until": str(first + datetime.timedelta(days=rng.randrange(2, 9))), "stand_in": None}
        others = [other for other in world.owners if other != name]
        if others and rng.random() < 0.5:
            dates["stand_in"] = rng.choice(others)
        answer = self.root.insist("PUT", path, dates) if away else self.root.insist("DELETE", path)
        if not away and not before["absence"]:
            world.require(answer.status == 404, "who is not away comes back", path, 404, answer.json)
            return
        world.require(answer.status == 200, "an absence is refused", path, 200, answer.json)
        was = {k: (before["absence"] or {}).get(k) for k in dates}
        now = dates if away else {k: None for k in dates}
        if now == was:
            return
        changes = {f"absence_{k}": v for k, v in now.items() if v != was[k]}
        world.records.ask("owner", self.world.owners[name], "owner_updated", "root", changes=changes)
        then = self.root.insist("GET", f"/v1/owners/{name}?as_of={known_at(answer)}").json["absence"] or {}
        world.require({k: then.get(k) for k in dates} == was, "who was away is another then", path, was, then)
        if away:
            self.take_in()
            digests.warned(self, name, answer)

    def owned(self, name):
        """What of somebody's is not settled, by the model."""
        return {
            p["id"]: p
            for case in self.world.cases.values()
            for p in case.now["promises"].values()
            if p["owner"] and same(p["owner"], name) and not p["settled"]
        }

    def hand_over(self):
        """Everything that somebody has not settled is somebody else's, and comes back now and then. Nobody acts meanwhile."""
        world, rng = self.world, self.rng
        one, other = rng.sample(OWNERS, 2)
        for name in (one, other):
            self.name_owner(name)
        self.take_in()
        listed = self.root.insist("GET", "/v1/owners?limit=500")
        now = instant(listed.json["as_of"])
        for item in listed.json["items"]:
            ours = [p for p in self.owned(item["name"]).values() if p["by"] == "desk" and p["to"] == "customer"]
            overdue = sum(1 for p in ours if p["due"] < now)
            cases = sum(
                1
                for case in world.cases.values()
                if case.now["status"] == "open" and case.now["owner"] and same(case.now["owner"], item["name"])
            )
            expected = (len(ours) - overdue, overdue, cases)
            came = (item["open"], item["overdue"], item["open_cases"])
            world.require(expected == came, f"{item['name']} carries something else", "GET /v1/owners", expected, came)
        went = self.owned(one)
        seq = self.handed(one, other, {pid: None for pid in went})
        if seq is not None and rng.random() < 0.6:
            for pid in went:
                if went[pid]["by"] == "desk" and rng.random() < 0.2:
                    self.take_on(pid, other)
            there = self.owned(other)
            back = {pid: p for pid, p in went.items() if pid in there}
            self.handed(other, one, back, only=seq)
            again = self.handed(other, one, {}, only=seq)
            world.require(again is None, "nothing was taken back twice", f"handover {seq}", None, again)

    def take_on(self, pid, name):
        """Says yes to what was handed over."""
        world = self.world
        case = next(case for case in world.cases.values() if pid in case.now["promises"])
        tag = f"z{world.next()}z"
        r = Request("accept", "POST", f"/v1/promises/{pid}/accept", {}, name, "admin", tag, case=case.id, promise=pid)
        r.asked = now_ms()
        fields = {"Idempotency-Key": f"a-{self.seed}-{tag}", "Casekeeper-Actor": name}
        answer = self.root.insist("POST", r.path, {}, fields)
        r.status, r.json, r.answered = answer.status, answer.json, now_ms()
        world.require(answer.status == 200, "what was handed over can't be accepted", r.line, 200, answer.json)
        world.pending.append(r)
        self.take_in()

    def handed(self, one, other, goes, only=None):
        world = self.world
        tag = f"z{world.next()}z"
        body = {"to": other, "reason": f"On leave {tag}"}
        if only is not None:
            body["only"] = only
        r = Request("handover", "POST", f"/v1/owners/{one}/handover", body, "root", "admin", tag)
        r.goes = goes
        r.asked = now_ms()
        changes = {"to": other, "reason": body["reason"]}
        answer = self.root.insist("POST", r.path, body, {"Idempotency-Key": f"h-{self.seed}-{tag}"})
        r.status, r.json, r.answered = answer.status, answer.json, now_ms()
        world.require(answer.status == 200, "work can't be handed over", r.line, 200, answer.json)
        came = {p["id"] for p in r.json["promises"]}
        world.require(came == set(goes), "something else went over", r.line, sorted(goes), sorted(came))
        world.require((r.json["seq"] is None) == (not came), "an entry of nothing, or none of something", r.line, came, r.json["seq"])
        if came:
            world.records.ask("owner", self.world.owners[one], "handover", "root", changes=changes)
            world.pending.append(r)
            self.take_in()
        return r.json["seq"]

    def erase(self, customer, cases):
        world = self.world
        tag = f"z{world.next()}z"
        self.desk.forget([c.id for c in cases])
        r = Request(
            "erase", "POST", f"/v1/customers/{customer}/erase", {"reason": f"Asked {tag}"}, "root", "admin", tag
        )
        r.asked = now_ms()
        everybody = [c for c in world.customers if world.person(c) == customer]
        words = set()
        for one in everybody:
            world.records.ask("customer", one, "customer_erased", "root", changes={"reason": r.body["reason"]})
            words |= {w for w in [world.customers[one]["name"]] if w and w.startswith("Customer n")}
            words |= world.records.words.get(one, set())
        answer = self.root.insist("POST", r.path, r.body, {"Idempotency-Key": f"e-{self.seed}-{tag}"})
        r.status, r.json, r.answered = answer.status, answer.json, now_ms()
        world.require(answer.status == 200, "a customer can't be erased", r.line, 200, answer.json)
        world.pending.append(r)
        self.take_in()
        ids = {c.id for c in cases}
        for old in world.requests:
            if (
                old.tag
                and old is not r
                and (old.case in ids or old.act == "open" and old.json and old.json.get("id") in ids)
            ):
                words.add(old.tag)
        carried = self.carried(ids)
        for case in world.cases.values():
            if any(pid in carried for pid in case.now["promises"]) and case.id not in ids:
                case.versions = [without(v, lambda p: p["id"] in carried) for v in case.versions]
        for case in cases:
            case.versions = [hidden(v) for v in case.versions]
            world.require(case.now["erased"], "an erasure has no entry in a case", r.line, case.id)
        for one in everybody:
            world.customers[one]["erased"] = True
        return words

    def carried(self, ids):
        """What was promised in these cases and went on in others, with what took its place there."""
        carried, grows = set(), True
        promises = [p for case in self.world.cases.values() for p in case.now["promises"].values()]
        while grows:
            more = {
                p["id"]
                for p in promises
                if p["from_case"] in ids or p["from"] in carried or p["supersedes"] in carried
            }
            grows = not more <= carried
            carried |= more
        return carried

    def merge_and_part(self):
        """Customers who are one, who are not after all, and who can't be: no case is changed by it."""
        world, rng = self.world, self.rng
        living = [i for i, c in world.customers.items() if not c["erased"]]
        for _ in range(3):
            if len(living) < 2:
                return
            one, other = rng.sample(living, 2)
            tag = f"z{world.next()}z"
            into = world.merged(one)
            if into is not None and rng.random() < 0.5:
                body = rng.choice([None, {"reason": f"Two {tag}"}, {"into": into}])
                changes = {"into": into, **({"reason": body["reason"]} if body and "reason" in body else {})}
                if world.parts(one):
                    wanted = 200, None
                    world.records.ask("customer", one, "customer_unmerged", "root", changes=changes)
                    world.records.ask("customer", into, "customer_unmerged", "root", changes={"from": one})
                else:
                    wanted = 409, "promises_unsettled"
                answer = self.root.insist("DELETE", f"/v1/customers/{one}/merge", body)
            else:
                body = {"into": other, "reason": f"One {tag}"}
                if into is not None:
                    wanted = 409, "merged"
                elif world.person(other) == one:
                    wanted = 422, "validation_failed"
                else:
                    wanted = 200, None
                    changes = {"into": other, "reason": body["reason"]}
                    world.records.ask("customer", one, "customer_merged", "root", changes=changes)
                    world.records.ask("customer", other, "customer_merged", "root", changes={"from": one})
                answer = self.root.insist("POST", f"/v1/customers/{one}/merge", body)
            if body and "reason" in body and answer.status == 200:
                world.records.words.setdefault(one, set()).add(tag)
            came = answer.status, answer.json.get("code")
            world.require(came == wanted, "customers are merged or parted otherwise", f"merge of {one}", wanted, came)
            self.take_in()
            world.require(
                world.merged(one) == answer.json.get("merged_into", world.merged(one)),
                "a merge is answered otherwise than it is logged",
                f"merge of {one}",
                world.merged(one),
                answer.json,
            )

    def gone(self, words, line):
        """Not a word of an erased customer is left in what can be read."""
        for what in ("cases", "promises", "log"):
            text = self.service.command("export", what, "--format", self.rng.choice(["csv", "jsonl"])).stdout
            for word in words:
                self.world.require(
                    word not in text, f"an erased word is still in the export of {what}", line, "none", word
                )
        for word in [w for w in words if w.startswith("z")][:4]:
            answer = self.root.insist("GET", f"/v1/cases?q={word}")
            self.world.require(
                answer.json["total"] == 0, "an erased word is still found", f"GET /v1/cases?q={word}", 0, answer.json
            )

    def clock(self):
        """A clock that leaps: nothing is changed by it until somebody says that it is right."""
        if "clock_jumped" not in json.dumps(self.world.description):
            return
        libraries = glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1")
        if not libraries:
            raise SystemExit("faketime is missing: make test-deps")
        service, world = self.service, self.world
        offset = os.path.join(self.folder, "clock")

        def leap(days):
            with open(offset + ".new", "w") as file:
                file.write(f"+{days}d" if days else "+0")
            os.replace(offset + ".new", offset)
            time.sleep(2)

        def change():
            self.root.close()
            answer = self.root.ask("POST", "/v1/cases", {"complaint": "Leap", "customer": {"name": "Leap"}})
            return answer.status, answer.code

        def ready(trouble):
            deadline = time.monotonic() + 30
            answer = self.root.ask("GET", "/readyz")
            while answer.status != 200 and time.monotonic() < deadline:
                time.sleep(0.1)
                answer = self.root.ask("GET", "/readyz")
            world.require(answer.status == 200, trouble, "GET /readyz", 200, answer.json)

        service.stop()
        # The library sets FAKETIME_SHARED in the first process that has it, and there moves the environment away from
        # the words of the command, where Swift looks for them; so that one is a second env(1).
        settings = {
            "LD_PRELOAD": libraries[0],
            "FAKETIME_TIMESTAMP_FILE": offset,
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "TZ": "UTC",
        }
        service.launcher = ["env", *(f"{k}={v}" for k, v in settings.items()), "env"]
        leap(0)
        service.start()
        leap(40)
        got = change()
        world.require(
            got == (503, "clock_jumped"),
            "a change is taken by a clock that has leapt",
            "POST /v1/cases",
            [503, "clock_jumped"],
            got,
        )
        answer = self.root.ask("GET", "/readyz")
        world.require(
            answer.status == 503, "the service is ready though its clock has leapt", "GET /readyz", 503, answer.status
        )
        answer = self.root.ask("GET", "/v1/promises?state=overdue&limit=1")
        world.require(
            answer.status == 200,
            "nothing can be read while the clock has leapt",
            "GET /v1/promises",
            200,
            answer.status,
        )
        leap(0)
        self.settle()
        ready("the service is not ready again though its clock is right")
        leap(40)
        before = now_ms()
        services.AHEAD = 40 * 86_400_000
        self.service.command("clock", "--accept")
        world.leapt = (before, now_ms())
        ready("the service is not ready though its clock was accepted")
        self.note("the clock has leapt by 40 days, and was accepted")
        # Whatever was due in these days is told, and life goes on.
        self.settle()
        seen = self.turbulence(4, [])
        self.settle()
        self.count_again(seen)
        leap(0)
        services.AHEAD = 0
        got = change()
        world.require(
            got[0] == 503 and got[1] in ("clock_behind", "clock_jumped"),
            "a change is taken by a clock behind the record",
            "POST /v1/cases",
            [503, "clock_behind"],
            got,
        )
        result = self.service.command("clock", "--accept", check=False)
        world.require(
            result.returncode != 0,
            "a clock behind the record is accepted",
            "casekeeper clock --accept",
            "a refusal",
            result.stdout,
        )
        leap(40)
        services.AHEAD = 40 * 86_400_000
        self.settle()
        self.searched(self.root)
        self.followed()
        self.hooks.all_told()
        service.stop()
        service.launcher = []

    def end(self):
        for follower in self.followers:
            follower.ended = True
        for follower in self.followers:
            follower.join(20)
        self.service.command("verify")
        if self.service.process.poll() is None:
            self.service.stop()
            self.service.command("verify")
        for head in self.rng.sample(self.service.heads, min(5, len(self.service.heads))):
            self.service.command("verify", "--head", head["hash"])
        tampered(self, 8 if self.arguments.minutes < 5 else 100)

    def go(self):
        self.begin()
        # The leap of the clock takes the rest.
        deadline = self.begun + self.arguments.minutes * 60 - 25
        first = True
        while first or time.monotonic() < deadline - 2:
            first = False
            seen = self.turbulence(min(self.arguments.phase, max(3, deadline - time.monotonic())))
            self.settle()
            self.count_again(seen)
            self.deeds_of_an_admin()
            self.note(f"         {len(seen)} reads counted again, {self.world.assertions} assertions so far")
            if self.world.failure:
                raise self.world.failure
        self.hooks.calm()
        self.settle()
        self.hooks.all_told()
        self.clock()
        self.end()
        world = self.world
        self.note(
            f"seed {self.seed}: {len(world.cases)} cases, {len(world.events)} log entries, {len(world.requests)} "
            f"changes, {self.service.starts} starts, {world.assertions} assertions: all as the contract says"
        )


def known_at(answer):
    """The instant before a change that was just answered."""
    return written(instant(answer.json["updated_at"]) - 1)


def further(answer):
    """Where the next page is."""
    return answer.fields.get("link", "").partition("<")[2].partition(">")[0] if answer.json["next"] else None


def hidden(v):
    """A version of a case without its words."""
    word = lambda x: ERASED if x is not None else None
    v = dict(
        v,
        complaint=ERASED,
        subject=word(v["subject"]),
        desired_outcome=word(v["desired_outcome"]),
        tags=[],
        stages=tuple(dict(stage, reason=word(stage["reason"])) for stage in v["stages"]),
        lessons=tuple((at, ERASED, word(process), review) for at, _, process, review in v["lessons"]),
    )
    return without(v, lambda p: True)


def without(v, which):
    """A version of a case without the words of some promises."""
    word = lambda x: ERASED if x is not None else None
    promises = {}
    for pid, p in v["promises"].items():
        if which(p):
            p = dict(
                p,
                what=ERASED,
                reason=word(p["reason"]),
                explanation=word(p["explanation"]),
                next_step=word(p["next_step"]),
            )
            if p["settled"]:
                words = ("reason", "explanation", "evidence")
                p["settled"] = {k: word(x) if k in words else x for k, x in p["settled"].items()}
        promises[pid] = p
    return dict(v, promises=promises)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binary", required=True)
    parser.add_argument("--folder", required=True, help="is made anew; the database and the service's log stay there")
    parser.add_argument("--minutes", type=float, default=1)
    parser.add_argument("--seed", default=None)
    parser.add_argument("--writers", type=int, default=6)
    parser.add_argument("--readers", type=int, default=3)
    parser.add_argument("--phase", type=float, default=7, help="seconds of a stretch before all is counted again")
    parser.add_argument("--questions", type=int, default=40)
    parser.add_argument("--slow", type=int, help="lists that look at everything, in the first stretch")
    parser.add_argument("--counted", type=int, help="how many reads of a stretch are counted again, at most")
    parser.add_argument("--ballast", type=int, help="cases of the past to begin with")
    parser.add_argument("--go-on", action="store_true", help="print the first of each kind of difference, and go on")
    arguments = parser.parse_args()
    arguments.seed = arguments.seed or str(random.SystemRandom().randrange(1_000_000))
    folder, minutes = os.path.abspath(arguments.folder), arguments.minutes
    # Long runs have a second part with so many cases that a list may be too much work for a loop.
    parts = [(0.55, 1000, 40), (0.45, 40000, 600)] if minutes >= 8 and arguments.ballast is None else [(1, 1000, 40)]
    given = arguments.ballast, arguments.slow, arguments.counted
    for number, (share, ballast, slow) in enumerate(parts):
        arguments.folder = os.path.join(folder, str(number)) if len(parts) > 1 else folder
        arguments.minutes = minutes * share
        arguments.ballast = ballast if given[0] is None else given[0]
        arguments.slow = slow if given[1] is None else given[1]
        arguments.counted = given[2] or (250 if arguments.ballast > 5000 else 1000)
        if not held(arguments):
            return 1
    return 0


def held(arguments):
    """One run: whether everything was as the contract says."""
    services.AHEAD = 0
    run = Run(arguments)
    print(f"seed {arguments.seed}", flush=True)
    try:
        run.go()
        return True
    except (Disagreement, Ended) as disagreement:
        world = getattr(run, "world", None)
        print(
            f"FAILED after {time.monotonic() - run.begun:.1f} s, seed {arguments.seed}: "
            f"{world and world.failure or disagreement}\n"
            f"The database and the service's log are in {run.folder}.",
            flush=True,
        )
        return False
    finally:
        if run.service.process and run.service.process.poll() is None:
            run.service.process.kill()
            run.service.process.wait()


if __name__ == "__main__":
    sys.exit(main())
