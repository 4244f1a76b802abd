"""What a program does with the models that datamodel-code-generator makes of the description, by Python's requests:
whatever is sent and answered goes through them.

    pydantic_models.py FOLDER_OF_THE_MODULE http://127.0.0.1:8080 TOKEN
"""

import sys

import pydantic
import requests

sys.path.insert(0, sys.argv[1])

from desk_models import (
    AddedCustomer, Case, CaseList, CasePromise, CaseRequest, CustomerReference, Keep, LogEntry, LogEntryRequest,
    MoodEntry, MoodEntryRequest, Problem, ProblemCode, PromiseKind, PromiseRequest, PromiseState, SettledPromise,
    Severity,
)

base = sys.argv[2]
session = requests.Session()
session.headers["Authorization"] = f"Bearer {sys.argv[3]}"


def post(path, body, model, status=201, **fields):
    sent = body.model_dump_json(exclude_unset=True)
    answer = session.post(base + path, data=sent, headers={"Content-Type": "application/json", **fields})
    assert answer.status_code == status, answer.text
    return model.model_validate_json(answer.content)


def get(path, model, status=200):
    answer = session.get(base + path)
    assert answer.status_code == status, answer.text
    return model.model_validate_json(answer.content)


case = post("/v1/cases", CaseRequest(
    complaint="The kettle leaks. Again!", customer=AddedCustomer(name="Ann Lee"), severity=Severity.high,
    promise=PromiseRequest(what="Call back", kind=PromiseKind.callback, due_in="PT4H")), Case)
assert case.severity is Severity.high and isinstance(case.promises[0], CasePromise)
for number in range(4):
    post("/v1/cases", CaseRequest(complaint=f"Number {number}", customer=AddedCustomer(name="Bo Ek")), Case)

# Two on a page, until there is no next one.
seen, page = [], get("/v1/cases?limit=2", CaseList)
while page.next is not None:
    seen += page.items
    page = get(f"/v1/cases?limit=2&cursor={page.next}", CaseList)
assert [case.id for case in seen + page.items] == [5, 4, 3, 2, 1]

# Of what can be of many kinds each is a model of its own.
new = LogEntryRequest.model_validate({"kind": "mood", "mood": "angry"})
assert isinstance(new.root, MoodEntryRequest)
written = post(f"/v1/cases/{case.id}/log", new, LogEntry, **{"If-Match": "*"})
assert isinstance(written.root, MoodEntry) and written.root.mood.value == "angry"
kept = post(f"/v1/promises/{case.promises[0].id}/keep", Keep(
    next_promise=PromiseRequest(what="Send a new kettle", due_in="P3D")), SettledPromise, 200, **{"If-Match": "*"})
assert kept.promise.state is PromiseState.kept

# What is wrong is found by the models before it is sent, and typed where it is sent all the same.
try:
    CaseRequest(complaint="", customer=AddedCustomer(name="Ann Lee"))
except pydantic.ValidationError:
    pass
else:
    raise AssertionError("a complaint of nothing is a complaint")
customer = CustomerReference(AddedCustomer(name="Ann Lee"))
wrong = CaseRequest.model_construct(complaint="", customer=customer)
problem = post("/v1/cases", wrong, Problem, 422)
assert problem.code is ProblemCode.validation_failed
assert [(item.root.pointer, item.root.code.value) for item in problem.errors] == [("#/complaint", "too_short")]
assert get("/v1/cases/4711", Problem, 404).code is ProblemCode.not_found
