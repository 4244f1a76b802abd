"""The model of a whole database, brought up to date from the log, and every answer counted again from it.

What each request asked and was answered is known; in which order they happened, only the service can say. So its log
gives the order, and nothing else: each entry must belong to one request, each acknowledged request must have its
entries, and what they say, the answers, the lists and the reports must be what the model makes of the requests in that
order.
"""

import bisect
import csv
import io
import itertools
import json
import re
import threading
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import cadence
import model
import regimes
from model import EPOCH, HOT, Refused, instant, ours, state, written
from records import Records
from service import Disagreement, now_ms, query

TAG = re.compile(r"\bz\d+z\b")
ERASED = "[erased]"
# A change has the stamp of its batch, which is from before it came where it joined one that was under way: for so long at
# most, on a machine that does much else. In milliseconds.
BATCH = 2000


class Case:
    """A case through time: one version after the other, each with the instant since when it holds."""

    def __init__(self, cid):
        self.id = cid
        self.stamps, self.versions = [], []
        self.seq = 0
        self.told = {}
        # What else was said of a promise: of which kind, at which instant, and when it was said.
        self.said = {}
        # What came up the ladder, by promise: for whom, at which instant, and when it was said.
        self.climbed = {}
        # When it was said that an update is due: since when nothing was heard, and when that was said.
        self.updates = []
        self.frozen = False

    def add(self, stamp, version):
        self.stamps.append(stamp)
        self.versions.append(version)

    @property
    def now(self):
        return self.versions[-1]

    def at(self, moment):
        i = bisect.bisect_right(self.stamps, moment)
        return self.versions[i - 1] if i else None


class World:
    def __init__(self, description):
        self.description = description
        self.lock = threading.Lock()
        self.failure = None
        self.go_on, self.odd = False, set()
        # From when to when the clock has leapt by days.
        self.leapt = None
        self.cases = {}
        self.customers = {}
        self.policies = {}
        self.requests = []
        self.pending = []
        self.by_tag, self.by_opening, self.by_acceptance = {}, {}, {}
        self.events = []
        self.logs, self.logged = {}, 0
        self.imports = {}
        self.import_windows = {}
        self.texts = {}
        self.assertions = 0
        self.counter = 0
        self.marks = []
        self.etags = {}
        self.customer_changes = {}
        # Who each customer was found to be, since which instant: another one, or nobody else any more.
        self.merges = {}
        self.records = Records(self)
        # Whoever was named, with their number.
        self.owners = {}

    def next(self):
        with self.lock:
            self.counter += 1
            return self.counter

    def fail(self, disagreement):
        with self.lock:
            if self.failure is None:
                self.failure = disagreement
                # At once: who else waits for an answer that does not come would keep it back.
                print(f"a find, while all act: {disagreement}", flush=True)

    def require(self, truth, what, request="", expected=None, came=None):
        self.assertions += 1
        if not truth and self.go_on:
            kind = re.sub(r"\d+| of .*", "", what)
            if kind not in self.odd:
                self.odd.add(kind)
                print(Disagreement(what, request, expected, came), flush=True)
            return
        if not truth:
            raise Disagreement(what, request, expected, came)

    def policy(self, name, moment):
        """A policy as it was at an instant; None before it was made."""
        found = None
        for stamp, policy in self.policies[name]:
            if stamp <= moment:
                found = policy
        return found

    def policies_at(self, moment):
        """Those that there were at an instant, in their order."""
        known = [self.policy(name, moment) for name in list(self.policies)]
        return sorted((p for p in known if p), key=lambda p: (p["position"], p["id"]))

    def policy_of(self, case, moment):
        """The policy of a case as it is, or of the body of one that is made: the first one in use that fits it."""
        found = {
            "severity": case.get("severity") or "normal",
            "mood": case.get("mood") or "calm",
            "channel": case.get("channel") or "other",
            "category": case.get("category"),
            "team": case.get("team"),
            "regime": case.get("regime"),
        }
        for policy in self.policies_at(moment):
            wanted = policy["match"]
            fits = all(
                any(model.same(value, found[name]) for value in wanted[name]) for name in found if wanted[name]
            )
            if policy["active"] and fits:
                return policy
        raise AssertionError("there is a policy for each severity")

    # From the log to the model

    def index(self):
        """What was asked since the last time, findable by what an entry shows of it."""
        for r in self.pending:
            if r.act == "open" and r.status == 201:
                self.by_opening[r.json["id"]] = r
            elif r.act == "bulk" and r.status in (200, 207):
                for item in r.json["items"]:
                    if item["status"] == 201:
                        self.by_opening[item["id"]] = (r, item["index"])
            if r.tag:
                self.by_tag[r.tag] = r
            if r.act == "accept":
                self.by_acceptance.setdefault((r.promise, r.actor), []).append(r)
            if r.act == "log" and r.status == 201:
                self.by_tag[("seq", r.case, r.json["seq"])] = r

    def asked(self, entry):
        kind, cid = entry["kind"], entry["case_id"]
        if kind == "case_opened":
            return self.by_opening.get(cid)
        if kind == "promise_accepted":
            for r in self.by_acceptance.get((entry["promise_id"], entry["actor"]), []):
                if not r.done and (r.status == 200 or r.status is None):
                    return r
            return None
        found = self.by_tag.get(("seq", cid, entry["seq"]))
        if found:
            return found
        text = json.dumps({k: v for k, v in entry.items() if not k.endswith("_before")})
        for tag in TAG.findall(text):
            if tag in self.by_tag:
                return self.by_tag[tag]
        if kind == "promise_reassigned":
            # What was declined is taken by whoever accepts it.
            for r in self.by_acceptance.get((entry["promise_id"], entry["actor"]), []):
                if not r.done and (r.status == 200 or r.status is None):
                    return r
        return None

    def follow(self, events, entries):
        """Takes in what the log has gained."""
        self.index()
        i = 0
        while i < len(events):
            i = self.step(events, entries, i)
        for r in self.pending:
            acknowledged = r.status is not None and 200 <= r.status < 300
            if acknowledged and r.act != "bulk":
                self.require(
                    r.done or r.nothing, "an acknowledged change is not in the log", r.line, "its entries", "none"
                )
            elif acknowledged:
                made = sum(1 for item in r.json["items"] if item["status"] == 201)
                self.require(r.done == made, "an acknowledged bulk is not in the log", r.line, made, r.done)
            elif r.status is not None:
                self.require(not r.done, "a refused change is in the log", r.line, "nothing", r.json)
                self.explain(r)
        self.requests += self.pending
        self.pending = []
        self.records.all_told()

    def placed(self, event, case):
        """What holds for every entry: its number, its place in its case's log, and the order of instants."""
        last = self.events[-1] if self.events else None
        self.require(event["id"] == (last["id"] + 1 if last else 1), "a gap in the events", came=event)
        self.require(event["log"]["seq"] == case.seq + 1, "a gap in a case's log", expected=case.seq + 1, came=event)
        if not event["imported"]:
            stamp = instant(event["recorded_at"])
            mark = self.marks[-1] if self.marks else 0
            self.require(
                stamp >= mark, "an entry is recorded before the one before it", expected=written(mark), came=event
            )
            if stamp > mark:
                self.marks.append(stamp)
        case.seq += 1
        self.events.append(event)

    def step(self, events, entries, i):
        event = events[i]
        cid = event["case_id"]
        if cid is None:
            self.records.told(event)
            return i + 1
        entry = entries.get((cid, event["log"]["seq"]))
        self.require(entry is not None, "an event whose entry is not in the log", came=event)
        case = self.cases.setdefault(cid, Case(cid))
        stamp = instant(event["recorded_at"])
        if event["imported"]:
            return self.imported(events, entries, i, case)
        if event["log"]["kind"] == "promise_overdue":
            self.placed(event, case)
            self.tell(case, event)
            return i + 1
        if event["log"]["kind"] in ("promise_due_soon", "promise_reminder"):
            self.placed(event, case)
            self.remind(case, event)
            return i + 1
        if event["log"]["kind"] == "promise_escalated":
            self.placed(event, case)
            self.climb(case, event, entry)
            return i + 1
        if event["log"]["kind"] == "update_due":
            self.placed(event, case)
            cadence.tell(self, case, event, entry)
            return i + 1
        self.require(event["hearer"] is None, "an event that is no step of a ladder has a hearer", came=event)
        self.require(event["stand_in"] is None, "an event that is not of the clock has a stand-in", came=event)
        if event["log"]["kind"] == "escalated" and entry["automatic"]:
            # The clock has told of a promise, and that was one too many.
            # That stands in the same batch, which may be of a thousand where the clock has leapt.
            batch = itertools.takewhile(lambda e: e["recorded_at"] == event["recorded_at"], reversed(self.events))
            told = any(e["case_id"] == cid and e["type"] == "promise.overdue" for e in batch)
            self.require(told, "a supervisor is asked for by itself after nothing", came=entry)
            self.placed(event, case)
            c = case.now
            case.add(
                stamp,
                dict(
                    c,
                    escalated=c["status"] == "open",
                    version=c["version"] + 1,
                    updated=stamp,
                    supervisor=(self.policy_of(c, stamp)["supervisor"] or c["supervisor"]),
                ),
            )
            return i + 1
        request = self.asked(entry)
        bulk = None
        if isinstance(request, tuple):
            request, bulk = request
        self.require(request is not None, "an entry that nobody has asked for", came=entry)
        body = request.body if bulk is None else request.body["items"][bulk]
        if request.act == "bulk":
            request.done = (request.done or 0) + 1
        else:
            self.require(not request.done, "a request was done twice", request.line, "once", entry)
            request.done = 1

        def made():
            for e in events[i:]:
                if e["case_id"] == cid and e["log"]["kind"] == "promise_made":
                    yield e["promise_id"]

        ids = made()

        def take():
            pid = next(ids, None)
            self.require(pid is not None, "a request made no promise", request.line, "promise_made", events[i : i + 4])
            return pid

        request.seq = event["log"]["seq"]
        if request.act == "duplicate":
            return self.duplicated(events, entries, i, case, request, stamp, take)
        try:
            if request.act in ("open", "bulk"):
                customer = self.customer_of(body, entry)
                policy = self.policy_of(body, stamp)
                change = model.opened(cid, body, customer, policy, stamp, request.actor, take)
            elif request.act == "erase":
                change = model.Change(dict(case.now, erased=True, updated=stamp), stamp, request.actor, take)
                change.write("erased", reason=request.body["reason"])
            else:
                before = case.now
                change = model.applied(
                    before, request, stamp, take, self.policy_of(before, stamp), self.case_now
                )
                if request.etag_facts is not None:
                    self.require(
                        model.etag_facts(before, stamp) == request.etag_facts,
                        "If-Match let through a change to what had changed since",
                        request.line,
                        request.etag_facts,
                        model.etag_facts(before, stamp),
                    )
        except Refused as refused:
            raise Disagreement(
                "a request was done that the contract refuses",
                request.line,
                refused.code,
                {"entry": entry, "case": case.versions[-1:]},
            ) from None
        i = self.block(events, entries, i, case, change, request)
        if request.act not in ("open", "bulk", "erase", "handover") and change.case["status"] == "open":
            most = self.policy_of(before, stamp)["escalate_after_slips"]
            self.require(
                change.slipped < most or change.case["escalated"],
                "a date slipped once more, and no supervisor is asked",
                request.line,
                most,
                change.slipped,
            )
            self.require(
                not change.unsafe or change.case["escalated"],
                "somebody may come to harm, and no supervisor is asked",
                request.line,
                True,
                False,
            )
        change.case["version"] = change.case["version"] + change.written
        case.add(stamp, change.case)
        for p in case.now["promises"].values():
            # That what goes on with a miss of before is overdue was told of then.
            before = p["made"] == stamp and not p["imported"] and model.missed_before(case.now, p)
            if before and before["id"] in case.told:
                case.told[p["id"]] = case.told[before["id"]]
        request.stamp = stamp
        if request.act in ("erase", "handover"):
            request.done = None
        self.answered(request, case, change, stamp, bulk)
        return i

    def case_now(self, cid):
        return self.cases[cid].now

    def apart(self, case, other, moment):
        """Whether two cases are two customers' at an instant."""
        return self.person(case["customer"], moment) != self.person(other["customer"], moment)

    def under(self, cid, moment=None):
        """A customer and all who were merged into them, or into one of these, at an instant."""
        everybody = [cid]
        for one in everybody:
            everybody += [c for c in sorted(self.customers) if self.merged(c, moment) == one]
        return everybody

    def completed(self, cid, record, moment=None):
        """What is told of a customer: what is not known of them is known of others who they are; their key is their own."""
        if self.merged(cid, moment) is not None:
            return record
        record = dict(record)
        for other in self.under(cid, moment)[1:]:
            known = self.customers[other] if moment is None else self.records.at("customer", other, moment)
            for name in ("email", "phone"):
                record[name] = record[name] if record[name] is not None else known[name]
            # They are if any of them is.
            record["vulnerable"] = record.get("vulnerable") or known.get("vulnerable")
        return record

    def parts(self, cid):
        """Whether it can be said that somebody is not who they were merged into: nothing that was promised in a case of
        theirs goes on, unsettled, in one that would be another's then, nor the other way round."""
        theirs = set(self.under(cid))
        side = lambda case: case["customer"] in theirs
        for case in self.cases.values():
            for p in case.now["promises"].values():
                at, c = p, case.now
                while p["settled"] is None and (at["supersedes"] or at["from_case"]):
                    if at["from_case"]:
                        c = self.cases[at["from_case"]].now
                        if side(c) != side(case.now):
                            return False
                    at = c["promises"][at["from"] if at["from_case"] else at["supersedes"]]
        return True

    def rings(self, cid, other):
        """Whether the other one was ever a duplicate of this case, be it through others."""
        seen, rest = set(), [other]
        while rest:
            at = rest.pop()
            if at == cid:
                return True
            if at not in seen:
                seen.add(at)
                rest += {v["duplicate_of"] for v in self.cases[at].versions if v["duplicate_of"]}
        return False

    def duplicated(self, events, entries, i, case, request, stamp, take):
        """A case was found to be a duplicate: two cases change at one instant, that which goes on first."""
        mine = self.cases[request.case]
        try:
            before = mine.now
            changes = model.duplicated(
                before, case.now, request, stamp, take, self.rings(mine.id, case.id), self.apart(before, case.now, stamp)
            )
            if request.etag_facts is not None:
                facts = model.etag_facts(before, stamp)
                self.require(facts == request.etag_facts, "If-Match let through a change to what had changed since", request.line, request.etag_facts, facts)
        except Refused as refused:
            raise Disagreement(
                "a case was found to be a duplicate that the contract takes for none", request.line, refused.code, before
            ) from None
        asked = before["escalated"] and not case.now["escalated"]
        for at, change in ((case, changes[1]), (mine, changes[0])):
            i = self.block(events, entries, i, at, change, request)
            change.case["version"] += change.written
            at.add(stamp, change.case)
        self.require(
            not asked or case.now["escalated"], "nobody asks the supervisor whom the duplicate waited for", request.line
        )
        for p in case.now["promises"].values():
            # That one is overdue was told of where it was.
            if p["from_case"] == mine.id and p["made"] == stamp and p["due"] < stamp and p["from"] in mine.told:
                case.told[p["id"]] = mine.told[p["from"]]
        request.stamp = stamp
        if request.json is not None:
            self.compare(request.json, model.case_view(mine.now, stamp), request.line, "the answer's case")
            self.promises_of(request.json, mine.now, stamp, request.line)
            went = {p["id"]: p for p in case.now["promises"].values() if p["from_case"] == mine.id and p["made"] == stamp}
            came = [p["id"] for p in request.json["transferred"]]
            self.require(came == sorted(went), "the answer has others that go on", request.line, sorted(went), came)
            for p in request.json["transferred"]:
                self.compare(p, model.promise_view(went[p["id"]], stamp), request.line, "what goes on")
        return i

    def block(self, events, entries, i, case, change, request):
        """The entries of one request: all of them, side by side, at one instant, and no others."""
        expected = list(change.entries)
        change.written = 0
        stamp = change.now
        while i < len(events):
            event = events[i]
            kind = event["log"]["kind"]
            same = event["case_id"] == case.id and instant(event["recorded_at"]) == stamp
            if same and kind == "promise_overdue" and expected:
                self.placed(event, case)
                self.tell(case, event, change)
                i += 1
                continue
            entry = same and entries.get((case.id, event["log"]["seq"]))
            if same and kind == "escalated" and entry.get("automatic"):
                self.placed(event, case)
                change.written += 1
                change.case["escalated"] = change.case["status"] == "open"
                change.case["supervisor"] = (
                    change.asks
                    or self.policy_of(case.now if case.versions else change.case, stamp)["supervisor"]
                    or change.case["supervisor"]
                )
                i += 1
                continue
            if not expected:
                break
            match = None
            if same:
                for e in expected:
                    if e["kind"] == kind and e["promise_id"] == entry["promise_id"]:
                        match = e
                        break
            self.require(
                match is not None,
                "entries of a request are missing, or others stand among them",
                request.line,
                expected,
                entry or event,
            )
            expected.remove(match)
            for name, value in match.items():
                self.require(entry.get(name) == value, f"an entry says another {name}", request.line, value, entry)
            made_by = match.get("made_by")
            actor = request.actor if made_by != "policy" else entry["actor"]
            self.require(entry["actor"] == actor, "an entry names another actor", request.line, actor, entry)
            if event["promise"] is not None:
                p = change.case["promises"].get(entry["promise_id"])
                self.require(
                    p is not None and event["promise"]["due_at"] == written(p["due"]),
                    "an event tells another due instant",
                    request.line,
                    p and written(p["due"]),
                    event,
                )
            cadence.listen(change.case, entry, change.case["promises"].get(entry["promise_id"]))
            self.placed(event, case)
            change.written += 1
            i += 1
        self.require(not expected, "an entry of a request is missing at the end of the log", request.line, expected)
        return i

    def tell(self, case, event, change=None):
        """What the clock says of a promise: once, past its due instant, and only of what is unsettled."""
        pid = event["promise_id"]
        stamp = instant(event["recorded_at"])
        p = case.now["promises"].get(pid) if case.versions else None
        if change is not None and pid not in (case.versions and case.now["promises"] or {}):
            p = change.case["promises"].get(pid)
        self.require(p is not None, "promise_overdue of a promise that is not there", came=event)
        self.require(pid not in case.told, "promise_overdue is told twice", expected=case.told.get(pid), came=event)
        whole = change.case if change is not None else case.now
        again = not p["imported"] and model.missed_before(whole, p)
        self.require(not again, "promise_overdue of what was missed before", expected=again, came=event)
        self.require(
            p["settled"] is None and stamp > p["due"],
            "promise_overdue of a promise that is not overdue",
            expected={"due": written(p["due"]), "settled": p["settled"]},
            came=event,
        )
        self.require(
            instant(event["at"]) == p["due"],
            "promise_overdue at another instant than its due",
            expected=written(p["due"]),
            came=event,
        )
        self.heard(event, event["promise"]["owner"], p["due"])
        case.told[pid] = (event["id"], stamp)

    def heard(self, event, owner, due=None):
        """Who is told what the clock says, in place of an owner who is away that day, or will be when it is due."""
        stamp = instant(event["recorded_at"])
        away, zone = owner and self.absence(owner, stamp), self.zone(owner, stamp)
        today = local_date(stamp, zone)
        days = {today, max(today, local_date(due - 1, zone)) if due else today}
        is_away = away and any(away[0] <= day <= away[1] for day in days)
        wanted = self.owner(owner, stamp).get("absence_stand_in") if is_away else None
        self.require(event["stand_in"] == wanted, "another stand-in hears what the clock says", expected=wanted, came=event)

    def remind(self, case, event):
        """What the clock says of a promise before it is due, and once it is overdue: once an instant, in order, and only
        of what is unsettled and the desk's own."""
        pid, kind = event["promise_id"], event["log"]["kind"]
        stamp, at = instant(event["recorded_at"]), instant(event["at"])
        p = case.now["promises"].get(pid) if case.versions else None
        self.require(p is not None, f"{kind} of a promise that is not there", came=event)
        last = max((a for _, a, _ in case.said.get(pid, [])), default=0)
        self.require(at > last, f"{kind} is told twice, or out of order", expected=written(last), came=event)
        self.require(
            p["settled"] is None and p["by"] == "desk" and at < stamp,
            f"{kind} of a promise that is settled, or a customer's, or too early",
            expected=model.promise_view(p, stamp),
            came=event,
        )
        self.heard(event, event["promise"]["owner"], p["due"])
        told = case.said.setdefault(pid, [])
        self.require(not any(k == kind and s == stamp for k, _, s in told), f"{kind} comes several times at once", told, came=event)
        told.append((kind, at, stamp))
        if kind == "promise_reminder":
            # As a day opens after the one that it was due on, by any calendar that was on record by then.
            opens = at % model.DAY == 0 and any(
                at // model.DAY not in c["closed"] for c in model.CALENDARS if c["recorded"] <= stamp
            )
            # Where there was none yet, as for the first rows of files, every 24 hours.
            opens = opens or case.now["imported"] and (at - p["due"]) % model.DAY == 0
            self.require(
                opens and at // model.DAY > (p["due"] - 1) // model.DAY,
                "a reminder comes at another instant than as a working day opens",
                expected=model.promise_view(p, stamp),
                came=event,
            )
            return
        wanted = self.warnings(case, p)
        self.require(
            stamp <= p["due"] and (wanted is None or any(at in found for found in wanted)),
            "a warning at an instant at which the policy has none, or once it is overdue",
            expected=wanted and [sorted(map(written, found)) for found in wanted],
            came=event,
        )

    def climb(self, case, event, entry):
        """A step of the ladder: of what is unsettled and the desk's own, at an instant that the policy of its making has it at,
        once each and in order."""
        pid, who = event["promise_id"], entry["hearer"]
        stamp, at = instant(event["recorded_at"]), instant(event["at"])
        p = case.now["promises"].get(pid) if case.versions else None
        self.require(p is not None, "a step of the ladder of a promise that is not there", came=event)
        self.require(event["hearer"] == who, "an event and its entry have another hearer", expected=who, came=event)
        self.require(
            p["settled"] is None and p["by"] == "desk" and at < stamp,
            "a step of the ladder of a promise that is settled, or a customer's, or too early",
            expected=model.promise_view(p, stamp),
            came=event,
        )
        if who == "owner":
            self.heard(event, event["promise"]["owner"], p["due"])
        else:
            self.require(event["stand_in"] is None, "a stand-in hears what is for others", came=event)
        steps = self.steps(case, p)
        self.require(
            steps is None or any((who, at) in found for found in steps),
            "a step of the ladder that the policy does not have",
            expected=steps,
            came=event,
        )
        told = case.climbed.setdefault(pid, [])
        self.require(
            not any(w == who and (a >= at or s == stamp) for w, a, s in told),
            "a step of the ladder is told twice",
            expected=told,
            came=event,
        )
        told.append((who, at, stamp))

    def policies_of_making(self, case, p):
        """The policies that may have been the case's as a promise was made; none for history, which was made when it came in, and
        for what is a customer's."""
        if case.now["imported"] or p["by"] != "desk":
            return []
        made = p["made_recorded"]
        versions = [v for s, v in zip(case.stamps, case.versions) if s == made] or [case.at(made)]
        return [self.policy_of(c, made) for c in versions]

    def steps(self, case, p):
        """Who hears of a promise when, by each of these; None where there are none."""
        made, found = p["made_recorded"], []
        for policy in self.policies_of_making(case, p):
            steps = set()
            for step in policy["ladder"]:
                at, who = model.step_at(step, p["due"], made)
                if at > made:
                    steps.add((who, at))
                elif p["due"] < made and at >= p["due"]:
                    # It has passed as the promise is made.
                    steps.add((who, made))
            found.append(steps)
        return found or None

    def warnings(self, case, p):
        """When its owner is warned of it, by each of these; None where there are none."""
        made = p["made_recorded"]
        return [
            model.warnings(policy, p["counted_from"], p["due"], made) for policy in self.policies_of_making(case, p)
        ] or None

    def unsaid(self, moment):
        """What has passed by an instant of what is unsettled, and was not said: of several steps the last for each, of several
        warnings the last, while it was not too late; a reminder since the clock has leapt, of what was overdue; and to each of the
        desk that the digest is ready of the last day that has begun by then."""
        found = []
        if self.leapt and moment >= self.leapt[1]:
            day = self.leapt[1] // model.DAY
            while not model.is_open(day, self.leapt[1]):
                day -= 1
            for name, number in self.owners.items():
                named = self.records.versions["owner", number][1:2]
                if named and named[0][0] < self.leapt[0] - 10_000 and self.records.digests.get(number, [0])[-1] < day:
                    found.append((None, name, "digest_ready", written(day * model.DAY)))
        for case in self.cases.values():
            for p in case.now["promises"].values():
                if p["settled"] is not None:
                    continue
                told = [(who, at) for who, at, _ in case.climbed.get(p["id"], [])]
                told += [(kind, at) for kind, at, _ in case.said.get(p["id"], [])]
                wanted = set()
                steps = self.steps(case, p) or []
                if len(steps) == 1:
                    wanted |= {(who, at) for who, at in steps[0] if at < moment}
                warnings = self.warnings(case, p) or []
                if len(warnings) == 1 and moment <= p["due"]:
                    wanted |= {("promise_due_soon", at) for at in warnings[0] if at < moment}
                if p["by"] == "desk" and self.leapt and moment >= self.leapt[1]:
                    if max(p["due"], p["made_recorded"]) < self.leapt[0] - 10_000:
                        wanted.add(("promise_reminder", p["due"]))
                found += [
                    (case.id, p["id"], what, written(since))
                    for what, since in sorted(wanted)
                    if not any(w == what and at >= since for w, at in told)
                ]
        return found + cadence.untold(self, moment)

    def merged(self, cid, moment=None):
        """Into whom a customer was merged at an instant; None for themselves."""
        told = [into for stamp, into in self.merges.get(cid, []) if moment is None or stamp <= moment]
        return told[-1] if told else None

    def person(self, cid, moment=None):
        """Who a customer is in the end."""
        into = self.merged(cid, moment)
        return cid if into is None else self.person(into, moment)

    def customer_of(self, body, entry):
        given, cid = body["customer"], entry["customer_id"]
        if given.get("id"):
            self.require(
                cid == given["id"], "a case of another customer", expected=given["id"], came=entry
            )
        known = self.customers.get(cid)
        if known is None:
            for other, record in self.customers.items():
                self.require(
                    not given.get("external_id") or record["external_id"] != given["external_id"],
                    "a new customer although the external_id is known",
                    expected=other,
                    came=entry,
                )
            self.customers[cid] = {
                "id": cid,
                "name": given.get("name"),
                "email": given.get("email"),
                "phone": given.get("phone"),
                "external_id": given.get("external_id"),
                "vulnerable": None,
                "vulnerable_reason": None,
                "version": 1,
                "erased": False,
            }
            self.records.known("customer", cid, self.customers[cid])
        elif given.get("external_id"):
            self.require(
                known["external_id"] == given["external_id"], "a case of another customer", expected=given, came=known
            )
        return cid

    def imported(self, events, entries, i, case):
        """A row of a file: opened and promised when it was received, kept and resolved when its promise was."""
        event = events[i]
        entry = entries[(case.id, event["log"]["seq"])]
        self.require(event["log"]["kind"] == "case_opened", "an import begins with another entry", came=entry)
        row = self.imports.get(case.id)
        self.require(row is not None, "an imported case that nobody has imported", came=entry)
        # Of what is open the clocks run.
        name, now = row["regime"] or None, now_ms()
        regime = regimes.in_force(name, row["received"], now) if name and not row["kept"] else None
        stage = regime and regime["stages"][0]
        clocks = [k for k, _ in regimes.starts(stage, 0, 0, 0) if k.get("makes") in regimes.WHAT] if regime else []
        kinds = ["case_opened"] + ["stage_opened"] * bool(regime) + ["promise_made"] * (1 + len(clocks))
        stamps = [row["received"]] * len(kinds) + [row["kept"]] * 2
        kinds += ["promise_kept", "case_resolved"] if row["kept"] else []
        made = []
        for kind, stamp in zip(kinds, stamps):
            self.require(i < len(events), "entries of an import are missing", expected=kind)
            event = events[i]
            self.require(
                event["case_id"] == case.id
                and event["log"]["kind"] == kind
                and instant(event["recorded_at"]) == stamp
                and event["imported"],
                "an imported entry is another",
                expected=[kind, written(stamp)],
                came=event,
            )
            made += [event["promise_id"]] if kind == "promise_made" else []
            self.placed(event, case)
            i += 1
        pid = made.pop(0)
        customer = entry["customer_id"]
        self.customers.setdefault(
            customer,
            {
                "id": customer,
                "name": row["name"],
                "email": None,
                "phone": None,
                "external_id": None,
                "version": 1,
                "erased": False,
            },
        )
        self.records.known("customer", customer, self.customers[customer])
        p = {
            "id": pid,
            "case": case.id,
            "kind": row["kind"],
            "what": row["what"],
            "by": "desk",
            "to": "customer",
            "owner": row["owner"],
            "made_by": None,
            "made": row["received"],
            "counted_from": row["received"],
            "first_made": row["received"],
            "from": None,
            "from_case": None,
            "concession_case": None,
            "told": row["received"],
            "channel": None,
            "due": row["due"],
            "original": row["due"],
            "slips": 0,
            "supersedes": None,
            "reason": None,
            "next_step": None,
            "explanation": None,
            "concession": None,
            "notified": None,
            "accepted": None,
            "imported": True,
            "settled": None,
            "upheld": None,
            "waits": False,
            "giver": None,
            "hands": ((row["received"], row["owner"]),),
            "owners": (),
            "given": (),
            "passed": False,
            "made_recorded": row["received"],
            "clock": None,
        }
        c = {
            "id": case.id,
            "external_id": row["external_id"],
            "subject": None,
            "complaint": row["complaint"],
            "customer": customer,
            "channel": row["channel"],
            "category": row["category"],
            "tags": [],
            "severity": row["severity"],
            "mood": "calm",
            "mood_trend": None,
            "desired_outcome": None,
            "owner": row["owner"],
            "team": row["team"],
            "supervisor": None,
            "estimate": None,
            "hard_deadline": None,
            "regime": name,
            "stages": (),
            "ends": (),
            "escalated": False,
            "status": "open",
            "duplicate_of": None,
            "received": row["received"],
            "opened": row["received"],
            "heard": row["received"],
            "resolved": None,
            "closed": None,
            "imported": True,
            "accepted": None,
            **model.UNENDED,
            "discontent": False,
            "dangers": (),
            "thanks": (),
            "resolutions": (),
            "version": 2,
            "updated": row["received"],
            "promises": {pid: p},
            "threats": {},
            "concessions": {},
            "disputes": {},
            "moods": (),
            "debriefs": (),
            "lessons": (),
            "options": (),
            "referrals": (),
            "erased": False,
            "ended": False,
            "reviews": (),
        }
        if regime:
            c = self.under_regime(c, regime, stage, made, now)
        case.add(row["received"], c)
        if row["kept"]:
            done = dict(p, settled=dict(how="keep", kept_at=row["kept"], recorded=row["kept"], by=None, evidence=None))
            case.add(
                row["kept"],
                dict(c, status="resolved", resolved=row["kept"], heard=row["kept"], updated=row["kept"], version=4, promises={pid: done}),
            )
        return i

    def under_regime(self, c, regime, stage, ids, now):
        """An imported case with what the clocks of its regime have promised since its receipt."""
        change = model.Change(c, c["received"], None, lambda: ids.pop(0))
        change.horizon = now
        c = change.case
        end = regimes.deadline(regime, stage, c["received"], c["received"], c["opened"], now)
        c["hard_deadline"] = written(end)
        regimes.begin(change, regime, stage, c["received"], c["opened"])
        by = model.policy_due(self.policy_of(c, now), "acknowledge_in", c["received"], now)
        before = set(c["promises"])
        regimes.promises(change, regime, stage, c["received"], c["opened"], by)
        for pid in set(c["promises"]) - before:
            change.put(dict(c["promises"][pid], imported=True))
        c["version"] += len(change.entries)
        return c

    # Answers to requests

    def answered(self, r, case, change, stamp, bulk):
        if r.json is None or r.act in ("erase", "handover") or bulk is not None:
            return
        view = model.case_view(change.case, stamp)
        whole = (
            r.json
            if r.act in ("open", "patch", "resolve", "close", "reopen", "escalate", "end", "stage")
            else r.json.get("case") if r.act in ("keep", "withdraw", "void", "reassign", "accept", "decline") else None
        )
        if whole:
            self.compare(whole, view, r.line, "the answer's case")
            self.promises_of(whole, change.case, stamp, r.line)
        for name in ("promise", "next_promise"):
            if isinstance(r.json.get(name), dict):
                p = change.case["promises"].get(r.json[name]["id"])
                self.require(p is not None, "the answer has a promise of another case", r.line, came=r.json[name])
                self.compare(r.json[name], model.promise_view(p, stamp), r.line, f"the answer's {name}")
        if r.act in ("renegotiate", "recover", "promise"):
            p = change.case["promises"][r.json["id"]]
            self.compare(r.json, model.promise_view(p, stamp), r.line, "the answer")
            beyond = [w["code"] for w in r.json["warnings"]].count("beyond_extension")
            far = p["clock"] and p["supersedes"] and self.is_beyond(change.case, p, stamp)
            self.require(beyond == bool(far), "a clock is extended too far, or not", r.line, far, r.json)

    def is_beyond(self, case, p, now):
        """Whether a clock is extended further than its regime has it."""
        clock, regime = regimes.clock_of(case, p)
        begun = regimes.known(case, case["stages"][p["clock"]["stage"] - 1], now)
        made = min(q["made"] for q in case["promises"].values() if q["clock"] == p["clock"])
        return p["due"] > regimes.latest(clock, p["clock"]["from"], regime, max(made, begun))

    def promises_of(self, whole, c, now, line):
        policy = self.policy_of(c, now)["name"]
        self.require(whole["policy"] == policy, "a case is under another policy", line, policy, whole["policy"])
        self.require(
            [p["id"] for p in whole["promises"]] == sorted(c["promises"]),
            "a case with other promises",
            line,
            sorted(c["promises"]),
            [p["id"] for p in whole["promises"]],
        )
        for p in whole["promises"]:
            self.compare(p, model.promise_view(c["promises"][p["id"]], now), line, f"promise {p['id']}")
            late = bool(c["hard_deadline"]) and c["promises"][p["id"]]["due"] > instant(c["hard_deadline"])
            self.require(p["after_hard_deadline"] == late, "a promise is after its case's deadline, or not", line, late, p)

    def compare(self, came, view, line, what):
        if all(came.get(name) == value for name, value in view.items()):
            self.assertions += len(view)
            return
        for name, value in view.items():
            if view.get("imported") and name in ("made_by", "settled_by", "accepted_at", "told_at", "accountable"):
                continue
            if name == "promise_counts":
                got = {k: v for k, v in came[name].items() if k in value}
                self.require(got == value, f"{what}: another {name}", line, value, came[name])
            else:
                # Of an erased text there is nothing, or a word that says so.
                gone = value == ERASED and came.get(name) is None
                self.require(gone or came.get(name) == value, f"{what}: another {name}", line, value, came)

    def explain(self, r):
        """A refusal is right when it was the answer at some moment between the asking and the answering."""
        if r.case is None or r.code in ("idempotency_key_reused",):
            return
        case = self.cases.get(r.case)
        self.require(case is not None, "a refusal about a case that is not there", r.line, came=r.json)
        start, end = r.asked - BATCH, r.answered
        if r.code == "stale" and any(t >= r.looked - BATCH for t in self.customer_changes.get(case.now["customer"], [])):
            return  # A case shows its customer, so its tag changes with them.
        tried = []
        for version, since in zip(case.versions, case.stamps):
            if since > end:
                break
            i = case.versions.index(version)
            until = case.stamps[i + 1] if i + 1 < len(case.stamps) else end
            if until < start:
                continue
            moments = {max(start, since), max(start, since) + 1, min(end, max(until, since))}
            for p in version["promises"].values():
                if start <= p["due"] + 1 <= end:
                    moments |= {p["due"], p["due"] + 1}
            for moment in sorted(moments):
                if r.etag_facts is not None and model.etag_facts(version, moment) != r.etag_facts:
                    outcome = "stale"
                else:
                    try:
                        if r.act == "duplicate":
                            for other in self.others_at(r, start, end):
                                rings = self.rings(r.case, other["id"])
                                model.duplicated(version, other, r, moment, lambda: -1, rings, self.apart(version, other, moment))
                        else:
                            model.applied(
                                version,
                                r,
                                moment,
                                lambda: -1,
                                self.policy_of(version, moment),
                                self.case_now,
                            )
                        outcome = "taken"
                    except Refused as refused:
                        outcome = refused.code
                if outcome == r.code:
                    self.assertions += 1
                    return
                tried.append(outcome)
        if r.code in r.may_be or r.code == "validation_failed" and wrong(r.body, start, end):
            return
        raise Disagreement(
            "a request was refused for another reason than the contract's", r.line, sorted(set(tried)), r.json
        )

    def others_at(self, r, start, end):
        """The case that one was said to be a duplicate of, as it was while that was asked."""
        other = self.cases[r.body["case_id"]]
        spans = zip(other.versions, other.stamps, other.stamps[1:] + [end])
        return [v for v, since, until in spans if since <= end and until >= start] or [other.now]

    # Lists, as of an instant

    def rows(self, moment):
        for case in self.cases.values():
            c = case.at(moment)
            if c is not None:
                yield case, c

    def owner(self, name, moment):
        """What was on record of somebody of the desk at an instant: nothing before they were named."""
        number = next((i for known, i in self.owners.items() if model.same(known, name)), None)
        versions = self.records.versions.get(("owner", number), [])[1:]
        return next((values for stamp, values in reversed(versions) if stamp <= moment), {})

    def zone(self, name, moment):
        """By whose clocks their days are told: their own, else those of the desk's calendars."""
        return ZoneInfo((name and self.owner(name, moment).get("time_zone")) or "UTC")

    def absence(self, name, moment):
        """The first and the last date on which somebody is away; None where they are not to be, or that is over."""
        known, zone = self.owner(name, moment), self.zone(name, moment)
        if not known.get("absence_from") or known["absence_until"] < str(local_date(moment, zone)):
            return None
        return date.fromisoformat(known["absence_from"]), date.fromisoformat(known["absence_until"])

    def due_in_absence(self, name, moment):
        """From when on, and before when, something is due while they are away: what is due at midnight is due the day before."""
        away, zone = self.absence(name, moment), self.zone(name, moment)
        return away and (midnight(away[0], zone) + 1, midnight(away[1] + timedelta(days=1), zone) + 1)

    def matching(self, kind, filters, moment, window):
        """What must be in a list and what may be, with its key of order: may differs from must where an import was
        under way."""
        must, may = {}, {}
        named = lambda a, b: a is not None and a.casefold() == b.casefold()
        f = filters
        hazy = [w for w in self.import_windows.values() if w[1] >= window[0]]
        away = {name.casefold(): self.due_in_absence(name, moment) for name in self.owners} if "in_absence" in f else {}
        for case, c in self.rows(moment):
            unsure = bool(hazy) and any(case.id in w[2] for w in hazy)

            def case_matches(names):
                for name in names:
                    if name not in f:
                        continue
                    value = f[name]
                    if name in ("owner", "team", "category", "regime"):
                        if not named(c[name], value):
                            return False
                    elif name in ("severity", "mood", "channel"):
                        if c[name] not in value.split(","):
                            return False
                    elif name == "outcome":
                        if c["outcome"] not in value.split(","):
                            return False
                    elif name == "unowned":
                        if (c["owner"] is None) != (value == "true"):
                            return False
                    elif name == "tag":
                        if not any(named(tag, one) for tag in c["tags"] for one in value.split(",")):
                            return False
                return True

            if kind == "cases":
                view = None
                fixed = True
                if "status" in f:
                    fixed = c["status"] in f["status"].split(",")
                if fixed and "customer_id" in f:
                    fixed = self.person(c["customer"], moment) == self.person(int(f["customer_id"]), moment)
                if fixed and "external_id" in f:
                    fixed = c["external_id"] == f["external_id"]
                named_by = 0
                if fixed and "q" in f:
                    ids, texts = [c["external_id"]], [c["category"], c["owner"]]
                    fixed = all(found(term, ids + texts) for term in f["q"].split())
                    named_by = 0 if all(found(term, ids) for term in f["q"].split()) else 1
                if fixed and "unheard_for" in f:
                    silence = moment - model.duration(f["unheard_for"])
                    fixed = c["status"] == "open" and cadence.since(c) <= silence
                if fixed and ({"overdue", "silent", "waiting_on_customer"} & set(f) or f.get("sort") == "next_due_at"):
                    view = model.case_view(c, moment)
                    for name in ("overdue", "silent", "waiting_on_customer"):
                        if name in f and view[name] != (f[name] == "true"):
                            fixed = False
                if not fixed:
                    continue
                hit = case_matches(
                    ("owner", "team", "category", "regime", "severity", "mood", "channel", "outcome", "unowned", "tag")
                )
                sort = f.get("sort")
                if sort == "next_due_at":
                    due = instant(view["next_due_at"])
                    key = (0, due, c["id"]) if due is not None else (1, c["id"], 0)
                elif sort == "opened_at":
                    key = (c["opened"], c["id"])
                else:
                    key = (-c["opened"], -c["id"])
                # What is known by what was searched for stands before what tells of it.
                key = (named_by, *key)
                if hit:
                    may[c["id"]] = (key, c)
                    if not unsure:
                        must[c["id"]] = (key, c)
                continue
            hit = None
            by = f.get("by", "desk")
            to = f.get("to", {"customer": "us", "any": "any"}.get(by, "customer"))
            if "case_id" in f and c["id"] != int(f["case_id"]):
                continue
            if "customer_id" in f and self.person(c["customer"], moment) != self.person(int(f["customer_id"]), moment):
                continue
            for p in c["promises"].values():
                if by != "any" and p["by"] != by or to != "any" and p["to"] != to:
                    continue
                if "state" in f and state(p, moment) not in f["state"].split(","):
                    continue
                if "kind" in f and p["kind"] not in f["kind"].split(","):
                    continue
                if "owner" in f and not named(p["owner"], f["owner"]):
                    continue
                if "accountable" in f and not named(model.accountable(p), f["accountable"]):
                    continue
                if "unowned" in f and (p["owner"] is None) != (f["unowned"] == "true"):
                    continue
                if "unaccepted" in f and model.waits(p) != (f["unaccepted"] == "true"):
                    continue
                if "in_absence" in f:
                    dues = away.get((p["owner"] or "").casefold())
                    is_in = p["settled"] is None and dues is not None and dues[0] <= p["due"] < dues[1]
                    if is_in != (f["in_absence"] == "true"):
                        continue
                if "due_before" in f and not p["due"] < instant(f["due_before"]):
                    continue
                if "due_after" in f and not p["due"] >= instant(f["due_after"]):
                    continue
                if "slips_min" in f and p["slips"] < int(f["slips_min"]):
                    continue
                if hit is None:
                    hit = case_matches(("team", "category", "severity", "tag"))
                if hit:
                    sign = -1 if f.get("sort") == "-due_at" else 1
                    may[p["id"]] = ((sign * p["due"], sign * p["id"]), p)
                    if not unsure:
                        must[p["id"]] = may[p["id"]]
        return must, may

    def check_list(self, seen):
        """A whole list, page by page or as CSV, against the model at its instant."""
        moment = seen.as_of
        must, may = self.matching(seen.kind, seen.filters, moment, seen.window)
        line = f"GET {seen.path} (as of {written(moment)})"
        ids = [x["id"] for x in seen.items]
        self.require(len(ids) == len(set(ids)), "a list has something twice", line, came=ids)
        there = set(ids)
        if seen.partial:
            # Read no further than this: what comes after it is not looked for.
            last = may[ids[-1]][0] if ids and ids[-1] in may else None
            missing = [x for x, (key, _) in must.items() if x not in there and last is not None and key <= last]
        else:
            missing = [x for x in must if x not in there]
        self.require(
            not missing,
            f"a list of {seen.kind} lacks something",
            line,
            [self.shown(seen.kind, must[x][1], moment) for x in missing[:3]],
            ids[:50],
        )
        extra = [x for x in ids if x not in may]
        self.require(
            not extra,
            f"a list of {seen.kind} has what does not belong to it",
            line,
            [self.whatever(seen.kind, x, moment) for x in extra[:3]],
            [x for x in seen.items if x["id"] in extra[:3]],
        )
        keys = [may[x][0] for x in ids if x in may]
        self.require(
            keys == sorted(keys), "a list is in another order", line, [x for _, x in sorted(zip(keys, ids))], ids
        )
        for total, capped in seen.totals:
            self.require(
                capped or len(must) <= total <= len(may), "a list has another total", line, [len(must), len(may)], total
            )
        fields = seen.filters.get("fields")
        for item in seen.items if seen.csv is None else ():
            fact = may[item["id"]][1]
            if fields:
                self.require(set(item) == set(fields.split(",")), "an item has other fields", line, fields, item)
            if seen.kind == "promises":
                view = model.promise_view(fact, moment)
                self.compare(item, part(view, fields), line, f"promise {item['id']}")
            elif seen.kind == "cases":
                view = model.case_view(fact, moment)
                self.compare(item, part(view, fields), line, f"case {item['id']}")
                if "promises" in item:
                    self.promises_of(item, fact, moment, line)
        if seen.csv:
            for row in seen.csv:
                self.csv_row(seen, row, may, moment, line)

    def csv_row(self, seen, row, may, moment, line):
        fact = may[int(row["id"])][1]
        if seen.kind == "promises":
            view = model.promise_view(fact, moment)
        else:
            view = model.case_view(fact, moment)
            view = dict(view)
            for name, value in view.pop("promise_counts").items():
                view["promises_" + name] = value
        for name, value in view.items():
            if name not in row or view.get("imported") and name in ("made_by", "settled_by", "accepted_at", "told_at", "accountable"):
                continue
            if value == ERASED and row[name] == "":
                continue
            text = "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
            if name == "late_seconds" and value is not None:
                text = f"{value:.3f}"
            if isinstance(value, list):
                text = "; ".join(value)
            self.require(row[name] == text, f"CSV: another {name}", line, text, row)

    def shown(self, kind, fact, moment):
        return model.promise_view(fact, moment) if kind == "promises" else model.case_view(fact, moment)

    def whatever(self, kind, x, moment):
        for _, c in self.rows(moment):
            if kind == "cases" and c["id"] == x:
                return model.case_view(c, moment)
            if kind == "promises" and x in c["promises"]:
                return model.promise_view(c["promises"][x], moment)
        return f"nothing of the id {x}"

    def check_single(self, seen):
        """A case, a promise or a log as of an instant: not there before it was made, and then as the record had it."""
        moment, kind, number = seen.as_of, seen.kind, seen.filters["id"]
        line = f"GET {seen.path} (as of {written(moment)})"
        if kind == "promise":
            if not hasattr(self, "homes"):
                self.homes = {}
            case = self.homes.get(number)
            if case is None:
                case = self.homes[number] = next((c for c in self.cases.values() if number in c.now["promises"]), None)
            c = case and case.at(moment)
            fact = c and c["promises"].get(number)
        else:
            case = self.cases.get(number)
            c = fact = case and case.at(moment)
        self.require(
            (seen.total is not None) == (fact is not None),
            f"a {kind} is there, or is not",
            line,
            fact is not None,
            seen.total,
        )
        if fact is None:
            return
        if kind == "promise":
            self.compare(seen.total, model.promise_view(fact, moment), line, f"promise {number}")
        elif kind == "case":
            view = model.case_view(fact, moment)
            self.compare(seen.total, view, line, f"case {number}")
            self.promises_of(seen.total, fact, moment, line)
        elif not self.import_windows or not fact["imported"]:
            f = seen.filters
            wanted = [
                e["log"]["seq"]
                for e in self.log_of(number)
                if instant(e["recorded_at"]) <= moment
                and ("actor" not in f or e["actor"].casefold() == f["actor"].casefold())
                and ("since" not in f or instant(e["recorded_at"]) >= instant(f["since"]))
                and ("until" not in f or instant(e["recorded_at"]) < instant(f["until"]))
            ]
            came = [e["seq"] for e in seen.total["items"]]
            self.require(came == wanted[:500], "a log has other entries", line, wanted, came)
            self.require(
                seen.total["total"] == len(wanted), "a log has another total", line, len(wanted), seen.total["total"]
            )

    def log_of(self, cid):
        """The events of a case, in order."""
        known = self.logs
        for event in self.events[self.logged :]:
            known.setdefault(event["case_id"], []).append(event)
        self.logged = len(self.events)
        return known.get(cid, [])

    # Reports

    def check_report(self, seen):
        figures = {
            "promises": self.promise_figures,
            "load": self.load_figures,
            "causes": self.cause_figures,
            "threats": self.threat_figures,
            "concessions": self.concession_figures,
            "regime": self.regime_figures,
        }[seen.kind]
        start, end = span(seen.filters, seen.as_of)
        if any(w[1] >= seen.window[0] for w in self.import_windows.values()):
            return
        wanted = figures(seen, start, end)
        line = f"GET {seen.path} (as of {written(seen.as_of)})"
        if wanted is None:
            return
        groups = {g["key"]: g for g in seen.items}
        self.require(len(groups) == len(seen.items), "a report has a group twice", line, came=seen.items)
        for key, figures in wanted.items():
            if key == ("total",):
                came = seen.total
            else:
                came = groups.get(key)
                if came is None and not any(figures.values()):
                    continue
                self.require(came is not None, "a report lacks a group", line, {str(key): figures}, list(groups))
            for name, value in figures.items():
                self.require(
                    self.figure(came, name) == value, f"a report has another {name} of {key}", line, figures, came
                )
        for key, came in groups.items():
            self.require(key in wanted, "a report has a group of nothing", line, list(map(str, wanted)), came)

    def figure(self, came, name):
        value = came
        for part in name.split("."):
            value = value[part]
        return value

    def bucket(self, ms, unit, tz):
        local = (EPOCH + timedelta(milliseconds=ms)).astimezone(ZoneInfo(tz))
        if unit == "day":
            return local.strftime("%Y-%m-%d")
        if unit == "month":
            return local.strftime("%Y-%m")
        year, week, _ = local.isocalendar()
        return f"{year:04d}-W{week:02d}"

    def accountable_at(self, p, moment):
        accountable = p["hands"][0][1]
        for stamp, name in p["hands"]:
            if stamp <= moment:
                accountable = name
        return accountable

    def reassigned_late(self, p, moment):
        given = [stamp for stamp in p["given"] if stamp <= min(p["due"], moment)]
        return bool(given) and 4 * (p["due"] - given[-1]) <= p["due"] - p["counted_from"]

    def promise_figures(self, seen, start, end):
        moment, by, tz = seen.as_of, seen.filters.get("group_by", "owner"), seen.filters.get("tz", "UTC")
        groups, chains = {("total",): []}, {("total",): []}
        start, end = for_dues(seen.filters, start, end)
        within = lambda at: (start is None or at >= start) and (end is None or at < end)
        for case, c in self.rows(moment):
            for p, at, counted in [(p, p["due"], groups) for p in c["promises"].values()] + [
                (p, p["original"], chains) for p in c["promises"].values() if not model.successor(p)
            ]:
                if not ours(p) or not within(at) or model.missed_before(c, p, counted=True):
                    continue
                if by == "owner":
                    key = self.accountable_at(p, min(p["due"], moment))
                elif by in ("kind", "made_by"):
                    key = p[by]
                    if by == "made_by" and p["imported"]:
                        return None
                elif by in ("day", "week", "month"):
                    # What is due at the end, 24:00, of a day is of that day.
                    key = self.bucket(at - 1, by, tz)
                else:
                    key = c[by]
                counted.setdefault(key, []).append((p, c))
                counted[("total",)].append((p, c))
        result = {}
        for key in {**groups, **chains}:
            ps = [p for p, _ in groups.get(key, [])]
            kept_chains = [k for p, c in chains.get(key, []) if (k := self.chain_kept(p, c, moment)) is not None]
            if not ps and not kept_chains:
                if key != ("total",):
                    continue
            states = [state(p, moment) for p in ps]
            n = {s: states.count(s) for s in model.STATES}
            ended = sum(1 for p, s in zip(ps, states) if s == "withdrawn" and p["settled"]["ended"])
            n["withdrawn"] -= ended
            late = sorted(model.late_seconds(p) for p, s in zip(ps, states) if s in ("kept_late", "broken"))
            at_once = sum(1 for p in ps if model.instant_keep(p, p["first_made"], p["due"]))
            base = n["kept"] - at_once + n["kept_late"] + n["broken"] + n["overdue"]
            back = sum(1 for p, s in zip(ps, states) if s == "kept" and model.backdated(p))
            apart = ("void", "transferred")
            spans = sorted((p["due"] - p["counted_from"]) // 1000 for p, s in zip(ps, states) if s not in apart)
            notice = sorted(
                (p["due"] - p["settled"]["recorded"]) // 1000 for p, s in zip(ps, states) if s == "renegotiated"
            )
            rank = lambda xs, q: xs[max(0, -(-len(xs) * q // 100) - 1)] if xs else None
            figures = {s: n[s] for s in model.STATES}
            due = len(ps) - n["void"] - n["transferred"]
            figures.update(
                {
                    "due": due,
                    "ended": ended,
                    "renegotiation_rate": n["renegotiated"] / (due - ended) if due > ended else None,
                    "kept_at_original_due_rate": sum(kept_chains) / len(kept_chains) if kept_chains else None,
                    "instant": at_once,
                    "kept_without_evidence": sum(
                        1 for p, s in zip(ps, states) if s == "kept" and p["settled"]["evidence"] is None
                    ),
                    "disputed": sum(1 for p in ps if p["upheld"]),
                    "untold": sum(
                        1 for p, s in zip(ps, states) if s not in apart and p["told"] is None
                    ),
                    "backdated": back,
                    "reassigned_late": sum(
                        1 for p, s in zip(ps, states) if s not in apart and self.reassigned_late(p, moment)
                    ),
                    "kept_rate": (n["kept"] - back - at_once) / base if base else None,
                    "late_seconds.median": rank(late, 50),
                    "late_seconds.p90": rank(late, 90),
                    "late_seconds.max": late[-1] if late else None,
                    "span_seconds.median": rank(spans, 50),
                    "notice_seconds.median": rank(notice, 50),
                }
            )
            result[key] = figures
        return result

    def chain_kept(self, p, c, moment):
        """Whether a chain that ends with this one was kept by its first date, and on record by then; None where no rate
        counts it."""
        s, first = p["settled"], p["original"]
        st = state(p, moment)
        if st in ("open", "overdue"):
            return False if moment > first else None
        if st in ("withdrawn", "void", "transferred"):
            return None
        if st == "broken":
            return False
        begun = p
        while True:
            at = self.cases[begun["from_case"] or begun["case"]].now["promises"]
            before = at.get(begun["from"] or begun["supersedes"])
            if before is None or before["original"] != first:
                break
            begun = before
        if model.instant_keep(p, begun["first_made"], max(p["due"], first)):
            return None
        kept = max(s["kept_at"], s["recorded"]) <= first and not model.backdated(p)
        # One that was made and kept at once is in no rate; it makes no miss undone.
        return None if kept and model.instant_keep(p, p["first_made"], p["due"]) else kept

    def inside(self, stamp, start, end, moment):
        return stamp <= moment and (start is None or stamp >= start) and (end is None or stamp < end)

    def load_figures(self, seen, start, end):
        moment, by = seen.as_of, seen.filters.get("group_by", "owner")
        empty = lambda: dict(contacts=[], open=0, overdue=0, hard={}, kept=0, accepted=0, not_accepted=0, thanked=0)
        groups = {("total",): empty()}
        first, last = for_dues(seen.filters, start, end)
        for case, c in self.rows(moment):
            team = None
            if by == "team":
                team = c["team"]

            def count(owner, what, *values):
                for k in (owner if by == "owner" else team, ("total",)):
                    g = groups.setdefault(k, empty())
                    if what in ("open", "overdue", "kept", "accepted", "not_accepted", "thanked"):
                        g[what] += 1
                    elif what == "hard":
                        g["hard"][case.id] = bool(c["debriefs"])
                    else:
                        g["contacts"].append(values)

            for stamp, mood, person, seq in c["moods"]:
                if self.inside(stamp, start, end, moment):
                    count(person, "contact", stamp, self.number(case.id, seq), mood, case.id, person.casefold())
                    if mood in HOT:
                        count(person, "hard")
            for stamp, content, person in c["resolutions"]:
                if self.inside(stamp, start, end, moment):
                    count(person, "accepted" if content else "not_accepted")
            for stamp, person in c["thanks"]:
                if self.inside(stamp, start, end, moment):
                    count(person, "thanked")
            for p in c["promises"].values():
                s = state(p, moment)
                if ours(p) and s in ("open", "overdue"):
                    count(p["owner"], s)
                inside = (first is None or p["due"] >= first) and (last is None or p["due"] < last)
                inside = inside and not model.missed_before(c, p, counted=True)
                if ours(p) and inside and model.late_or_broken(p, moment):
                    count(self.accountable_at(p, min(p["due"], moment)), "hard")
                at_once = model.instant_keep(p, p["first_made"], p["due"])
                if ours(p) and inside and s == "kept" and not model.backdated(p) and not at_once:
                    count(self.accountable_at(p, min(p["due"], moment)), "kept")
        result = {}
        for k, g in groups.items():
            # A contact is a person's with a case on a day, as it began that day.
            people = {}
            for stamp, _, mood, number, person in sorted(g["contacts"]):
                days = people.setdefault(person, {})
                day = (stamp // 86_400_000, number)
                days[day] = days.get(day, False) or mood in HOT
            rows = [len(list(itertools.takewhile(bool, reversed(days.values())))) for days in people.values()]
            result[k] = {
                "contacts": sum(len(days) for days in people.values()),
                "hot_contacts": sum(sum(days.values()) for days in people.values()),
                "hot_cases": len({c for _, _, m, c, _ in g["contacts"] if m in HOT}),
                "hot_in_a_row": max(rows, default=0),
                "kept": g["kept"],
                "accepted": g["accepted"],
                "not_accepted": g["not_accepted"],
                "thanked": g["thanked"],
                "open": g["open"],
                "overdue": g["overdue"],
                "hard_cases": len(g["hard"]),
                "hard_cases_without_debrief": sum(1 for debriefed in g["hard"].values() if not debriefed),
            }
        result[("total",)]["hot_in_a_row"] = max(
            (f["hot_in_a_row"] for k, f in result.items() if k != ("total",)), default=0
        )
        return result

    def number(self, cid, seq):
        """The place of an entry among all."""
        return self.log_of(cid)[seq - 1]["id"]

    def cause_figures(self, seen, start, end):
        moment, by, tz = seen.as_of, seen.filters.get("group_by", "cause"), seen.filters.get("tz", "UTC")
        groups = {("total",): []}
        for case, c in self.rows(moment):
            for stamp, cause, process, review in c["lessons"]:
                if not self.inside(stamp, start, end, moment):
                    continue
                if by in ("day", "week", "month"):
                    key = self.bucket(stamp, by, tz)
                elif by in ("cause", "process"):
                    key = cause if by == "cause" else process
                else:
                    key = c[by]
                for k in (key, ("total",)):
                    groups.setdefault(k, []).append((c, cause, process, review))
        result = {}
        for key, lessons in groups.items():
            cases = {c["id"]: c for c, _, _, _ in lessons}
            result[key] = {
                "lessons": len(lessons),
                "cases": len(cases),
                "broken_promises": sum(
                    1
                    for c in cases.values()
                    for p in c["promises"].values()
                    if ours(p) and model.late_or_broken(p, moment) and not model.missed_before(c, p, counted=True)
                ),
                "redress": self.redress(cases.values()),
                "processes": sorted({p for _, _, p, _ in lessons if p}, key=lambda name: (name.casefold(), name)),
                **self.reviews(lessons, moment),
            }
        return result

    def redress(self, cases):
        """What the customers of some cases get, a sum a currency."""
        sums = {}
        for money in (c["redress"] for c in cases if c["redress"]):
            sums[money["currency"]] = sums.get(money["currency"], 0) + money["amount"]
        return [{"currency": k, "amount": v} for k, v in sorted(sums.items())]

    def reviews(self, lessons, moment):
        """What became of the reviews: of one whose date moved, of what took its place."""
        found = []
        for c, _, _, review in lessons:
            if not review:
                continue
            p = c["promises"][review]
            while model.successor(p) or state(p, moment) == "transferred":
                if state(p, moment) == "transferred":
                    c = self.cases[p["settled"]["to_case"]].at(moment)
                    p = c["promises"][p["settled"]["transferred_to"]]
                else:
                    p = c["promises"][model.successor(p)]
            found.append(state(p, moment))
        return {
            "reviews": len(found),
            "reviews_open": found.count("open"),
            "reviews_overdue": found.count("overdue"),
            "reviews_done": found.count("kept") + found.count("kept_late"),
            "reviews_dropped": sum(1 for s in found if s in ("withdrawn", "broken", "void")),
        }

    def threat_figures(self, seen, start, end):
        moment, by, tz = seen.as_of, seen.filters.get("group_by", "threat_kind"), seen.filters.get("tz", "UTC")
        groups = {("total",): []}
        for case, c in self.rows(moment):
            for t in c["threats"].values():
                if not self.inside(t["at"], start, end, moment):
                    continue
                verdict = t["assessments"][-1][1] if t["assessments"] else None
                if by in ("day", "week", "month"):
                    key = self.bucket(t["at"], by, tz)
                elif by == "threat_kind":
                    key = t["kind"]
                elif by == "verdict":
                    key = verdict
                else:
                    key = c[by]
                for k in (key, ("total",)):
                    groups.setdefault(k, []).append((t, verdict))
        result = {}
        for key, threats in groups.items():
            sums = {}
            for t, _ in threats:
                if t["value"] is not None:
                    sums[t["currency"]] = sums.get(t["currency"], 0) + t["value"]
            verdicts = [v for _, v in threats]
            result[key] = {
                "threats": len(threats),
                "unassessed": verdicts.count(None),
                "credible": verdicts.count("credible"),
                "unfounded": verdicts.count("unfounded"),
                "unknown": verdicts.count("unknown"),
                "by_oneself": sum(1 for t, _ in threats if t["assessments"] and t["assessments"][-1][2]),
                "value_at_stake": [{"currency": k, "amount": v} for k, v in sorted(sums.items())],
            }
        return result

    def concession_figures(self, seen, start, end):
        moment, by, tz = seen.as_of, seen.filters.get("group_by", "owner"), seen.filters.get("tz", "UTC")
        groups = {("total",): []}
        for case, c in self.rows(moment):
            for x in c["concessions"].values():
                if not self.inside(x["at"], start, end, moment):
                    continue
                if by in ("day", "week", "month"):
                    key = self.bucket(x["at"], by, tz)
                elif by in ("state", "currency"):
                    key = x[by]
                else:
                    key = c[by]
                for k in (key, ("total",)):
                    groups.setdefault(k, []).append(x)
        result = {}
        for key, xs in groups.items():

            def sums(states):
                found = {}
                for x in xs:
                    if x["state"] in states:
                        found[x["currency"]] = found.get(x["currency"], 0) + x["amount"]
                return [{"currency": k, "amount": v} for k, v in sorted(found.items())]

            states = [x["state"] for x in xs]
            result[key] = {
                "concessions": len(xs),
                **{s: states.count(s) for s in ("granted", "pending", "approved", "refused")},
                "under_threat": sum(x["under"] is not None for x in xs),
                "above_limit": sum(x["above"] for x in xs),
                # There are two managers: nobody decides about what is their own.
                "by_oneself": 0,
                "given": sums(("granted", "approved")),
                "asked": sums(("granted", "pending", "approved", "refused")),
            }
        return result

    def regime_figures(self, seen, start, end):
        moment, by, tz = seen.as_of, seen.filters.get("group_by", "category"), seen.filters.get("tz", "UTC")
        name = next(n for n in regimes.NAMES if model.same(n, seen.filters["regime"]))
        groups = {("total",): []}
        for case, c in self.rows(moment):
            settled = seen.filters.get("by") == "settled"
            # What is open is settled on no date.
            date = c["resolved"] if settled else c["received"]
            if c["regime"] != name or date is None or not self.inside(date, start, end, moment):
                continue
            if by in ("day", "week", "month"):
                key = self.bucket(date, by, tz)
            elif by == "stage":
                key = next((s["name"] for s in reversed(c["stages"]) if s["regime"] == name), None)
            else:
                key = c[by]
            then = [(v, t) for v, t in zip(case.versions, case.stamps) if t <= moment]
            resolved = {v["resolved"]: None for v, _ in then if v["resolved"]}
            reopened = [t for (a, _), (b, t) in zip(then, then[1:]) if a["status"] != "open" and b["status"] == "open"]
            for k in (key, ("total",)):
                groups.setdefault(k, []).append((c, (list(resolved), reopened)))
        return {key: regimes.figures(name, cases, moment, self.redress) for key, cases in groups.items()}


def for_dues(filters, start, end):
    """The ends of a report for what is due: where they were told by days, what is due at the first instant of a day is due
    at the end, 24:00, of the day before."""
    is_day = lambda name: "period" in filters or "T" not in filters.get(name, "T")
    after = lambda at, name: at + 1 if at is not None and is_day(name) else at
    return after(start, "from"), after(end, "to")


def local_date(moment, zone):
    """The date that the clocks of a zone show."""
    return (EPOCH + timedelta(milliseconds=moment)).astimezone(zone).date()


def midnight(day, zone):
    """When a date begins by the clocks of a zone."""
    return (datetime(day.year, day.month, day.day, tzinfo=zone) - EPOCH) // timedelta(milliseconds=1)


def span(filters, now):
    """Where a report begins and ends: at instants, with days by the clocks of its zone, or with a period as of now."""
    zone = ZoneInfo(filters.get("tz", "UTC"))
    day = lambda date: midnight(date, zone)
    ends = [
        day(date.fromisoformat(text)) if text and "T" not in text else instant(text)
        for text in (filters.get("from"), filters.get("to"))
    ]
    if "period" not in filters:
        return ends
    today = local_date(now, zone)
    monday = today - timedelta(days=today.weekday())
    month = today.replace(day=1)
    after = lambda first: (first + timedelta(days=32)).replace(day=1)
    first, last = {
        "today": (today, today + timedelta(days=1)),
        "yesterday": (today - timedelta(days=1), today),
        "this_week": (monday, monday + timedelta(days=7)),
        "last_week": (monday - timedelta(days=7), monday),
        "this_month": (month, after(month)),
        "last_month": ((month - timedelta(days=1)).replace(day=1), month),
        "this_year": (today.replace(month=1, day=1), date(today.year + 1, 1, 1)),
    }[filters["period"]]
    return day(first), day(last)


def part(view, fields):
    """What of it was asked for."""
    return view if fields is None else {k: v for k, v in view.items() if k in fields.split(",")}


def wrong(body, start, end):
    """Whether an instant of a body is no good by itself, whatever it is about. The contract puts what the body can't
    change before that; the service says it first."""
    if isinstance(body, dict):
        return any(
            name == "kept_at"
            and value
            and instant(value) > start + model.TOLERANCE
            or name == "due_at"
            and value
            and instant(value) <= end
            or wrong(value, start, end)
            for name, value in body.items()
        )
    return isinstance(body, list) and any(wrong(x, start, end) for x in body)


def found(term, texts):
    """Whether a term of a search is in one of these: its words one after the other, of the last one the beginning from three
    characters on."""
    words = lambda text: re.findall(r"[a-z0-9]+", text.casefold())
    wanted = words(term)
    for text in texts:
        there = words(text or "")
        for i in range(len(there) - len(wanted) + 1):
            part = there[i : i + len(wanted)]
            if part == wanted:
                return True
            if part[:-1] == wanted[:-1] and len(wanted[-1]) >= 3 and part[-1].startswith(wanted[-1]):
                return True
    return False


class Seen:
    """What somebody was told, and between which instants: to be counted again once the log is known."""

    def __init__(self, what, kind, filters, path):
        self.what, self.kind, self.filters, self.path = what, kind, filters, path
        self.items, self.totals, self.csv, self.total = [], [], None, None
        self.as_of, self.explicit = None, "as_of" in filters
        self.start = self.end = 0
        self.quiet = self.partial = False

    @property
    def window(self):
        """When it may have been read. While others write, a commit under way may have a stamp from
        before the question, and not be seen yet."""
        return self.start - (0 if self.quiet else 3000), self.end


def look(world, connection, what, kind, filters, form="json", limit=None, quiet=False, pages=None):
    """Reads a list to its end, or a report, and says what came. None where the service was away."""
    parameters = dict(filters)
    if form == "csv":
        parameters["format"] = "csv"
    if limit and form == "json" and what == "list":
        parameters["limit"] = limit
    base = f"/v1/{kind}" if what == "list" else f"/v1/reports/{kind}"
    path = base + ("?" + query(**parameters) if parameters else "")
    seen = Seen(what, kind, filters, path)
    seen.quiet = quiet
    seen.start = now_ms()
    target = path
    most, pages = pages, 0
    while True:
        answer = connection.ask("GET", target)
        if answer is None or answer.status == 503:
            return None
        world.require(
            answer.status == 200,
            f"a read was refused with {answer.status}",
            f"GET {target}",
            200,
            answer.body[:1500].decode("utf-8", "replace"),
        )
        if form == "csv":
            text = answer.body.decode("utf-8")
            seen.as_of = instant(answer.fields["casekeeper-as-of"])
            rows = list(csv.DictReader(io.StringIO(text)))
            if what == "list":
                seen.csv = rows
                seen.items = [{"id": int(r["id"])} for r in rows]
            else:
                seen.csv = rows
            break
        page = answer.json
        pages += 1
        as_of = instant(page["as_of"])
        world.require(
            seen.as_of is None or seen.as_of == as_of,
            "a further page has another as_of",
            f"GET {target}",
            written(seen.as_of),
            page["as_of"],
        )
        seen.as_of = as_of
        if what == "report":
            seen.items, seen.total = page["groups"], page["total"]
            break
        world.require(limit is None or len(page["items"]) <= limit, "a page is longer than its limit", f"GET {target}")
        seen.items += page["items"]
        seen.totals.append((page["total"], page.get("total_capped", False)))
        if page["next"] is None:
            break
        if pages == most:
            seen.partial = True
            break
        world.require(page["items"], "a page without items has a next", f"GET {target}", came=page)
        link = answer.fields.get("link", "")
        match = re.match(r"<([^>]*)>; rel=\"next\"", link)
        world.require(match, "a page with next has no Link", f"GET {target}", came=link)
        target = match.group(1)
    seen.end = now_ms()
    if seen.explicit:
        world.require(
            seen.as_of == instant(filters["as_of"]),
            "an answer for another as_of",
            f"GET {path}",
            filters["as_of"],
            written(seen.as_of),
        )
    if form == "csv" and what == "report":
        return None if seen.csv is None else csv_report(seen)
    return seen


def look_single(world, connection, kind, number, path, filters, quiet):
    """Reads one thing. Without as_of it is as of some moment until its answer, which only a list says."""
    if kind == "log":
        filters = dict(filters, limit=500)
    target = path + ("?" + query(**filters) if filters else "")
    seen = Seen("single", kind, dict(filters, id=number), target)
    seen.quiet = quiet
    seen.start = now_ms()
    answer = connection.ask("GET", target)
    if answer is None or answer.status == 503:
        return None
    seen.end = now_ms()
    world.require(
        answer.status in (200, 404),
        f"a read was refused with {answer.status}",
        f"GET {target}",
        200,
        answer.body[:1500].decode("utf-8", "replace"),
    )
    seen.total = answer.json if answer.status == 200 else None
    seen.as_of = (
        instant(filters["as_of"]) if "as_of" in filters else instant(seen.total["as_of"]) if kind == "log" else None
    )
    return seen if seen.as_of is not None else None


def csv_report(seen):
    """A report's CSV as the JSON would be."""

    def value(text):
        if text == "":
            return None
        try:
            return int(text)
        except ValueError:
            pass
        try:
            return float(text)
        except ValueError:
            return text

    if seen.kind == "regime":
        *seen.items, seen.total = regimes.from_csv(seen.csv, value)
        return seen
    nested = ("late_seconds", "notice_seconds", "span_seconds", "assessment_seconds")
    groups = []
    for row in seen.csv:
        group = {}
        for name, text in row.items():
            if name == "key":
                group["key"] = text or None
                continue
            if name == "processes":
                group[name] = [x.strip() for x in text.split(";") if x.strip()]
                continue
            for outer in nested:
                if name.startswith(outer + "_"):
                    group.setdefault(outer, {})[name[len(outer) + 1 :]] = value(text)
                    break
            else:
                for outer in ("value_at_stake", "given", "asked", "redress"):
                    if name.startswith(outer + "_"):
                        if text:
                            group.setdefault(outer, []).append(
                                {"currency": name[len(outer) + 1 :], "amount": int(text)}
                            )
                        break
                else:
                    group[name] = value(text)
        for outer in ("value_at_stake", "given", "asked", "redress"):
            if seen.kind in ("threats", "concessions", "causes"):
                group.setdefault(outer, [])
        groups.append(group)
    seen.total = groups[-1]
    seen.items = groups[:-1]
    return seen
