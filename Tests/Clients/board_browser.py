"""Debian's Chromium at the board, watched: what a page asks for elsewhere, what its policy refuses, and what its scripts complain
of is a fault wherever it happens."""

import contextlib
import re
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

CHROMIUM = "/usr/bin/chromium"
# Everything that axe knows, its best practices among it.
AXE = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": [
    "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}
WATCH = """addEventListener("securitypolicyviolation", event =>
    console.error(`Content-Security-Policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`))"""


class Faults(AssertionError):
    pass


class Reader:
    """Somebody at the board, in a browser of their own."""

    def __init__(self, browser, base, **settings):
        self.base = base
        self.faults = []
        self.has_script = settings.get("java_script_enabled", True)
        self.context = browser.new_context(base_url=base, **settings)
        self.context.set_default_timeout(20_000)
        if self.has_script:
            self.context.add_init_script(WATCH)
        self.context.on("request", self.asked)
        self.page = self.context.new_page()
        self.page.on("console", self.said)
        self.page.on("pageerror", lambda error: self.faults.append(f"{self.page.url}: {error}"))

    def asked(self, request):
        if urlsplit(request.url)[:2] != urlsplit(self.base)[:2] and not request.url.startswith(("about:", "data:")):
            self.faults.append(f"{self.page.url} asked for {request.url}")

    def said(self, message):
        # What was refused with a status is looked at by whoever sends it.
        if message.type in ("error", "warning") and "Failed to load resource" not in message.text:
            self.faults.append(f"{self.page.url}: {message.text}")

    def goto(self, path, status=200):
        answer = self.page.goto(path)
        if status and answer.status != status:
            raise Faults(f"{path}: {answer.status} instead of {status}\n{answer.text()[:3000]}")
        return answer

    def log_in(self, token, name=None):
        self.goto("/board/login")
        self.page.get_by_label("Token").fill(token)
        if name:
            self.page.get_by_label("Act as").fill(name)
        self.page.get_by_role("button", name="Log in").click()
        self.page.wait_for_url(re.compile("/board$"))

    def axe(self):
        """What axe finds on the page as it is."""
        found = Axe().run(self.page, options=AXE)
        for violation in found.response["violations"]:
            nodes = "\n    ".join(node["html"][:300] + " " + node["failureSummary"][:400] for node in violation["nodes"][:3])
            self.faults.append(f"{self.page.url}: {violation['id']}: {violation['help']}\n    {nodes}")

    def fits(self, width):
        """That nothing of the page is to be scrolled to sideways, at a width in CSS pixels."""
        size = self.page.viewport_size
        self.page.set_viewport_size({"width": width, "height": 640})
        scroll = self.page.evaluate("""() => {
            const root = document.scrollingElement
            scrollTo(10000, 0)
            const moved = scrollX
            scrollTo(0, 0)
            const wide = [...document.querySelectorAll("body *")].filter(one => one.getBoundingClientRect().right > innerWidth + 1)
                .filter(one => !one.closest(".scroll")).slice(0, 3).map(one => one.outerHTML.slice(0, 160))
            return {moved, width: root.scrollWidth, wide}
        }""")
        if scroll["moved"] or scroll["width"] > width:
            self.faults.append(f"{self.page.url} is {scroll['width']} pixels wide on {width}: {scroll['wide']}")
        self.page.set_viewport_size(size)

    def check(self):
        if self.faults:
            raise Faults("\n".join(self.faults))


@contextlib.contextmanager
def chromium():
    with sync_playwright() as playwright:
        # Whoever runs tests as root has no sandbox to give.
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()
