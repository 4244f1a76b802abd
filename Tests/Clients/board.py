"""The board in a browser: what nobody sees by looking at HTML.

    board.py CHECK http://127.0.0.1:8080 "ADMIN MANAGER AGENT" "/board /board/cases/{id} …" '{"case": 6, …}' [FOLDER]
    board.py --list

The tokens are of an admin, a manager and an agent. The patterns are those of the board's registry, so that a page which is added
is looked at too; what is made by board_desk.py says what their braces can be. CHECK is one of those that --list names, or `screenshots`.
"""

import datetime
import json
import os
import re
import sys
import urllib.parse
import zoneinfo

from playwright.sync_api import expect

from board_browser import Faults, Reader, chromium
from board_desk import Desk, days_ago

# What is looked at: a telephone, a tablet, a desk.
FITTING = (320, 768, 1280)
WIDTHS = {"phone": 360, "tablet": 820, "desk": 1360}
# What a page shows more of when it is asked for it.
QUERIES = {
    "/board": [f"?as_of={datetime.date.today().isoformat()}&owner=Kim"], "/board/search": ["?q=kettle"],
    "/board/reports": ["?group_by=team&owner=Kim&period=last_month"], "/board/promises": ["?state=open,overdue&unowned=true"],
}


class Board:
    """What is to be looked at, and by whom."""

    def __init__(self, browser, base, tokens, patterns, made):
        self.browser = browser
        self.base = base
        self.admin, self.manager, self.agent = tokens.split()
        self.patterns = patterns.split()
        assert "/board" in self.patterns, patterns
        self.made = json.loads(made)
        self.api = Desk(base, self.admin)
        self.shared = {}

    def customers_pages(self):
        """The paths of customers' pages, with the case that each is of; their links are made once."""
        for id in (self.made["case"], self.made["nasty"][0]):
            if id not in self.shared.values():
                self.shared[self.api.post(f"/v1/cases/{id}/share", {})["url"]] = id
        return self.shared

    def reader(self, **settings):
        return Reader(self.browser, self.base, **settings)

    def paths(self):
        """Each page of the registry, as often as it has something else to show; a pattern that nobody can fill in fails."""
        paths = []
        for pattern in self.patterns:
            braces = re.findall("{([a-z_]+)}", pattern)
            if not braces:
                paths += [pattern] + [pattern + query for query in QUERIES.get(pattern, [])]
                continue
            assert len(braces) == 1 or pattern.startswith("/board/assets"), f"{pattern}: what can its braces be?"
            paths += [pattern.replace("{" + braces[0] + "}", value) for value in self.values(pattern, braces[0])]
        return paths

    def values(self, pattern, brace):
        made = self.made
        if pattern.startswith(("/board/assets", "/board/answers")):
            return []
        if pattern.startswith("/board/cases"):
            return [str(id) for id in [made["case"], made["overdue"][4], made["regime"], *made["nasty"][:3]]]
        if pattern.startswith("/board/promises"):
            return [str(self.api.get(f"/v1/cases/{made['overdue'][0]}")["promises"][0]["id"])]
        if pattern.startswith("/board/owners"):
            return ["Kim", "Lou"]
        if pattern.startswith("/board/customers"):
            cases = [made["case"], made["nasty"][0]]
            return [str(self.api.get(f"/v1/cases/{id}")["customer"]["id"]) for id in cases]
        if pattern.startswith("/board/reports"):
            return ["promises"]
        if pattern.startswith("/c/"):
            return [path.removeprefix("/c/") for path in self.customers_pages()]
        raise AssertionError(f"{pattern}: what can {brace} be?")

    def pages(self, reader):
        """Those that are HTML, opened one after the other."""
        for path in self.paths():
            # What is to be saved, or never ends, is no page.
            answer = self.api.session.get(self.base + path, stream=True, allow_redirects=False, headers={"Accept": "text/html"})
            answer.close()
            if answer.headers.get("Content-Type", "text/html").startswith("text/html") and not path.startswith("/board/events"):
                if path.startswith("/board/reports/") or path.endswith(".csv") or path == "/":
                    continue
                reader.goto(path)
                yield path


def pages(board):
    """Each page: axe, the policy, other origins, in both themes; that nothing is cut at any width, nor on paper."""
    seen = []
    reader = board.reader(color_scheme="light")
    reader.log_in(board.admin)
    for path in board.pages(reader):
        reader.axe()
        for width in FITTING:
            reader.fits(width)
        reader.fits_paper()
        # The other theme has the same elements, and other colours: a style sheet's matter, so the page stays.
        light = reader.background()
        reader.page.emulate_media(color_scheme="dark")
        assert reader.background() != light, f"{path} has one theme"
        reader.axe("color-contrast")
        reader.page.emulate_media(color_scheme="light")
        seen.append(path)
    reader.check()
    assert len(set(seen)) >= 5, seen


def paper(board):
    """The morning's list on one sheet: 25 overdue, with their numbers and whom to call; nothing to press, and nothing of the queue."""
    words = "The parcel of Monday has not come, and nobody calls."
    for number in range(25):
        board.api.open(
            f"Morning {number} Berg", words, ("Kim", "Lou")[number % 2], channel="letter", team="Morning", subject=words,
            severity=("normal", "high", "critical")[number % 3], received_at=days_ago(4 + number))
    reader = board.reader()
    reader.log_in(board.manager, "Mo")
    reader.goto("/board?team=Morning")
    page = reader.page
    for width in FITTING:
        reader.fits(width)
    reader.fits_paper()
    assert page.get_by_role("region", name="Overdue", exact=True).get_by_role("row").count() == 26
    assert reader.sheets() == 1, reader.sheets()
    page.emulate_media(media="print")
    for shown in (page.locator(".figures"), page.locator("#overdue"), page.get_by_text("Team: Morning"), page.locator("a.tel").first):
        expect(shown).to_be_visible()
    for hidden in (page.locator("nav"), page.locator("form").first, page.locator("#queue"), page.locator("#load"), page.locator("#unheard")):
        expect(hidden).to_be_hidden()
    # A case with its story has two sheets: its log stands in two columns.
    reader.goto(f"/board/cases/{board.made['case']}")
    reader.fits_paper()
    assert reader.sheets() <= 2, reader.sheets()
    # What is left out on paper has no sheet of its own either: reports have few.
    page.emulate_media(media="screen")
    reader.goto("/board/reports")
    assert reader.sheets() <= 5, reader.sheets()
    reader.check()


def scrolled(board):
    """What is long is scrolled through in its own place, by keyboard: a table beside its chart, whose headings and total stay in sight,
    and a complaint, so that what is to be done is not far below it. On paper all of it is there."""
    # The page moves at once, so that places are compared of a page that stands still.
    reader = board.reader(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    reader.log_in(board.manager, "Mo")
    page = reader.page

    def through(region, most):
        name = region.get_attribute("aria-label")
        assert region.bounding_box()["height"] <= most, name
        region.focus()
        page.keyboard.press("End")
        page.wait_for_function("one => one.scrollTop > 0 && one.scrollTop + one.clientHeight >= one.scrollHeight - 1", arg=region.element_handle())

    def printed(regions):
        page.emulate_media(media="print")
        for region in regions:
            assert region.evaluate("one => one.scrollHeight <= one.clientHeight + 1"), region.get_attribute("aria-label")
        page.emulate_media(media="screen")

    reader.goto("/board/reports?period=this_year")
    tables = page.locator(".figures-table.long").all()
    assert len(tables) >= 2, "the desk has more than ten weeks, and days"
    for table in tables:
        through(table, 400)
        frame = table.bounding_box()
        for seen in (table.locator("thead th").first, table.locator("tbody tr").last.locator("th")):
            box = seen.bounding_box()
            assert box["y"] >= frame["y"] - 1 and box["y"] + box["height"] <= frame["y"] + frame["height"] + 1, (box, frame)
    printed(tables)

    reader.goto(f"/board/cases/{board.made['overdue'][2]}")
    page.set_viewport_size({"width": 320, "height": 640})
    complaint = page.get_by_role("region", name="All that was said", exact=True)
    through(complaint, 400)
    reader.axe()
    printed([complaint])
    reader.goto(f"/board/cases/{board.made['overdue'][0]}")
    expect(complaint).to_have_count(0)
    reader.check()


def screenshots(board, folder):
    """Each page at three widths, light and dark by turns, and on sheets of A4. A customer's is called by its case: who has its address
    is let in."""
    def place(path):
        case = board.customers_pages().get(path)
        name = path if case is None else f"customers-page-of-case-{case}"
        return os.path.join(folder, re.sub("[^a-z0-9]+", "-", name.lower()[:40]).strip("-"))

    for name, width in WIDTHS.items():
        for theme in ("light", "dark"):
            reader = board.reader(color_scheme=theme, viewport={"width": width, "height": 900})
            reader.log_in(board.admin)
            for path in board.pages(reader):
                reader.page.screenshot(path=f"{place(path)}-{name}-{theme}.png", full_page=True)
    reader = board.reader()
    reader.log_in(board.admin)
    for path in board.pages(reader):
        reader.page.pdf(path=f"{place(path)}-paper.pdf", format="A4")


def manager(board):
    """A manager's morning, with scripts and without: what is overdue, who carries it, a handover, and whether it gets better."""
    for has_script, ill, well in ((True, "Lou", "Kim"), (False, "Kim", "Lou")):
        reader = board.reader(java_script_enabled=has_script)
        page = reader.page
        reader.goto("/board/reports?period=this_month", status=None)
        assert urllib.parse.urlsplit(page.url).path == "/board/login"
        page.get_by_label("Token").fill("ck_mistyped")
        page.get_by_role("button", name="Log in").click()
        expect(page.get_by_role("alert")).to_be_visible()
        page.get_by_label("Token").fill(board.manager)
        page.get_by_label("Act as").fill("Mo")
        page.get_by_role("button", name="Log in").click()
        page.wait_for_url("**/board/reports?period=this_month")

        page.get_by_role("link", name="Today").click()
        all_overdue = board.api.get("/v1/promises", state="overdue")["total"]
        figure = page.get_by_role("link", name=re.compile("overdue$")).first
        expect(figure).to_contain_text(str(all_overdue))
        page.get_by_text("Narrow down", exact=True).click()
        page.get_by_label("Owner").fill(ill)
        page.get_by_role("button", name="Show", exact=True).click()
        page.wait_for_url(f"**/board?owner={ill}*")
        overdue = page.get_by_role("region", name="Overdue", exact=True)
        of_one = board.api.get("/v1/promises", state="overdue", owner=ill)
        assert overdue.get_by_role("row").count() == 1 + min(of_one["total"], 50), of_one["total"]
        page.get_by_role("link", name="Show all").click()

        reader.goto(f"/board/owners/{ill}")
        page.get_by_label("To whom").fill(ill)
        page.get_by_label("Why it is handed over").fill("Is ill")
        page.get_by_role("button", name="Look at what would go over").click()
        expect(page.get_by_role("alert")).to_be_visible()
        expect(page.get_by_role("button", name="Hand over")).to_have_count(0)
        expect(page.get_by_label("To whom")).to_be_focused()
        page.get_by_label("To whom").fill(well)
        page.get_by_role("button", name="Look at what would go over").click()
        # Nothing goes over before it was looked at.
        expect(page.get_by_text(f"would go from {ill} to {well}")).to_be_visible()
        expect(page.get_by_text(f"{well} carries by now")).to_be_visible()
        if has_script:
            reader.axe()
            for width in FITTING:
                reader.fits(width)
        assert board.api.get("/v1/promises", owner=ill, state="open,overdue")["total"] == of_one["total"] + board.api.get(
            "/v1/promises", owner=ill, state="open")["total"]
        page.get_by_role("button", name="Hand over").click()
        expect(page.get_by_role("status").filter(has_text="Handed over.")).to_be_visible()
        assert board.api.get("/v1/promises", owner=ill, state="open,overdue")["total"] == 0

        page.get_by_role("link", name="Reports").click()
        page.get_by_text("Another range, or narrowed down", exact=True).click()
        page.get_by_label("Period", exact=True).select_option("This year")
        page.get_by_label("Load by", exact=True).select_option("Team")
        page.get_by_role("button", name="Show", exact=True).click()
        expect(page.get_by_role("heading", name="Load by team")).to_be_visible()
        for link in page.get_by_role("link", name=re.compile("^As CSV")).all():
            saved = reader.context.request.get(board.base + link.get_attribute("href"))
            assert saved.status == 200 and saved.headers["content-type"].startswith("text/csv"), link.get_attribute("href")
        kept = page.get_by_role("region", name="Kept, and moved", exact=True)
        report = board.api.get("/v1/reports/promises", group_by="week", period="this_year")
        rate = f"{report['total']['kept_rate'] * 100:.0f} %"
        expect(kept.get_by_role("row", name=re.compile("^Total")).get_by_role("cell").first).to_contain_text(rate)
        expect(kept.get_by_role("img", name="Kept, and moved")).to_be_visible()

        page.get_by_role("button", name="Log out").click()
        page.wait_for_url("**/board/login")
        reader.goto("/board", status=None)
        assert urllib.parse.urlsplit(page.url).path == "/board/login"
        reader.check()


def narrowing(board):
    """Lists narrowed down by their forms, with scripts and without; what was, by the clocks that stand beside its field."""
    for has_script in (True, False):
        reader = board.reader(java_script_enabled=has_script, timezone_id="America/New_York")
        page = reader.page
        reader.log_in(board.manager, "Mo")
        page.get_by_role("link", name="Promises", exact=True).click()
        page.get_by_text("Narrow down", exact=True).click()
        page.get_by_label("State", exact=True).select_option("overdue")
        page.get_by_label("Owner", exact=True).fill("Kim")
        page.get_by_text("By other things", exact=True).click()
        page.get_by_label("Severity", exact=True).select_option("high")
        page.get_by_role("button", name="Show", exact=True).click()
        expect(page.get_by_text("State: overdue, Owner: Kim, Severity: high")).to_be_visible()
        if has_script:
            for path in ("/board?owner=Kim", page.url, "/board/search", "/board/queue", "/board/reports"):
                reader.goto(path)
                for more in page.locator("details").all():
                    if more.get_attribute("open") is None:
                        more.locator("summary").first.click()
                reader.axe()
                for width in FITTING:
                    reader.fits(width)
            reader.goto("/board/promises?state=overdue&owner=Kim&severity=high")
        asked = dict(state="overdue", owner="Kim", severity="high")
        expect(page.get_by_text(f"{board.api.get('/v1/promises', **asked)['total']} in all")).to_be_visible()
        link = page.get_by_role("link", name=re.compile("CSV")).get_attribute("href")
        saved = reader.context.request.get(board.base + link)
        assert saved.status == 200 and saved.headers["content-type"].startswith("text/csv"), saved.status

        page.get_by_text("Narrow down", exact=True).click()
        then = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0) - datetime.timedelta(days=2)
        clocks = page.locator("#f-as_of-hint .zone").inner_text()
        assert clocks == ("America/New_York" if has_script else "UTC"), clocks
        local = then.astimezone(zoneinfo.ZoneInfo(clocks)).strftime("%Y-%m-%dT%H:%M:%S")
        page.get_by_label("As of", exact=True).fill(local)
        page.get_by_role("button", name="Show", exact=True).click()
        note = page.locator("main > .note").first
        expect(note.locator("time")).to_have_attribute("datetime", re.compile("^" + then.strftime("%Y-%m-%dT%H:%M:%S")))
        note.get_by_role("link", name="Back to now").click()
        expect(page.locator("main > .note")).to_have_count(0)
        expect(page.get_by_text("State: overdue, Owner: Kim, Severity: high")).to_be_visible()
        page.get_by_role("link", name="Show all", exact=True).click()
        assert urllib.parse.urlsplit(page.url).query == "", page.url
        reader.check()


def agent(board):
    """An agent's morning, with scripts and without: what is theirs, what they are asked to take on, a search, an absence."""
    for has_script in (True, False):
        reader = board.reader(java_script_enabled=has_script)
        page = reader.page
        reader.log_in(board.agent, "Kim")
        for index in range(4):
            board.api.open(f"Asks {index}", "Please call.", "Kim", promise={"what": f"Call {has_script} {index}", "due_in": "P1D"})
        page.get_by_role("link", name="Mine").click()
        waiting = page.get_by_role("region", name="Waits for your yes")
        before = waiting.get_by_role("listitem").count()
        assert before >= 2, "who is given a promise is asked"
        waiting.get_by_role("button", name="Accept", exact=True).first.click()
        expect(page.get_by_role("status").filter(has_text="Accepted.")).to_be_visible()
        assert waiting.get_by_role("listitem").count() == before - 1
        waiting.get_by_label("Reason").first.fill("Ann knows them.")
        waiting.get_by_role("button", name="Decline").first.click()
        expect(page.get_by_role("status").filter(has_text="Declined.")).to_be_visible()
        assert waiting.get_by_role("listitem").count() == before - 2
        waiting.get_by_role("button", name="Accept all").click()
        expect(page.get_by_role("status").filter(has_text=f"{before - 2} promises accepted.")).to_be_visible()
        assert waiting.get_by_role("listitem").count() == 0

        page.get_by_role("searchbox", name="Search").fill("kettle leaks ann")
        page.get_by_role("button", name="Search").click()
        expect(page.get_by_role("main").get_by_text("Ann Lee").first).to_be_visible()

        reader.goto("/board/me")
        today = datetime.date.today()
        page.get_by_label("First day away").fill(today.isoformat())
        page.get_by_label("Last day away").fill((today + datetime.timedelta(days=3)).isoformat())
        page.get_by_role("button", name="Write it down").click()
        expect(page.get_by_role("status").filter(has_text="The absence is written down.")).to_be_visible()
        # What the API warns of is shown before it goes on.
        if page.get_by_role("heading", name="Look at it again").count():
            page.get_by_role("link", name="Go on").click()
        expect(page.get_by_text(re.compile("^Away from"))).to_be_visible()
        page.get_by_role("button", name="Is back").click()
        expect(page.get_by_role("status").filter(has_text="Is back.")).to_be_visible()
        # What is for managers is not shown to who may not.
        reader.goto("/board/owners/Lou")
        assert page.get_by_role("button", name="Hand over").count() == 0
        reader.check()


def case(board):
    """A case, with scripts and without: a refused form keeps what was typed and says what is missing; then the promise is kept, and
    what was said is written down."""
    for has_script in (True, False):
        reader = board.reader(java_script_enabled=has_script)
        page = reader.page
        reader.log_in(board.agent, "Kim")
        made = board.api.open(
            f"Jo <b>{has_script}</b>", "The tap drips.", "Kim", promise={"kind": "callback", "what": "Call Jo", "due_in": "PT4H"})
        reader.goto(f"/board/cases/{made['id']}")
        expect(page.get_by_role("heading", level=1)).to_contain_text(f"Jo <b>{has_script}</b>")
        expect(page.get_by_text("The tap drips.").first).to_be_visible()
        page.get_by_role("link", name="Write a note").click()
        page.get_by_label("Text").first.fill('Called, "again" & <i>again</i>.')
        page.get_by_role("button", name=re.compile("note", re.I)).last.click()
        page.wait_for_load_state()
        notes = [entry for entry in board.api.get(f"/v1/cases/{made['id']}/log")["items"] if entry["kind"] == "note"]
        assert [note["text"] for note in notes] == ['Called, "again" & <i>again</i>.'], notes
        expect(page.get_by_text('Called, "again" & <i>again</i>.').first).to_be_visible()

        reader.goto(f"/board/cases/{made['id']}")
        page.get_by_label("Evidence").first.fill("Called at noon")
        page.get_by_role("button", name="Keep", exact=True).first.click()
        expect(page.get_by_role("alert").first).to_be_visible()
        expect(page.get_by_label("Evidence").first).to_have_value("Called at noon")
        page.get_by_role("group", name="Next promise").get_by_label("What is promised").fill("Send a washer")
        page.get_by_role("group", name="Next promise").get_by_label(re.compile("^Due in( \\(|$)")).fill("2 days")
        page.get_by_role("button", name="Keep", exact=True).first.click()
        page.wait_for_url(re.compile(rf"/board/cases/{made['id']}(\?.*)?$"))
        promises = board.api.get(f"/v1/cases/{made['id']}")["promises"]
        assert [(one["what"], one["state"]) for one in promises] == [("Call Jo", "kept"), ("Send a washer", "open")], promises
        reader.check()


def forms(board):
    """Forms of a case: nothing is cut, and axe finds nothing; dates and times are by the clocks that stand beside the field, which are the
    reader's with scripts and the desk's without; what was typed comes back after a login."""
    day = (datetime.date.today() + datetime.timedelta(days=2)).isoformat()
    for has_script, zone, due in ((True, "Asia/Tokyo", "T01:00:00Z"), (False, "UTC", "T10:00:00Z")):
        reader = board.reader(java_script_enabled=has_script, timezone_id="Asia/Tokyo")
        page = reader.page
        reader.log_in(board.agent, "Kim")
        made = board.api.open(
            "Pat Orr", "The tap drips.", "Kim", promise={"kind": "callback", "what": "Call Pat", "due_in": "PT4H"},
            hard_deadline=f"{day}T10:00:00Z")
        case, promise = f"/board/cases/{made['id']}", made["promises"][0]["id"]
        reader.goto(f"{case}?form=edit")
        expect(page.get_by_label("To be settled by")).to_have_value(f"{day}T19:00" if has_script else f"{day}T10:00")
        page.get_by_label("Subject").fill("A tap")
        page.get_by_role("button", name="Change the case").click()
        expect(page.get_by_role("status").filter(has_text="The case is changed.")).to_be_visible()
        changed = board.api.get(f"/v1/cases/{made['id']}")
        assert changed["subject"] == "A tap" and changed["hard_deadline"] == f"{day}T10:00:00Z", changed

        reader.goto(f"{case}?form=renegotiate&promise={promise}")
        expect(page.locator("#field-due_at-hint")).to_contain_text(f"By the clocks of {zone}.")
        page.get_by_label("Due at").fill(f"{day}T10:00")
        page.get_by_label("Reason").fill("No stock")
        page.get_by_role("button", name="New date").click()
        # Refused, it is still by the same clocks.
        expect(page.get_by_role("alert").first).to_be_visible()
        expect(page.locator("#field-due_at-hint")).to_contain_text(f"By the clocks of {zone}.")
        expect(page.get_by_label("Due at")).to_have_value(f"{day}T10:00")
        page.get_by_label("Next step").fill("We call")
        page.get_by_role("group", name="How they were told").get_by_label("Channel").select_option("phone")
        page.get_by_role("group", name="How they were told").get_by_label("Outcome").select_option("reached")
        page.get_by_role("button", name="New date").click()
        page.wait_for_load_state()
        promises = board.api.get(f"/v1/cases/{made['id']}")["promises"]
        assert promises[-1]["due_at"] == day + due, promises

        reader.goto(f"{case}?form=note")
        page.get_by_label("Text").fill("What I typed")
        board.api.end_sessions()
        page.get_by_role("button", name="Write a note").click()
        page.get_by_label("Token").fill(board.agent)
        page.get_by_label("Act as").fill("Kim")
        page.get_by_role("button", name="Log in").click()
        expect(page.get_by_label("Text")).to_have_value("What I typed")
        kinds = [entry["kind"] for entry in board.api.get(f"/v1/cases/{made['id']}/log")["items"]]
        assert "note" not in kinds, kinds
        page.get_by_role("button", name="Write a note").click()
        expect(page.get_by_role("status").filter(has_text="The note is written down.")).to_be_visible()
        reader.check()

        if has_script:
            for form in ("resolve", "edit", "log-threat", f"withdraw&promise={promises[-1]['id']}"):
                reader.goto(f"{case}?form={form}")
                reader.axe()
                for width in FITTING:
                    reader.fits(width)
            reader.goto(case)
            for more in page.locator("details").all():
                more.locator("summary").click()
            reader.axe()
            for width in FITTING:
                reader.fits(width)
            reader.check()


def choices(board):
    """What can be typed is suggested: who is known, their teams, what cases are about. What is typed otherwise is taken all the same."""
    board.api.open("Sue Ek", "The lift is stuck.", "Kim", team="North", category="Lifts & <stairs>")
    for has_script in (True, False):
        reader = board.reader(java_script_enabled=has_script)
        page = reader.page
        reader.log_in(board.agent, "Kim")
        reader.goto("/board/cases/new")
        for label, name in (("Owner", "Kim"), ("Team", "North"), ("Category", "Lifts & <stairs>")):
            field = page.get_by_label(label, exact=True)
            names = page.locator(f"#{field.get_attribute('list')} option")
            assert name in [one.get_attribute("value") for one in names.all()], label
        page.get_by_label("Category", exact=True).fill("Something new")
        page.get_by_label("Name", exact=False).first.fill("Uma Vik")
        page.get_by_label("The complaint, in the customer's words").fill("It hums.")
        page.get_by_role("button", name="Look for duplicates").click()
        expect(page.get_by_label("Category", exact=True)).to_have_value("Something new")
        page.get_by_role("button", name="Open the case").first.click()
        # What the API warns of, such as a name that nobody has had, is shown before it goes on.
        page.get_by_role("link", name="Go on").click()
        page.wait_for_url(re.compile(r"/board/cases/\d+"))
        reader.check()


def focus(board):
    """Who opens a form is in its first field, and who is refused is in the first that is wrong, with scripts and without; a login that
    brings a form back is not sent again by a reload."""
    for has_script in (True, False):
        reader = board.reader(java_script_enabled=has_script)
        page = reader.page
        reader.log_in(board.agent, "Kim")
        made = board.api.open(
            "Vic Ash", "The gate squeaks.", "Kim", promise={"kind": "callback", "what": "Call Vic", "due_in": "PT4H"})
        case = f"/board/cases/{made['id']}"
        reader.goto(case)
        page.get_by_role("link", name=re.compile("^New date")).first.click()
        expect(page.get_by_label("Due at")).to_be_focused()
        page.get_by_label(re.compile("^Due in( \\(|$)")).fill("2 days")
        page.get_by_label("Reason").fill("No stock")
        page.get_by_role("button", name="New date").click()
        expect(page.get_by_label("Next step").first).to_be_focused()
        # A step of guidance that is not the first has its form, too.
        reader.goto(case)
        page.locator("#guidance ~ ul a.action").first.click()
        expect(page.locator("#form")).to_be_visible()
        expect(page.locator("#form :focus")).to_have_count(1)

        reader.goto(f"{case}?form=note")
        page.get_by_label("Text").fill("Kept over a login")
        board.api.end_sessions()
        page.get_by_role("button", name="Write a note").click()
        page.get_by_label("Token").fill(board.agent)
        page.get_by_label("Act as").fill("Kim")
        page.get_by_role("button", name="Log in").click()
        page.wait_for_url("**/board/kept")
        answer = page.reload()
        assert answer.request.method == "GET" and answer.status == 200, answer.request.method
        expect(page.get_by_label("Text")).to_have_value("Kept over a login")
        page.get_by_role("button", name="Write a note").click()
        expect(page.get_by_role("status").filter(has_text="The note is written down.")).to_be_visible()
        reader.check()


def keyboard(board):
    """Without a mouse: every control is come to by Tab, in the order of the page, is seen to have the focus, and does its thing."""
    reader = board.reader(viewport={"width": 1000, "height": 700})
    page = reader.page
    reader.goto("/board/login")
    expect(page.get_by_label("Token")).to_be_focused()
    page.keyboard.type(board.manager)
    page.keyboard.press("Tab")
    page.keyboard.type("Mo")
    page.keyboard.press("Enter")
    page.wait_for_url("**/board")
    for path in board.pages(reader):
        expected = page.evaluate("""() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
            .filter(one => one.type !== "hidden" && !one.disabled && one.checkVisibility({visibilityProperty: true})).length""")
        # From the top, wherever the page has put the focus.
        page.evaluate("() => { document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex') }")
        reached, last = 0, -1
        # A date has several parts.
        for _ in range(4 * expected):
            page.keyboard.press("Tab")
            one = page.evaluate("""() => {
                const one = document.activeElement
                const style = getComputedStyle(one)
                const all = [...document.querySelectorAll("*")]
                return {place: all.indexOf(one), body: one === document.body, html: one.outerHTML.slice(0, 120),
                    seen: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0}
            }""")
            # Behind the last one is the browser's own, or the first.
            if one["body"] or reached == expected and one["place"] != last:
                break
            if one["place"] == last:
                continue
            if not one["seen"]:
                reader.faults.append(f"{path}: the focus is not seen on {one['html']}")
            if one["place"] < last:
                reader.faults.append(f"{path}: the focus jumps back to {one['html']}")
            last = one["place"]
            reached += 1
        if reached != expected:
            reader.faults.append(f"{path}: Tab comes to {reached} of {expected}")
    reader.goto("/board")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content", "the first link skips to the content"
    reader.check()


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
    expect(line).to_contain_text("new case")
    expect(line).to_contain_text("Hal Ott, Kim")
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


def links(board):
    """From another site's page, with scripts and without: whoever is logged in comes to what the link says, and whoever is not comes
    to it by way of the login, whatever stands in its address."""
    origin = "http://elsewhere.example"
    targets = [
        "/board", "/board?owner=Kim&team=North", "/board/search?q=a//b", "/board/search?q=https://elsewhere.example//x",
        f"/board/cases/{board.made['case']}?form=note"]
    body = "".join(f'<p><a href="{board.base}{target}">{index}</a></p>'.replace("&", "&amp;") for index, target in enumerate(targets))
    for has_script in (True, False):
        reader = board.reader(java_script_enabled=has_script)
        page = reader.page
        page.route(f"{origin}/**", lambda route: route.fulfill(content_type="text/html", body=f"<!doctype html><title>x</title>{body}"))
        for is_known in (False, True):
            for index, target in enumerate(targets):
                page.goto(origin + "/")
                page.get_by_role("link", name=str(index), exact=True).click()
                if not is_known:
                    page.wait_for_url("**/board/login?next=*")
                    page.get_by_label("Token").fill(board.manager)
                    page.get_by_role("button", name="Log in").click()
                page.wait_for_url(board.base + target)
                expect(page.get_by_role("heading", level=1)).to_be_visible()
                if not is_known:
                    page.get_by_role("button", name="Log out").click()
                    page.wait_for_url("**/board/login*")
            if not is_known:
                reader.log_in(board.manager)
        # The other site is the test's own.
        reader.faults = [fault for fault in reader.faults if f"asked for {origin}/" not in fault]
        reader.check()


def count(line):
    return int(re.match(r"\s*(\d+)", line.text_content())[1])


def times(board):
    """Dates and times in the form of the reader's own locale, by their clocks, with the instant in the title; without scripts by the
    desk's clocks. Either is said once on a page."""
    forms = {
        ("de-DE", "Europe/Berlin"): (r"\d\d\.\d\d\.\d{4}", r", \d\d:\d\d"),
        ("en-US", "America/New_York"): (r"[A-Z][a-z]{2} \d{1,2}, \d{4}", r", \d{1,2}:\d\d\s[AP]M"),
        ("ja-JP", "Asia/Tokyo"): (r"\d{4}/\d\d/\d\d", r" \d{1,2}:\d\d"),
        None: (r"\d{4}-\d\d-\d\d", r" \d\d:\d\d"),
    }
    shared = board.api.post(f"/v1/cases/{board.made['case']}/share", {})["url"]
    for place, (day, clock) in forms.items():
        settings = {"locale": place[0], "timezone_id": place[1]} if place else {"java_script_enabled": False}
        reader = board.reader(**settings)
        reader.log_in(board.manager, "Mo")
        for path in ("/board", "/board/reports", "/board/owners/Kim", f"/board/cases/{board.made['case']}", shared):
            reader.goto(path)
            found = reader.page.locator("main time").evaluate_all("""all => all
                .filter(one => one.checkVisibility({visibilityProperty: true}) && one.getClientRects().length)
                .map(one => [one.innerText, one.getAttribute("datetime"), one.getAttribute("title")])""")
            assert found, path
            for text, instant, title in found:
                assert re.fullmatch(f"{day}({clock})?", text), f"{path}: {text}"
                assert title == instant and re.fullmatch(r"\d{4}-\d\d-\d\d(T[0-9:.]+Z)?", title), f"{path}: {title}"
            zone = reader.page.locator("#zone")
            assert zone.count() == 1 and zone.inner_text() == (place[1] if place else "UTC"), path
        reader.check()


# Each is a test of its own.
def back(board):
    """Whoever goes back from what they did, or through it, comes to pages and to no form that would be sent again, with scripts and
    without; the login has the focus; what was typed and not sent is asked about."""
    for has_script in (True, False):
        reader = board.reader(java_script_enabled=has_script)
        page = reader.page
        reader.goto("/board/login")
        expect(page.get_by_label("Token")).to_be_focused()
        reader.log_in(board.manager, "Mia")
        made = board.api.open("Back Ek", "It rattles.", "Kim", promise={"what": "Call Back", "due_in": "P1D"})

        def goes_back(times):
            for _ in range(times):
                answer = page.go_back()
                assert answer is None or (answer.status == 200 and answer.request.method == "GET"), page.url
                expect(page.get_by_role("heading", level=1)).to_be_visible()

        reader.goto("/board/cases/new")
        page.get_by_label("Name", exact=False).first.fill("Bea Back")
        page.get_by_label("The complaint, in the customer's words").fill("It hums.")
        page.get_by_role("button", name="Look for duplicates").click()
        page.get_by_role("button", name="Open the case").first.click()
        if page.get_by_role("link", name="Go on").count():
            page.get_by_role("link", name="Go on").click()
        page.wait_for_url(re.compile(r"/board/cases/\d+"))
        goes_back(3)
        # A name that nobody has had is warned of, on a page of its own.
        reader.goto(f"/board/cases/{made['id']}?form=share")
        page.get_by_role("button", name="Make a link for the customer").click()
        expect(page.get_by_role("main").locator("code")).to_contain_text("/c/")
        if has_script:
            expect(page.get_by_role("main").locator("code")).to_contain_text(board.base.split("//")[0])
            expect(page.get_by_role("button", name="Copy the address")).to_be_visible()
        page.get_by_role("link", name="Go on").click()
        goes_back(2)
        reader.goto(f"/board/cases/{made['id']}")
        assert "Back Ek" in page.title(), page.title()
        if has_script:
            asked = []
            page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
            reader.goto(f"/board/cases/{made['id']}?form=note")
            page.locator("textarea[name=text]").last.type("Typed")
            reader.goto("/board")
            assert asked == ["beforeunload"], asked
        reader.check()


# Words that are broken within, though they are short.
BROKEN = """() => {
    const faults = []
    for (const one of document.querySelectorAll("main time, main button, main .action, main .tag, main .tel")) {
        const walker = document.createTreeWalker(one, NodeFilter.SHOW_TEXT)
        while (walker.nextNode()) {
            for (const word of walker.currentNode.data.matchAll(/[^\\s-]{2,20}/g)) {
                const range = document.createRange()
                range.setStart(walker.currentNode, word.index)
                range.setEnd(walker.currentNode, word.index + word[0].length)
                const tops = new Set(Array.from(range.getClientRects(), (rect) => Math.round(rect.top)))
                if (tops.size > 1) faults.push(`${word[0]} is broken in ${one.outerHTML.slice(0, 160)}`)
            }
        }
    }
    return faults
}"""


def words(board):
    """Dates, buttons and other words of ours are broken nowhere within, at any width, in the longest form of a date, beside the longest
    word that somebody wrote; and a list shows no more of a long text than its beginning."""
    long = "Donaudampfschifffahrtsgesellschaft" * 4
    made = board.api.open(long, long, "Kim", promise={"what": long * 20, "due_in": "P3D"})
    board.api.post(f"/v1/promises/{board.api.get('/v1/cases/' + str(made['id']))['promises'][0]['id']}/reassign", {"owner": "Lou", "reason": "x"})
    reader = board.reader(locale="de-DE")
    reader.log_in(board.manager, "Mia")
    for path in ("/board", "/board/promises", "/board/queue", "/board/owners/Lou", f"/board/cases/{made['id']}"):
        reader.goto(path)
        for width in (320, 768, 820, 1024, 1280):
            reader.page.set_viewport_size({"width": width, "height": 800})
            for fault in reader.page.evaluate(BROKEN):
                reader.faults.append(f"{path} at {width} pixels: {fault}")
            tallest = max([0] + reader.page.evaluate("Array.from(document.querySelectorAll('.list tbody tr'), (row) => row.offsetHeight)"))
            if tallest > 900:
                reader.faults.append(f"{path} at {width} pixels: a line of {tallest} pixels")
    reader.check()


CHECKS = {
    check.__name__: check
    for check in [
        pages, paper, scrolled, times, manager, narrowing, agent, case, forms, choices, focus, keyboard, live, links, back, words,
    ]
}


def main():
    if sys.argv[1:] == ["--list"]:
        print("\n".join(CHECKS))
        return
    name, base, tokens, patterns, made, *more = sys.argv[1:]
    with chromium() as browser:
        try:
            {**CHECKS, "screenshots": screenshots}[name](Board(browser, base, tokens, patterns, made), *more)
        except Faults as faults:
            sys.exit(str(faults))


if __name__ == "__main__":
    main()
