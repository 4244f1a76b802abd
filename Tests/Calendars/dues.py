"""Holds dues in business time to a brute force that knows the contract alone (docs/calendars.md).

Every calendar is a bitmap of its open minutes with prefix sums, made with Python's zoneinfo and numpy: hours are looked up in
it, days are counted in a list of open dates, and those of calendars with plain weeks by numpy.busday_offset too. Nothing
of how the service reckons is used.
"""

import argparse
import datetime
import json
import random
import subprocess
import sys
import zoneinfo

import numpy

UTC = datetime.timezone.utc
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=UTC)
DAY = datetime.timedelta(days=1)
WEEK = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
# With a year about which something happens to their clocks.
ZONES = [
    ("Australia/Lord_Howe", 2026), ("Asia/Kathmandu", 1986), ("Asia/Kathmandu", 2026), ("Pacific/Apia", 2011),
    ("America/Sao_Paulo", 2018), ("America/Sao_Paulo", 2026), ("Africa/Casablanca", 2026), ("Europe/Dublin", 2026),
    ("Antarctica/Troll", 2026), ("Europe/Berlin", 2026), ("America/New_York", 2027), ("America/St_Johns", 2010),
    ("Asia/Gaza", 2026), ("America/Nuuk", 2026), ("Europe/London", 2096), ("Asia/Tehran", 2022), ("Africa/Cairo", 2026),
    ("Pacific/Kwajalein", 1993), ("America/Havana", 2026), ("Asia/Beirut", 2026), ("America/Havana", 2024),
    ("America/St_Johns", 2008), ("UTC", 2026),
]
DAYS = 460
BEFORE = 5


def seconds(instant):
    return (instant - EPOCH) // datetime.timedelta(seconds=1)


def shown(zone, time):
    """What clocks show at a second since 1970, without a zone."""
    return datetime.datetime.fromtimestamp(time, zone).replace(tzinfo=None)


def edge(zone, local, fold):
    """The second since 1970 at which clocks show that; the first or the second of two; a gap's end for what it swallows."""
    time = seconds(local.replace(tzinfo=zone, fold=fold))
    if shown(zone, time) == local:
        return time
    # In a gap: the last second that shows an earlier time is one before its end.
    low, high = time - 2 * 86_400, time + 2 * 86_400
    while high - low > 1:
        middle = (low + high) // 2
        if shown(zone, middle) < local:
            low = middle
        else:
            high = middle
    return high


def change_after(zone, date):
    """When clocks are changed next, as the second since 1970 and what they showed before; None when not within a year."""
    time = seconds(datetime.datetime.combine(date, datetime.time(), UTC))

    def offset(time):
        return datetime.datetime.fromtimestamp(time, zone).utcoffset()

    for high in range(time + 86_400, time + 366 * 86_400, 86_400):
        if offset(high) != offset(high - 86_400):
            low = high - 86_400
            while high - low > 1:
                middle = (low + high) // 2
                if offset(middle) == offset(low):
                    low = middle
                else:
                    high = middle
            return high, shown(zone, low)
    return None


def minutes(text):
    return int(text[:2]) * 60 + int(text[3:])


class Version:
    """A version of a calendar as it is sent."""

    def __init__(self, body):
        self.body = body
        self.zone = zoneinfo.ZoneInfo(body["time_zone"])
        self.single = {day["date"]: [day] for day in body["special_days"] if not day["yearly"]}
        self.yearly = [day for day in body["special_days"] if day["yearly"]]
        self.start = datetime.date.fromisoformat(body["effective_from"]) if "effective_from" in body else datetime.date.min

    def hours(self, date):
        """As [from, to], of its special day or its day of the week."""
        text = date.isoformat()
        yearly = [day for day in self.yearly if day["date"][5:] == text[5:] and day["date"] <= text]
        for day in self.single.get(text, []) + yearly:
            return day["hours"]
        return self.body["weekly"].get(WEEK[date.weekday()], [])

    def spans(self, date):
        """As pairs of seconds since 1970."""
        midnight = datetime.datetime.combine(date, datetime.time())
        if not self.exists(date):
            return []
        found = []
        for opens, closes in self.hours(date):
            opens, closes = minutes(opens), minutes(closes)
            if closes <= opens:
                closes += 1440
            span = (edge(self.zone, midnight + datetime.timedelta(minutes=opens), 0),
                    edge(self.zone, midnight + datetime.timedelta(minutes=closes), 1))
            if span[0] < span[1]:
                found.append(span)
        return found

    def exists(self, date):
        midnight = datetime.datetime.combine(date, datetime.time())
        return edge(self.zone, midnight, 0) < edge(self.zone, midnight + DAY, 1)

    def date(self, time):
        """The date that clocks show, from then on for good: no clock here goes back by more than three hours."""
        return min(shown(self.zone, time + half * 1800).date() for half in range(7))


class Calendar:
    """The versions of a calendar, with a bitmap of the minutes that it is open in."""

    def __init__(self, bodies, first):
        self.versions = [Version(body) for body in bodies]
        self.first = first
        self.open = {}
        self.origin = seconds(datetime.datetime.combine(first - BEFORE * DAY, datetime.time(), UTC)) // 60
        bitmap = numpy.zeros((DAYS + 2 * BEFORE + 3) * 1440, dtype=bool)
        self.dates = [first + DAY * number for number in range(-BEFORE, DAYS)]
        for date in self.dates:
            version = self.version(date)
            spans = version.spans(date) if version else []
            self.open[date] = spans
            for opens, closes in spans:
                assert opens % 60 == 0 and closes % 60 == 0
                bitmap[max(0, opens // 60 - self.origin):max(0, closes // 60 - self.origin)] = True
        self.bitmap = bitmap
        self.before = numpy.concatenate(([0], numpy.cumsum(bitmap, dtype=numpy.int64))) * 60
        self.open_dates = [date for date in self.dates if self.open[date]]
        self.open_ordinals = numpy.array([date.toordinal() for date in self.open_dates])

    def version(self, date):
        found = None
        for version in self.versions:
            if version.start <= date:
                found = version
        return found

    def date(self, time):
        """By the clocks of the version that is in force then."""
        for number in reversed(range(len(self.versions))):
            version = self.versions[number]
            date = version.date(time)
            if date >= version.start:
                later = [other.start for other in self.versions[number + 1:]]
                return min([date] + [start - DAY for start in later]), version
        raise AssertionError("the first version is in force for ever")

    def after(self, start, length):
        """The earliest second at which that much open time from the start on is used up; None when there is not so much."""
        minute = start // 60 - self.origin
        wanted = self.before[minute] + (start % 60 if self.bitmap[minute] else 0) + length
        place = int(numpy.searchsorted(self.before, wanted, side="left"))
        if place >= len(self.before):
            return None
        return int((self.origin + place - 1) * 60 + (wanted - self.before[place - 1]))

    def nth(self, date, count):
        """The date that is open as that many are after it."""
        place = int(numpy.searchsorted(self.open_ordinals, date.toordinal(), side="right")) + count - 1
        return self.open_dates[place] if place < len(self.open_dates) else None

    def at(self, date, time, start):
        version = self.version(date)
        if not version.exists(date):
            return "refused invalid_value"
        if time == "end_of_day":
            return edge(version.zone, datetime.datetime.combine(date, datetime.time()) + DAY, 1)
        if ":" in time:
            return edge(version.zone, datetime.datetime.combine(date, datetime.time.fromisoformat(time)), 0)
        spans = self.open[date]
        if not spans:
            return "refused invalid_value"
        if time == "close":
            # Nobody closes while a night of a date before goes on.
            nights = [end for days in range(1, 4) for _, end in self.open.get(date - DAY * days, [])]
            return max([spans[-1][1]] + nights)
        clock = shown(self.date(start)[1].zone, start).time()
        wanted = edge(version.zone, datetime.datetime.combine(date, clock), 0)
        for opens, closes in spans:
            if wanted <= closes:
                return max(wanted, opens)
        return spans[-1][1]

    def due(self, start, kind, span, time):
        date = self.date(start)[0]
        if kind == "on":
            due = self.at(datetime.date.fromisoformat(span), time or "close", start)
        else:
            days, length = span
            if not days:
                return "refused conflicting_fields" if time else self.after(start, length)
            if length and time:
                return "refused conflicting_fields"
            date = self.nth(date, days)
            if date is None:
                return None
            if length:
                return self.after(self.at(date, "same_time", start), length)
            due = self.at(date, time or "close", start)
        if isinstance(due, int) and due <= start:
            return "refused in_the_past"
        return due


class Maker:
    """Makes calendars and questions, half of them about a change of clocks."""

    def __init__(self, generator):
        self.generator = generator
        # When clocks are changed, and at which minute of the day.
        self.change = None

    def clock(self, last=1439):
        step = self.generator.choice([1, 15, 30, 60])
        return self.generator.randrange(0, last + 1, step)

    def hours(self):
        kind = self.generator.random()
        if self.change and self.generator.random() < 0.6:
            # One edge or both of them where clocks go, or come again.
            marks = [(self.change[1] + self.generator.randrange(-90, 150, 5)) % 1440 for _ in range(2)]
            if self.generator.random() < 0.5:
                marks[self.generator.randrange(2)] = self.clock()
            return [[self.text(mark) for mark in marks]]
        if kind < 0.5:
            return [["09:00", "12:00"], ["13:00", "17:30"]] if kind < 0.25 else [["08:30", "18:00"]]
        if kind < 0.6:
            return [["00:00", "24:00"]]
        if kind < 0.75:
            return [[self.text(self.clock()), self.text(self.clock())]]
        marks = sorted(self.generator.sample(range(0, 1441, 5), 2 * self.generator.randrange(1, 5)))
        pairs = [[self.text(a), self.text(b)] for a, b in zip(marks[::2], marks[1::2])]
        if pairs[-1][0] != "24:00" and self.generator.random() < 0.3:
            pairs[-1][1] = self.text(self.clock(minutes(pairs[0][0]) if len(pairs) == 1 else 300))
        return [pair for pair in pairs if pair[0] != "24:00"]

    @staticmethod
    def text(minute):
        return f"{minute // 60:02}:{minute % 60:02}"

    def body(self, zone, first, number):
        usual = self.hours()
        weekly = {}
        closed = {"sat", "sun"} if self.generator.random() < 0.7 else set()
        for day in WEEK:
            if day not in closed and self.generator.random() < 0.95:
                weekly[day] = usual if self.generator.random() < 0.7 else self.hours()
        if self.generator.random() < 0.05:
            # Closed but for special days.
            weekly = {}
        special = {}
        for _ in range(self.generator.choice([0, 3, 20, 60])):
            date = first + DAY * self.generator.randrange(-10, DAYS)
            yearly = self.generator.random() < 0.3
            hours = [] if self.generator.random() < 0.6 else self.hours()
            special[date.isoformat()[5:] if yearly else date.isoformat()] = {
                "date": date.isoformat(), "name": "Day", "hours": hours, "yearly": yearly}
        if self.generator.random() < 0.2:
            # Closed for weeks.
            start = first + DAY * self.generator.randrange(0, 200)
            for number in range(self.generator.randrange(7, 40)):
                date = start + DAY * number
                special[date.isoformat()] = {"date": date.isoformat(), "name": "Works", "hours": [], "yearly": False}
        return {"time_zone": zone, "weekly": weekly, "special_days": list(special.values())}

    def calendar(self):
        zone, year = self.generator.choice(ZONES)
        first = datetime.date(year, 1, 1) + DAY * self.generator.randrange(0, 200)
        if zone in ("Pacific/Apia", "Pacific/Kwajalein"):
            # Where a date was left out.
            first = {"Pacific/Apia": datetime.date(2011, 12, 10), "Pacific/Kwajalein": datetime.date(1993, 8, 1)}[zone]
        self.change = None
        if self.generator.random() < 0.6 and (found := change_after(zoneinfo.ZoneInfo(zone), first)):
            self.change = (found[0], found[1].hour * 60 + found[1].minute + 1)
            first = found[1].date() - DAY * self.generator.randrange(2, 30)
        bodies = [self.body(zone, first, 0)]
        for number in range(1, self.generator.choice([1, 1, 1, 2, 3])):
            other = zone if self.generator.random() < 0.7 else self.generator.choice(ZONES)[0]
            body = self.body(other, first, number)
            start = first + DAY * self.generator.randrange(5, 300)
            last = datetime.date.fromisoformat(bodies[-1]["effective_from"]) if number > 1 else first
            body["effective_from"] = max(start, last + DAY).isoformat()
            bodies.append(body)
        return bodies, first

    def question(self, first):
        start = seconds(datetime.datetime.combine(first, datetime.time(12), UTC)) + self.generator.randrange(0, 60 * 86_400)
        if self.change and self.generator.random() < 0.6:
            # So that it comes to pass there.
            start = self.change[0] - self.generator.choice(
                [self.generator.randrange(-7200, 3 * 86_400), self.generator.randrange(-90, 90)])
        if self.generator.random() < 0.3:
            start -= start % 900
        kind = self.generator.random()
        time = self.generator.choice([None, "close", "end_of_day", "same_time", self.text(self.clock())])
        if kind < 0.5:
            most = self.generator.choice([3600, 18_000, 36_000, 100_000, 360_000, 1_000_000, 5_000_000])
            length = self.generator.randrange(1, most)
            if self.generator.random() < 0.5:
                length = max(60, length - length % 900)
            return start, "after", (0, length), time if self.generator.random() < 0.02 else None
        days = self.generator.randrange(1, self.generator.choice([4, 4, 20, 200]))
        if kind < 0.75:
            return start, "after", (days, 0), time
        if kind < 0.85:
            return start, "after", (days, self.generator.randrange(1, 100_000)), time if self.generator.random() < 0.1 else None
        if self.change and self.generator.random() < 0.5:
            date = (EPOCH + datetime.timedelta(seconds=self.change[0])).date() + DAY * self.generator.randrange(-2, 2)
            return min(start, self.change[0] - 3 * 86_400), "on", date.isoformat(), time
        return start, "on", (first + DAY * self.generator.randrange(0, self.generator.choice([40, 70, 300]))).isoformat(), time


def iso(span):
    days, length = span
    text = "P" + (f"{days}D" if days else "")
    return text + (f"T{length}S" if length else "")


def is_plain(bodies):
    """Whether a calendar has a week as the other but for dates without hours, so that numpy knows its business days."""
    if len(bodies) > 1 or any(day["hours"] or day["yearly"] for day in bodies[0]["special_days"]):
        return False
    if any("00:0" <= hours[0] < "04:0" and hours[1] < "04:0" for day in bodies[0]["weekly"].values() for hours in day):
        # These may lie in a gap.
        return False
    return bool(bodies[0]["weekly"]) and bodies[0]["time_zone"] not in ("Pacific/Apia", "Pacific/Kwajalein")


def compare_days(calendar, bodies, start, kind, span, time):
    """Whole days by numpy, on a plain calendar."""
    if kind != "after" or span[1] or not is_plain(bodies):
        return None
    mask = [day in bodies[0]["weekly"] for day in WEEK]
    date = numpy.busday_offset(
        calendar.date(start)[0], span[0], roll="backward", weekmask=mask,
        holidays=[day["date"] for day in bodies[0]["special_days"]]).astype(object)
    return calendar.at(date, time or "close", start)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("answers", help="the program that answers")
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--each", type=int, default=100, help="questions for each calendar")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    generator = random.Random(arguments.seed)
    maker = Maker(generator)
    service = subprocess.Popen([arguments.answers], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(lines):
        service.stdin.write("\n".join(lines) + "\n")
        service.stdin.flush()
        return [service.stdout.readline().strip() for _ in lines]

    asked = refused = beyond = by_numpy = plain = 0
    differences = []
    number = 0
    while asked < arguments.cases:
        number += 1
        bodies, first = maker.calendar()
        for answer in ask([f"calendar {number} {json.dumps(body)}" for body in bodies]):
            if answer != "ok":
                sys.exit(f"a calendar was not taken: {answer}: {bodies}")
        calendar = Calendar(bodies, first)
        plain += is_plain(bodies)
        questions = [maker.question(first) for _ in range(arguments.each)]
        lines = []
        for start, kind, span, time in questions:
            text = span if kind == "on" else iso(span)
            lines.append(f"due {number} {start * 1000} {kind} {text}{' ' + time if time else ''}")
        for line, question, answer in zip(lines, questions, ask(lines)):
            asked += 1
            expected = calendar.due(*question)
            if expected is None:
                # More than the bitmap has; that is for the service alone to say.
                beyond += 1
                continue
            refused += isinstance(expected, str)
            wanted = expected if isinstance(expected, str) else str(expected * 1000)
            if answer != wanted:
                differences.append(f"{line}: {answer}, and by force {wanted}: {json.dumps(bodies)}")
            days = compare_days(calendar, bodies, *question)
            if days is not None:
                by_numpy += 1
                if str(days * 1000) != answer:
                    differences.append(f"{line}: {answer}, and by numpy {days * 1000}: {json.dumps(bodies)}")
        if len(differences) > 20:
            break
    service.stdin.close()
    print(f"{asked} dues of {number} calendars, {refused} refused, {beyond} beyond what is looked at, {by_numpy} by numpy too"
          f" on {plain} plain ones, {len(differences)} differences (seed {arguments.seed})")
    print("\n".join(differences[:10]))
    # A quarter of the questions is about whole days. Among few calendars there may be no plain one.
    is_idle = by_numpy * 10 < plain * arguments.each or number >= 200 and plain * 50 < number
    if differences or beyond * 5 > asked or is_idle:
        sys.exit(1)


if __name__ == "__main__":
    main()
