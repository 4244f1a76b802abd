"""Debian's Chromium at the board, watched: what a page asks for elsewhere, what its policy refuses, and what its scripts complain
of is a fault wherever it happens."""

import contextlib
import re
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

CHROMIUM = "/usr/bin/chromium"
# What a sheet of A4 leaves between the margins that the pages set, in CSS pixels (210 mm less 10 mm on either side).
A4_WIDTH = 718
# From which width on all of a page has room, so that nothing has to be scrolled to sideways, not even a table.
ROOMY = 768
# Everything that axe knows, its best practices among it.
AXE = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": [
    "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}
# A busy machine is slow, and not wrong.
expect.set_options(timeout=90_000)
WATCH = """addEventListener("securitypolicyviolation", event =>
    console.error(`Content-Security-Policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`))"""


# What of a page is cut: each element that is seen is looked at, so that what is added is, too.
CUT = """({mayScroll, isPaper}) => {
    const faults = []
    const told = one => one.outerHTML.replace(/\\s+/g, " ").slice(0, 140)
    const report = (what, one) => faults.length < 12 && faults.push(what + ": " + told(one))
    // What is there for screen readers alone has no room on the page, by a clip.
    const isUnseen = one => getComputedStyle(one).clipPath === "inset(50%)" || one.matches(".skip")
    const seen = one => {
        for (let at = one; at; at = at.parentElement) if (isUnseen(at)) return false
        return one.checkVisibility({visibilityProperty: true})
    }
    const byKeyboard = one => one.tabIndex >= 0 && (one.ariaLabel || one.getAttribute("aria-labelledby")) && one.getAttribute("role")
    const scrolls = style => ["auto", "scroll"].includes(style.overflowX)
    const scroller = one => {
        for (let at = one.parentElement; at; at = at.parentElement) {
            if (at !== document.body && scrolls(getComputedStyle(at)) && at.scrollWidth > at.clientWidth + 1) return at
        }
        return null
    }
    if (document.scrollingElement.scrollWidth > innerWidth) faults.push(`the page is ${document.scrollingElement.scrollWidth} wide`)
    for (const one of document.querySelectorAll("body :not(option)")) {
        if (!seen(one)) continue
        const style = getComputedStyle(one)
        const box = one.getBoundingClientRect()
        if (box.width === 0 && box.height === 0) continue
        // The letters of a picture.
        const svg = one.ownerSVGElement
        if (svg) {
            if (one.tagName !== "text" || svg.ownerSVGElement) continue
            const frame = svg.getBoundingClientRect()
            if (box.right > frame.right + 1 || box.left < frame.left - 1) report("letters stick out of their picture", one)
            for (const other of svg.querySelectorAll("text")) {
                const there = other.getBoundingClientRect()
                if (other === one || !seen(other) || there.width === 0) continue
                const overlap = Math.min(box.right, there.right) - Math.max(box.left, there.left)
                if (Math.abs(box.top - there.top) < 4 && overlap > 1 && box.left <= there.left) report("letters lie over others", one)
            }
            continue
        }
        if (one instanceof SVGElement) continue
        if (!scroller(one) && (box.right > innerWidth + 1 || box.left < -1)) report("sticks out of the page", one)
        // What is edited scrolls by itself.
        if (["INPUT", "TEXTAREA", "SELECT", "OPTION"].includes(one.tagName) || style.display.startsWith("inline") && !one.clientWidth) continue
        const isWide = one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0
        const isHigh = one.scrollHeight > one.clientHeight + 1 && one.clientHeight > 0
        if (isWide && ["hidden", "clip"].includes(style.overflowX)) report("is cut", one)
        if (isWide && scrolls(style) && !mayScroll) report(`has ${one.scrollWidth} in ${one.clientWidth}, to be scrolled to`, one)
        if (isWide && scrolls(style) && !byKeyboard(one)) report("scrolls, but not by keyboard", one)
        if (isWide && style.overflowX === "visible" && ["TD", "TH", "LI", "P", "BUTTON", "H1", "H2", "LABEL"].includes(one.tagName)) report("is wider than its place", one)
        if (isHigh && (["hidden", "clip"].includes(style.overflowY) || isPaper && style.overflowY !== "visible")) report("is cut below", one)
        if (isPaper && (["BUTTON", "INPUT", "NAV"].includes(one.tagName) || one.matches(".live"))) report("is printed", one)
    }
    return faults
}"""


class Faults(AssertionError):
    pass


class Reader:
    """Somebody at the board, in a browser of their own."""

    def __init__(self, browser, base, **settings):
        self.base = base
        self.faults = []
        self.has_script = settings.get("java_script_enabled", True)
        self.context = browser.new_context(base_url=base, **settings)
        self.context.set_default_timeout(90_000)
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

    def axe(self, *rules):
        """What axe finds on the page as it is, by these of its rules, or by all that there are for everybody."""
        found = Axe().run(self.page, options={**AXE, "runOnly": {"type": "rule", "values": rules}} if rules else AXE)
        for violation in found.response["violations"]:
            nodes = "\n    ".join(node["html"][:300] + " " + node["failureSummary"][:400] for node in violation["nodes"][:3])
            self.faults.append(f"{self.page.url}: {violation['id']}: {violation['help']}\n    {nodes}")

    def background(self):
        """The colour of the page."""
        return self.page.evaluate("getComputedStyle(document.documentElement).backgroundColor + getComputedStyle(document.body).backgroundColor")

    def fits(self, width):
        """That nothing of the page is cut, or to be scrolled to sideways with the page, at a width in CSS pixels. What has a scroller
        of its own can be come to by keyboard, and has one on narrow screens alone."""
        size = self.page.viewport_size
        self.page.set_viewport_size({"width": width, "height": 640})
        for fault in self.page.evaluate(CUT, {"mayScroll": width < ROOMY, "isPaper": False}):
            self.faults.append(f"{self.page.url} at {width} pixels: {fault}")
        self.page.set_viewport_size(size)

    def fits_paper(self):
        """The same on A4, where nobody can scroll; and that there is nothing to press."""
        size = self.page.viewport_size
        self.page.emulate_media(media="print")
        self.page.set_viewport_size({"width": A4_WIDTH, "height": 1000})
        for fault in self.page.evaluate(CUT, {"mayScroll": False, "isPaper": True}):
            self.faults.append(f"{self.page.url} on A4: {fault}")
        self.page.set_viewport_size(size)
        self.page.emulate_media(media="screen")

    def sheets(self):
        """How many sheets of A4 the page takes."""
        self.page.emulate_media(media="print")
        # Chromium writes each page as an object of its own, uncompressed.
        sheets = len(re.findall(rb"/Type\s*/Page(?![A-Za-z])", self.page.pdf(format="A4")))
        self.page.emulate_media(media="screen")
        return sheets

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
