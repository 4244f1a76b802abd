"""The board in a browser: what nobody sees by looking at HTML.

    board.py CHECK http://127.0.0.1:8080 "ADMIN MANAGER AGENT" "/board /board/cases/{id} …" '{"case": 6, …}' [FOLDER]

The tokens are of an admin, a manager and an agent. The patterns are those of the board's registry, so that a page which is added
is looked at too; what is made by board_desk.py says what their braces can be. CHECK is one of `CHECKS`.
"""

import json
import os
import re
import sys
import urllib.parse

from playwright.sync_api import expect

from board_browser import Faults, Reader, chromium
from board_desk import Desk

SMALL = {"width": 320, "height": 640}
WIDTHS = {"phone": 360, "tablet": 820, "desk": 1360}


class Board:
    """What is to be looked at, and by whom."""

    def __init__(self, browser, base, tokens, patterns, made):
        self.browser = browser
        self.base = base
        self.admin, self.manager, self.agent = tokens.split()
        self.patterns = patterns.split()
        self.made = json.loads(made)
        self.api = Desk(base, self.admin)

    def reader(self, **settings):
        return Reader(self.browser, self.base, **settings)

    def paths(self):
        """Each page of the registry, as often as it has something else to show; a pattern that nobody can fill in fails."""
        paths = []
        for pattern in self.patterns:
            braces = re.findall("{([a-z_]+)}", pattern)
            if not braces:
                paths.append(pattern)
                continue
            assert len(braces) == 1 or pattern.startswith("/board/assets"), f"{pattern}: what can its braces be?"
            paths += [pattern.replace("{" + braces[0] + "}", value) for value in self.values(pattern, braces[0])]
        return paths

    def values(self, pattern, brace):
        made = self.made
        if pattern.startswith("/board/assets"):
            return []
        if pattern.startswith("/board/cases"):
            return [str(id) for id in [made["case"], made["overdue"][4], made["regime"], *made["nasty"][:3]]]
        if pattern.startswith("/board/promises"):
            return [str(self.api.get(f"/v1/cases/{made['overdue'][0]}")["promises"][0]["id"])]
        if pattern.startswith("/board/owners"):
            return ["Kim", urllib.parse.quote("Agent 1")]
        if pattern.startswith("/board/reports"):
            return ["promises"]
        if pattern.startswith("/c/"):
            return [self.api.post(f"/v1/cases/{id}/share", {})["url"].rsplit("/", 1)[1] for id in (made["case"], made["nasty"][0])]
        raise AssertionError(f"{pattern}: what can {brace} be?")

    def pages(self, reader):
        """Those that are HTML, opened one after the other."""
        for path in self.paths():
            # What is to be saved, or never ends, is no page.
            answer = self.api.session.get(self.base + path, stream=True, allow_redirects=False, headers={"Accept": "text/html"})
            answer.close()
            if answer.headers.get("Content-Type", "text/html").startswith("text/html") and not path.startswith("/board/events"):
                if path.startswith("/board/reports/") or path == "/":
                    continue
                reader.goto(path)
                yield path


def pages(board):
    """Each page: axe, the policy, other origins, 320 pixels; in both themes, and on paper."""
    seen = []
    for theme in ("light", "dark"):
        reader = board.reader(color_scheme=theme)
        reader.log_in(board.admin)
        for path in board.pages(reader):
            reader.axe()
            if theme == "light":
                reader.fits(320)
                on_paper(reader)
            seen.append(path)
        reader.check()
    assert len(set(seen)) >= 5, seen


def on_paper(reader):
    """Nothing to press, and black on white."""
    reader.page.emulate_media(media="print")
    shown = reader.page.evaluate("""() => [...document.querySelectorAll("button, input, nav, .live")]
        .filter(one => one.checkVisibility({visibilityProperty: true}) && one.type !== "hidden").map(one => one.outerHTML.slice(0, 120))""")
    if shown:
        reader.faults.append(f"{reader.page.url} prints {shown[:3]}")
    reader.page.emulate_media(media="screen")


def screenshots(board, folder):
    """Each page at three widths, light and dark by turns, and on paper."""
    for name, width in WIDTHS.items():
        for theme in ("light", "dark"):
            reader = board.reader(color_scheme=theme, viewport={"width": width, "height": 900})
            reader.log_in(board.admin)
            for path in board.pages(reader):
                file = re.sub("[^a-z0-9]+", "-", path.lower()[:40]).strip("-")
                reader.page.screenshot(path=os.path.join(folder, f"{file}-{name}-{theme}.png"), full_page=True)


def live(board):
    """What happens is told in a line over the page, which does not move; after a lost connection too; and not to who has left."""
    reader = board.reader(timezone_id="Asia/Tokyo", locale="en-GB")
    reader.log_in(board.manager, "Mo")
    page = reader.page
    reader.goto("/board/reports")
    page.mouse.wheel(0, 400)
    page.wait_for_function("scrollY > 0")
    before = page.evaluate("[scrollY, document.documentElement.scrollHeight, document.activeElement.tagName]")
    line = page.locator("#live p")
    assert not line.is_visible()
    case = board.api.open("Hal Ott", "The bill is wrong.", "Kim")
    line.wait_for(state="visible")
    expect(line).to_contain_text("case opened")
    expect(page.locator("#live")).to_have_role("status")
    assert page.evaluate("[scrollY, document.documentElement.scrollHeight, document.activeElement.tagName]") == before
    first = count(line)

    reader.context.set_offline(True)
    board.api.log(case, "note", text="While nobody listened.")
    reader.context.set_offline(False)
    page.wait_for_function("n => parseInt(document.querySelector('#live p').textContent) > n", arg=first, timeout=60_000)

    line.get_by_role("link").click()
    page.wait_for_load_state()
    assert not line.is_visible(), "what is on the page is told once more"
    # One who has logged out elsewhere hears nothing more.
    other = reader.context.new_page()
    other.goto("/board")
    other.get_by_role("button", name="Log out").click()
    other.wait_for_url("**/board/login*")
    board.api.log(case, "note", text="Not for who has left.")
    page.wait_for_timeout(2000)
    assert not line.is_visible()
    reader.check()

    plain = board.reader(java_script_enabled=False)
    plain.log_in(board.manager, "Mo")
    plain.goto("/board/reports")
    assert plain.page.locator("section.report").count() >= 5
    assert not plain.page.locator("#live p").is_visible()
    plain.check()


def count(line):
    return int(re.match(r"\s*(\d+)", line.text_content())[1])


CHECKS = {check.__name__: check for check in [pages, live, screenshots]}


def main():
    name, base, tokens, patterns, made, *more = sys.argv[1:]
    with chromium() as browser:
        try:
            CHECKS[name](Board(browser, base, tokens, patterns, made), *more)
        except Faults as faults:
            sys.exit(str(faults))


main()
