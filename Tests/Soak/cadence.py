"""How often customers hear something: when they last did, by the entries of the log, and what the clock says of those who have heard
nothing for as long as their policy says.
"""

import model
from model import TOLD, instant, ours, written

# What somebody said to them.
TALK = ("acknowledgement", "support", "apology", "restatement", "option", "agreement")


def heard(entry, p):
    """When the customer heard what an entry of their case's log tells of; None where they heard nothing by it. p: the promise that
    it is about."""
    kind = entry["kind"]
    if kind in TALK or kind == "customer_notified" and entry["outcome"] in TOLD:
        return instant(entry["at"])
    if kind == "promise_made" and ours(p) and not p["from"]:
        if p["notified"]:
            return instant(p["notified"]["at"]) if p["notified"]["outcome"] in TOLD else None
        return None if p["made_by"] == "policy" else instant(entry["at"])
    if kind == "promise_kept" and ours(p):
        return instant(entry["kept_at"])
    if kind in ("promise_withdrawn", "promise_voided") and entry.get("notified_outcome") in TOLD:
        return instant(entry["notified_at"])
    if kind == "case_resolved" and entry.get("customer_accepted") is not None:
        return instant(entry["at"])
    return None


def listen(case, entry, p):
    """Notes what an entry has the customer of a case hear."""
    at = heard(entry, p)
    if at is not None and at >= case["received"]:
        case["heard"] = max(case["heard"] or at, at)


def since(c):
    """Since when the customer of a case has heard nothing."""
    return c["received"] if c["heard"] is None else c["heard"]


def is_told(case, instant_since):
    """Whether the log says of this time that they have heard nothing: since it was said the case was not over."""
    told = [stamp for s, stamp, _ in case.updates if s == instant_since]
    if not told:
        return False
    over = [s for s, v in zip(case.stamps, case.versions) if v["status"] != "open" and s >= told[-1]]
    return not over


def tell(world, case, event, entry):
    """What the clock says of a customer who has heard nothing: in an open case, past the span of its policy, once each time."""
    c, stamp, at = case.now, instant(event["recorded_at"]), instant(event["at"])
    world.require(
        c["status"] == "open" and not c["erased"] and instant(entry["since"]) == since(c),
        "an update is said to be due in a case that is over, or since another instant",
        expected={"since": written(since(c)), "status": c["status"]},
        came=entry,
    )
    # A policy may be changed in the same batch.
    spans = [world.policy_of(c, moment)["update_every"] for moment in (stamp, stamp - 1)]
    world.require(
        at < stamp and any(span and since(c) + model.duration(span) == at for span in spans),
        "an update is said to be due at another instant than by the policy, or too early",
        expected=spans,
        came=event,
    )
    world.require(not is_told(case, since(c)), "an update is said twice to be due", expected=case.updates, came=event)
    case.updates.append((since(c), stamp, entry["seq"]))


def waiting(case, c, moment):
    """The entry that has the queue say of a case, as it was at an instant, that its customer is to hear something; None where there is
    none: they have heard something since, or the case was over."""
    told = [(stamp, seq) for s, stamp, seq in case.updates if s == since(c) and stamp <= moment]
    if not told or c["status"] != "open" or c["erased"]:
        return None
    stamp, seq = told[-1]
    over = [s for s, v in zip(case.stamps, case.versions) if v["status"] != "open" and stamp <= s <= moment]
    return None if over else seq


def untold(world, moment):
    """The cases whose customers were to hear something by an instant, and of which the log does not say so."""
    found = []
    for case in world.cases.values():
        c = case.now
        span = world.policy_of(c, moment)["update_every"]
        if span and c["status"] == "open" and not c["erased"] and since(c) + model.duration(span) < moment:
            if not is_told(case, since(c)):
                found.append((case.id, None, "update_due", written(since(c) + model.duration(span))))
    return found
