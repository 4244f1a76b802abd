"""A desk for people to look at, made through the API beside whatever there is: overdue, moved and kept promises, people who shout,
lessons, a regime, and texts that no page must trip over. Says in JSON what pages can be asked for.

    board_desk.py http://127.0.0.1:8080 TOKEN
"""

import datetime
import json
import sys

import requests

from nasty_texts import line, seen, texts

LONG = "Nobody called me back, and nobody has told me why. " * 60
UNBROKEN = "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft" * 8


class Desk:
    def __init__(self, base, token):
        self.base = base
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {token}"

    def call(self, method, path, body=None, **options):
        answer = self.session.request(method, self.base + path, json=body, **options)
        assert answer.status_code < 400, f"{method} {path}: {answer.status_code}\n{answer.text}"
        return answer.json()

    def get(self, path, **query):
        return self.call("GET", path, params=query)

    def post(self, path, body):
        return self.call("POST", path, body)

    def end_sessions(self):
        """Ends every session of the board."""
        for token in self.get("/v1/tokens")["items"]:
            for session in self.get(f"/v1/tokens/{token['id']}")["sessions"]:
                self.call("DELETE", f"/v1/tokens/{token['id']}/sessions/{session['id']}")

    def open(self, name, complaint, owner, **more):
        return self.post("/v1/cases", {
            "complaint": complaint, "customer": {"name": name, "phone": f"+46 8 555 {len(name):02} 00"}, "owner": owner,
            **more})

    def log(self, case, kind, **fields):
        self.post(f"/v1/cases/{case['id']}/log", {"kind": kind, **fields})


def days_ago(days, hours=0):
    return (datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=days, hours=hours)).isoformat()


def told(outcome="reached"):
    return {"channel": "phone", "outcome": outcome}


def overdue(desk):
    """Letters of past days: what the policy promised to their writers is overdue as they come in."""
    writers = [
        ("Ann Lee", "The kettle leaks. Again!", "Kim", "high", 1), ("Bo \"the Boss\" Ek", "Since May nobody has answered.", "Kim", "critical", 6),
        ("Cy Orr", LONG, "Lou", "normal", 3), ("Dee " + "van der " * 20 + "Berg", UNBROKEN, "Lou", "low", 12),
        ("Éva <b>Nagy</b> & sons", "</script><script>alert(1)</script>", "Kim", "high", 9),
    ]
    return [
        desk.open(name, complaint, owner, channel="letter", severity=severity, received_at=days_ago(days, 3), team="North",
                  category="Deliveries", external_id=f"letter-{days}")
        for name, complaint, owner, severity, days in writers
    ]


def story(desk):
    """A case with everything in it: kept, moved, shouting, a threat, options, an agreement, a lesson."""
    case = desk.open(
        "Flo Day", "The heating has been off since Friday.\n\nI have two small children!", "Kim", severity="high", team="North",
        category="Repairs", mood="upset", tags=["vulnerable", "winter"],
        promise={"kind": "callback", "what": "Call back with a date", "due_in": "PT4H", "next_step": "We ask the fitter"})
    first = case["promises"][0]["id"]
    kept = desk.post(f"/v1/promises/{first}/keep", {
        "evidence": "Called at noon", "next_promise": {"kind": "remedy", "what": "Repair the heating", "due_in": "P2D"}})
    desk.post(f"/v1/promises/{kept['next_promise']['id']}/renegotiate", {
        "due_in": "P4D", "reason": "A part is missing", "next_step": "Kim calls when the part is there",
        "customer_notified": told()})
    desk.log(case, "mood", mood="angry", why="Nobody had called")
    desk.log(case, "acknowledgement", text="I can see why that makes you angry.")
    desk.log(case, "threat", threat_kind="legal", text="You will hear from my lawyer.", value_at_stake=150_000, currency="EUR")
    desk.log(case, "restatement", text="The heating is off, and the fitter did not come.", confirmed=True)
    desk.log(case, "option", options=["A new boiler", "An electric heater until then"])
    desk.log(case, "fact", text="The boiler is from 1998.", said_by="fitter")
    desk.log(case, "mood", mood="calm", why="Somebody listened")
    desk.log(case, "thanks", thanked="Kim", text="You were so patient with me.")
    return desk.get(f"/v1/cases/{case['id']}")


def lessons(desk, cases):
    """What went wrong, more often of one cause than of the others."""
    causes = ["No stock"] * 3 + ["No call back"] * 2 + ["Handover at night", UNBROKEN[:150], "<i>Wrong</i> address & \"name\""]
    for index, cause in enumerate(causes):
        more = {"process": "Handover", "review": {"what": "Look into it", "due_in": "P30D", "owner": "Kim"}} if index == 3 else {}
        desk.log(cases[index % len(cases)], "lesson", cause=cause, text="Look before you promise.", **more)


def regime(desk):
    """Complaints under a regime of the service's own."""
    made = []
    for index, days in enumerate([2, 8, 15, 30, 70]):
        made.append(desk.open(
            f"Tenant {index + 1}", "The stairwell is dark.", "Lou", channel="email", received_at=days_ago(days), team="South",
            category="Repairs", regime="housing-ombudsman"))
    return made


def nasty(desk):
    """Five hundred of the nastiest texts, in as few cases as show each of them: as a complaint, a name, a promise, in the log."""
    found = [text for text in texts() if len(text) <= 4000]
    cases = []
    for start in range(0, len(found), 40):
        some = found[start:start + 40]
        first = line(some[0])
        case = desk.open(
            f"n{first[:150]}n", "\n".join(some), f"o{seen(first)[:100]}o" if start % 80 else "Lou",
            severity="low", subject=f"s{line(some[1])[:150]}s",
            promise={"what": " ".join(some[:6])[:3000], "due_in": "P1D"})
        for text in some[1:4]:
            desk.log(case, "note", text=f"a{text}b")
        cases.append(case)
    return cases


def main():
    desk = Desk(sys.argv[1], sys.argv[2])
    for name in ("Kim", "Lou"):
        desk.post("/v1/owners", {"name": name})
    late = overdue(desk)
    case = story(desk)
    under_regime = regime(desk)
    strange = nasty(desk)
    lessons(desk, late + under_regime)
    desk.open("Gus Hill", "The invoice is wrong.", "Lou", promise={"what": "Send a new invoice", "due_in": "PT2H"})
    desk.open("Ida Jo", "Nobody is at the counter.", None, promise={"what": "Call back", "due_in": "P3D"})
    print(json.dumps({
        "case": case["id"], "overdue": [one["id"] for one in late], "regime": under_regime[0]["id"],
        "nasty": [one["id"] for one in strange]}))


if __name__ == "__main__":
    main()
