"""Follows /v1/events by the EventSource of Debian's Chromium, which takes the stream up again by itself when it has lost it: prints
how often it was connected, and the ids of the first COUNT events.

    python3 event_source.py http://127.0.0.1:8080 COUNT
"""

import sys

from playwright.sync_api import sync_playwright

FOLLOW = """() => {
    window.connected = 0
    window.ids = []
    const source = new EventSource("/v1/events")
    source.onopen = () => { window.connected += 1 }
    source.onmessage = message => {
        const event = JSON.parse(message.data)
        if (message.lastEventId !== String(event.id)) throw new Error(message.lastEventId)
        window.ids.push(event.id)
    }
}"""

base, count = sys.argv[1], int(sys.argv[2])
with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path="/usr/bin/chromium")
    page = browser.new_page()
    # Any page of the service's will do: the stream is for its own origin alone.
    page.goto(f"{base}/healthz")
    page.evaluate(FOLLOW)
    page.wait_for_function(f"() => window.ids.length >= {count}", timeout=120_000)
    print(page.evaluate("window.connected"), *page.evaluate("window.ids"))
    browser.close()
