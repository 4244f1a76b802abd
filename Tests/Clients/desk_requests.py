"""A day at the desk, counted: twelve calls, a handover, a morning list, a weekly report and a spreadsheet, each with how
many requests it takes and how many of these are refused.

    desk_requests.py http://127.0.0.1:8080 TOKEN

Somebody at the desk knows the API's paths, but not what is on record: each call looks up what it needs, and is to take
what `CALLS` says. One that gets by with less is to be written down so; one that needs more has become worse.
"""

import datetime
import sys

import requests


class Desk:
    """The API with a count of requests and refusals since the last call began."""

    def __init__(self, base, token):
        self.base = base
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {token}"
        self.asked = self.refused = 0

    def call(self, method, path, body=None, **options):
        answer = self.session.request(method, self.base + path, json=body, **options)
        self.asked += 1
        self.refused += answer.status_code >= 400
        return answer

    def get(self, path, **query):
        return self.call("GET", path, params=query).json()

    def post(self, path, body):
        return self.call("POST", path, body).json()

    def patch(self, path, body):
        return self.call("PATCH", path, body).json()


def notified(outcome="reached"):
    return {"channel": "phone", "outcome": outcome}


def kettle_leaks(desk):
    """1. Ann Lee calls: her kettle leaks. She is promised a call back."""
    made = desk.post("/v1/cases", {
        "complaint": "The kettle leaks. Again!", "customer": {"name": "Ann Lee", "phone": "+46 8 123 45", "external_id": "crm-1"},
        "channel": "phone", "mood": "upset", "severity": "high", "owner": "Kim",
        "promise": {"kind": "callback", "what": "Call back with a date", "due_in": "PT4H"},
    })
    assert made["id"]


def who_is_calling(desk):
    """2. Ann calls again: who is she, and what has she been promised?"""
    case = desk.get("/v1/cases", q='"+46 8 123 45"')["items"][0]
    assert case["customer"]["name"] == "Ann Lee" and case["promises"][0]["state"] == "open"


def call_back(desk):
    """3. Kim calls Ann back, and promises a new kettle."""
    promise = desk.get("/v1/promises", owner="Kim", state="open")["items"][0]
    kept = desk.post(f"/v1/promises/{promise['id']}/keep", {
        "evidence": "Called at noon", "next_promise": {"kind": "remedy", "what": "Send a new kettle", "due_in": "P3D"}})
    assert kept["promise"]["state"] == "kept"


def it_takes_longer(desk):
    """4. There is none in stock: Ann hears of it before it is due."""
    promise = desk.get("/v1/promises", owner="Kim", state="open")["items"][0]
    new = desk.post(f"/v1/promises/{promise['id']}/renegotiate", {
        "due_in": "P5D", "reason": "None in stock", "next_step": "Kim calls when it is sent", "customer_notified": notified()})
    assert new["slips"] == 1


def shouting(desk):
    """5. Bo Ek shouts, and threatens with a lawyer: what to do next?"""
    case = desk.post("/v1/cases", {
        "complaint": "NOBODY ANSWERS!", "customer": {"name": "Bo Ek", "phone": "08-123 46"}, "channel": "phone", "mood": "angry",
        "owner": "Kim"})
    desk.post(f"/v1/cases/{case['id']}/log", {"kind": "threat", "threat_kind": "legal", "text": "My lawyer will call."})
    assert desk.get(f"/v1/cases/{case['id']}/guidance")["items"]


def letter(desk):
    """6. A letter of last week comes in, overdue as it is."""
    received = (datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=9)).isoformat()
    made = desk.post("/v1/cases", {
        "complaint": "Since May nobody has answered.", "customer": {"name": "Cy Orr"}, "channel": "letter",
        "received_at": received, "external_id": "letter-1"})
    assert made["overdue"]


def wrong_number(desk):
    """7. A wrong number was written down as a case: taken back."""
    case = desk.post("/v1/cases", {"complaint": "Wants a pizza.", "customer": {"name": "Nobody"}, "owner": "Kim"})
    promise = case["promises"][0]["id"]
    desk.post(f"/v1/promises/{promise}/void", {
        "reason": "A wrong number", "resolve": {"summary": "A wrong number", "customer_accepted": True}})


def correct_the_phone(desk):
    """8. Cy gives a phone number."""
    case = desk.get("/v1/cases", external_id="letter-1")["items"][0]
    desk.patch(f"/v1/customers/{case['customer']['id']}", {"phone": "+46812347"})


def recover(desk):
    """9. Cy is called about what is overdue, and hears a new date."""
    promise = desk.get("/v1/promises", state="overdue")["items"][0]
    new = desk.post(f"/v1/promises/{promise['id']}/recover", {
        "due_in": "P1D", "reason": "It lay in the wrong tray", "next_step": "We read the file",
        "customer_notified": notified()})
    assert new["supersedes"] == promise["id"]


def write_down(desk):
    """10. Bo is told what happens next, and calms down."""
    case = desk.get("/v1/cases", q="Ek")["items"][0]
    desk.post(f"/v1/cases/{case['id']}/log", {"kind": "customer_notified", **notified(), "text": "Kim looks into it."})
    desk.post(f"/v1/cases/{case['id']}/log", {"kind": "mood", "mood": "calm", "why": "Somebody listened"})


def call_again(desk):
    """11. Ann calls a third time: is the kettle on its way?"""
    case = desk.get("/v1/cases", q="kettle")["items"][0]
    assert case["next_due_at"]


def resolve(desk):
    """12. The kettle came early: everything is kept, and the case resolved."""
    case = desk.get("/v1/cases", q="kettle", status="open")["items"][0]
    open_ids = [promise["id"] for promise in case["promises"] if promise["state"] == "open"]
    resolved = desk.post(f"/v1/cases/{case['id']}/resolve", {
        "summary": "New kettle", "customer_accepted": True,
        "settle": [{"promise_id": id, "action": "keep", "evidence": "Parcel 7431"} for id in open_ids]})
    assert resolved["status"] == "resolved"


def handover(desk):
    """Kim goes on leave: all that is unsettled of Kim's, and the open cases, go to Lou."""
    over = desk.post("/v1/owners/Kim/handover", {"to": "Lou", "reason": "Kim is on leave", "cases": True})
    assert over["promises"] and over["case_ids"] and not any(over["remaining"].values())
    assert desk.get("/v1/promises", owner="Kim", state="open,overdue", by="any", to="any")["total"] == 0


def morning(desk):
    """What is overdue, what is Lou's today, and what waits for somebody."""
    desk.get("/v1/promises", state="overdue")
    assert desk.get("/v1/promises", owner="Lou", state="open", sort="due_at")["total"]
    desk.get("/v1/queue")
    assert desk.get("/v1/digest", owner="Lou")["waiting_for_acceptance"]["total"]


def weekly_report(desk):
    """How last week's promises were kept, by owner, and who carried how much."""
    now = datetime.datetime.now(datetime.timezone.utc)
    span = {"from": (now - datetime.timedelta(days=7)).isoformat(), "to": (now + datetime.timedelta(days=7)).isoformat()}
    assert desk.get("/v1/reports/promises", group_by="owner", **span)["total"]["due"]
    desk.get("/v1/reports/load", **span)


def spreadsheet(desk):
    """All cases as a spreadsheet of the desk's own time zone."""
    answer = desk.call("GET", "/v1/cases?format=csv&for=spreadsheet&tz=Europe/Stockholm")
    assert answer.content.startswith(b"\xef\xbb\xbf") and "filename" in answer.headers["Content-Disposition"]


# What each may take: requests, and refusals among them.
CALLS = [
    (kettle_leaks, 1, 0), (who_is_calling, 1, 0), (call_back, 2, 0), (it_takes_longer, 2, 0), (shouting, 3, 0),
    (letter, 1, 0), (wrong_number, 2, 0), (correct_the_phone, 2, 0), (recover, 2, 0), (write_down, 3, 0),
    (call_again, 1, 0), (resolve, 2, 0), (handover, 2, 0), (morning, 4, 0), (weekly_report, 2, 0), (spreadsheet, 1, 0),
]


def main():
    desk = Desk(sys.argv[1], sys.argv[2])
    worse, lines, total = [], [], [0, 0]
    for call, asked, refused in CALLS:
        desk.asked = desk.refused = 0
        call(desk)
        total = [total[0] + desk.asked, total[1] + desk.refused]
        lines.append(f"{desk.asked:3} requests, {desk.refused} refused: {call.__doc__}")
        if (desk.asked, desk.refused) != (asked, refused):
            worse.append(f"{call.__name__}: {desk.asked} and {desk.refused} instead of {asked} and {refused}")
    print("\n".join(lines))
    print(f"{total[0]} requests in all, {total[1]} refused")
    assert not worse, "\n".join(worse)


main()
