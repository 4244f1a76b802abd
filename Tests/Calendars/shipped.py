"""Holds the calendar of England and Wales that comes with the service to PyPI's holidays, and its business days to numpy."""

import argparse
import datetime
import random
import subprocess
import sys
import zoneinfo

import holidays
import numpy

NAME = "england-and-wales"
YEARS = range(2024, 2031)
LONDON = zoneinfo.ZoneInfo("Europe/London")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("answers", help="the program that answers")
    parser.add_argument("--cases", type=int, default=5_000)
    arguments = parser.parse_args()
    service = subprocess.Popen([arguments.answers], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(line):
        service.stdin.write(line + "\n")
        service.stdin.flush()
        return service.stdout.readline().rstrip("\n")

    days = [day.split(" ", 1)[0] for day in ask(f"shipped 1 {NAME}").split("\t")]
    known = holidays.country_holidays("GB", subdiv="ENG", years=YEARS)
    # On a weekend it is closed anyway.
    expected = [date.isoformat() for date in sorted(known) if date.weekday() < 5]
    differences = [f"{date} is in one of both" for date in sorted(set(days) ^ set(expected))]
    if days != sorted(set(days)):
        differences.append("the days are not in order, each once")
    generator = random.Random(1)
    for _ in range(arguments.cases):
        date = datetime.date(2024, 1, 1) + datetime.timedelta(days=generator.randrange(0, 2300))
        count = generator.randrange(1, 60)
        start = datetime.datetime.combine(date, datetime.time(generator.randrange(0, 24), 30), LONDON)
        wanted = numpy.busday_offset(date, count, roll="backward", holidays=expected).astype(object)
        end = datetime.datetime.combine(wanted + datetime.timedelta(days=1), datetime.time(), LONDON)
        line = f"clock 1 {int(start.timestamp()) * 1000} received {count} business_days end_of_day same"
        answer = ask(line)
        if answer != f"{int(end.timestamp()) * 1000} -":
            differences.append(f"{line} from {start}: {answer}, and by numpy {end}")
    service.stdin.close()
    print(f"{len(days)} bank holidays, {arguments.cases} dues, {len(differences)} differences")
    print("\n".join(differences[:10]))
    if differences or len(days) < 50:
        sys.exit(1)


if __name__ == "__main__":
    main()
