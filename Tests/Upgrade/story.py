"""What happens at the desk of a fixture: as much as a version can do, on five days of which nobody is there in between."""

import datetime
import time

REACHED = {"channel": "phone", "outcome": "reached"}
OPEN = [["09:00", "12:30"], ["13:00", "17:00"]]


def first(case):
    """The id of a case's first promise; 0 where the case was refused, which no promise has."""
    promises = case.get("promises") or [{"id": 0}]
    return promises[0]["id"]


def stamp(desk, **shift):
    """An instant that lies so far from now."""
    return (desk.now + datetime.timedelta(**shift)).strftime("%Y-%m-%dT%H:%M:%SZ")


class Story:
    """Tells it in order; an instant of each evening is in `evenings`."""

    def __init__(self, desk):
        self.desk, self.evenings, self.cases = desk, [], {}

    def tell(self):
        for name in ("root", "maria", "kim", "lee", "reader"):
            role = {"root": "admin", "maria": "manager", "reader": "reader"}.get(name, "agent")
            words = self.desk.run("token", "create", name, "--role", role)
            self.desk.tokens[name] = next(word for word in words.split() if word.startswith("ck_"))
        self.desk.start()
        self.setting()
        self.opening()
        self.monday()
        self.evening(hours=3)
        self.afternoon()
        self.evening(days=1)
        self.tuesday()
        self.evening(days=6)
        self.week_later()
        self.evening(days=40)
        self.spring()
        self.desk.stop()
        # What nobody was asked about any more: the clock's word alone, where a version has one.
        self.desk.set(self.desk.now + datetime.timedelta(days=2))
        self.desk.start()
        self.evenings.append(self.closed())
        return self

    def evening(self, **span):
        self.evenings.append(self.closed())
        self.desk.leap(**span)

    def closed(self):
        """An instant that nothing more is recorded at."""
        time.sleep(1.2)
        return stamp(self.desk)

    def log(self, case, who="kim", **entry):
        return self.desk.ask("POST", f"/v1/cases/{case}/log", entry, who)

    def act(self, promise, action, who="kim", **body):
        return self.desk.ask("POST", f"/v1/promises/{promise}/{action}", body, who)

    def on(self, case, action, who="kim", **body):
        return self.desk.ask("POST", f"/v1/cases/{case}/{action}", body, who)

    def open(self, name, who="kim", **body):
        body.setdefault("customer", {"name": f"Customer {name}"})
        case = self.desk.ask("POST", "/v1/cases", body, who)
        self.cases[name] = case.get("id", 0)
        return case

    def setting(self):
        """What the desk is like: policies, owners, calendars, regimes, receivers."""
        ask = self.desk.ask
        ask("PATCH", "/v1/policies/high", {"acknowledge_in": "PT4H", "escalate_mood": "angry", "supervisor": "sue"})
        ask("PATCH", "/v1/policies/low", {"load_cap": 2, "follow_up_in": "P2D", "warn_at": ["PT8H", "50%"]})
        ask("PATCH", "/v1/policies/normal", {"update_every": "P3D", "ladder": ["PT2H supervisor", "-PT4H owner"]})
        for name, zone in (("kim", "Europe/Berlin"), ("lee", "America/New_York")):
            person = {"name": name, "email": f"{name}@example.com", "team": "letters", "time_zone": zone}
            if not ask("POST", "/v1/owners", person):
                ask("PATCH", f"/v1/owners/{name}", {k: v for k, v in person.items() if k != "name"})
        weekly = {day: OPEN for day in ("mon", "tue", "wed", "thu", "fri")}
        holiday = {"date": "2025-03-05", "name": "Founder's day", "yearly": True}
        for name in ("default", "night desk"):
            body = {"time_zone": "Europe/Berlin", "weekly": weekly, "special_days": [holiday]}
            if name != "default":
                body["teams"] = ["nights"]
            ask("PUT", f"/v1/calendars/{name.replace(' ', '%20')}", body, "root")
        clocks = [
            {"name": "acknowledge", "anchor": "received", "count": 3, "unit": "business_days", "makes": "acknowledge"},
            {"name": "answer", "anchor": "received", "count": 4, "unit": "weeks", "makes": "answer"},
            {"name": "end", "anchor": "received", "count": 8, "unit": "weeks", "makes": "hard_deadline"},
        ]
        regime = {"title": "How we do it", "authority": "Ourselves", "source": "A paper", "calendar": "default"}
        again = {"name": "second", "clocks": [dict(clocks[1], anchor="stage_requested")]}
        regime["stages"] = [{"name": "first", "clocks": clocks}, again]
        ask("PUT", "/v1/regimes/ours", regime, "root")
        rule = {"match": {"category": ["noise"], "severity": ["normal", "high"]}, "acknowledge_in": "P1D", "regime": None}
        ask("PUT", "/v1/policies/noisy", rule, "root")
        ask("PUT", "/v1/policies/by%20day", {"match": {"team": ["nights"]}, "acknowledge_in_business": "P1D"}, "root")
        ask("POST", "/v1/webhooks", {"url": "https://hooks.example.com/a", "types": ["promise.overdue"]}, "root")
        ask("POST", "/v1/webhooks", {"url": "https://hooks.example.com/b", "team": "letters", "active": False}, "root")
        for name, more in (("till", {"expires_in": "P3D"}), ("robot", {}), ("kim's own", {"owner": "kim"})):
            token = ask("POST", "/v1/tokens", {"name": name, "role": "agent", **more}, "root")
            if name == "robot" and token:
                ask("POST", f"/v1/tokens/{token['id']}/revoke", {}, "root")

    def opening(self):
        """Cases of every sort."""
        o = self.open
        o("plain", complaint="The kettle leaks. Again!", owner="kim", subject="Kettle", tags=["kettle", "Küche"])
        o("letter", complaint="No answer since May.", received_at="2024-06-03T10:00:00+02:00", channel="letter",
          customer={"name": "Bo Ek", "phone": "+46 8 123 45", "email": "bo@example.com"}, category="delivery")
        o("hour", complaint="Call me.", owner="lee", promise={"what": "Call back", "due_in": "PT1H", "kind": "callback"})
        o("give up", complaint="It hums.", owner="kim", category="noise", promise={"what": "Look at it", "due_in": "P2D"})
        o("released", complaint="It buzzes.", owner="KIM", category="Noise", promise={"what": "Look at it", "due_in": "P2D"})
        o("void", complaint="Wrong size.", promise={"what": "Send another", "due_in": "P1D", "owner": "kim"})
        o("hands", complaint="Rude on the phone.", owner="lee", team="letters", promise={"what": "Apologise", "due_in": "P3D"})
        o("angry", complaint="I have had enough!", severity="high", mood="angry", owner="kim", external_id="A-1",
          customer={"name": "Ann Lee", "external_id": "cust-1", "phone": "(0)30 / 123-456"}, desired_outcome="Money back")
        o("forgotten", complaint="Hello?", severity="low", promise={"what": "Answer", "due_in": "PT2H", "owner": "lee"})
        o("twice", complaint="My parcel is lost.", customer={"name": "Cy Orr", "external_id": "cust-2"}, severity="critical")
        o("again", complaint="Where is my parcel?", customer={"external_id": "cust-2"})
        o("erase", complaint="Do not keep this word: quagga.", subject="quagga", owner="kim", external_id="quagga-1",
          customer={"name": "Quagga Smith", "email": "quagga@example.com", "phone": "+1 555 0177", "needs": ["quagga"]},
          contact={"name": "Quagga's daughter", "relation": "daughter"}, desired_outcome="quagga", tags=["quagga"])
        o("deal", complaint="The spout is bent.", owner="kim", mood="upset", estimate={"from": "P1D", "to": "P5D"})
        o("dispute", complaint="The noise goes on.", owner="lee", category="noise", hard_deadline=stamp(self.desk, days=30))
        o("ours", complaint="A regime's own.", regime="ours", owner="kim", team="nights")
        o("both", complaint="You owe me a form.", customer={"name": "Dee Fox", "language": "de", "vulnerable": True,
          "vulnerable_reason": "Said so"})
        # Names that fold, and texts of all scripts.
        o("sharp", complaint="Straße, 東京, Ǆ, e\u0301, 👩‍👩‍👧, \u202eright to left", owner="Straße", category="STRASSE", team="ǅ")
        o("sharp too", complaint="Cafe\u0301 au lait", owner="STRASSE", category="straße", team="ǆ")
        o("owned", complaint="Whose is it?", owner="Kim\u00a0Young", customer={"name": "Émile  Zola", "phone": "030123456"})
        o("twin one", complaint="The lamp flickers.", customer={"name": "Lou May", "email": "lou@example.com"}, owner="kim")
        o("twin two", complaint="The lamp is out.", customer={"name": "Louise May", "email": "LOU@example.com"}, owner="lee")
        items = [{"complaint": f"No receipt {n}", "external_id": f"till-{n % 4}", "customer": {"name": f"Till {n}"}} for n in range(5)]
        self.desk.ask("POST", "/v1/cases/bulk", {"items": items}, "kim")
        for _ in range(2):
            body = {"complaint": "Sent twice.", "customer": {"name": "Ida Jo"}}
            self.desk.ask("POST", "/v1/cases", body, "kim", Idempotency_Key="letter-7431")
        lines = ["words,name,key,when", "An old one,Kay Li,imp-1,2024-11-02T10:00:00Z", "Another,Max Po,imp-2,2024-12-24T10:00:00Z", ",Nobody,imp-3,"]
        with open(f"{self.desk.folder}/old.csv", "w") as file:
            file.write("\n".join(lines) + "\n")
        maps = ["complaint=words", "customer.name=name", "external_id=key", "received_at=when"]
        words = ["import", "old.csv", *(w for m in maps for w in ("--map", m)), "--rejects", "no.csv"]
        try:
            self.desk.run(*words, expect=65)
        except SystemExit as refusal:
            self.desk.refused.append(str(refusal))

    def unsettled(self, case):
        """The ids of what a case's customer is promised still; a 0 where there is nothing."""
        promises = self.desk.get(f"/v1/cases/{case}")["promises"]
        found = [p["id"] for p in promises if p["state"] in ("open", "overdue") and p["by"] == "desk" and p["to"] == "customer"]
        return found or [0]

    def kept(self, promise):
        return {"promise_id": promise, "action": "keep", "evidence": "Done by the way"}

    def monday(self):
        c = self.cases
        # By which they are known also when they are found out to be one.
        self.twins = [self.desk.get(f"/v1/cases/{c[name]}")["customer"]["id"] for name in ("twin one", "twin two")]
        self.on(c["void"], "escalate", supervisor="sue", reason="It is our own mistake")
        void = self.desk.get(f"/v1/cases/{c['void']}")
        self.act(first(void), "void", reason="Of another case", customer_notified=REACHED,
                 next_promise={"what": "Send the right size", "due_in": "P4D", "owner": "kim", "next_step": "By post"})
        # A link to the customer's page, taken back, and another one.
        self.on(c["plain"], "share", expires_in="P30D")
        self.desk.ask("DELETE", f"/v1/cases/{c['plain']}/share", {"reason": "It went astray"}, "kim")
        self.on(c["plain"], "share")
        plain = self.desk.get(f"/v1/cases/{c['plain']}")
        kept = self.act(first(plain), "keep", evidence="Called at nine",
                        next_promise={"kind": "remedy", "what": "Send a new kettle", "due_in": "P3D"})
        self.second = kept.get("next_promise", {}).get("id", 0)
        # Looked at, and changed by nobody since.
        for kind in ("statement", "question", "fact", "acknowledgement", "support", "apology", "note"):
            self.log(c["angry"], kind=kind, text=f"What was said: {kind}")
        self.log(c["angry"], kind="restatement", text="So it broke twice", confirmed=True)
        self.log(c["angry"], kind="mood", mood="abusive", why="Shouts")
        threat = self.log(c["angry"], kind="threat", threat_kind="legal", text="My lawyer", value_at_stake=90000, currency="EUR")
        self.log(c["angry"], who="maria", kind="threat_assessment", of=threat.get("seq", 1), verdict="unfounded", reason="No contract")
        gift = self.log(c["angry"], kind="concession", what="A voucher", amount=60000, currency="USD")
        self.log(c["angry"], who="maria", kind="concession_decision", of=gift.get("seq", 1), approved=True, reason="Once")
        self.log(c["angry"], who="maria", kind="supervisor_joined", supervisor="sue")
        self.log(c["angry"], kind="refusal", reason="Insults",
                 callback={"what": "Call when calm", "due_in": "P1D", "owner": "lee"})
        self.log(c["angry"], kind="forwarded", to="The shop", text="Please look")
        self.on(c["forgotten"], "cool-off", reason="Too loud", callback={"what": "Call again", "due_in": "PT5H", "owner": "lee"})
        self.log(c["deal"], kind="option", options=["A new spout", "Money back"])
        self.log(c["deal"], kind="agreement", option="A new spout", accepted=True,
                 remedy={"what": "Send a spout", "due_in": "P2D", "owner": "lee"})
        self.on(c["both"], "promises", what="Send the form", due_in="P1D", by="customer")
        self.on(c["both"], "promises", what="Ask the lawyer", due_in="P2D", to="us", owner="lee")
        self.log(c["erase"], kind="note", text="The quagga called")
        self.log(c["erase"], kind="threat", threat_kind="publicity", text="All quaggas will know")
        self.log(c["erase"], kind="lesson", cause="delivery", text="Of a quagga")

    def afternoon(self):
        c, desk = self.cases, self.desk
        hour = desk.get(f"/v1/cases/{c['hour']}")
        self.act(first(hour), "keep", who="lee", evidence="Called, late", next_promise={"what": "Call again", "due_in": "P1D", "owner": "lee"})
        self.act(self.second, "renegotiate", due_in="P5D", reason="None in stock", next_step="Kim calls when it is sent",
                 explanation="The shop has none", customer_notified=REACHED)
        hands = first(desk.get(f"/v1/cases/{c['hands']}"))
        self.act(hands, "accept", who="lee")
        self.act(hands, "reassign", owner="kim", reason="Lee is ill", who="maria")
        self.act(hands, "decline", reason="On leave", who="kim")
        desk.ask("PATCH", f"/v1/cases/{c['plain']}", {"category": "kettles", "owner": "lee", "subject": "The kettle", "tags": ["b", "a"]})
        desk.ask("PATCH", f"/v1/cases/{c['plain']}", {"severity": "high", "mood": "upset", "supervisor": "sue", "team": "letters"})
        desk.ask("PATCH", f"/v1/cases/{c['deal']}", {"estimate": None, "desired_outcome": "A spout", "channel": "chat"})
        desk.ask("PATCH", f"/v1/policies/normal", {"acknowledge_in": "P3D", "load_cap": 3})
        desk.ask("PATCH", "/v1/policies/noisy", {"acknowledge_in": "P2D", "match": {"category": ["noise", "hum"]}}, "root")
        desk.ask("PUT", "/v1/owners/lee/absence", {"from": "2025-03-04", "until": "2025-03-20", "stand_in": "kim"})
        customer = desk.get(f"/v1/cases/{c['letter']}")["customer"]["id"]
        for change in ({"phone": "+46 8 999"}, {"name": "Bo Ekberg", "email": None}, {"language": "sv", "needs": ["hears badly"]}):
            desk.ask("PATCH", f"/v1/customers/{customer}", change)
        self.on(c["ours"], "stage", stage="second", reason="Not content")

    def tuesday(self):
        c, desk = self.cases, self.desk
        letter = first(desk.get(f"/v1/cases/{c['letter']}"))
        self.act(letter, "recover", due_in="P2D", reason="The letter lay about", next_step="Kim writes",
                 customer_notified={"channel": "letter", "outcome": "sent"})
        self.act(first(desk.get(f"/v1/cases/{c['give up']}")), "withdraw", reason="Can't be done", customer_agreed=False,
                 cause="impossible", customer_notified=REACHED, next_promise={"what": "Tell them why", "due_in": "P1D", "next_step": "A letter"})
        released = self.unsettled(c["released"])
        self.act(released[0], "withdraw", reason="No need", customer_agreed=True, customer_notified=REACHED,
                 resolve={"summary": "It stopped", "customer_accepted": True, "outcome": "withdrawn",
                          "settle": [self.kept(p) for p in released[1:]]})
        dispute = first(desk.get(f"/v1/cases/{c['dispute']}"))
        self.act(dispute, "keep", who="lee", evidence="Was there", next_promise={"what": "Measure it", "due_in": "P3D", "owner": "lee"})
        said = self.log(c["dispute"], kind="dispute", promise_id=dispute, reason="Nobody came")
        self.log(c["dispute"], who="maria", kind="dispute_decision", of=said.get("seq", 1), upheld=True, reason="No trace of it")
        self.on(c["again"], "duplicate-of", case_id=c["twice"], reason="One parcel")
        erased = desk.get(f"/v1/cases/{c['erase']}")["customer"]["id"]
        self.act(self.unsettled(c["erase"])[0], "keep", evidence="The quagga knows",
                 next_promise={"what": "Write to the quagga", "due_in": "P1D"})
        self.on(c["erase"], "resolve", summary="Of the quagga", customer_accepted=True, outcome_text="Dear quagga",
                settle=[self.kept(p) for p in self.unsettled(c["erase"])])
        desk.ask("POST", f"/v1/customers/{erased}/erase", {"reason": "Their wish"}, "root")
        one, two = self.twins
        desk.ask("POST", f"/v1/customers/{two}/merge", {"into": one, "reason": "One phone"}, "root")
        self.on(c["angry"], "relationship", who="maria", decision="keep", reason="Of old")
        self.log(c["angry"], kind="debrief", **{"with": "maria"})
        self.log(c["angry"], kind="lesson", cause="stock", process="ordering", text="Order earlier",
                 review={"what": "Review the orders", "due_in": "P9D", "owner": "maria"})
        self.log(c["plain"], kind="thanks", text="Well done", thanked="kim")
        self.log(c["plain"], kind="customer_notified", channel="email", outcome="sent")

    def week_later(self):
        c, desk = self.cases, self.desk
        done = self.act(self.next_of(self.second), "keep", evidence="Parcel 7431", kept_at=stamp(desk, days=-5),
                        resolve={"summary": "New kettle", "customer_accepted": True, "outcome": "upheld",
                                 "redress": {"amount": 550, "currency": "EUR"}, "final_response": {"channel": "email"}})
        if not done:
            self.on(c["plain"], "resolve", summary="New kettle", customer_accepted=True)
        self.on(c["plain"], "close", reason="Content")
        open_ = [p for p in desk.get(f"/v1/cases/{c['hour']}")["promises"] if p["state"] in ("open", "overdue")]
        self.on(c["hour"], "resolve", who="lee", summary="Spoke at last", customer_accepted=False,
                settle=[{"promise_id": p["id"], "action": "keep", "evidence": "Spoken"} for p in open_],
                follow_up={"what": "Ask how it went", "due_in": "P20D"})
        forgotten = first(desk.get(f"/v1/cases/{c['forgotten']}"))
        self.act(forgotten, "recover", who="lee", due_in="P1D", reason="Forgotten", next_step="Lee calls", customer_notified=REACHED)
        referral = self.log(c["dispute"], kind="referral", to="Ombudsman", reference="OMB-1", text="They wrote")
        self.log(c["dispute"], kind="referral_decision", of=referral.get("seq", 1), decision="partly_upheld", text="Half of it")
        one, two = self.twins
        desk.ask("DELETE", f"/v1/customers/{two}/merge", {"reason": "They are two"}, "root")
        desk.ask("PATCH", f"/v1/cases/{c['twin two']}", {"customer": {"id": one}})
        desk.ask("DELETE", "/v1/owners/lee/absence", {})
        desk.ask("POST", "/v1/owners/Kim%C2%A0Young/handover", {"to": "lee", "reason": "Gone", "cases": True}, "root")
        desk.ask("PUT", "/v1/calendars/default", {"time_zone": "Europe/Berlin", "weekly": {"mon": OPEN}, "effective_from": "2025-04-01"}, "root")
        self.on(c["ours"], "promises", what="By business time", due_in_business="P2D", owner="kim")

    def next_of(self, promise):
        """What took its place."""
        found = [p["id"] for p in self.desk.get("/v1/promises?limit=500")["items"] if p.get("supersedes") == promise]
        return found[0] if found else promise

    def spring(self):
        c, desk = self.cases, self.desk
        self.on(c["plain"], "reopen", reason="It leaks again", promise={"what": "Send a third", "due_in": "P2D", "owner": "kim"})
        angry = desk.get(f"/v1/cases/{c['angry']}")
        settle = [
            {"promise_id": p["id"], "action": "withdraw", "reason": "Farewell", "customer_agreed": False, "cause": "impossible",
             "customer_notified": REACHED}
            for p in angry["promises"]
            if p["state"] in ("open", "overdue") and p["by"] == "desk" and p["to"] == "customer"
        ]
        self.on(c["angry"], "relationship", who="maria", decision="end", reason="Abuse", settle=settle)
        self.open("late", complaint="A new one in spring.", owner="kim", customer={"external_id": "cust-1"})
        self.on(c["twice"], "escalate", supervisor="sue", reason="Lost for good")
