"""A day of a desk by Python's requests: what a program of the desk's own would do, from the first call to the report.

    desk_day.py http://127.0.0.1:8080 TOKEN
"""

import csv
import io
import sys
import uuid

import requests

LETTER = "Since May nobody has answered.\r\nPlease do.\r\n\r\n=Yours,\r\nBo \"the Boss\" Ek"


class Desk:
    def __init__(self, base, token):
        self.base = base
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {token}"

    def call(self, method, path, status, body=None, **options):
        answer = self.session.request(method, self.base + path, json=body, **options)
        assert answer.status_code == status, f"{method} {path}: {answer.status_code} instead of {status}\n{answer.text}"
        assert answer.headers["X-Request-Id"]
        if status >= 400 and method != "HEAD":
            assert answer.headers["Content-Type"] == "application/problem+json"
            assert answer.json()["status"] == status
            assert answer.json()["request_id"] == answer.headers["X-Request-Id"]
        return answer

    def get(self, path, status=200, **options):
        return self.call("GET", path, status, **options)

    def post(self, path, body, status=200, **options):
        return self.call("POST", path, status, body, **options)

    def patch(self, path, body, status=200, **options):
        return self.call("PATCH", path, status, body, **options)

    def refused(self, method, path, status, code, body=None, **options):
        problem = self.call(method, path, status, body, **options).json()
        assert problem["code"] == code, problem
        assert self.get(problem["type"]).json()["code"] == code
        return problem


def morning(desk):
    """Two cases come in, one by phone and one by an old letter; a call is sent twice."""
    key = {"Idempotency-Key": str(uuid.uuid4())}
    call = {
        "complaint": "The kettle leaks. Again!", "customer": {"name": "Ann Lee", "phone": "+1 555 0100"}, "owner": "kim",
        "team": "north", "severity": "high", "promise": {"kind": "callback", "what": "Call back", "due_in": "PT4H"},
    }
    made = desk.post("/v1/cases", call, 201, headers=key)
    again = desk.post("/v1/cases", call, 201, headers=key)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.content == made.content and again.headers["Location"] == made.headers["Location"]
    assert again.headers["ETag"] == made.headers["ETag"]
    desk.refused("POST", "/v1/cases", 422, "idempotency_key_reused", {**call, "owner": "lee"}, headers=key)
    case = desk.get(made.headers["Location"]).json()
    told = made.json()
    for promise in told["promises"]:
        # For whoever makes a promise, and nobody else.
        assert promise.pop("load")["owner"] == "kim" and promise.pop("warnings") is not None
    # A name that nobody was known by may be mistyped.
    warned = {warning["code"]: warning for warning in told.pop("warnings")}
    assert warned.pop("new_name")["owner"] == "kim" and set(warned) <= {"new_team"}
    assert case == told
    assert [p["owner"] for p in case["promises"]] == ["kim"]

    letter = desk.post(
        "/v1/cases",
        {
            "complaint": LETTER, "customer": {"name": "Bo Ek", "phone": "+46 8 123 45", "external_id": "crm-7"},
            "channel": "letter", "received_at": "2024-06-03T10:00:00+02:00", "external_id": "letter-1", "owner": "kim",
        },
        201).json()
    assert letter["overdue"] and letter["complaint"] == LETTER
    twice = desk.refused(
        "POST", "/v1/cases", 409, "duplicate_external_id",
        {"complaint": "x", "customer": {"external_id": "crm-7"}, "external_id": "letter-1"})
    assert twice["case_id"] == letter["id"]
    return case, letter


def mistakes(desk, case):
    """What goes wrong is said all at once, and nothing changes."""
    before = desk.get(f"/v1/cases/{case['id']}")
    problem = desk.refused("POST", "/v1/cases", 422, "validation_failed", {"complaint": " ", "custmer": {}})
    assert {(e["pointer"], e["code"]) for e in problem["errors"]} == {
        ("#/complaint", "too_short"), ("#/customer", "required"), ("#/custmer", "unknown_field")}
    desk.refused("GET", "/v1/promises?stat=overdue", 400, "unknown_parameter")
    desk.refused("GET", "/v1/promises?owner=kmi", 400, "unknown_value")
    desk.refused("GET", "/v1/cases/999999", 404, "not_found")
    desk.refused("DELETE", f"/v1/cases/{case['id']}", 405, "method_not_allowed")
    desk.refused("GET", "/v1/cases", 406, "not_acceptable", headers={"Accept": "image/png"})
    desk.refused("POST", "/v1/cases", 415, "unsupported_media_type", data="a=b", headers={"Content-Type": "text/plain"})
    desk.refused("POST", "/v1/cases", 400, "malformed_json", data="{", headers={"Content-Type": "application/json"})
    desk.refused("GET", "/v1/cases", 401, "unauthenticated", headers={"Authorization": "Bearer ck_wrong"})
    promise = case["promises"][0]["id"]
    desk.refused("POST", f"/v1/promises/{promise}/keep", 409, "timeline_required", {})
    desk.refused("PATCH", f"/v1/cases/{case['id']}", 422, "validation_failed", {"complaint": "It was fine."})
    assert desk.get(f"/v1/cases/{case['id']}").json() == before.json()


def promises(desk, case):
    """The call back is kept, the remedy takes longer, and the customer hears of it before it is due."""
    first = case["promises"][0]["id"]
    kept = desk.post(
        f"/v1/promises/{first}/keep",
        {"evidence": "Called at noon", "next_promise": {"kind": "remedy", "what": "Send a new kettle", "due_in": "P3D"}},
    ).json()
    assert kept["promise"]["state"] == "kept"
    remedy = kept["next_promise"]
    moved = desk.post(
        f"/v1/promises/{remedy['id']}/renegotiate",
        {"due_in": "P5D", "reason": "None in stock", "next_step": "Kim calls when it is sent",
         "customer_notified": {"channel": "phone", "outcome": "reached"}}, 201)
    new = moved.json()
    assert moved.headers["Location"] == f"/v1/promises/{new['id']}"
    assert (new["supersedes"], new["slips"], new["original_due_at"]) == (remedy["id"], 1, remedy["due_at"])
    assert desk.get(f"/v1/promises/{remedy['id']}").json()["state"] == "renegotiated"
    settled = desk.refused("POST", f"/v1/promises/{remedy['id']}/keep", 409, "promise_settled", {})
    assert settled["state"] == "renegotiated"
    return new


def overdue(desk, letter):
    """The manager's list has the letter on top; it is recovered, for it can no longer be renegotiated."""
    answer = desk.get("/v1/promises", params={"state": "overdue", "owner": "KIM"})
    listed = answer.json()
    assert answer.headers["Casekeeper-As-Of"] == listed["as_of"]
    row = listed["items"][0]
    assert (row["case"]["id"], row["case"]["customer"]["phone"]) == (letter["id"], "+46 8 123 45")
    moving = {
        "due_in": "P1D", "reason": "It lay in the wrong tray", "next_step": "Kim reads the file",
        "customer_notified": {"channel": "letter", "outcome": "attempted"},
    }
    desk.refused("POST", f"/v1/promises/{row['id']}/renegotiate", 409, "promise_broken", moving)
    new = desk.post(f"/v1/promises/{row['id']}/recover", moving, 201).json()
    assert desk.get(f"/v1/promises/{row['id']}").json()["state"] == "broken"
    now = desk.get("/v1/promises", params={"state": "overdue", "owner": "kim"}).json()
    assert now["total"] == listed["total"] - 1
    then = desk.get("/v1/promises", params={"state": "overdue", "owner": "kim", "as_of": listed["as_of"]}).json()
    assert [item["id"] for item in then["items"]] == [item["id"] for item in listed["items"]]
    return new


def conditions(desk, case):
    """Who has it already gets no body; two who edit at once do not overwrite each other."""
    path = f"/v1/cases/{case['id']}"
    for codings in ("identity", "gzip"):
        headers = {"Accept-Encoding": codings}
        seen = desk.get(path, headers=headers)
        assert seen.headers.get("Content-Encoding", "identity") == codings
        tag = seen.headers["ETag"]
        unchanged = desk.get(path, 304, headers={**headers, "If-None-Match": tag})
        assert unchanged.content == b"" and unchanged.headers["ETag"] == tag
        edited = desk.patch(path, {"subject": f"Kettle, {codings}"}, headers={**headers, "If-Match": tag})
        assert edited.headers["ETag"] != tag
        stale = desk.refused("PATCH", path, 412, "stale", {"subject": "Mine"}, headers={**headers, "If-Match": tag})
        assert stale["detail"]
        assert desk.get(path, headers={**headers, "If-None-Match": tag}).json()["subject"] == f"Kettle, {codings}"


def pages(desk):
    """A list is walked by Link while rows come in, and every row is seen once; as CSV it is the same list."""
    items = [{"complaint": f"No. {n}", "customer": {"name": f"C{n}"}, "external_id": f"row-{n}"} for n in range(120)]
    bulk = desk.post("/v1/cases/bulk", {"items": items}).json()
    assert (bulk["created"], bulk["refused"]) == (120, 0)
    again = desk.post("/v1/cases/bulk", {"items": items}, 207).json()
    assert [item["problem"]["case_id"] for item in again["items"]] == [item["id"] for item in bulk["items"]]

    answer, seen = desk.get("/v1/cases", params={"limit": 50, "sort": "opened_at"}), []
    first = answer.json()
    while True:
        assert answer.json()["as_of"] == first["as_of"]
        seen += [case["id"] for case in answer.json()["items"]]
        desk.post("/v1/cases", {"complaint": "Meanwhile", "customer": {"name": "Di"}}, 201)
        if "next" not in answer.links:
            break
        answer = desk.get(answer.links["next"]["url"])
    assert len(seen) == len(set(seen)) == first["total"]
    assert seen == sorted(seen)

    options = {"params": {"sort": "opened_at", "as_of": first["as_of"]}, "headers": {"Accept": "text/csv"}}
    answer = desk.get("/v1/cases", **options, stream=True)
    assert answer.headers["Content-Type"].startswith("text/csv")
    assert answer.headers["Vary"] == "Accept-Encoding, Accept"
    rows = list(csv.DictReader(io.StringIO(answer.content.decode(), newline=""), strict=True))
    assert [int(row["id"]) for row in rows] == seen
    assert rows[1]["complaint"] == LETTER and rows[1]["customer_phone"] == "'+46 8 123 45"

    plain = desk.get("/v1/cases", params=options["params"], headers={"Accept-Encoding": "identity"})
    coded = desk.get("/v1/cases", params=options["params"], headers={"Accept-Encoding": "gzip"})
    assert plain.json() == coded.json()
    assert "Content-Encoding" not in plain.headers and coded.headers["Content-Encoding"] == "gzip"
    assert int(coded.headers["Content-Length"]) < len(plain.content) / 3
    head = desk.call("HEAD", "/v1/cases", 200, params=options["params"], headers={"Accept-Encoding": "gzip"})
    for name in ("Content-Length", "Content-Encoding", "Content-Type", "Vary", "Link"):
        assert head.headers[name] == coded.headers[name], name


def evening(desk, case, remedy, recovered):
    """The kettle arrives, the case is resolved, closed and opened again; the report counts what was promised."""
    path = f"/v1/cases/{case['id']}"
    open_promises = desk.refused(
        "POST", path + "/resolve", 409, "promises_unsettled", {"summary": "New kettle", "customer_accepted": True})
    assert open_promises["promise_ids"] == [remedy["id"]]
    desk.refused("POST", path + "/close", 409, "case_not_resolved", {})
    resolved = desk.post(
        path + "/resolve",
        {"summary": "New kettle", "customer_accepted": True,
         "settle": [{"promise_id": remedy["id"], "action": "keep", "evidence": "Parcel 7431"}]}).json()
    assert resolved["status"] == "resolved"
    assert desk.post(path + "/close", {"reason": "Thanked us"}).json()["status"] == "closed"
    reopened = desk.post(
        path + "/reopen", {"reason": "It leaks as well", "promise": {"what": "Look at it", "due_in": "P1D"}}).json()
    assert reopened["status"] == "open" and not reopened["silent"]
    kinds = [entry["kind"] for entry in desk.get(path + "/log", params={"limit": 500}).json()["items"]]
    assert kinds[0] == "case_opened" and {"case_resolved", "case_closed", "case_reopened"} <= set(kinds)
    assert desk.get("/v1/cases", params={"silent": "true"}).json()["total"] == 0

    wanted = {"from": "2024-01-01T00:00:00Z", "to": "2100-01-01T00:00:00Z", "group_by": "owner"}
    report = desk.get("/v1/reports/promises", params=wanted).json()
    kim = next(group for group in report["groups"] if group["key"] == "kim")
    assert (kim["kept"], kim["broken"], kim["kept_rate"]) == (0, 1, 0), kim
    # Kim never accepted what the desk gave out: it counts for the desk. What is kept within a minute counts in no rate.
    giver = next(group for group in report["groups"] if group["key"] == "desk")
    assert (giver["kept"], giver["instant"], giver["renegotiated"], giver["kept_rate"]) == (2, 2, 1, None), giver
    assert sum(group["due"] for group in report["groups"]) == report["total"]["due"]
    answer = desk.get("/v1/reports/promises", params={**wanted, "format": "csv"})
    rows = {row["key"]: row for row in csv.DictReader(io.StringIO(answer.text, newline=""))}
    assert float(rows["kim"]["kept_rate"]) == kim["kept_rate"]
    assert desk.get(f"/v1/promises/{recovered['id']}").json()["state"] == "open"


def letters(desk):
    """Thirty letters of the greatest length are more than one request may bring, but not than a bulk may."""
    items = [{"complaint": f"{n:2} " + "x" * 65_533, "customer": {"name": "E"}} for n in range(30)]
    assert desk.post("/v1/cases/bulk", {"items": items}).json()["created"] == 30
    key = {"Idempotency-Key": "letters"}
    first = desk.post("/v1/cases/bulk", {"items": items}, headers=key)
    again = desk.post("/v1/cases/bulk", {"items": items}, headers=key)
    assert again.headers["Idempotency-Replayed"] == "true" and again.content == first.content
    for path, size in (("/v1/cases", 1 << 20), ("/v1/cases/bulk", 8 << 20)):
        body = b'{"complaint": "' + b"x" * size + b'"}'
        try:
            desk.refused("POST", path, 413, "body_too_large", data=body, headers={"Content-Type": "application/json"})
        except requests.ConnectionError:
            pass  # it is refused before it is read, and who goes on sending may see no more than that


def main():
    desk = Desk(sys.argv[1], sys.argv[2])
    case, letter = morning(desk)
    mistakes(desk, case)
    remedy = promises(desk, case)
    recovered = overdue(desk, letter)
    conditions(desk, case)
    pages(desk)
    evening(desk, case, remedy, recovered)
    letters(desk)
    print("a day of the desk is over")


main()
