"""Holds what the service takes a zone's clocks to show to Python's zoneinfo, which reads the same files by itself.

For every zone of the database, from 1970 to 2100: a second before each change and at it, as either of the two has them, and
random times; for some also by the rule of the years up to 2500.
"""

import argparse
import bisect
import datetime
import random
import subprocess
import sys
import zoneinfo

EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
FROM, TO, LATE = (int((datetime.datetime(year, 1, 1, tzinfo=datetime.timezone.utc) - EPOCH).total_seconds())
                  for year in (1970, 2101, 2501))
# Apart by less than any two changes of one zone that do not take each other back at once.
STEP = 5 * 86_400


def offset(zone, time):
    return int(datetime.datetime.fromtimestamp(time, zone).utcoffset().total_seconds())


def changes(zone):
    """Found by looking at the zone's clocks every few days, and by halves in between."""
    found = []
    last, shown = FROM, offset(zone, FROM)
    for time in range(FROM + STEP, TO + STEP, STEP):
        new = offset(zone, time)
        if new != shown:
            low, high = last, time
            while high - low > 1:
                middle = (low + high) // 2
                if offset(zone, middle) == shown:
                    low = middle
                else:
                    high = middle
            found.append(high)
        last, shown = time, new
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("answers", help="the program that answers")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--samples", type=int, default=200, help="random times for each zone")
    arguments = parser.parse_args()
    generator = random.Random(arguments.seed)
    service = subprocess.Popen([arguments.answers], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)

    def ask(question):
        service.stdin.write(question + "\n")
        service.stdin.flush()
        return service.stdout.readline().strip()

    with open("/usr/share/zoneinfo/tzdata.zi") as file:
        lines = [line.split() for line in file]
    names = [words[1] if words[0] == "Z" else words[2] for words in lines if words and words[0] in "ZL"]
    asked, differences = 0, []
    for name in names:
        if name == "Factory":
            continue
        try:
            zone = zoneinfo.ZoneInfo(name)
        except zoneinfo.ZoneInfoNotFoundError:
            # A link whose file is in a package of its own.
            continue
        own = changes(zone)
        theirs = [int(word) for word in ask(f"changes {name} {FROM} {TO}").split()]
        times = [change - late for change in sorted({*own, *theirs}) for late in (1, 0)]
        times += [generator.randrange(FROM, TO) for _ in range(arguments.samples)]
        times += [generator.randrange(TO, LATE) for _ in range(arguments.samples // 4)]
        answers = [int(word) for word in ask(f"offsets {name} {' '.join(map(str, times))}").split()]
        if len(answers) != len(times):
            differences.append(f"{name}: {len(answers)} answers to {len(times)} questions")
        for time, answer in zip(times, answers):
            asked += 1
            if answer != offset(zone, time):
                differences.append(f"{name} at {time}: {answer}, and by zoneinfo {offset(zone, time)}")
        missing = [change for change in own if theirs[bisect.bisect_left(theirs, change):][:1] != [change]]
        if missing:
            differences.append(f"{name} has no change at {missing}")
    service.stdin.close()
    print(f"{len(names)} names, {asked} times asked for, {len(differences)} differences")
    print("\n".join(differences[:20]))
    if differences or len(names) < 400:
        sys.exit(1)


if __name__ == "__main__":
    main()
