#!/usr/bin/env bash
# A day of a desk by curl and jq, in a folder that is empty: what somebody does who has only a shell.
#
#     desk_day.sh http://127.0.0.1:8080 TOKEN
set -euo pipefail
base=$1
auth="Authorization: Bearer $2"

# ask STATUS [curl's arguments...]: leaves the body in `body` and the header fields in `head`, in lower case.
ask() {
    local expected=$1 status
    shift
    status=$(curl -sS -H "$auth" -D raw -o body -w '%{http_code}' "$@")
    tr -d '\r' < raw | sed -E 's/^([A-Za-z-]+):/\L\1:/' > head
    [ "$status" = "$expected" ] || fail "$status instead of $expected: $*"
}

fail() {
    echo "$1" >&2
    cat head body >&2
    exit 1
}

# holds FILTER: the body, as jq sees it.
holds() {
    jq -e "$1" body > /dev/null || fail "does not hold: $1"
}

# is FILTER VALUE
is() {
    [ "$(jq -r "$1" body)" = "$2" ] || fail "$1 is not $2"
}

field() {
    sed -n "s/^$1: //p" head
}

# says NAME VALUE: the header field.
says() {
    [ "$(field "$1")" = "$2" ] || fail "$1 is not $2"
}

told='"customer_notified": {"channel": "phone", "outcome": "reached"}'

# Morning: a call, sent twice, and an old letter.
call='{"complaint": "The kettle leaks. Again!", "customer": {"name": "Ann Lee", "phone": "+1 555 0100"}, "owner": "kim"}'
ask 201 -H 'Idempotency-Key: "call-1"' --json "$call" "$base/v1/cases"
case=$(jq .id body)
first=$(jq .promises[0].id body)
says location "/v1/cases/$case"
cp body made
ask 201 -H 'Idempotency-Key: "call-1"' --json "$call" "$base/v1/cases"
says idempotency-replayed true
cmp -s body made || fail "a replay is not what was answered first"
ask 422 -H 'Idempotency-Key: "call-1"' --json '{}' "$base/v1/cases"
is .code idempotency_key_reused
ask 201 --json '{"complaint": "No answer since May.", "customer": {"name": "Bo Ek", "phone": "+46 8 123 45"},
    "channel": "letter", "received_at": "2024-06-03T10:00:00+02:00", "external_id": "letter-1", "owner": "kim"}' "$base/v1/cases"
holds .overdue
ask 409 --json '{"complaint": "x", "customer": {"name": "y"}, "external_id": "letter-1"}' "$base/v1/cases"
is .code duplicate_external_id

# What a typing error comes to: read in a terminal, a line a member, and the prompt below it.
ask 422 --json '{"complaint": " "}' "$base/v1/cases"
[ "$(head -c 2 body)" = "{" ] && [ "$(tail -c 2 body)" = "}" ] && grep -q '^  "detail": ".*: errors lists what would be right' body ||
    fail "the error does not read well"
ask 400 "$base/v1/promises?state=overdu"
is '.errors[0].parameter' state
ask 404 "$base/v1/cases/9999999"
ask 405 -X DELETE "$base/v1/cases/$case"
says allow 'GET, HEAD, OPTIONS, PATCH'
ask 406 -H 'Accept: image/png' "$base/v1/cases"
ask 415 -d 'complaint=x' "$base/v1/cases"
auth='Authorization: Bearer ck_wrong' ask 401 "$base/v1/cases"
says www-authenticate Bearer

# The call back is kept with what comes next, and that is moved in time.
ask 409 --json '{}' "$base/v1/promises/$first/keep"
is .code timeline_required
ask 200 --json '{"next_promise": {"kind": "remedy", "what": "Send a new kettle", "due_in": "P3D"}}' "$base/v1/promises/$first/keep"
is .promise.state kept
remedy=$(jq .next_promise.id body)
ask 201 --json "{\"due_in\": \"P5D\", \"reason\": \"None in stock\", \"next_step\": \"Kim calls\", $told}" "$base/v1/promises/$remedy/renegotiate"
is .slips 1
remedy=$(jq .id body)
says location "/v1/promises/$remedy"

# What is overdue, with whom to call; it can be recovered only.
ask 200 "$base/v1/promises?state=overdue&owner=kim"
is '.items[0].case.customer.phone' '+46 8 123 45'
late=$(jq '.items[0].id' body)
before=$(jq .total body)
ask 409 --json "{\"due_in\": \"P1D\", \"reason\": \"r\", \"next_step\": \"n\", $told}" "$base/v1/promises/$late/renegotiate"
is .code promise_broken
ask 201 --json "{\"due_in\": \"P1D\", \"reason\": \"r\", \"next_step\": \"n\", $told}" "$base/v1/promises/$late/recover"
ask 200 "$base/v1/promises?state=overdue&owner=kim"
is .total $((before - 1))

# Who has it already gets no body, in whatever coding; who edits what has changed since, nothing.
for coding in '' 'Accept-Encoding: gzip'; do
    ask 200 ${coding:+-H "$coding"} "$base/v1/cases/$case"
    tag=$(field etag)
    [ -z "$coding" ] || { says content-encoding gzip && gunzip < body | jq -e ".id == $case" > /dev/null; } ||
        fail "it is no gzip"
    ask 304 ${coding:+-H "$coding"} -H "If-None-Match: $tag" "$base/v1/cases/$case"
    ask 200 -X PATCH --json '{"subject": "Kettle '"$coding"'"}' -H "If-Match: $tag" "$base/v1/cases/$case"
    ask 412 -X PATCH --json '{"subject": "Mine"}' -H "If-Match: $tag" "$base/v1/cases/$case"
    is .code stale
done

# A hundred at once, and once only; then page by page, and whole as CSV and as gzip.
jq -n '{items: [range(100) | {complaint: "No. \(.)", customer: {name: "C\(.)"}, external_id: "row-\(.)"}]}' > bulk.json
ask 200 --json @bulk.json "$base/v1/cases/bulk"
is .created 100
ask 207 --json @bulk.json "$base/v1/cases/bulk"
is .created 0
next="/v1/cases?limit=30&sort=opened_at"
: > seen
while [ -n "$next" ]; do
    ask 200 "$base$next"
    jq '.items[].id' body >> seen
    next=$(sed -nE 's/^link: <(.*)>; rel="next"$/\1/p' head)
done
total=$(jq .total body)
[ "$(sort -nu seen | wc -l)" = "$total" ] && [ "$(wc -l < seen)" = "$total" ] || fail "not every case was seen once"
ask 200 -H 'Accept: text/csv' "$base/v1/cases?sort=opened_at"
cut -d, -f1 body | tail -n +2 | tr -d '\r' | cmp -s - seen || fail "the CSV is another list"
cp body plain.csv
says vary 'Accept-Encoding, Accept'
ask 200 --compressed "$base/v1/cases?sort=opened_at&format=csv"
says content-encoding gzip
cmp -s body plain.csv || fail "what curl unpacked is another list"
ask 200 --compressed --head "$base/v1/cases?limit=500"
says content-encoding gzip
ask 200 "$base/v1/cases?limit=1&pretty=true"
grep -q '^  "items": \[$' body || fail "it is not laid out"

# Evening: resolved, closed, opened again, and counted.
ask 409 --json '{}' "$base/v1/cases/$case/close"
is .code case_not_resolved
ask 200 --json "{\"summary\": \"New kettle\", \"customer_accepted\": true,
    \"settle\": [{\"promise_id\": $remedy, \"action\": \"keep\", \"evidence\": \"Parcel 7431\"}]}" "$base/v1/cases/$case/resolve"
is .status resolved
ask 200 --json '{}' "$base/v1/cases/$case/close"
is .status closed
ask 200 --json '{"reason": "It leaks as well"}' "$base/v1/cases/$case/reopen"
is .status open
ask 200 "$base/v1/cases?silent=true"
is .total 0
ask 200 "$base/v1/reports/promises?from=2024-01-01T00:00:00Z&to=2100-01-01T00:00:00Z"
holds '.groups[] | select(.key == "kim") | .kept == 1 and .instant == 1 and .broken == 1'
# Kim never accepted what the desk gave out: it counts for the desk.
holds '.groups[] | select(.key == "desk") | .kept == 1 and .renegotiated == 1'
echo "a day of the desk is over"
