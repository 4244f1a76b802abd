"""What a program does with the client that openapi-python-client makes of the description: every value has a type.

    attrs_client.py FOLDER_OF_THE_PACKAGE http://127.0.0.1:8080 TOKEN
"""

import datetime
import sys
from http import HTTPStatus

sys.path.insert(0, sys.argv[1])

from desk_client import AuthenticatedClient
from desk_client.api.cases import create_case, get_case, list_cases, list_log, write_log
from desk_client.api.promises import keep_promise, list_promises
from desk_client.models import (
    AddedCustomer, Case, CaseList, CasePromise, CasePromiseList, CaseRequest, Currency, Keep, KnownCustomer, Mood,
    MoodEntry, MoodEntryRequest, Problem, ProblemCode, ProblemField, PromiseKind, PromiseRequest, PromiseState,
    SettledPromise, Severity, StakedThreatEntryRequest, ThreatEntry, ThreatKind,
)

client = AuthenticatedClient(base_url=sys.argv[2], token=sys.argv[3])


def creates():
    """With a new customer and a promise, then for the same customer, then some to page through."""
    promise = PromiseRequest(what="Call back", kind=PromiseKind.CALLBACK, due_in="PT4H")
    answer = create_case.sync_detailed(client=client, idempotency_key="first", body=CaseRequest(
        complaint="The kettle leaks. Again!", customer=AddedCustomer(name="Ann Lee", phone="+1 555 0100"),
        severity=Severity.HIGH, owner="Kim", promise=promise))
    assert answer.status_code == HTTPStatus.CREATED
    case = answer.parsed
    assert isinstance(case, Case) and case.severity is Severity.HIGH and case.owner == "Kim"
    made = case.promises[0]
    assert isinstance(made, CasePromise) and made.kind is PromiseKind.CALLBACK and made.state is PromiseState.OPEN
    assert made.due_at - made.made_at == datetime.timedelta(hours=4)
    for number in range(4):
        other = create_case.sync(client=client, body=CaseRequest(
            complaint=f"And number {number}.", customer=KnownCustomer(id=case.customer.id)))
        assert isinstance(other, Case) and other.customer.name == "Ann Lee"
    return case


def pages():
    """Two on each, until there is no next one."""
    seen, page = [], list_cases.sync(client=client, limit=2)
    while True:
        assert isinstance(page, CaseList) and page.total == 5
        seen += [case.id for case in page.items]
        if page.next_ is None:
            break
        page = list_cases.sync(client=client, limit=2, cursor=page.next_)
    assert seen == [5, 4, 3, 2, 1]
    promises = list_promises.sync(client=client)
    assert isinstance(promises, CasePromiseList) and promises.total == 5


def writes(case):
    """Each kind of entry is a type of its own, as it is sent and as it is answered."""
    for entry in [
        MoodEntryRequest(kind="mood", mood=Mood.ANGRY),
        StakedThreatEntryRequest(
            kind="threat", threat_kind=ThreatKind.LEGAL, value_at_stake=150_000, currency=Currency.EUR, text="Sue you!"),
    ]:
        assert write_log.sync_detailed(case.id, client=client, if_match="*", body=entry).status_code == 201
    log = list_log.sync(case.id, client=client)
    mood, threat = log.items[-2:]
    assert isinstance(mood, MoodEntry) and mood.mood is Mood.ANGRY
    assert isinstance(threat, ThreatEntry) and threat.value_at_stake == 150_000
    kept = keep_promise.sync(case.promises[0].id, client=client, if_match="*", body=Keep(next_promise=PromiseRequest(
        what="Send a new kettle", due_at=datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=1))))
    assert isinstance(kept, SettledPromise) and kept.promise.state is PromiseState.KEPT
    assert kept.next_promise.what == "Send a new kettle"


def is_refused():
    """What is wrong comes typed, too."""
    answer = create_case.sync_detailed(client=client, body=CaseRequest(
        complaint="", customer=AddedCustomer(name="Ann Lee"), promise=PromiseRequest(what="Call")))
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    problem = answer.parsed
    assert isinstance(problem, Problem) and problem.code is ProblemCode.VALIDATION_FAILED
    assert all(isinstance(item, ProblemField) for item in problem.errors)
    assert {item.pointer: str(item.code) for item in problem.errors} == {
        "#/complaint": "too_short", "#/promise/due_at": "required"}
    answer = get_case.sync_detailed(4711, client=client)
    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert isinstance(answer.parsed, Problem) and answer.parsed.code is ProblemCode.NOT_FOUND


case = creates()
pages()
writes(case)
is_refused()
