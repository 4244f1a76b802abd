"""What is due to whom on which days: digests, and what is due while somebody is away, counted from the model as of an instant."""

import csv
import io
import re
import unicodedata
from datetime import timedelta
from zoneinfo import ZoneInfo

import model
from clients import OWNERS, TEAMS
from model import instant, ours, same, state, written
from recount import local_date, midnight
from service import query

SECTIONS = ("overdue", "due_today", "due_this_week", "waiting_for_acceptance")
# What a line of the text may take, in columns.
WIDTH = 72


def counted(run, connection, past=None):
    """A digest of somebody, of a team, or of the desk, in each of its forms, and what /v1/owners says of the same days."""
    world, rng = run.world, run.rng
    asked = {}
    if rng.random() < 0.7:
        asked["owner"] = rng.choice(OWNERS)
    if rng.random() < 0.4:
        asked["team"] = rng.choice(TEAMS)
    if rng.random() < 0.3:
        asked["tz"] = rng.choice(["Asia/Tokyo", "America/New_York", "Pacific/Auckland"])
    if rng.random() < 0.5:
        asked["limit"] = rng.choice([1, 3, 500])
    if past is not None:
        asked["as_of"] = written(past)
    path = "/v1/digest?" + query(**asked, allow_unknown="true")
    answer = connection.insist("GET", path)
    world.require(answer.status == 200, "a digest is refused", f"GET {path}", 200, answer.json)
    digest = answer.json
    moment = instant(digest["as_of"])
    run.take_in()
    line = f"GET {path} as of {digest['as_of']}"
    zone = ZoneInfo(asked["tz"]) if "tz" in asked else world.zone(asked.get("owner"), moment)
    today = local_date(moment, zone)
    sunday = today + timedelta(days=6 - today.weekday())
    days = {"tz": str(zone), "today": str(today), "week_to": str(sunday)}
    world.require({k: digest[k] for k in days} == days, "a digest goes by other days", line, days, digest)
    wanted = sections(world, asked, moment, today, sunday, zone)
    limit = asked.get("limit", 50)
    for name, promises in wanted.items():
        part = digest[name]
        ids, came = [p["id"] for p in promises], [p["id"] for p in part["items"]]
        world.require(part["total"] == len(ids), f"another total of {name}", line, len(ids), part["total"])
        world.require(came == ids[:limit], f"other promises are {name}", line, ids[:limit], came)
        for item, promise in zip(part["items"], promises):
            world.compare(item, model.promise_view(promise, moment), line, f"promise {promise['id']}")
    again = {**asked, "as_of": written(moment), "allow_unknown": "true"}
    tabled(world, connection, again, wanted)
    told(world, connection, again, wanted, limit)
    carried(world, connection, rng.choice(OWNERS), moment)


def sections(world, asked, moment, today, sunday, zone):
    """What stands where, what is due first before the others. What is due at midnight is due the day before."""
    tomorrow, monday = (midnight(day + timedelta(days=1), zone) + 1 for day in (today, sunday))
    found = {name: [] for name in SECTIONS}
    for _, c in world.rows(moment):
        if "team" in asked and not same(c["team"], asked["team"]):
            continue
        for p in c["promises"].values():
            if p["by"] != "desk" or "owner" in asked and not same(p["owner"], asked["owner"]):
                continue
            now = state(p, moment)
            if now == "overdue":
                found["overdue"].append(p)
            elif now == "open" and p["due"] < monday:
                found["due_today" if p["due"] < tomorrow else "due_this_week"].append(p)
            if model.waits(p):
                found["waiting_for_acceptance"].append(p)
    return {name: sorted(rows, key=lambda p: (p["due"], p["id"])) for name, rows in found.items()}


def tabled(world, connection, asked, wanted):
    """As CSV, whole where nobody says how much."""
    path = "/v1/digest?" + query(**asked, format="csv")
    answer = connection.insist("GET", path)
    rows = csv.DictReader(io.StringIO(answer.body.decode("utf-8")))
    came = [(row["section"], int(row["id"])) for row in rows]
    limit = asked.get("limit")
    expected = [(name, p["id"]) for name in SECTIONS for p in wanted[name][:limit]]
    world.require(came == expected, "a digest has other records", f"GET {path}", expected[:50], came[:50])


def told(world, connection, asked, wanted, limit):
    """As text: how many there are, each of which it has a bullet, and no line too long."""
    path = "/v1/digest?" + query(**asked)
    answer = connection.insist("GET", path, fields={"Accept": "text/plain"})
    text = answer.body.decode("utf-8")
    counts = [len(wanted[name]) for name in SECTIONS]
    sentence = r"(\S+) overdue, (\S+) due today, (\S+) due later this week, (\S+) to be accepted\."
    match = re.search(sentence, " ".join(text.split()))
    came = [0 if n.casefold() == "none" else int(n) for n in match.groups()] if match else [0, 0, 0, 0]
    world.require(came == counts, "a text counts otherwise", f"GET {path}", counts, text[:500])
    bullets, expected = len(re.findall(r"^\* ", text, re.M)), sum(min(limit, n) for n in counts)
    world.require(bullets == expected, "a text has other promises", f"GET {path}", expected, bullets)
    for line in text.split("\n"):
        columns = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line if not unicodedata.combining(c))
        world.require(columns <= WIDTH and line == line.rstrip(), "a line no mail should have", f"GET {path}", WIDTH, line)


def carried(world, connection, name, moment):
    """What somebody carries, and whether they are away."""
    path = f"/v1/owners/{name}?as_of={written(moment)}"
    answer = connection.insist("GET", path)
    if answer.status == 404:
        return
    owner, zone = answer.json, world.zone(name, moment)
    today = local_date(moment, zone)
    theirs = [
        p
        for _, c in world.rows(moment)
        for p in c["promises"].values()
        if p["by"] == "desk" and same(p["owner"], name) and state(p, moment) in ("open", "overdue")
    ]
    begins, ends = (midnight(day, zone) + 1 for day in (today, today + timedelta(days=1)))
    due = sum(1 for p in theirs if ours(p) and begins <= p["due"] < ends)
    world.require(owner["due_today"] == due, "somebody has other promises due today", f"GET {path}", due, owner)
    away, dues = world.absence(name, moment), world.due_in_absence(name, moment)
    expected = away and {
        "from": str(away[0]),
        "until": str(away[1]),
        "stand_in": world.owner(name, moment).get("absence_stand_in"),
        "due": sum(1 for p in theirs if dues[0] <= p["due"] < dues[1]),
    }
    world.require(owner["absence"] == expected, "somebody is away otherwise", f"GET {path}", expected, owner)
    absent = bool(away and away[0] <= today)
    world.require(owner["absent"] == absent, "somebody is absent, or not", f"GET {path}", absent, owner)


def warned(run, name, answer):
    """What whoever says that somebody is away is told of it."""
    world, moment = run.world, instant(answer.json["updated_at"])
    mine = world.absence(name, moment)
    overlaps = lambda other: (theirs := world.absence(other, moment)) and theirs[0] <= mine[1] and mine[0] <= theirs[1]
    stand_in = {other: world.owner(other, moment).get("absence_stand_in") for other in world.owners}
    expected = []
    if answer.json["absence"]["due"]:
        expected.append("due_in_absence")
    if stand_in[name] and overlaps(stand_in[name]):
        expected.append("stand_in_absent")
    if any(stand_in[other] == name and overlaps(other) for other in world.owners):
        expected.append("is_stand_in")
    came = [warning["code"] for warning in answer.json["warnings"]]
    world.require(came == expected, "somebody who is away is warned otherwise", f"PUT {name}", expected, answer.json)
