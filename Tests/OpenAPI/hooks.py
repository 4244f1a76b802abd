"""What schemathesis is told of a desk."""

import re

import schemathesis

# The longest text whose length may be counted by its pattern.
LONGEST_COUNTED = 10_000

# How many cases, and promises, there are at least before it begins.
SEEDED = 40

# The highest epoch that may be told of.
HIGHEST_EPOCH = 1_000_000

# The ids of the tokens that it comes with.
OWN_TOKENS = ("1", "2")

# Codes of refusals for which the request as such is well formed, whatever its fields: the key was used for another body,
# the tag is another.
STATE = {"idempotency_key_reused", "stale"}

# Items of `errors` that no schema can say: which field, and what may be wrong with it.
MEANING = [
    # What time it is, and when things happened.
    (r".*(_at|/at|as_of)", {"in_the_past", "in_the_future", "before_made_at"}),
    # The policy's max_span, and what the others are to it.
    (r".*/(due_at|due_in|(acknowledge|update|remedy|follow_up)_in(_business)?|update_every|warn_ahead|max_span|(warn_at|ladder)/\d+)", {"out_of_range"}),
    # No time at all is none in business time either.
    (r"#/\w+_in_business", {"invalid_value"}),
    # A regime that there is, and that held then; a stage of it.
    (r".*/(regime|stage)", {"invalid_value", "out_of_range", "required"}),
    # One holds where the other can't be counted.
    (r".*/follow_up_in(_business)?", {"conflicting_fields"}),
    # What a calendar has, if there is one: open dates, hours that are far enough, a time beside whole days.
    (r".*/(due_in_business|due_on)", {"out_of_range", "in_the_past", "invalid_value", "calendar_missing"}),
    (r".*/at", {"conflicting_fields"}),
    # Hours in order, each date once, teams of one calendar; and a file that is none.
    (r"#/weekly/\w+|#/special_days/\d+/(hours|date)|#/teams/\d+", {"conflicting_fields"}),
    (r"#", {"invalid_value", "too_long", "out_of_range"}),
    # A promise to the customer does not move without a word to them.
    (r".*/customer_notified", {"required"}),
    # A keep recorded late needs evidence.
    (r".*/evidence", {"required"}),
    # What is on record: a customer's id, a customer's key without which there has to be a name, promises of the case.
    (r"#/customer/id", {"invalid_value"}),
    (r"#/customer/name", {"required"}),
    (r".*/(promise_id|keeps)", {"invalid_value", "conflicting_fields"}),
    # And entries of its log: concessions, threats and disputes.
    (r".*/(concession|of)", {"invalid_value"}),
    # Who is known and takes on anything new, and who handles the case already; a name that is nobody's.
    (r".*/(owner|supervisor|name)", {"inactive_owner", "unknown_owner", "invalid_value"}),
    # Another case on record, another customer, and a handover to be undone.
    (r"#/(case_id|into|only)", {"invalid_value"}),
    # The rules of the policies of the severities stay; what a rule is to stand before, and whether there is room; regimes that
    # there are.
    (r"#/(position|active|before|match/[a-z]+(/\d+)?)", {"read_only_field", "invalid_value", "out_of_range"}),
    # What the system knows of zones and languages.
    (r".*/(time_zone|language)", {"invalid_value"}),
    # What a customer on record is called.
    (r".*/customer/.*", {"conflicting_fields"}),
    # One value beside another: an estimate in order, and a customer's promise, which is made to us.
    (r".*/estimate/to", {"conflicting_fields"}),
    (r".*/to", {"conflicting_fields", "invalid_value", "inactive_owner", "unknown_owner"}),
    # Hours in order, and teams and days that are in a calendar once.
    (r"#/(weekly|special_days|teams)(/.*)?", {"conflicting_fields", "invalid_value"}),
    # What a regime is as a whole: dates in order, a calendar that there is, names once, clocks that are due and make something.
    (r"#/(valid_until|calendar)", {"conflicting_fields", "invalid_value"}),
    (
        r"#/stages/\d+/(name|clocks/\d+/(name|anchor|count|until|every|makes|instead_of|extension/count))",
        {"conflicting_fields", "invalid_value", "out_of_range", "required"},
    ),
    # An absence ends after it began, and not before today; whom to turn to is known, and somebody else.
    (r"#/until", {"in_the_past", "invalid_value"}),
    (r"#/stand_in", {"unknown_owner", "inactive_owner", "invalid_value"}),
    # What takes the place of another promise at a later date, and how the customer was told.
    (r".*/(next_step|customer_notified)", {"required"}),
    (r".*/customer_notified/outcome", {"invalid_value"}),
    (r"to|until|due_before|resolved_before|as_of", {"invalid_parameter"}),
    # How long a length of time is.
    (r"unheard_for", {"out_of_range"}),
    # How far the events have come.
    (r"after|Last-Event-ID", {"out_of_range"}),
    # A token's end: in good time, and one of two.
    (r"#/(expires_at|expires_in)", {"out_of_range", "conflicting_fields"}),
    # What is for a spreadsheet alone, and that for CSV alone.
    (r"for|separator|tz", {"invalid_parameter"}),
    # What the system knows of time zones, and words or a telephone number among other characters.
    (r"tz|q|customer", {"invalid_parameter"}),
    # What there is of the thing that is answered; a period beside a range.
    (r"fields", {"unknown_field", "invalid_parameter"}),
    (r"period", {"conflicting_fields"}),
    # Python sends Latin-1 where the service takes UTF-8.
    (r"Casekeeper-Actor", {"invalid_value"}),
    # Names that were never given, without allow_unknown.
    (r"owner|accountable|actor|team|category|regime|case_id|customer_id", {"unknown_value"}),
    # The same of tags, and commas without one beside them.
    (r"tag", {"unknown_value", "invalid_parameter"}),
]


def schemas(node):
    """Whatever may be a schema in a description."""
    if isinstance(node, dict):
        yield node
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from schemas(child)


@schemathesis.hook
def before_load_schema(context, raw_schema):
    """The bound of a text is put into its pattern, and one that counts to 65,536 is a longer expression than there may be:
    each schema with it takes seconds, and of what is in it nothing is tried. A pattern that is one group is left as it is."""
    for schema in schemas(raw_schema):
        pattern, limit = schema.get("pattern"), schema.get("maxLength")
        if isinstance(pattern, str) and isinstance(limit, int) and limit > LONGEST_COUNTED:
            schema["pattern"] = f"^({pattern.removeprefix('^').removesuffix('$')})$"


@schemathesis.serializer("text/calendar")
def calendar(context, value):
    """An iCalendar file is sent as it is."""
    return value.encode("utf-8", "surrogatepass") if isinstance(value, str) else str(value).encode()


def is_positive(case):
    return case.meta is not None and case.meta.generation.mode.is_positive


def texts(value):
    """Every string in a body."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from texts(item)


@schemathesis.hook
def filter_case(context, case):
    """White space at the ends of a line is taken away before its length counts, which no schema can say: a text that is
    too long with it may be taken. Sequences are positive but for a few, and end early where requests are dropped."""
    is_sequence = case.meta is None or case.meta.phase.name.value == "stateful"
    return is_sequence or is_positive(case) or all(text == text.strip() for text in texts(case.body))


@schemathesis.hook
def before_call(context, case, kwargs):
    """What the schemas let through should find something: ids that there are, and no contradictions. Nobody revokes the
    token that they come with, and nobody waits for what does not come."""
    path = case.path_parameters or {}
    for name in ("id", "seq"):
        if is_positive(case) and isinstance(path.get(name), int) and path[name] > SEEDED * 2:
            path[name] = path[name] % SEEDED + 1
    if case.operation.path.endswith("/revoke") and str(path.get("id")) in OWN_TOKENS:
        path["id"] = 3
    # One that is higher than the record's own would stop the service for all that comes after.
    if case.operation.path == "/v1/log/epoch" and isinstance(case.body, dict):
        epoch = case.body.get("epoch")
        if isinstance(epoch, (int, float)) and 1 < epoch <= HIGHEST_EPOCH:
            case.body["epoch"] = 1
    if not is_positive(case):
        return
    # Tags at random match nothing, and all that comes after them would hardly be reached: one in four stays.
    headers = case.headers or {}
    if len(headers.get("If-Match", "")) % 4:
        headers["If-Match"] = "*"
    # A random name may be somebody's; this one never leads anywhere (RFC 2606).
    if "/webhooks" in case.operation.path and isinstance(case.body, dict) and "url" in case.body:
        case.body["url"] = "https://hooks.invalid/"
    # A calendar by a random name is none.
    if "/regimes/" in case.operation.path and isinstance(case.body, dict):
        case.body["calendar"] = "england-and-wales"
    query = case.query or {}
    # What was null in the answer before is no value of a parameter.
    for name in [name for name, value in query.items() if value in (None, "None")]:
        query.pop(name)
    # Only the service makes them; links follow those that it made.
    query.pop("cursor", None)
    if "wait" in query:
        query["wait"] = 0
    if "owner" in query:
        query.pop("unowned", None)


# What an offset puts before the year 1, or past 9999, which no pattern says of instants.
EDGE = re.compile(r"(0001-01-01|9999-12-31)[Tt]")


def sent(case, item):
    """What a request has where an item of `errors` points to."""
    if "parameter" in item:
        return (case.query or {}).get(item["parameter"])
    value = case.body
    for step in item["pointer"].removeprefix("#").split("/")[1:]:
        step = step.replace("~1", "/").replace("~0", "~")
        if isinstance(value, list) and step.isdigit() and int(step) < len(value):
            value = value[int(step)]
        else:
            value = value.get(step) if isinstance(value, dict) else None
    return value


def is_about_meaning(problem, case):
    if problem.get("code") in STATE:
        return True
    items = problem.get("errors", [])
    return bool(items) and all(
        item["code"] == "invalid_instant" and EDGE.match(str(sent(case, item)))
        or any(
            item["code"] in codes and re.fullmatch(place, item.get("pointer") or item.get("parameter"))
            for place, codes in MEANING
        )
        for item in items
    )


@schemathesis.check
def refused_for_its_meaning_only(ctx, response, case):
    """What the schemas let through is refused only for what no schema can say."""
    if not is_positive(case) or response.status_code not in (400, 412, 422):
        return
    if not is_about_meaning(response.json(), case):
        raise AssertionError(f"What the schemas let through was refused: {response.text}")
