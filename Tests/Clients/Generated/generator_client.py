"""What a program does with the Python client that openapi-generator makes of the description.

    generator_client.py FOLDER_OF_THE_PACKAGE http://127.0.0.1:8080 TOKEN
"""

import sys

sys.path.insert(0, sys.argv[1])

import openapi_client as api

settings = api.Configuration(host=sys.argv[2], access_token=sys.argv[3])
with api.ApiClient(settings) as client:
    cases = api.CasesApi(client)
    for number in range(3):
        case = cases.create_case(api.CaseRequest(
            complaint=f"The kettle leaks. Again! ({number})", severity=api.Severity.HIGH,
            customer=api.CustomerReference(api.AddedCustomer(name="Ann Lee")),
            promise=api.PromiseRequest(what="Call back", due_in="PT4H")))
        assert case.severity is api.Severity.HIGH and case.promises[0].state is api.PromiseState.OPEN

    page = cases.list_cases(limit=2)
    rest = cases.list_cases(limit=2, cursor=page.next)
    assert [case.id for case in page.items + rest.items] == [3, 2, 1] and rest.next is None

    mood = api.LogEntryRequest(api.MoodEntryRequest(kind="mood", mood=api.Mood.ANGRY))
    entry = cases.write_log(1, mood, if_match="*").actual_instance
    assert isinstance(entry, api.MoodEntry) and entry.mood is api.Mood.ANGRY

    try:
        cases.add_promise(1, api.FurtherPromise(what="Call"), if_match="*")
    except api.exceptions.UnprocessableEntityException as refusal:
        assert refusal.data.code is api.ProblemCode.VALIDATION_FAILED
        assert refusal.data.errors[0].actual_instance.pointer == "#/due_at"
    else:
        raise AssertionError("a promise without a due was made")
    try:
        cases.get_case(4711)
    except api.exceptions.NotFoundException as refusal:
        assert isinstance(refusal.data, api.Problem) and refusal.data.code is api.ProblemCode.NOT_FOUND
    else:
        raise AssertionError("a case was found that there is not")
