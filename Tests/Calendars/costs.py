"""Says how long the service takes for a due in business time, at several distances, alone and with its words."""

import json
import subprocess
import sys

HOURS = [["09:00", "12:00"], ["13:00", "17:30"]]
CALENDAR = {
    "time_zone": "Europe/Berlin", "weekly": {day: HOURS for day in ["mon", "tue", "wed", "thu", "fri"]},
    "special_days": [{"date": f"{2026 + number // 12}-{number % 12 + 1:02}-{number * 7 % 28 + 1:02}", "name": "Holiday"}
                     for number in range(132)],
}
# 2026-04-02T16:30:00+02:00
START = 1_775_140_200_000
SPANS = ["PT4H", "PT40H", "PT170H", "PT1900H", "PT19000H", "P1D", "P5D", "P20D", "P250D", "P2500D", "P2DT4H"]


def main():
    service = subprocess.Popen([sys.argv[1]], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(question):
        service.stdin.write(question + "\n")
        service.stdin.flush()
        return service.stdout.readline().strip()

    ask(f"calendar 1 {json.dumps(CALENDAR)}")
    print("a calendar with a holiday a month: microseconds for a due, and with its words")
    for span in SPANS:
        due, words, _ = ask(f"bench 1 {START} after {span}").split()
        print(f"{span:>9}  {int(due) / 1000:8.1f}  {int(words) / 1000:8.1f}")
    service.stdin.close()


if __name__ == "__main__":
    main()
