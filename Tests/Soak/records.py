"""What was asked of customers, policies, tokens, owners, calendars, regimes and webhooks, held to the log: one entry each, by whom, with what was before."""

import datetime
import os
import shutil
import sqlite3

import model
from model import instant, written

CUSTOMER = ("external_id", "name", "email", "phone", "vulnerable")
TYPES = {
    "customer_updated": "customer.updated",
    "customer_erased": "customer.updated",
    "customer_merged": "customer.updated",
    "customer_unmerged": "customer.updated",
    "policy_added": "policy.updated",
    "policy_updated": "policy.updated",
    "token_created": "token.created",
    "token_revoked": "token.revoked",
    "owner_named": "owner.updated",
    "owner_updated": "owner.updated",
    "handover": "owner.updated",
    "digest_ready": "digest.ready",
    "calendar_updated": "calendar.updated",
    "regime_updated": "regime.updated",
    "webhook_created": "webhook.updated",
    "webhook_updated": "webhook.updated",
    "webhook_rotated": "webhook.updated",
    "webhook_disabled": "webhook.disabled",
    "webhook_deleted": "webhook.updated",
}
SEVERITIES = ["low", "normal", "high", "critical"]
# Where the rows of these things are.
TABLES = [
    "customer", "policy", "token", "owner", "calendar", "calendar_version", "regime", "regime_version", "webhook",
]
# Columns of rows that are in no log, and why.
UNSEEN = {
    ("token", "last_used_at"): "housekeeping",
}


class Deed:
    """A change of such a thing that somebody asked for, one after the other for each."""

    def __init__(self, about, number, kind, actor, changes=None):
        self.about, self.number, self.kind, self.actor = about, number, kind, actor
        self.changes = changes or {}

    @property
    def line(self):
        return f"{self.kind} of {self.about} {self.number} by {self.actor}: {self.changes}"


class Records:
    """The things that are no cases, as the log tells of them."""

    def __init__(self, world):
        self.world = world
        self.waiting = {}
        self.seqs = {}
        self.values = {}
        # What each was since which instant, oldest first.
        self.versions = {}
        # Whatever of a customer's was ever on record, to be looked for once they are erased.
        self.words = {}
        # The days, since 1970, on which each of the desk was told that their digest is ready.
        self.digests = {}

    def ask(self, *words, **more):
        deed = Deed(*words, **more)
        with self.world.lock:
            self.waiting.setdefault((deed.about, deed.number), []).append(deed)
        return deed

    def known(self, about, number, values):
        """What is on record before the first change."""
        key = about, number
        if key not in self.values:
            self.values[key] = {k: shown(v) for k, v in values.items()}
            self.versions[key] = [(0, dict(self.values[key]))]

    def at(self, about, number, moment):
        """What was on record at an instant."""
        return [values for stamp, values in self.versions[about, number] if stamp <= moment][-1]

    def told(self, event):
        """An event of something else than a case: it was asked for, and says who, when, what and what before."""
        world, entry = self.world, event["entry"]
        key = event["about"], event["about_id"]
        last = world.events[-1] if world.events else None
        world.require(event["id"] == (last["id"] + 1 if last else 1), "a gap in the events", came=event)
        seq = self.seqs[key] = self.seqs.get(key, 0) + 1
        world.require(
            event["log"]["seq"] == seq and entry["seq"] == seq, "a gap in the log of one thing", expected=seq, came=event
        )
        kind = event["log"]["kind"]
        world.require(event["type"] == TYPES.get(kind), "an event of another type", expected=TYPES.get(kind), came=event)
        for name in ("case", "promise_id", "promise"):
            world.require(event[name] is None, "an event of no case has one", came=event)
        for name in ("about", "about_id", "case_id", "at", "recorded_at", "actor", "token", "imported"):
            world.require(entry[name] == event[name], f"an event and its entry have another {name}", came=event)
        stamp = instant(event["recorded_at"])
        mark = world.marks[-1] if world.marks else 0
        world.require(
            stamp >= mark, "an entry is recorded before the one before it", expected=written(mark), came=event
        )
        if stamp > mark:
            world.marks.append(stamp)
        if kind == "digest_ready":
            return self.ready(event, stamp)
        waiting = self.waiting.get(key, [])
        world.require(waiting, "an entry that nobody has asked for", came=event)
        deed = waiting.pop(0)
        world.require(
            deed.kind == kind and deed.actor == event["actor"], "another entry than was asked for", deed.line, came=event
        )
        known = self.values.setdefault(key, {})
        before = {k[: -len("_before")] for k in entry if k.endswith("_before")}
        for name, value in deed.changes.items():
            world.require(
                entry.get(name) == (value if name in ("into", "from") else told(value)),
                f"an entry says another {name}",
                deed.line,
                told(value),
                entry,
            )
            # What a calendar is called never changes.
            if kind.endswith("_updated") and key[0] != "calendar":
                world.require(
                    entry.get(name + "_before") == known.get(name),
                    f"an entry says that {name} was another before",
                    deed.line,
                    known.get(name),
                    entry,
                )
                # That a customer is not vulnerable is nothing on record.
                known[name] = None if key[0] == "customer" and value is False else shown(value)
        world.require(
            before <= set(deed.changes), "an entry says that more was changed", deed.line, list(deed.changes), entry
        )
        self.versions.setdefault(key, []).append((stamp, dict(known)))
        if key[0] == "customer":
            record = world.customers[key[1]]
            record["version"] += 1
            if kind == "customer_updated":
                record.update({name: known[name] for name in deed.changes})
            elif kind in ("customer_merged", "customer_unmerged"):
                if "into" in deed.changes:
                    into = deed.changes["into"] if kind == "customer_merged" else None
                    world.merges.setdefault(key[1], []).append((stamp, into))
            else:
                record.update({name: None for name in (*CUSTOMER, "vulnerable_reason")})
        world.events.append(event)

    def ready(self, event, stamp):
        """What the clock says of a digest: to somebody who was named, once a date on which the desk is open by a calendar that was on
        record by then, as that begins, and of none before one that was told of."""
        world, entry, number = self.world, event["entry"], event["about_id"]
        name = next((name for name, known in world.owners.items() if known == number), None)
        at, told = instant(event["at"]), self.digests.setdefault(number, [])
        day = at // model.DAY
        world.require(
            event["about"] == "owner" and name and entry["name"] == name and event["actor"] == "clock"
            and at % model.DAY == 0 and at < stamp
            and entry["date"] == str(datetime.date(1970, 1, 1) + datetime.timedelta(days=day))
            and any(day not in c["closed"] for c in model.CALENDARS if c["recorded"] <= stamp)
            and (not told or told[-1] < day),
            "a digest is said to be ready that is not, or that was said to be",
            expected=told,
            came=event,
        )
        world.heard(event, name)
        told.append(day)
        world.events.append(event)

    def all_told(self):
        """Whatever was acknowledged is in the log."""
        left = [deed.line for deeds in self.waiting.values() for deed in deeds]
        self.world.require(not left, "an acknowledged change of a record is not in the log", expected="its entry", came=left)


def shown(value):
    """A value as the log writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return ", ".join(map(str, value)) if isinstance(value, list) else None if value is None else str(value)


def told(value):
    """The same where it is what something has come to: nothing where it was taken away."""
    return shown(value) or ""


def tampered(run, most):
    """Rows that are changed by hand, a column at a time: `verify` finds each."""
    world = run.world
    copy = os.path.join(run.folder, "tampered.db")

    def copied():
        for end in ("", "-wal", "-shm", "-lock"):
            if os.path.exists(copy + end):
                os.remove(copy + end)
        shutil.copyfile(os.path.join(run.folder, "casekeeper.db"), copy)
        return sqlite3.connect(copy, isolation_level=None)

    db = copied()
    columns = [
        (table, name, kind)
        for table in TABLES
        for name, kind in db.execute("SELECT name, type FROM pragma_table_info(?)", (table,)).fetchall()
    ]
    db.close()
    for table, name, kind in run.rng.sample(columns, min(most, len(columns))):
        db = copied()
        for (trigger,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            db.execute(f"DROP TRIGGER {trigger}")
        db.execute("PRAGMA ignore_check_constraints = ON")
        column = {"calendar_version": "calendar_id", "regime_version": "regime_id"}.get(table, "id")
        key = run.rng.choice(db.execute(f"SELECT {column} FROM {table}").fetchall())
        other = {"INTEGER": f"coalesce({name}, 0) + 1000000", "TEXT": f"coalesce({name}, '') || 'x'"}.get(kind, "zeroblob(32)")
        db.execute(f"UPDATE {table} SET {name} = {other} WHERE {column} = ?", key)
        db.close()
        found = run.service.command("verify", "--database", copy, check=False)
        is_seen = (table, name) not in UNSEEN
        world.require(
            (found.returncode == 65) == is_seen,
            "a row that was changed by hand is not found, or one that was not",
            f"UPDATE {table} SET {name} = {other} WHERE {column} = {key[0]!r}",
            65 if is_seen else 0,
            found.stdout[-500:],
        )
