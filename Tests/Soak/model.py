"""What the contract says, as plain values: cases, promises, and what each request makes of them.

A case is a dictionary that is never changed: a request gives a new one. Instants are milliseconds since 1970. States
are derived, never kept. Nothing here knows the service, and nothing asks it.
"""

import re
from datetime import datetime, timedelta, timezone

import regimes

MOODS = ["calm", "upset", "angry", "abusive"]
HOT = ("angry", "abusive")
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
OUTCOMES = ["upheld", "partly_upheld", "not_upheld", "withdrawn", "out_of_scope"]
TOLD = ("reached", "message_left", "sent")
# How a case ended, as it is shown: nothing of it while it is open.
UNENDED = {"outcome": None, "redress": None, "final_response": None}
ACKNOWLEDGE = "Acknowledge the complaint and say what happens next"
FOLLOW_UP = "Ask the customer whether all is well"


def instant(text):
    """RFC 3339 in UTC to milliseconds."""
    if text is None:
        return None
    return (datetime.fromisoformat(text.replace("Z", "+00:00")) - EPOCH) // timedelta(milliseconds=1)


def written(ms):
    """Milliseconds as the service writes them: without a fraction where there is none."""
    if ms is None:
        return None
    moment = EPOCH + timedelta(milliseconds=ms)
    return moment.strftime("%Y-%m-%dT%H:%M:%S") + (f".{ms % 1000:03d}" if ms % 1000 else "") + "Z"


def duration(text):
    match = re.fullmatch(r"P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?", text)
    w, d, h, m, s = (int(x or 0) for x in match.groups())
    return ((((w * 7 + d) * 24 + h) * 60 + m) * 60 + s) * 1000


class Refused(Exception):
    def __init__(self, code):
        self.code = code
        super().__init__(code)


# How far an instant that a client gives as past may lie after the stamp, as clocks differ; it counts as the stamp then.
TOLERANCE = 2000


def past(moment, now):
    return now if now < moment <= now + TOLERANCE else moment


def same(a, b):
    return (a or "").casefold() == (b or "").casefold()


# Promises


def state(p, now):
    s = p["settled"]
    if s is None:
        return "open" if now <= p["due"] else "overdue"
    if p["upheld"]:
        return "broken"
    if s["how"] in ("void", "transferred"):
        return s["how"]
    if s["how"] == "keep":
        return "kept" if s["kept_at"] <= p["due"] else "kept_late"
    if s["how"] == "move":
        return "renegotiated" if s["recorded"] <= p["due"] else "broken"
    if s["agreed"] and s["recorded"] <= p["due"]:
        return "withdrawn"
    return "broken"


def ours(p):
    """From the desk to the customer: what counts for the timeline, for resolve and for the reports."""
    return p["by"] == "desk" and p["to"] == "customer"


def was_broken(p, now):
    """On record as unsettled past due at some time up to now; given up without a release; or found not to have been kept."""
    s = p["settled"]
    if s is None:
        return now > p["due"]
    return s["recorded"] > p["due"] or s["how"] == "withdraw" and not s["agreed"] or bool(p["upheld"])


def successor(p):
    """What took its place."""
    return (p["settled"] or {}).get("superseded_by") or (p["upheld"] or {}).get("superseded_by")


def instant_keep(p, made, due):
    """A keep in time within a minute of `made`: nobody waited for it."""
    s = p["settled"]
    if not s or s["how"] != "keep" or p["upheld"]:
        return False
    return max(s["kept_at"], s["recorded"]) <= due and s["kept_at"] - made <= 60_000


def reached(*notices):
    return any(n and n["outcome"] == "reached" for n in notices)


def late_or_broken(p, now):
    """Late or broken at some time, as reports count it: what was entered by mistake is counted apart, and what goes on in
    another case there."""
    return state(p, now) not in ("void", "transferred") and (was_broken(p, now) or state(p, now) in ("kept_late", "broken"))


def waits(p):
    return p["settled"] is None and p["waits"]


def accountable(p):
    """For whom it counts: who gave it to an owner who has not accepted, else its owner, else the person who made it."""
    if p["by"] != "desk":
        return None
    if p["waits"]:
        return p["giver"]
    return p["owner"] or (None if p["imported"] or p["made_by"] == "policy" else p["made_by"])


def handed(p, now, **changes):
    """The promise in other hands, or in the same ones once something was said to it, with what that means on record."""
    if "owner" in changes:
        changes["owners"] = p["owners"] + (p["owner"],)
    p = dict(p, **changes)
    p["hands"] = p["hands"] + ((now, accountable(p)),)
    return p


def late_seconds(p):
    s = p["settled"]
    if s is None or s["how"] in ("void", "transferred"):
        return None
    at = s["kept_at"] if s["how"] == "keep" else s["recorded"]
    return max(0, at - p["due"]) / 1000


def remembered(view):
    """What a value looks like changes with the states of its promises alone, so it is made once for each."""
    views = {}

    def get(value, now):
        states = tuple(state(p, now) for p in value["promises"].values()) if "promises" in value else state(value, now)
        key = (id(value), states)
        known = views.get(key)
        if known is None or known[0] is not value:
            known = views[key] = (value, view(value, now))
        return known[1]

    return get


@remembered
def promise_view(p, now):
    s = p["settled"] or {}
    return {
        "id": p["id"],
        "case_id": p["case"],
        "kind": p["kind"],
        "what": p["what"],
        "by": p["by"],
        "to": p["to"],
        "owner": p["owner"],
        "accountable": accountable(p),
        "made_by": p["made_by"],
        "made_at": written(p["made"]),
        "told_at": written(p["told"]),
        "channel": p["channel"],
        "due_at": written(p["due"]),
        "original_due_at": written(p["original"]),
        "state": state(p, now),
        "overdue": state(p, now) == "overdue",
        "kept_at": written(s.get("kept_at")),
        "recorded_at": written(s.get("recorded")),
        "settled_by": s.get("by"),
        "evidence": s.get("evidence"),
        "backdated": backdated(p),
        "late_seconds": late_seconds(p),
        "slips": p["slips"],
        "total_slip_seconds": int((p["due"] - p["original"]) / 1000),
        "supersedes": p["supersedes"],
        "superseded_by": successor(p),
        "transferred_from": p["from"],
        "transferred_to": s.get("transferred_to"),
        "first_made_at": written(p["first_made"]),
        "reason": s.get("reason") or p["reason"],
        "explanation": s.get("explanation") if s.get("explanation") is not None else p["explanation"],
        "concession": p["concession"],
        "concession_case_id": (p["concession_case"] or p["case"]) if p["concession"] else None,
        "next_step": p["next_step"],
        "customer_notified": p["notified"],
        "accepted_at": written(p["accepted"]),
        "waits_for_acceptance": waits(p),
        "imported": p["imported"],
        "clock": p["clock"] and p["clock"]["name"],
        "stage": p["clock"] and p["clock"]["stage"],
    }


def backdated(p):
    s = p["settled"]
    return bool(s and s["how"] == "keep" and not p["imported"] and s["kept_at"] <= p["due"] < s["recorded"])


STATES = ("open", "overdue", "kept", "kept_late", "renegotiated", "withdrawn", "broken", "transferred", "void")


@remembered
def case_view(c, now):
    mine = [p for p in c["promises"].values() if ours(p)]
    states = [state(p, now) for p in mine]
    overdue = [p["due"] for p, s in zip(mine, states) if s == "overdue"]
    open_ = [p["due"] for p, s in zip(mine, states) if s == "open"]
    theirs = [
        p["due"]
        for p in c["promises"].values()
        if c["status"] == "open" and p["by"] == "customer" and state(p, now) in ("open", "overdue")
    ]
    view = {
        k: c[k]
        for k in (
            "id",
            "external_id",
            "subject",
            "complaint",
            "channel",
            "category",
            "tags",
            "severity",
            "mood",
            "mood_trend",
            "desired_outcome",
            "owner",
            "team",
            "supervisor",
            "estimate",
            "hard_deadline",
            "regime",
            "escalated",
            "status",
            "imported",
            "version",
        )
    }
    view.update(
        {
            "unassessed_threats": 0 if c["erased"] else sum(1 for t in c["threats"].values() if not t["assessments"]),
            "pending_concessions": (
                0 if c["erased"] else sum(1 for t in c["concessions"].values() if t["state"] == "pending")
            ),
            "pending_disputes": 0 if c["erased"] else sum(1 for d in c["disputes"].values() if d["waits"]),
            "received_at": written(c["received"]),
            "opened_at": written(c["opened"]),
            "customer_accepted": c["accepted"],
            "duplicate_of": c["duplicate_of"],
            **{k: c[k] for k in UNENDED},
            "stage": c["stages"][-1]["name"] if c["stages"] else None,
            "stages": regimes.shown(c),
            "resolved_at": written(c["resolved"]),
            "closed_at": written(c["closed"]),
            "updated_at": written(c["updated"]),
            "overdue": bool(overdue),
            "overdue_since": written(min(overdue, default=None)),
            "next_due_at": written(min(open_, default=None)),
            "ever_broken": any(was_broken(p, now) for p in mine),
            "silent": c["status"] == "open" and not overdue and not open_,
            "waiting_on_customer": bool(theirs),
            "customer_due_at": written(min(theirs, default=None)),
            "promise_counts": {s: states.count(s) for s in STATES},
        }
    )
    return view


def checks_in(c, now):
    """Whether the desk has promised to check in with the customer."""
    return any(
        ours(p) and p["kind"] == "check_in" and state(p, now) in ("open", "overdue") for p in c["promises"].values()
    )


def etag_facts(c, now):
    """What the tag of a case may depend on by the contract: its version, and how many promises are past due."""
    return c["version"], sum(1 for p in c["promises"].values() if state(p, now) == "overdue")


# Requests


def new_promise(c, body, now, pid, actor, kind="other", **more):
    due = instant_of(body, now)
    if due <= now:
        raise Refused("validation_failed")
    by = body.get("by") or "desk"
    to = body.get("to") or ("customer" if by == "desk" else "us")
    owner = body.get("owner") or c["owner"]
    notice = None
    told = now
    if body.get("customer_notified"):
        n = body["customer_notified"]
        at = instant(n.get("at")) or now
        notice = {"channel": n["channel"], "outcome": n["outcome"], "at": written(at)}
        told = at if n["outcome"] in TOLD else None
    p = {
        "id": pid,
        "case": c["id"],
        "kind": body.get("kind") or kind,
        "what": body["what"],
        "by": by,
        "to": to,
        "owner": owner,
        "made_by": actor,
        "made": now,
        "told": told,
        "channel": body.get("channel"),
        "due": due,
        "original": due,
        "slips": 0,
        "supersedes": None,
        "reason": None,
        "explanation": None,
        "concession": body.get("concession"),
        # The case that the concession is of, where it is another one; and the concessions of others as they stand.
        "concession_case": None,
        # The promise of a duplicate that it goes on from, with its case.
        "from": None,
        "from_case": None,
        "first_made": now,
        "next_step": body.get("next_step"),
        "notified": notice,
        "accepted": None,
        "imported": False,
        "counted_from": now,
        "settled": None,
        "upheld": None,
        "waits": by == "desk" and bool(owner) and not same(owner, actor),
        "giver": actor,
        "hands": (),
        # Whose it was before.
        "owners": (),
        "given": (),
        "passed": False,
        "made_recorded": now,
        # The clock of a regime that it is of: its name, the number of its stage, and from when it counts.
        "clock": None,
    }
    p.update(more)
    p["first_made"] = p["made"]
    return handed(p, p["made_recorded"])


def instant_of(body, now):
    if body.get("due_in_business"):
        return business(body["due_in_business"], now, now)
    if body.get("due_on"):
        day = instant(body["due_on"] + "T00:00:00Z") // DAY
        return closing(day, calendar(day, now))
    return instant(body["due_at"]) if body.get("due_at") else now + duration(body["due_in"])


HOUR = 3_600_000
DAY = 24 * HOUR
# Each version of the desk's calendar, with when it was recorded: from which day on it holds (in days since 1970, in UTC), how many
# minutes of each hour are open in it, and on which days it is closed.
CALENDARS = []


def hours(minutes):
    """The week of a version, as a request has it."""
    return {
        day: [[f"{hour:02}:00", f"{hour:02}:{minutes}"] for hour in range(24)]
        for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    }


def hours_words(minutes):
    """The same, as the log writes it."""
    return "; ".join(f"{day} {' '.join('-'.join(pair) for pair in pairs)}" for day, pairs in hours(minutes).items())


def calendar(day, now):
    """The version that holds on a day, of what is on record at an instant: the last one that has begun by then."""
    return [c for c in CALENDARS if c["recorded"] <= now and c["from"] <= day][-1]


def closing(day, version):
    return day * DAY + 23 * HOUR + version["minutes"] * 60_000


def business(text, start, now):
    """When so many open days are over, or the earliest instant at which so much open time is used up, by the calendar that is
    on record at an instant."""
    days = re.fullmatch(r"P(\d+)D", text)
    day = start // DAY
    if days:
        left = int(days.group(1))
        while left:
            day += 1
            left -= day not in calendar(day, now)["closed"]
        return closing(day, calendar(day, now))
    left = duration(text)
    while True:
        version = calendar(start // DAY, now)
        if start // DAY in version["closed"]:
            start = (start // DAY + 1) * DAY
            continue
        close = start // HOUR * HOUR + version["minutes"] * 60_000
        if start < close:
            if left <= close - start:
                return start + left
            left -= close - start
        start = start // HOUR * HOUR + HOUR


def is_open(day, now):
    return day not in calendar(day, now)["closed"]


def spans(at, now, step):
    """The open times of the desk from that of the hour of an instant on, or back from it, by the calendar on record."""
    hour = at // HOUR * HOUR
    while abs(hour - at) < 400 * DAY:
        if is_open(hour // DAY, now):
            yield hour, hour + calendar(hour // DAY, now)["minutes"] * 60_000
        hour += step * HOUR


def working(mark, due, now):
    """When somebody is told of what was to be said at an instant, by the calendar on record: then, or as they open next where
    that is before the due instant; else a quarter of an hour before they close for the last time."""
    opens = next(max(opens, mark) for opens, closes in spans(mark, now, 1) if closes > mark)
    if opens == mark or opens < due:
        return opens
    return next(max(opens, closes - 15 * 60_000) for opens, closes in spans(mark, now, -1) if closes <= mark)


def warnings(policy, start, due, now):
    """When the owner of a promise is warned of it, whose time counts from `start`: as the policy has it when it is made."""
    marks = set()
    for text in policy["warn_at"] or [policy["warn_ahead"]]:
        span = due - start
        if text.endswith("%"):
            lead = span - span * int(text[:-1]) // 100
        else:
            lead = duration(text) if duration(text) < span else span // 4
        at = due - lead
        if at > now and lead >= 60_000:
            moved = working(at, due, now)
            marks.add(moved if moved > now else at)
    return marks if now < due else set()


def same_time(at, days, now):
    """The clock time of an instant so many open dates after its own, or before it, moved into their hours."""
    day = at // DAY
    for _ in range(abs(days)):
        day += 1 if days > 0 else -1
        while not is_open(day, now):
            day += 1 if days > 0 else -1
    wanted = day * DAY + at % DAY
    minutes = calendar(day, now)["minutes"]
    hour = wanted // HOUR * HOUR
    if wanted <= hour + minutes * 60_000:
        return wanted
    return hour + HOUR if (hour + HOUR) // DAY == day else closing(day, calendar(day, now))


def step_at(step, due, now):
    """When a step of a ladder is climbed of what is due at an instant, and who hears of it."""
    length, *by, who = step.split()
    sign, length = (-1, length[1:]) if length[0] == "-" else (1, length)
    if not by:
        return due + sign * duration(length), who
    if days := re.fullmatch(r"P(\d+)D", length):
        return same_time(due, sign * int(days.group(1)), now), who
    if sign > 0:
        return business(length, due, now), who
    left = duration(length)
    for opens, closes in spans(due, now, -1):
        taken = min(left, max(0, min(closes, due) - opens))
        left -= taken
        if not left:
            return min(closes, due) - taken, who


def policy_due(policy, field, start, now):
    """When something is due by a policy: in business time where it has some, as the desk has a calendar."""
    if policy.get(f"{field}_business"):
        return business(policy[f"{field}_business"], start, now)
    return start + duration(policy[field])


def policy_promise(c, policy, start, now, pid, **more):
    return new_promise(
        c,
        {"kind": "acknowledge", "what": ACKNOWLEDGE, "due_at": written(policy_due(policy, "acknowledge_in", start, now))},
        min(now, start),
        pid,
        "policy",
        told=None,
        waits=False,
        made=now,
        counted_from=start,
        made_recorded=now,
        **more,
    )


class Change:
    """A case on its way from one version to the next: promises and fields by copy, and the entries it writes."""

    def __init__(self, case, now, actor, take):
        self.case = dict(case)
        self.case["promises"] = dict(case["promises"])
        self.promised = case["promises"]
        self.now, self.actor, self.take = now, actor, take
        # Until when calendars are known.
        self.horizon = now
        self.entries = []
        # How often the date of a chain to the customer has slipped, where it slips now.
        self.slipped = 0
        # Whether somebody may come to harm, as it says now.
        self.unsafe = False
        # Who is asked to join by itself, where that is not the policy's supervisor.
        self.asks = None
        # Another case, as it stands.
        self.elsewhere = lambda cid: None

    def write(self, kind, promise_id=None, **fields):
        self.entries.append(dict(kind=kind, promise_id=promise_id, **fields))

    def put(self, p):
        self.case["promises"][p["id"]] = p

    def make(self, p):
        self.put(p)
        self.write(
            "promise_made",
            p["id"],
            promise_kind=p["kind"],
            by=p["by"],
            to=p["to"],
            due_at=written(p["due"]),
            what=p["what"],
            made_by=p["made_by"],
            owner=p["owner"],
            supersedes=p["supersedes"],
            transferred_from=p["from"],
            reassigned=True if p["from"] and p["passed"] else None,
        )
        return p

    def give(self, p, owner, **fields):
        waits = p["by"] == "desk" and not same(owner, self.actor)
        new = handed(p, self.now, owner=owner, giver=self.actor, waits=waits, accepted=None, passed=True)
        self.put(dict(new, given=new["given"] + (self.now,)))
        self.write("promise_reassigned", p["id"], owner=owner, owner_before=p["owner"], **fields)

    def promise(self, pid):
        p = self.case["promises"].get(pid)
        if p is None:
            raise Refused("not_found")
        if p["settled"]:
            raise Refused("promise_settled")
        return p

    def refused(self, seq):
        return bool(seq) and self.case["concessions"][seq]["state"] == "refused"

    def keep(self, p, body):
        kept = instant(body.get("kept_at")) if body.get("kept_at") else self.now
        kept = past(kept, self.now)
        if kept < p["first_made"] or kept > self.now:
            raise Refused("validation_failed")
        if kept <= p["due"] < self.now and not body.get("evidence"):
            raise Refused("validation_failed")
        if p["concession"] and self.conceded(p) not in ("granted", "approved"):
            raise Refused("concession_pending")
        p = dict(
            p,
            settled=dict(how="keep", kept_at=kept, recorded=self.now, by=self.actor, evidence=body.get("evidence")),
            told=p["told"] or kept,
        )
        p, accepted = self.taken_on(p)
        self.put(p)
        self.write(
            "promise_kept",
            p["id"],
            kept_at=written(kept),
            state=state(p, self.now),
            evidence=body.get("evidence"),
            accepted=accepted,
        )

    def conceded(self, p):
        """How the concession stands that it makes good, be it of the duplicate that it goes on from."""
        case = self.elsewhere(p["concession_case"]) if p["concession_case"] else self.case
        return case["concessions"][p["concession"]]["state"]

    def before(self):
        """The cases that went on in this one as its duplicates, be it through others."""
        seen, rest = {}, [self.case]
        while rest:
            for p in rest.pop()["promises"].values():
                cid = p["from_case"]
                if cid and cid not in seen:
                    seen[cid] = self.elsewhere(cid)
                    rest.append(seen[cid])
        return list(seen.values())

    def first(self, p):
        """The promise that it goes on from in the end, and its case."""
        case = self.case
        while p["from_case"]:
            case = self.elsewhere(p["from_case"])
            p = case["promises"][p["from"]]
        return p, case

    def taken_on(self, p):
        """By what its owner does with it, and whether that is news."""
        if not p["waits"] or not p["owner"] or not same(self.actor, p["owner"]):
            return p, None
        return handed(p, self.now, waits=False, accepted=self.now), True

    def withdraw(self, p, body, superseded_by=None, ended=False):
        ended = ended and not body["customer_agreed"]
        p = dict(
            p,
            settled=dict(
                how="withdraw",
                recorded=self.now,
                by=self.actor,
                agreed=body["customer_agreed"] or ended,
                ended=ended,
                reason=body["reason"],
                explanation=body.get("explanation"),
                superseded_by=superseded_by,
            ),
        )
        self.put(p)
        self.write(
            "promise_withdrawn",
            p["id"],
            customer_agreed=body["customer_agreed"],
            state=state(p, self.now),
            reason=body["reason"],
            explanation=body.get("explanation"),
            cause="ended" if ended else body.get("cause"),
            superseded_by=superseded_by,
            notified_outcome=(body.get("customer_notified") or {}).get("outcome"),
        )

    def void(self, p, body, superseded_by=None):
        self.put(
            dict(
                p,
                settled=dict(
                    how="void", recorded=self.now, by=self.actor, reason=body["reason"], superseded_by=superseded_by
                ),
            )
        )
        self.write(
            "promise_voided",
            p["id"],
            state="void",
            reason=body["reason"],
            superseded_by=superseded_by,
            notified_outcome=(body.get("customer_notified") or {}).get("outcome"),
        )

    def is_early(self, p):
        first = p["first_made"]
        in_time = self.now <= min(p["due"], p["original"]) or p["supersedes"] is None and p["due"] < first
        return self.now - first <= 900_000 and in_time

    def voids_early(self, p):
        """By its maker, within 15 minutes and before it is due, as is the first of its chain. (Whoever voids here goes by
        their token's name.)"""
        return p["made_by"] == self.actor and self.is_early(p)

    def may_void(self, p, role, ends):
        first, case = self.first(p)
        opened = p["made_by"] == "policy" and first["made"] == case["opened"]
        # What the policy promised with a new case is its opener's to take back, too; what a clock did only with the case itself.
        if self.voids_early(p) or opened and case.get("opener") == self.actor and self.is_early(p) and (ends or not p["clock"]):
            return
        if role != "manager" or any(
            same(name, self.actor) for name in (p["made_by"], p["owner"], accountable(p), *p["owners"]) if name
        ):
            raise Refused("forbidden")

    def told(self, p, body, act):
        """Who released the desk was reached; who had been told of what is taken back is told that it is none."""
        notices = body.get("customer_notified"), (body.get("next_promise") or {}).get("customer_notified")
        if act == "withdraw" and ours(p) and body["customer_agreed"] and not reached(*notices):
            raise Refused("validation_failed")
        if act == "void" and ours(p) and self.known(p) and not any(notices):
            raise Refused("validation_failed")

    def known(self, p):
        """Whether the customer was told of it, or of an earlier date of it."""
        while p["told"] is None and p["supersedes"]:
            p = self.case["promises"][p["supersedes"]]
        return p["told"] is not None

    def in_chain(self, p, body, act):
        """Whether next_promise takes the place of this one."""
        n = body["next_promise"]
        by = n.get("by") or "desk"
        to = n.get("to") or ("customer" if by == "desk" else "us")
        another = act == "withdraw" and body["customer_agreed"] and (n.get("kind") or "other") != p["kind"]
        return by == p["by"] and to == p["to"] and not another

    def goes_on(self, p, new, reason, begins_anew=False):
        """A promise that takes the place of another one: where it is later, the date has slipped."""
        slips = new["due"] > p["due"] and not begins_anew
        new.update(
            supersedes=p["id"],
            reason=reason,
            clock=p["clock"] if new["kind"] == p["kind"] else None,
            original=new["due"] if begins_anew else p["original"],
            slips=0 if begins_anew else p["slips"] + slips,
        )
        if slips and ours(new):
            self.slipped = max(self.slipped, new["slips"])
        return new

    def unsettled(self):
        return [p for p in self.case["promises"].values() if ours(p) and p["settled"] is None]

    def timeline(self):
        if self.case["status"] == "open" and not self.unsettled():
            raise Refused("timeline_required")

    def settle_all(self, items, ended=False):
        for item in items or []:
            p = self.promise(item["promise_id"])
            if item["action"] == "keep":
                self.keep(p, item)
            else:
                self.withdraw(p, item, ended=ended)

    def end(self, body):
        """Of the relationship with the customer: it closes the case."""
        self.case["ended"] = True
        if self.case["status"] == "closed":
            return
        settled = dict(summary=body["reason"], customer_accepted=False, settle=body.get("settle"))
        if self.case["status"] == "open":
            self.resolve(settled, {"follow_up_in": None}, ended=True)
        else:
            self.settle_all(body.get("settle"), ended=True)
        if self.unsettled():
            raise Refused("promises_unsettled")
        self.case.update(status="closed", closed=self.now)
        self.write("case_closed", reason=body["reason"])

    def resolve(self, body, policy, ended=False):
        for item in body.get("settle") or []:
            p = self.case["promises"].get(item["promise_id"])
            if item["action"] == "withdraw" and p and p["settled"] is None:
                self.told(p, item, "withdraw")
        if self.case["status"] != "open":
            raise Refused("case_not_open")
        self.settle_all(body.get("settle"), ended)
        regimes.spare(self)
        if self.unsettled():
            raise Refused("promises_unsettled")
        # Whoever is let go is not asked.
        content = None if ended else body["customer_accepted"]
        redress, final = body.get("redress"), body.get("final_response")
        if final:
            final = dict(final, sent_at=written(past(instant(final.get("sent_at")) or self.now, self.now)))
            if not self.case["received"] <= instant(final["sent_at"]) <= self.now:
                raise Refused("validation_failed")
        self.case.update(status="resolved", resolved=self.now, escalated=False, accepted=content)
        self.case.update(outcome=body.get("outcome"), redress=redress, final_response=final)
        self.write(
            "case_resolved",
            summary=body["summary"],
            customer_accepted=content,
            outcome_text=body.get("outcome_text"),
            outcome=body.get("outcome"),
            redress_amount=redress and redress["amount"],
            redress_currency=redress and redress["currency"],
            final_response_sent_at=final and final["sent_at"],
            final_response_channel=final and final["channel"],
        )
        self.case["ends"] += ((self.now, self.actor),)
        if content is not None:
            self.case["resolutions"] += ((self.now, content, self.actor),)
        if content is False:
            self.case["discontent"] = True
        if body.get("follow_up"):
            self.make(new_promise(self.case, body["follow_up"], self.now, self.take(), self.actor, kind="follow_up"))
        elif policy["follow_up_in"]:
            self.make(
                new_promise(
                    self.case,
                    {"what": FOLLOW_UP, "due_at": written(policy_due(policy, "follow_up_in", self.now, self.now))},
                    self.now,
                    self.take(),
                    "policy",
                    kind="follow_up",
                    told=None,
                    waits=False,
                )
            )

    def acknowledge(self, own, policy):
        """The policy's acknowledgement beside a first promise of the case's own that is due later, once."""
        start = self.case["received"]
        told = (own["notified"] or {}).get("outcome") in ("reached", "sent")
        there = any(
            p["made_by"] == "policy" and p["kind"] == "acknowledge" and state(p, self.now) != "void"
            for p in self.case["promises"].values()
        )
        if own["due"] > policy_due(policy, "acknowledge_in", start, self.now) and not told and not there:
            self.make(policy_promise(self.case, policy, start, self.now, self.take()))

    def settle(self, p, body, policy, act):
        if (body.get("next_promise") or body.get("resolve")) and self.case["status"] != "open":
            raise Refused("case_not_open")
        n = body.get("next_promise")
        if act != "keep":
            self.told(p, body, act)
        if n and act != "keep" and self.in_chain(p, body, act):
            anew = act == "void" and self.voids_early(p) and not (p["supersedes"] or p["from"]) and p["told"] is None
            n = dict(n, customer_notified=n.get("customer_notified") or body.get("customer_notified"))
            later = instant_of(n, self.now) > p["due"] and not anew
            if later and not (n.get("next_step") and (n["customer_notified"] or not ours(p))):
                raise Refused("validation_failed")
            pid = self.take()
            new = new_promise(self.case, n, self.now, pid, self.actor)
            (self.void if act == "void" else self.withdraw)(p, body, pid)
            self.make(self.goes_on(p, new, body["reason"], anew))
            if anew and p["made"] == self.case["opened"]:
                self.acknowledge(new, policy)
        else:
            {"keep": self.keep, "withdraw": self.withdraw, "void": self.void}[act](p, body)
            if n:
                self.make(new_promise(self.case, n, self.now, self.take(), self.actor))
        if body.get("resolve"):
            # Nobody follows up a mistake.
            self.resolve(body["resolve"], {"follow_up_in": None} if act == "void" else policy)
        regimes.start_clocks(self, self.promised)
        self.timeline()

    def move(self, p, body, recover):
        late = self.now > p["due"]
        if late and not recover:
            raise Refused("promise_broken")
        if recover and not late:
            raise Refused("promise_not_broken")
        due = instant_of(body, self.now)
        if due <= self.now:
            raise Refused("validation_failed")
        n = body.get("customer_notified")
        if n is None and p["to"] == "customer":
            raise Refused("validation_failed")
        at = n and instant(n.get("at")) or self.now
        pid = self.take()
        p, accepted = self.taken_on(p)
        new = dict(
            p,
            id=pid,
            made=self.now,
            first_made=self.now,
            counted_from=self.now,
            made_by=self.actor,
            **{"from": None, "from_case": None},
            concession_case=None if body.get("concession") else p["concession_case"],
            due=due,
            what=body.get("what") or p["what"],
            explanation=body.get("explanation"),
            # A concession that was refused does not go along with something else.
            concession=body.get("concession") or (
                None if body.get("what") and self.refused(p["concession"]) else p["concession"]),
            next_step=body["next_step"],
            accepted=None,
            notified=n and {"channel": n["channel"], "outcome": n["outcome"], "at": written(at)},
            told=at if n is None or n["outcome"] in TOLD else None,
            settled=None,
            hands=(),
            owners=(),
            given=(),
            passed=False,
            giver=self.actor,
            waits=p["by"] == "desk" and bool(p["owner"]) and not same(p["owner"], self.actor),
            made_recorded=self.now,
            imported=False,
        )
        new = handed(new, self.now)
        self.put(
            dict(
                p,
                settled=dict(
                    how="move",
                    recorded=self.now,
                    by=self.actor,
                    reason=body["reason"],
                    explanation=body.get("explanation"),
                    superseded_by=pid,
                ),
            )
        )
        self.write(
            "promise_recovered" if recover else "promise_renegotiated",
            p["id"],
            superseded_by=pid,
            state="broken" if recover else "renegotiated",
            reason=body["reason"],
            explanation=body.get("explanation"),
            accepted=accepted,
        )
        self.make(self.goes_on(p, new, body["reason"]))

    def stage(self, body, policy, request):
        c, now = self.case, self.now
        if c["ended"] and request.role != "manager":
            raise Refused("forbidden")
        regime = regimes.chosen(c, now)
        if regime is None:
            raise Refused("no_regime")
        names = [s["name"] for s in regime["stages"]]
        requested = past(instant(body.get("requested_at")) or now, now)
        if body["stage"] not in names or not c["received"] <= requested <= now:
            raise Refused("validation_failed")
        at = c["stages"][-1] if c["stages"] else None
        if at and at["regime"] == regime["name"] and names.index(body["stage"]) <= names.index(at["name"]):
            raise Refused("stage_passed")
        over = c["status"] != "open"
        if over:
            c.update(status="open", resolved=None, closed=None, accepted=None, discontent=False, duplicate_of=None, **UNENDED)
            self.write("case_reopened", reason=body["reason"])
        stage = regime["stages"][names.index(body["stage"])]
        regimes.begin(self, regime, stage, requested, now, body["reason"])
        regimes.promises(self, regime, stage, requested, now)
        if over and not self.unsettled():
            self.make(policy_promise(c, policy, now, now, self.take()))
        self.timeline()

    def mood(self, mood, seq):
        before = self.case["mood"]
        order = MOODS.index(mood) - MOODS.index(before)
        self.case["mood"] = mood
        if self.case["moods"]:
            self.case["mood_trend"] = "rising" if order > 0 else "falling" if order < 0 else "steady"
        self.case["moods"] = self.case["moods"] + ((self.now, mood, self.actor, seq),)


def logged_fields(fields):
    """Edited fields as the log writes them: part by part, and empty where they were taken away."""
    for name, value in fields.items():
        if name == "estimate":
            for end in ("from", "to"):
                yield f"estimate_{end}", value[end] if value else ""
        elif name == "tags":
            yield name, ", ".join(value)
        else:
            yield name, "" if value is None else value


def opened(cid, body, customer, policy, now, actor, take):
    """A case as POST /v1/cases makes it, and what that writes."""
    received = past(instant(body.get("received_at")) or now, now)
    name = body.get("regime") or policy["regime"]
    regime = regimes.in_force(name, received, now) if name else None
    case = {
        "id": cid,
        "external_id": body.get("external_id"),
        "subject": body.get("subject"),
        "complaint": body["complaint"],
        "customer": customer,
        "channel": body.get("channel") or "other",
        "category": body.get("category"),
        "tags": body.get("tags") or [],
        "severity": body.get("severity") or "normal",
        "mood": body.get("mood") or "calm",
        "mood_trend": None,
        "desired_outcome": body.get("desired_outcome"),
        "owner": body.get("owner"),
        "team": body.get("team"),
        "supervisor": body.get("supervisor"),
        "estimate": body.get("estimate"),
        "hard_deadline": body.get("hard_deadline"),
        "regime": name,
        "stages": (),
        "ends": (),
        "escalated": False,
        "status": "open",
        "duplicate_of": None,
        "received": received,
        "opened": now,
        "opener": actor,
        "resolved": None,
        "closed": None,
        "imported": False,
        "version": 0,
        "updated": now,
        "accepted": None,
        **UNENDED,
        "discontent": False,
        "dangers": (),
        "thanks": (),
        "resolutions": (),
        "promises": {},
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
    change = Change(case, now, actor, take)
    change.write(
        "case_opened",
        customer_id=customer,
        received_at=written(received),
        channel=case["channel"],
        severity=case["severity"],
        mood=case["mood"],
    )
    if regime:
        stage = regime["stages"][0]
        end = regimes.deadline(regime, stage, received, received, now, now)
        sent = case["hard_deadline"]
        # A later one is refused beside the regime's name: who sends none has the sooner one.
        sets = sent is None or (end is not None and instant(sent) > end)
        if sets:
            # What a case is opened with is told by its opening.
            change.case["hard_deadline"] = written(end)
        regimes.begin(change, regime, stage, received, now, sets=sets)
    own = body.get("promise") and change.make(new_promise(change.case, body["promise"], now, take(), actor))
    if regime:
        by = policy_due(policy, "acknowledge_in", received, now)
        regimes.promises(change, regime, stage, received, now, by)
    first = own or min(change.case["promises"].values(), key=lambda p: p["due"], default=None)
    if first:
        change.acknowledge(first, policy)
    else:
        change.make(policy_promise(change.case, policy, received, now, take()))
    if case["mood"] != "calm":
        change.write("mood", mood=body["mood"])
        change.case["moods"] = ((now, body["mood"], actor, len(change.entries)),)
    return change


def duplicated(case, other, request, now, take, rings, apart):
    """What is made of a case that is a duplicate, and of the one that goes on; or Refused.

    rings: whether that one was a duplicate of this one. apart: whether they are two customers'.
    """
    if case["erased"]:
        raise Refused("customer_erased")
    if case["status"] != "open":
        raise Refused("case_not_open")
    if other["id"] == case["id"] or apart or other["status"] != "open" or rings:
        raise Refused("not_a_duplicate")
    if case["stages"] and case["received"] < other["received"]:
        # Its clocks would begin anew.
        raise Refused("not_a_duplicate")
    body = request.body
    mine, theirs = (Change(c, now, request.actor, take) for c in (case, other))
    theirs.write("duplicate", duplicate=case["id"], reason=body["reason"])
    for p in case["promises"].values():
        if p["settled"]:
            continue
        pid = take()
        conceded = (p["concession_case"] or case["id"]) if p["concession"] else None
        new = dict(p, id=pid, case=other["id"], made=now, made_recorded=now, supersedes=None, from_case=case["id"])
        new["from"] = p["id"]
        # It keeps its date, and is no clock of that case.
        new["clock"] = None
        new["concession_case"] = None if conceded == other["id"] else conceded
        theirs.make(new)
        if p["imported"]:
            # Who imported it is nowhere said.
            del theirs.entries[-1]["made_by"]
        settled = dict(how="transferred", recorded=now, by=request.actor, transferred_to=pid, to_case=other["id"])
        mine.put(dict(p, settled=settled))
        mine.write("promise_transferred", p["id"], transferred_to=pid, state="transferred")
    if case["escalated"] and not other["escalated"]:
        theirs.asks = None if same(case["supervisor"], other["owner"]) else case["supervisor"]
    mine.case.update(status="resolved", resolved=now, escalated=False, accepted=None, duplicate_of=other["id"], updated=now, **UNENDED)
    mine.write("case_resolved", summary=body["reason"], duplicate_of=other["id"], customer_accepted=None)
    theirs.case["updated"] = now
    return mine, theirs


def applied(case, request, now, take, policy, elsewhere=lambda cid: None):
    """What a request makes of a case at an instant, or Refused: the rules of the contract, in its order of checks.

    elsewhere: another case, as it stands.
    """
    body, actor = request.body or {}, request.actor
    if case["erased"]:
        raise Refused("customer_erased")
    change = Change(case, now, actor, take)
    change.elsewhere = elsewhere
    c, act = change.case, request.act
    if act in ("keep", "withdraw", "void"):
        if act == "void" and request.promise in c["promises"]:
            change.may_void(c["promises"][request.promise], request.role, bool(body.get("resolve")))
        change.settle(change.promise(request.promise), body, policy, act)
    elif act in ("renegotiate", "recover"):
        change.move(change.promise(request.promise), body, act == "recover")
    elif act == "reassign":
        p = change.promise(request.promise)
        if p["owner"] == body["owner"]:
            return change
        change.give(p, body["owner"], reason=body["reason"])
    elif act == "handover":
        for p in list(c["promises"].values()):
            if p["settled"] or p["id"] not in request.goes:
                continue
            before = request.goes[p["id"]]
            taken = p["by"] == "desk" and not p["waits"]
            change.give(p, body["to"], reason=body["reason"], handover=request.json["seq"])
            if before and not taken:
                # What nobody took on since is again what it was; what somebody did is given.
                was = {k: before[k] for k in ("giver", "waits", "accepted")}
                change.put(handed(p, now, owner=body["to"], passed=True, **was))
    elif act == "accept":
        p = change.promise(request.promise)
        if p["owner"] is None and p["waits"]:
            change.give(p, actor)
        elif not same(p["owner"], actor):
            raise Refused("not_the_owner")
        elif p["waits"]:
            change.put(handed(p, now, waits=False, accepted=now))
            change.write("promise_accepted", p["id"], owner=p["owner"])
    elif act == "decline":
        p = change.promise(request.promise)
        if not same(p["owner"], actor):
            raise Refused("not_the_owner")
        if p["waits"]:
            to = dict(owner=p["giver"], waits=False, accepted=None)
        elif p["accepted"] is None and not p["passed"] and (p["imported"] or p["made_by"] == "policy"):
            to = dict(owner=None, waits=True, accepted=None, giver=None)
        else:
            raise Refused("already_accepted")
        change.put(handed(p, now, passed=True, **to))
        change.write("promise_declined", p["id"], owner=to["owner"], owner_before=p["owner"], reason=body["reason"])
    elif act == "promise":
        if c["status"] != "open":
            raise Refused("case_not_open")
        if body.get("keeps"):
            change.keep(change.promise(body["keeps"]), {})
        change.make(new_promise(c, body, now, take(), actor))
        regimes.start_clocks(change, change.promised)
    elif act == "resolve":
        change.resolve(body, policy)
    elif act == "close":
        if c["status"] != "resolved":
            raise Refused("case_not_resolved")
        if any(p["kind"] == "follow_up" for p in change.unsettled()):
            raise Refused("promises_unsettled")
        c.update(status="closed", closed=now)
        if request.role != "agent":
            c["discontent"] = False
        change.write("case_closed", reason=body.get("reason"))
    elif act == "end":
        concerned = [c["owner"]] + [name for p in change.unsettled() for name in (p["owner"], accountable(p))]
        if request.role != "manager" or any(same(name, actor) for name in concerned):
            raise Refused("forbidden")
        change.write("relationship", decision="end", reason=body["reason"])
        c["discontent"] = False
        change.end(body)
    elif act == "reopen":
        if c["ended"] and request.role != "manager":
            raise Refused("forbidden")
        if c["status"] == "open":
            raise Refused("case_not_resolved")
        c.update(status="open", resolved=None, closed=None, accepted=None, discontent=False, duplicate_of=None, **UNENDED)
        change.write("case_reopened", reason=body["reason"])
        regimes.go_on(change)
        if body.get("promise"):
            change.make(new_promise(c, body["promise"], now, take(), actor))
        else:
            change.make(policy_promise(c, policy, now, now, take()))
    elif act == "stage":
        change.stage(body, policy, request)
    elif act == "escalate":
        if c["status"] != "open":
            raise Refused("case_not_open")
        c.update(supervisor=body["supervisor"], escalated=True)
        change.write("escalated", automatic=False, reason=body["reason"], supervisor=body["supervisor"])
    elif act == "patch":
        fields = {name: value for name, value in body.items() if c[name] != value}
        stage, regime, _ = regimes.running_at(c, now)
        if stage and "hard_deadline" in fields:
            at = regimes.place(regime, stage["name"])
            if regimes.too_late(c, fields["hard_deadline"], regime, at, stage["requested"], stage["began"], now):
                raise Refused("validation_failed")
        before = dict(logged_fields({name: c[name] for name in fields}))
        c.update(fields)
        if fields:
            told = {name: text for name, text in logged_fields(fields) if text != before[name]}
            change.write("case_updated", **told)
            if "owner" in fields and case["owner"] is None:
                for p in list(c["promises"].values()):
                    if p["settled"] is None and p["owner"] is None:
                        change.give(p, body["owner"])
    elif act == "log":
        logged(change, body, policy, request)
    else:
        raise AssertionError(act)
    if change.entries:
        c["updated"] = now
    return change


def permitted(c, body, request):
    """Nobody speaks for another, or decides about themselves."""
    kind, actor, manages = body["kind"], request.actor, request.role in ("manager", "admin")
    own = kind not in ("concession_decision", "threat_assessment") or same(body.get("by") or actor, actor)
    if kind == "concession_decision":
        target = c["concessions"].get(body["of"])
        own = own and manages and not (target and same(target["by"], actor))
    elif kind == "threat_assessment":
        known = c["threats"].get(body["of"])
        verdict = known["assessments"][-1][1] if known and known["assessments"] else None
        stands = verdict == "unfounded" or verdict == "credible" and known["kind"] == "safety"
        own = own and (manages or not stands or body["verdict"] == verdict)
    elif kind == "supervisor_joined":
        joins = body.get("supervisor") or c["supervisor"] or actor
        own = manages or same(c["supervisor"], actor) and same(joins, actor)
        own = own and not (c["owner"] and (same(c["owner"], joins) or same(c["owner"], actor)))
    elif kind == "debrief":
        own = not same(body["with"], actor)
    if not own:
        raise Refused("forbidden")


def decided(change, body, request):
    """A manager's word on a dispute: upheld, the promise is broken from now on, and may have a successor."""
    c, now = change.case, change.now
    dispute = c["disputes"].get(body["of"])
    p = dispute and c["promises"][dispute["promise"]]
    involved = (p["owner"], accountable(p), p["settled"]["by"]) if p else ()
    if request.role != "manager" or any(name and same(name, change.actor) for name in involved):
        raise Refused("forbidden")
    n = body.get("next_promise")
    if dispute is None or n and not body["upheld"]:
        raise Refused("validation_failed")
    if n:
        by = n.get("by") or "desk"
        to = n.get("to") or ("customer" if by == "desk" else "us")
        if by != p["by"] or to != p["to"] or not n.get("next_step") or ours(p) and not n.get("customer_notified"):
            raise Refused("validation_failed")
    if not dispute["waits"]:
        raise Refused("dispute_decided")
    c["disputes"] = {
        k: dict(d, waits=d["waits"] and k != body["of"] and not (body["upheld"] and d["promise"] == p["id"]))
        for k, d in c["disputes"].items()
    }
    change.write("dispute_decision", p["id"], of=body["of"], upheld=body["upheld"], reason=body["reason"])
    if not body["upheld"]:
        return
    pid = change.take() if n else None
    change.put(dict(p, upheld=dict(recorded=now, superseded_by=pid)))
    if n:
        if c["status"] != "open":
            c.update(status="open", resolved=None, closed=None, accepted=None, discontent=False, duplicate_of=None, **UNENDED)
            change.write("case_reopened", reason=body["reason"])
        change.make(change.goes_on(p, new_promise(c, n, now, pid, change.actor), body["reason"]))


def logged(change, body, policy, request):
    c, now, kind = change.case, change.now, body["kind"]
    seq = request.seq
    permitted(c, body, request)
    fields = {k: v for k, v in body.items() if k not in ("kind", "callback", "remedy", "review", "promise_id", "at")}
    if kind in ("cool_off", "refusal", "agreement") and c["status"] != "open":
        raise Refused("case_not_open")
    if kind in ("statement", "fact", "question"):
        fields.pop("said_by", None)
    if not fields.get("written_down", True):
        fields.pop("written_down")
    if kind == "agreement" and body["option"] not in c["options"]:
        raise Refused("option_not_offered")
    if kind == "concession_decision":
        target = c["concessions"].get(body["of"])
        if target is None:
            raise Refused("validation_failed")
        if target["state"] not in ("pending", "refused"):
            raise Refused("concession_decided")
        c["concessions"] = dict(c["concessions"])
        c["concessions"][body["of"]] = dict(target, state="approved" if body["approved"] else "refused", decided=now)
    if kind == "threat_assessment":
        target = c["threats"].get(body["of"])
        if target is None:
            raise Refused("validation_failed")
        c["threats"] = dict(c["threats"])
        own = same(target["by"], change.actor)
        c["threats"][body["of"]] = dict(target, assessments=target["assessments"] + ((now, body["verdict"], own),))
        fields["by_oneself"] = True if own else None
        c["dangers"] = tuple(d for d in c["dangers"] if d[0] != body["of"])
        if target["kind"] == "safety" and body["verdict"] == "credible":
            c["dangers"] += ((body["of"], seq),)
            change.unsafe = True
    if kind == "dispute":
        fields.pop("said_by", None)
        p = c["promises"].get(body["promise_id"])
        if p is None or state(p, now) not in ("kept", "kept_late"):
            raise Refused("validation_failed")
    if kind == "dispute_decision":
        return decided(change, body, request)
    if kind == "referral_decision" and body["of"] not in c["referrals"]:
        raise Refused("validation_failed")
    change.write(kind, body.get("promise_id"), **fields)
    entry = change.entries[-1]
    if kind == "dispute":
        c["disputes"] = dict(c["disputes"])
        c["disputes"][seq] = dict(promise=body["promise_id"], waits=True)
    if kind == "mood":
        change.mood(body["mood"], seq)
    elif kind == "threat":
        change.unsafe = body["threat_kind"] == "safety"
        c["threats"] = dict(c["threats"])
        c["threats"][seq] = dict(
            at=now,
            by=change.actor,
            kind=body["threat_kind"],
            value=body.get("value_at_stake"),
            currency=body.get("currency"),
            assessments=(),
        )
    elif kind == "concession":
        # It is one matter with what was given away and threatened in its duplicates.
        matter = [c, *change.before()]
        threats = [t for one in matter for t in one["threats"].values()]
        verdicts = [t["assessments"][-1][1] if t["assessments"] else "unassessed" for t in threats]
        under = next((v for v in ("unassessed", "unfounded") if v in verdicts), None)
        limit, currency = policy["concession_limit"], policy["concession_currency"]
        given = [x for one in matter for x in one["concessions"].values()]
        others = [x for x in given if x["currency"] == currency and x["state"] != "refused"]
        above = body["currency"] != currency or body["amount"] > limit - min(limit, sum(x["amount"] for x in others))
        c["concessions"] = dict(c["concessions"])
        c["concessions"][seq] = dict(
            at=now,
            by=change.actor,
            amount=body["amount"],
            currency=body["currency"],
            under=under,
            above=above,
            state="pending" if under or above else "granted",
        )
        entry["state"] = c["concessions"][seq]["state"]
        entry["under_threat"] = under
    elif kind == "referral":
        c["referrals"] = c["referrals"] + (seq,)
    elif kind == "option":
        c["options"] = c["options"] + tuple(body["options"])
    elif kind == "supervisor_joined":
        c.update(escalated=False, dangers=(), discontent=False)
        c["supervisor"] = body.get("supervisor") or c["supervisor"]
    elif kind == "thanks":
        entry["thanked"] = body.get("thanked") or c["owner"] or change.actor
        c["thanks"] = c["thanks"] + ((now, entry["thanked"]),)
    elif kind == "debrief":
        c["debriefs"] = c["debriefs"] + (now,)
    elif kind == "lesson":
        review = None
        if body.get("review"):
            review = entry["promise_id"] = change.take()
            change.make(new_promise(c, dict(body["review"], to="us"), now, review, change.actor, kind="other"))
        c["lessons"] = c["lessons"] + ((now, body["cause"], body.get("process"), review),)
    elif kind == "customer_notified" and body["outcome"] in TOLD:
        for p in list(c["promises"].values()):
            named = body.get("promise_id")
            if p["told"] is None and (named == p["id"] or named is None and p["settled"] is None) and ours(p):
                change.put(dict(p, told=now))
    elif kind == "cool_off" or (kind == "refusal" and body.get("callback")):
        entry["promise_id"] = change.take()
        change.make(new_promise(c, body["callback"], now, entry["promise_id"], change.actor, kind="callback"))
    elif kind == "agreement" and body["accepted"]:
        entry["promise_id"] = change.take()
        change.make(new_promise(c, body["remedy"], now, entry["promise_id"], change.actor, kind="remedy"))
