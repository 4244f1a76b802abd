import Complaints
import FuzzCost

/// What an iCalendar file costs to read, whatever is in it, is in proportion to its bytes.
enum CostCheck {
    /// As much as libFuzzer makes.
    private static let longest = 1 << 16

    /// The claims that do not hold for these bytes.
    static func violations(_ bytes: [UInt8]) -> [String] {
        let bytes = Array(bytes.prefix(longest))
        guard bytes.count >= Cost.shortest else { return [] }
        let honest = file(of: max(Cost.shortestHonest, bytes.count))
        return Cost.violations(
            "a file of \(bytes.count) bytes", { _ = try? CalendarFeed(bytes) },
            honest: { _ = try? CalendarFeed(honest) })
    }

    private static let begin = "BEGIN:VCALENDAR\n"
    private static let end = "\nEND:VCALENDAR"

    /// Each kind of file that has as much in as few bytes as it can, so long as that.
    static func kinds(of count: Int) -> [(name: String, bytes: [UInt8])] {
        func lines(_ begin: String = "", _ line: (Int) -> String) -> [UInt8] {
            Cost.filled(count, Self.begin + begin, line, separator: "\n", end)
        }
        return [
            ("empty events", lines { _ in "BEGIN:VEVENT\nEND:VEVENT" }), ("beginnings", lines { _ in "BEGIN:VEVENT" }),
            ("nothing but lines", lines("BEGIN:VEVENT\n") { _ in "" }),
            ("lines without a colon", lines("BEGIN:VEVENT\n") { _ in "x" }),
            ("folds", lines("BEGIN:VEVENT\nSUMMARY:x\n") { _ in " " }),
            ("one line", Cost.filled(count, Self.begin + "BEGIN:VEVENT\nSUMMARY:", { _ in "x" }, end)),
            ("parameters", Cost.filled(count, Self.begin + "BEGIN:VEVENT\nSUMMARY", { _ in ";" }, ":x" + end)),
            ("parts of a rule", Cost.filled(count, Self.begin + "BEGIN:VEVENT\nRRULE:", { "\($0)=;" }, end)),
            (
                "events of many days",
                lines { _ in "BEGIN:VEVENT\nSUMMARY:x\nDTSTART:20260101\nDURATION:P45D\nEND:VEVENT" }
            ),
            (
                "events of many years",
                lines { _ in "BEGIN:VEVENT\nSUMMARY:x\nDTSTART:20260101\nRRULE:FREQ=YEARLY;COUNT=100\nEND:VEVENT" }
            ),
        ]
    }

    /// A file of holidays, as programs write it.
    private static func file(of count: Int) -> [UInt8] {
        Cost.filled(
            count, begin,
            { index in
                """
                BEGIN:VEVENT
                UID:\(index)@example
                DTSTAMP:20260101T000000Z
                DTSTART;VALUE=DATE:\(2026 + index / 336)\(10 + index / 28 % 3)\(index % 28 + 1 < 10 ? "0" : "")\(index % 28 + 1)
                SUMMARY:Holiday \(index)
                END:VEVENT
                """
            }, separator: "\n", end)
    }
}
