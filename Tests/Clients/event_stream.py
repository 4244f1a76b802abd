"""Follows /v1/events by PyPI's httpx-sse, and loses it after every third event: prints the ids of the first COUNT.

    python3 event_stream.py http://127.0.0.1:8080 COUNT
"""

import json
import sys

import httpx
import httpx_sse

base, count = sys.argv[1], int(sys.argv[2])
last = None
ids = []
with httpx.Client(base_url=base, timeout=60) as client:
    while len(ids) < count:
        headers = {} if last is None else {"Last-Event-ID": last}
        with httpx_sse.connect_sse(client, "GET", "/v1/events", headers=headers) as source:
            for number, event in enumerate(source.iter_sse(), 1):
                told = json.loads(event.data)
                assert event.event == "message" and str(told["id"]) == event.id, event
                ids.append(told["id"])
                last = event.id
                if number == 3 or len(ids) == count:
                    break
print(*ids)
