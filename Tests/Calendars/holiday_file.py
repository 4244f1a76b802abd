"""Lets the service read iCalendar files of holidays as PyPI's package writes them, and holds it to the package's own list."""

import argparse
import pathlib
import subprocess
import sys
import tempfile

import holidays
from holidays.ical import ICalExporter

PLACES = [("DE", "BY"), ("DE", "BE"), ("GB", "ENG"), ("GB", "SCT"), ("IE", None), ("US", "CA"), ("AU", "NSW"), ("JP", None),
          ("BR", "SP"), ("IN", "KA"), ("IL", None), ("SA", None), ("CN", None), ("GR", None), ("NP", None)]
YEARS = range(2024, 2035)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("answers", help="the program that answers")
    arguments = parser.parse_args()
    service = subprocess.Popen([arguments.answers], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    differences, days = [], 0
    with tempfile.TemporaryDirectory() as folder:
        for country, region in PLACES:
            own = holidays.country_holidays(country, subdiv=region, years=YEARS)
            path = pathlib.Path(folder) / f"{country}-{region}.ics"
            ICalExporter(own).save_ics(path)
            service.stdin.write(f"holidays 0 {path}\n")
            service.stdin.flush()
            refused, *answers = service.stdout.readline().rstrip("\n").split("\t")
            expected = {}
            for date in own:
                expected[date.isoformat()] = own.get_list(date)
            found = dict(answer.split(" ", 1) for answer in answers)
            days += len(found)
            if found.keys() != expected.keys():
                differences.append(f"{path.name}: {sorted(found.keys() ^ expected.keys())}")
            wrong = [f"{date} {name}" for date, name in found.items() if name not in expected.get(date, [])
                     and name != "; ".join(expected.get(date, []))]
            # A date that has two names is two events; the second is refused.
            twice = sum(len(names) - 1 for names in expected.values())
            if wrong or int(refused.split()[0]) > twice:
                differences.append(f"{path.name}: {refused}, {wrong}")
    service.stdin.close()
    print(f"{days} holidays of {len(PLACES)} places, {len(differences)} differences")
    print("\n".join(differences))
    if differences or days < 1000:
        sys.exit(1)


if __name__ == "__main__":
    main()
