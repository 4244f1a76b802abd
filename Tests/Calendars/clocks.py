"""Holds the clocks of regimes to a brute force that knows the contract alone (docs/regimes.md), on the calendars of dues.py."""

import argparse
import calendar as gregorian
import datetime
import json
import random
import subprocess
import sys

import dues

UNITS = {"hours": 2000, "days": 200, "weeks": 40, "months": 10, "business_days": 90}
ANCHORS = ["received", "stage_requested", "stage_opened", "kept:acknowledge"]


def later(date, months):
    """The same day of a later month, or its last one."""
    year, month = divmod(date.year * 12 + date.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(date.day, gregorian.monthrange(year, month + 1)[1]))


class Clock:
    """What a regime says of a clock."""

    def __init__(self, generator):
        def length(most):
            unit = generator.choice(list(UNITS))
            return generator.randrange(1, max(3, UNITS[unit] // most)), unit

        self.anchor = generator.choice(ANCHORS)
        self.length = length(generator.choice([1, 10, 40]))
        self.until = "-" if self.length[1] == "hours" else generator.choice(["end_of_day", "same_time", "close"])
        self.closed = generator.choice(["same", "next"])
        self.more = (*length(20), generator.choice(["anchor", "due"])) if generator.random() < 0.5 else None

    def text(self):
        more = " ".join(map(str, self.more)) if self.more else ""
        return f"{self.anchor} {self.length[0]} {self.length[1]} {self.until} {self.closed} {more}".rstrip()


class Beyond(Exception):
    """Further than the dates that are looked at."""


class Reckoner:
    """Counts on a calendar of dues.py from an instant on."""

    def __init__(self, calendar, clock, start):
        self.calendar, self.clock, self.start = calendar, clock, start
        self.day = calendar.date(start)[0]
        is_moved = clock.closed == "next" and clock.anchor in ("received", "stage_requested") and clock.length[1] != "hours"
        if is_moved and not calendar.open[self.day]:
            self.day = self.nth(self.day, 1)

    def nth(self, date, count):
        date = self.calendar.nth(date, count)
        if date is None:
            raise Beyond
        return date

    def end(self, length, instant, date):
        count, unit = length
        if unit == "hours":
            end = instant + count * 3600
            return end, self.calendar.date(end)[0]
        if unit == "business_days":
            date = self.nth(date, count)
        elif unit == "months":
            date = later(date, count)
        else:
            date += dues.DAY * count * (7 if unit == "weeks" else 1)
        if date not in self.calendar.open:
            raise Beyond
        return self.at(date), date

    def at(self, date):
        zone = self.calendar.version(date).zone
        end = dues.edge(zone, datetime.datetime.combine(date, datetime.time()) + dues.DAY, 1)
        if self.clock.until == "same_time":
            clock = dues.shown(self.calendar.date(self.start)[1].zone, self.start).time()
            return dues.edge(zone, datetime.datetime.combine(date, clock), 0)
        if self.clock.until == "close" and self.calendar.open[date]:
            return self.calendar.at(date, "close", self.start)
        return end

    def answer(self):
        due, date = self.end(self.clock.length, self.start, self.day)
        latest = "-"
        if self.clock.more:
            count, unit, start = self.clock.more
            if start == "anchor":
                latest = max(due, self.end((count, unit), self.start, self.day)[0])
            else:
                latest = self.end((count, unit), due, date)[0]
            latest *= 1000
        return f"{due * 1000} {latest}"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("answers", help="the program that answers")
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--each", type=int, default=100, help="questions for each calendar")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    generator = random.Random(arguments.seed)
    maker = dues.Maker(generator)
    service = subprocess.Popen([arguments.answers], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(lines):
        service.stdin.write("\n".join(lines) + "\n")
        service.stdin.flush()
        return [service.stdout.readline().strip() for _ in lines]

    asked = beyond = number = 0
    differences = []
    while asked < arguments.cases and len(differences) <= 20:
        number += 1
        bodies, first = maker.calendar()
        for answer in ask([f"calendar {number} {json.dumps(body)}" for body in bodies]):
            if answer != "ok":
                sys.exit(f"a calendar was not taken: {answer}: {bodies}")
        calendar = dues.Calendar(bodies, first)
        questions = [(maker.question(first)[0], Clock(generator)) for _ in range(arguments.each)]
        lines = [f"clock {number} {start * 1000} {clock.text()}" for start, clock in questions]
        for line, (start, clock), answer in zip(lines, questions, ask(lines)):
            asked += 1
            try:
                expected = Reckoner(calendar, clock, start).answer()
            except Beyond:
                beyond += 1
                continue
            if answer != expected:
                differences.append(f"{line}: {answer}, and by force {expected}: {json.dumps(bodies)}")
    service.stdin.close()
    print(f"{asked} clocks on {number} calendars, {beyond} beyond what is looked at, {len(differences)} differences"
          f" (seed {arguments.seed})")
    print("\n".join(differences[:10]))
    if differences or beyond * 3 > asked:
        sys.exit(1)


if __name__ == "__main__":
    main()
