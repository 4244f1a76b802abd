"""Regimes by the contract: what their clocks come to, what they promise in a case, and the report on one counted again."""

import model  # Which imports this one: its names are looked up as they are needed.

# By name, each version with when it was recorded, from which local date of receipt on it holds (in days since 1970, in UTC; nil:
# from ever), and its stages.
REGIMES = {}
NAMES = ["Two steps", "plain"]
WHAT = {
    "acknowledge": "Acknowledge the complaint and say what happens next",
    "update": "Tell the customer how the complaint stands",
    "answer": "Answer the complaint",
}


def stages(name, rng):
    """Stages with other lengths each time, under the same names."""
    clock = lambda name, anchor, count, unit, **more: {"name": name, "anchor": anchor, "count": count, "unit": unit, **more}
    if name == "plain":
        return [
            {
                "name": "only",
                "clocks": [
                    clock("reply", "received", rng.choice([1, 2]), "hours", makes="answer"),
                    clock("limit", "received", rng.choice([1, 2]), "months", until="same_time", makes="hard_deadline",
                          met_by=["answer", "decision"]),
                ],
            }
        ]
    return [
        {
            "name": "first",
            "clocks": [
                clock("acknowledge", "received", rng.choice([1, 1, 30]), "hours", makes="acknowledge"),
                clock("answer", "kept:acknowledge", rng.choice([1, 2, 3]), "business_days", until="close", makes="answer",
                      extension={"count": rng.choice([1, 2]), "unit": "business_days", "from": "due"}),
                clock("news", "stage_opened", 1, "days", until="same_time", makes="update", every=True,
                      met_by=["update", "callback"]),
                clock("end", "received", rng.choice([2, 3, 6]), "days", until="end_of_day", makes="hard_deadline",
                      met_by=["answer"]),
                clock("at once", "received", rng.choice([1, 2]), "business_days", until="close", instead_of="answer"),
            ],
        },
        {
            "name": "second",
            "clocks": [
                clock("review", "stage_requested", rng.choice([1, 2]), "weeks", until="close", makes="answer",
                      extension={"count": 1, "unit": "months", "from": "anchor"}),
                clock("last", "stage_requested", rng.choice([2, 3]), "months", until="end_of_day", makes="hard_deadline"),
            ],
        },
    ]


# Versions


def version(name, number):
    return next(v for v in REGIMES[name] if v["version"] == number)


def in_force(name, received, now):
    """The highest version, of what is on record at an instant, that holds for a complaint which was received then."""
    day = received // model.DAY
    return [v for v in REGIMES[name] if v["recorded"] <= now and (v["from"] is None or v["from"] <= day)][-1]


def chosen(c, now):
    """The version of a case's regime: the one of its stage; before its first stage, by the receipt. None for no regime."""
    if c["regime"] is None:
        return None
    if c["stages"] and c["stages"][-1]["regime"] == c["regime"]:
        return version(c["regime"], c["stages"][-1]["version"])
    return in_force(c["regime"], c["received"], now)


# Clocks


def open_date(count, day, now):
    """The date so many open ones after a date."""
    while count:
        day += 1
        count -= day not in model.calendar(day, now)["closed"]
    return day


def moved(count, unit, day, now):
    if unit == "business_days":
        return open_date(count, day, now)
    if unit == "months":
        date = model.EPOCH + model.timedelta(days=day)
        month = date.month - 1 + count
        first = date.replace(year=date.year + month // 12, month=month % 12 + 1, day=1)
        last = (first + model.timedelta(days=32)).replace(day=1) - model.timedelta(days=1)
        return (min(last, first + model.timedelta(days=date.day - 1)) - model.EPOCH).days
    return day + count * {"days": 1, "weeks": 7}[unit]


def ending(clock, day, anchor, now):
    """The instant at which a clock is due on a date."""
    until = clock.get("until", "end_of_day")
    if until == "same_time":
        return day * model.DAY + anchor % model.DAY
    version = model.calendar(day, now)
    return model.closing(day, version) if until == "close" and day not in version["closed"] else (day + 1) * model.DAY


def day_zero(clock, anchor, regime, now):
    day = anchor // model.DAY
    moves = regime["closed"] == "next" and clock["anchor"] in ("received", "stage_requested")
    return open_date(1, day, now) if moves and day in model.calendar(day, now)["closed"] else day


def due(clock, anchor, regime, now):
    if clock["unit"] == "hours":
        return anchor + clock["count"] * model.HOUR
    day = moved(clock["count"], clock["unit"], day_zero(clock, anchor, regime, now), now)
    return ending(clock, day, anchor, now)


def latest(clock, anchor, regime, now):
    """How far it may be extended; when it is due, where it may not be."""
    first, more = due(clock, anchor, regime, now), clock.get("extension")
    if more is None:
        return first
    day = day_zero(clock, anchor, regime, now)
    if more["from"] == "due":
        day = moved(clock["count"], clock["unit"], day, now)
    return max(first, ending(clock, moved(more["count"], more["unit"], day, now), anchor, now))


def clock_of(c, p):
    """The clock that a promise is of, with the version that it is by."""
    stage = c["stages"][p["clock"]["stage"] - 1]
    regime = version(stage["regime"], stage["version"])
    return next(x for x in place(regime, stage["name"])["clocks"] if x["name"] == p["clock"]["name"]), regime


def place(regime, name):
    return next(s for s in regime["stages"] if model.same(s["name"], name))


# What they make in a case


def starts(stage, requested, received, opened):
    """The clocks of a stage that start as it begins, each with from when."""
    anchors = {"received": received, "stage_requested": requested, "stage_opened": opened}
    return [(clock, anchors[clock["anchor"]]) for clock in stage["clocks"] if clock["anchor"] in anchors]


def deadline(regime, stage, requested, received, opened, now):
    """The soonest that a clock makes as the stage begins."""
    found = starts(stage, requested, received, opened)
    return min((due(k, at, regime, now) for k, at in found if k.get("makes") == "hard_deadline"), default=None)


def begin(change, regime, stage, requested, opened, reason=None, sets=True):
    """A case comes to a stage."""
    c = change.case
    end = deadline(regime, stage, requested, c["received"], opened, change.horizon) if sets else None
    entry = dict(
        number=len(c["stages"]) + 1,
        stage=stage["name"],
        regime=regime["name"],
        regime_version=regime["version"],
        requested_at=model.written(requested),
        hard_deadline=model.written(end),
        reason=reason,
    )
    change.write("stage_opened", **entry)
    c["stages"] += (
        dict(
            number=entry["number"],
            name=stage["name"],
            regime=regime["name"],
            version=regime["version"],
            requested=requested,
            opened=change.now,
            deadline=end,
            reason=reason,
            # From when a clock counts that starts as the stage is opened.
            began=opened,
        ),
    )
    if end is not None and c["hard_deadline"] != model.written(end):
        c["hard_deadline"] = model.written(end)
        change.write("case_updated", hard_deadline=model.written(end))


def promise(change, clock, anchor, regime, by=None):
    """What a clock makes; by: until when the policy has acknowledged."""
    end = due(clock, anchor, regime, change.horizon)
    if clock["makes"] == "acknowledge" and by is not None:
        end = min(end, by)
    c, now = change.case, change.now
    running = dict(name=clock["name"], stage=len(c["stages"]), **{"from": anchor})
    counted = c["received"] if now == c["opened"] else now
    body = {"kind": clock["makes"], "what": WHAT[clock["makes"]], "due_at": model.written(end)}
    more = dict(told=None, waits=False, made=now, counted_from=counted, made_recorded=now, clock=running)
    change.make(model.new_promise(c, body, min(now, end - 1), change.take(), "policy", **more))


def promises(change, regime, stage, requested, opened, by=None):
    for clock, anchor in starts(stage, requested, change.case["received"], opened):
        if clock.get("makes") not in (None, "hard_deadline"):
            promise(change, clock, anchor, regime, by)


def running_at(c, now):
    """The stage that a case is at with the clocks of it; nothing where its regime is another one by now, or none."""
    regime = chosen(c, now)
    if regime is None or not c["stages"] or c["stages"][-1]["regime"] != regime["name"]:
        return None, None, []
    stage = c["stages"][-1]
    return stage, regime, place(regime, stage["name"])["clocks"]


def known(c, stage, moment):
    """As of when the calendar counts for what no promise says of a stage: as it began; of one that a case was imported with, at any
    time."""
    return moment if c["imported"] and stage["opened"] <= c["opened"] else stage["opened"]


def spare(change):
    """What a resolution makes needless is taken back: what another clock stands in for, and what is due each time anew."""
    c, now = change.case, change.now
    stage, regime, clocks = running_at(c, now)
    for p in change.unsettled():
        if not (stage and p["clock"] and p["clock"]["stage"] == stage["number"] and p["due"] >= now):
            continue
        name = p["clock"]["name"]
        if any(k["name"] == name and k.get("every") for k in clocks):
            change.void(p, {"reason": f"The case is resolved: the clock {name} runs no more."})
            continue
        for clock in clocks:
            if clock.get("instead_of") == name and now <= due(clock, c["received"], regime, known(c, stage, now)):
                reason = f"The case was resolved in time for the clock {clock['name']}: {name} need not be met."
                change.void(p, {"reason": reason})
                break


def is_met(clock, at, since):
    """Whether what was kept at an instant counts for the run of a clock since another one: what each such keep begins anew is met
    by later ones."""
    return at > since if clock.get("every") else True


def done(c, clock, stage, since):
    """Whether what a clock asks for was kept in the stage."""
    kinds = [*clock.get("met_by", []), clock["makes"]]
    return any(
        p["kind"] in kinds and kept(p) is not None and is_in(c, stage, p) and is_met(clock, kept(p), since)
        for p in c["promises"].values()
    )


def anchored(c, clock, stage):
    """From when a clock of a stage counts that no keep starts; None for one that a keep does."""
    anchors = {"received": c["received"], "stage_requested": stage["requested"], "stage_opened": stage["began"]}
    return anchors.get(clock["anchor"])


def start(c, clock, stage):
    """From when a clock of a stage counts; None where nothing has started it."""
    anchor = anchored(c, clock, stage)
    if anchor is not None:
        return anchor
    kind = clock["anchor"].split(":")[1]
    its = lambda p: p["kind"] == kind and model.ours(p) and p["settled"] and p["settled"]["how"] == "keep" and is_in(c, stage, p)
    return min((p["settled"]["kept_at"] for p in c["promises"].values() if its(p)), default=None)


def go_on(change):
    """A case is opened again: each clock of its stage that has begun, was not met and has nothing open is promised again, due when
    that was, or counted from what starts it where nobody had promised it."""
    c, now = change.case, change.now
    stage, regime, clocks = running_at(c, now)
    for clock in clocks:
        if clock.get("makes") in (None, "hard_deadline"):
            continue
        since = start(c, clock, stage)
        running = (stage["number"], clock["name"])
        own = [p for p in c["promises"].values() if p["clock"] and (p["clock"]["stage"], p["clock"]["name"]) == running]
        if since is None or any(p["settled"] is None for p in own):
            continue
        last = own[-1] if own else None
        was_kept = bool(last and last["settled"]["how"] == "keep")
        if clock.get("every"):
            since = last["settled"]["kept_at"] if was_kept else since
        elif done(c, clock, stage, since):
            continue
        if last and not (was_kept and not last["upheld"]):
            body = {"kind": last["kind"], "what": last["what"], "due_at": model.written(last["due"])}
            if last["owner"]:
                body["owner"] = last["owner"]
            more = dict(told=None, waits=False, made=now, counted_from=now, made_recorded=now, clock=last["clock"])
            change.make(model.new_promise(c, body, min(now, last["due"] - 1), change.take(), "policy", **more))
        else:
            promise(change, clock, since, regime)


def too_late(c, hard_deadline, regime, stage, requested, opened, now):
    """Whether a case's own deadline lies after the one that its clocks set as the stage began, or is none."""
    end = c["stages"][-1]["deadline"]
    if end is None:
        end = deadline(regime, stage, requested, c["received"], opened, known(c, c["stages"][-1], now))
    return end is not None and (hard_deadline is None or model.instant(hard_deadline) > end)


def start_clocks(change, before):
    """Those that wait for what this change keeps. before: what was promised until now."""
    c, now = change.case, change.now
    regime = chosen(c, now)
    if c["status"] != "open" or regime is None or not c["stages"] or c["stages"][-1]["regime"] != regime["name"]:
        return
    stage = c["stages"][-1]
    keeps = lambda p: p["settled"] is not None and p["settled"]["how"] == "keep" and model.ours(p)
    is_new = lambda p: keeps(p) and not (before.get(p["id"]) or {"settled": None})["settled"]
    for kept in [p for p in c["promises"].values() if is_new(p)]:
        for clock in place(regime, stage["name"])["clocks"]:
            running = (stage["number"], clock["name"])
            mine = lambda p: p["clock"] and (p["clock"]["stage"], p["clock"]["name"]) == running
            starts_it = clock["anchor"] == f"kept:{kept['kind']}" and is_in(c, stage, kept)
            first = starts_it and not any(
                p["id"] != kept["id"]
                and p["kind"] == kept["kind"]
                and keeps(p)
                and is_in(c, stage, p)
                and (not is_new(p) or p["id"] < kept["id"])
                for p in c["promises"].values()
            )
            at = kept["settled"]["kept_at"]
            # What was answered before it was acknowledged is not promised anew.
            if first and not clock.get("every") and clock.get("makes") in WHAT and done(c, clock, stage, at):
                continue
            if clock.get("every") and mine(kept) or first and not any(map(mine, c["promises"].values())):
                promise(change, clock, at, regime)


# What a case shows


def during(c, stage, moment):
    """Whether a case was at a stage in a batch."""
    after = [s for s in c["stages"] if s["number"] > stage["number"]]
    return moment >= stage["opened"] and (not after or moment < after[0]["opened"])


def is_in(c, stage, p):
    """Whether a promise that is settled is one of a stage: by its clock, else the one that the case was at, unless it was kept
    before the customer asked for that."""
    if p["clock"]:
        return p["clock"]["stage"] == stage["number"]
    s = p["settled"]
    asked = lambda other: s["how"] != "keep" or other["requested"] <= s["kept_at"]
    its = [other for other in c["stages"] if other["opened"] <= s["recorded"] and asked(other)]
    return bool(its) and its[-1]["number"] == stage["number"]


def kept(p):
    """When it was kept; nothing where a dispute of that was upheld."""
    s = p["settled"]
    return s["kept_at"] if model.ours(p) and s and s["how"] == "keep" and not p["upheld"] else None


def answer(c, stage):
    """When it was answered at a stage, and by whom."""
    found = [
        (kept(p), p["id"], p["owner"] or p["settled"]["by"])
        for p in c["promises"].values()
        if p["kind"] == "answer" and kept(p) is not None and is_in(c, stage, p)
    ]
    if found:
        at, _, by = min(found)
        return at, by
    ends = [end for end in c["ends"] if during(c, stage, end[0])]
    return ends[-1] if ends else (None, None)


def shown(c):
    """The stages of a case, as it is answered."""
    views = []
    for stage in c["stages"]:
        at, by = answer(c, stage)
        again = any(
            before["number"] < stage["number"] and before["regime"] == stage["regime"] and model.same(answer(c, before)[1], by)
            for before in c["stages"]
        )
        views.append(
            {
                "stage": stage["name"],
                "number": stage["number"],
                "regime": stage["regime"],
                "regime_version": stage["version"],
                "requested_at": model.written(stage["requested"]),
                "opened_at": model.written(stage["opened"]),
                "since": model.written(stage["opened"]),
                "reason": stage["reason"],
                "hard_deadline": model.written(stage["deadline"]),
                "answered_at": model.written(at),
                "answered_by": by,
                "same_person": None if at is None else again,
            }
        )
    return views


# The report


def runs(c, stage, resolved, reopened, moment):
    """Each clock that ran in a stage, as often as it did: its name, how it stands, whether it was extended, and how long it took, and
    whether it was met within its extension.

    resolved, reopened: when the case was, each time.
    """
    regime = version(stage["regime"], stage["version"])
    clocks = place(regime, stage["name"])["clocks"]
    begun = known(c, stage, moment)

    def first_kept(kinds, clock, name, since):
        return [
            at
            for p in c["promises"].values()
            if p["kind"] in kinds
            and (at := kept(p)) is not None
            and is_met(clock, at, since)
            and is_in(c, stage, p)
            and not (p["clock"] and p["clock"]["name"] == name)
        ]

    found = []
    mine = sorted((p for p in c["promises"].values() if p["clock"] and p["clock"]["stage"] == stage["number"]), key=lambda p: p["id"])
    chains = []
    for p in mine:
        # What was given up, and is promised again as the case goes on, is the same run.
        again = lambda q: q["settled"] and kept(q) is None and q["clock"]["from"] == p["clock"]["from"]
        goes_on = lambda q: q["clock"]["name"] == p["clock"]["name"] and (q["id"] == p["supersedes"] or again(q))
        chain = next((x for x in chains if goes_on(x[-1])), None)
        chain.append(p) if chain else chains.append([p])
    for chain in chains:
        running, end = chain[0]["clock"], chain[0]["due"]
        clock = next(x for x in clocks if x["name"] == running["name"])
        made = max(chain[0]["made"], begun)
        if clock["makes"] == "acknowledge":
            # What the policy promised sooner is late for the desk, and not for the authority.
            end = max(end, due(clock, running["from"], regime, made))
        kinds = clock.get("met_by") or [clock["makes"]]
        met = [kept(p) for p in chain if kept(p) is not None] + first_kept(kinds, clock, running["name"], running["from"])
        extended = any(a["due"] < b["due"] for a, b in zip(chain, chain[1:]))
        last = model.state(dict(chain[-1], due=max(end, chain[-1]["due"])), moment)
        if met:
            standing = "within" if min(met) <= end else "late"
        elif last in ("open", "overdue"):
            standing = "late" if moment > end else "running"
        elif last == "void":
            standing = "late" if extended and chain[-1]["settled"]["recorded"] > end else "dropped"
        else:
            standing = "late" if last == "broken" or chain[-1]["settled"]["recorded"] > end else "dropped"
        by_then = met and clock.get("extension") and min(met) <= latest(clock, running["from"], regime, made)
        in_extension = standing == "late" and extended and bool(by_then)
        took = max(0, min(met) - running["from"]) if met else None
        found.append([running["name"], standing, extended, took, in_extension])
    after = [s["opened"] for s in c["stages"] if s["number"] > stage["number"]]
    stands = [at for at in resolved if during(c, stage, at)][-1:]
    stands = [at for at in stands if not any(at < again < min(after, default=float("inf")) for again in reopened)]

    def settled(met, end):
        """How a run stands of which no promise says so, and when it was met."""
        if c["duplicate_of"] and not after and not met and stands:
            # It goes on in another case, which is the one to be answered.
            return "dropped" if stands[0] <= end else "late", []
        met = met + stands
        return ("within" if min(met) <= end else "late") if met else "late" if moment > end else "running", met

    by_resolution = set()
    for clock in clocks:
        # What has begun, and made no promise.
        if clock.get("makes") not in WHAT or clock.get("every") or any(run[0] == clock["name"] for run in found):
            continue
        anchor = anchored(c, clock, stage)
        if anchor is None:
            kind = clock["anchor"].split(":")[1]
            its = lambda p: p["kind"] == kind and kept(p) is not None and is_in(c, stage, p)
            first = min((p for p in c["promises"].values() if its(p)), key=lambda p: (p["settled"]["recorded"], p["id"]), default=None)
            if first is None:
                continue
            anchor = kept(first)
        done_at = first_kept([*clock.get("met_by", []), clock["makes"]], clock, "", anchor)
        standing, met = settled(done_at, due(clock, anchor, regime, begun))
        if not done_at:
            by_resolution.add(clock["name"])
        found.append([clock["name"], standing, False, max(0, min(met) - anchor) if met else None, False])
    for clock in clocks:
        if clock.get("makes") not in (None, "hard_deadline"):
            continue
        anchor = anchored(c, clock, stage)
        end = due(clock, anchor, regime, begun)
        if clock.get("makes") and stage["deadline"] is not None:
            end = stage["deadline"]
        standing, met = settled(first_kept(clock.get("met_by", []), clock, clock["name"], anchor), end)
        found.append([clock["name"], standing, False, max(0, min(met) - anchor) if met else None, False])
        for run in found if standing == "within" and clock.get("instead_of") else []:
            if run[0] == clock["instead_of"] and run[1] != "late" and (run[3] is None or run[0] in by_resolution):
                run[1], run[3] = "dropped", None
    return found


def days(lengths):
    """Nearest rank, in thousandths of a day."""
    rank = lambda q: sorted(lengths)[max(0, -(-len(lengths) * q // 100) - 1)] // 86_400 / 1000 if lengths else None
    return {"median": rank(50), "p90": rank(90)}


def figures(name, cases, moment, redress):
    """Of cases under a regime, each with when it was resolved and opened again."""
    last = [v for v in REGIMES[name] if v["recorded"] <= moment][-1]
    own = lambda c: [s for s in c["stages"] if s["regime"] == name]
    settled = [c for c, _ in cases if c["status"] != "open"]
    past = lambda c: c["status"] == "open" and c["hard_deadline"] and model.instant(c["hard_deadline"]) < moment
    outcomes = {word: sum(1 for c in settled if c["outcome"] == word) for word in model.OUTCOMES}
    ran = [(s["name"], *run) for c, ends in cases for s in own(c) for run in runs(c, s, *ends, moment)]
    result = {
        "opened": len(cases),
        "settled": len(settled),
        "open": len(cases) - len(settled),
        "past_deadline": sum(1 for c, _ in cases if past(c)),
        "duplicates": sum(1 for c in settled if c["duplicate_of"]),
        "settled_days": days([c["resolved"] - c["received"] for c in settled]),
        "outcomes": {**outcomes, "none": sum(1 for c in settled if c["outcome"] is None)},
        "redress": redress(settled),
        "stages": [],
        "clocks": [],
    }
    for stage in last["stages"]:
        at = [c for c, _ in cases if own(c) and own(c)[-1]["name"] == stage["name"]]
        result["stages"].append(
            {
                "stage": stage["name"],
                "came": sum(1 for c, _ in cases if any(s["name"] == stage["name"] for s in own(c))),
                "latest": len(at),
                "open": sum(1 for c in at if c["status"] == "open"),
            }
        )
        for clock in stage["clocks"]:
            its = [run for run in ran if run[:2] == (stage["name"], clock["name"])]
            count = lambda word: sum(1 for run in its if run[2] == word)
            result["clocks"].append(
                {
                    "stage": stage["name"],
                    "clock": clock["name"],
                    "started": len(its),
                    **{word: count(word) for word in ("within", "late", "running", "dropped")},
                    "extended": sum(1 for run in its if run[3]),
                    "within_extension": sum(1 for run in its if run[5]),
                    "days": days([run[4] for run in its if run[4] is not None]),
                }
            )
    return result


def from_csv(rows, value):
    """The groups of a report on a regime as its JSON has them, of one record each for its cases, stages and clocks."""
    groups = []
    for row in rows:
        # Columns of the other parts are empty.
        whose = {"cases": "", "stage": "stage_", "clock": "clock_"}
        others = [prefix for part, prefix in whose.items() if part != row["part"] and prefix]
        if row["part"] == "cases":
            groups.append({"key": row["key"] or None, "stages": [], "clocks": [], "redress": []})
        group = groups[-1]
        found = {"stage": row["stage"]} if row["stage"] else {}
        if row["clock"]:
            found["clock"] = row["clock"]
        for name, text in row.items():
            prefix = next((p for p in ("stage_", "clock_") if name.startswith(p)), "")
            if name in ("key", "part", "stage", "clock") or prefix in others or not text and name.startswith("redress_"):
                continue
            if prefix == whose[row["part"]] and not name.startswith("redress_"):
                put(found, name[len(prefix) :], value(text))
            elif row["part"] == "cases":
                group["redress"].append({"currency": name[len("redress_") :], "amount": int(text)})
        if row["part"] == "cases":
            group.update(found)
        else:
            group[row["part"] + "s"].append(found)
    return groups


def put(found, name, value):
    for outer, prefix in (("settled_days", "settled_days_"), ("days", "days_"), ("outcomes", "outcome_")):
        if name.startswith(prefix):
            found.setdefault(outer, {})[name[len(prefix) :]] = value
            return
    found[name] = value
