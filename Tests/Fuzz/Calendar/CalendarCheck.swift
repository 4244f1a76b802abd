import Complaints

/// What must hold of the reader of iCalendar files for whatever bytes.
enum CalendarCheck {
    /// The claims that do not hold for these bytes.
    static func violations(_ bytes: [UInt8]) -> [String] {
        violations(of: bytes) + violations(of: framed(bytes))
    }

    /// Whatever the bytes are, as an event of a file: most is found behind what a file has to begin with.
    private static func framed(_ bytes: [UInt8]) -> [UInt8] {
        Array("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:x\r\n".utf8) + bytes
            + Array("\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n".utf8)
    }

    private static func violations(of bytes: [UInt8]) -> [String] {
        do throws(CalendarFeed.Fault) {
            let feed = try CalendarFeed(bytes)
            let lines = bytes.count { $0 == 0x0A } + 1
            return days(feed) + refusals(feed, lines: lines) + rewriting(feed)
        } catch {
            return error.detail.isEmpty ? ["\(error) says nothing"] : []
        }
    }

    /// They are what a calendar takes: named, closed, on dates that there are, each once.
    private static func days(_ feed: CalendarFeed) -> [String] {
        guard feed.days.count <= Limits.specialDays else { return ["\(feed.days.count) days are too many"] }
        var wrong: [String] = []
        for day in feed.days {
            let name = try? TextRule.name.checked(day.name)
            if name.map({ !$0.utf8.elementsEqual(day.name.utf8) }) ?? true { wrong.append("\(day) has no name") }
            if !day.hours.isEmpty { wrong.append("\(day) is open") }
            if !(1...9999).contains(day.date.year) || CivilDate(day.date.iso8601) != day.date {
                wrong.append("\(day) is on no date")
            }
        }
        let (added, known) = feed.sorted(beside: feed.days)
        if !added.isEmpty || known.count != feed.days.count { wrong.append("days are not beside themselves") }
        let dates = feed.days.map { [$0.yearly ? 0 : $0.date.year, $0.date.month, $0.date.day] }
        if Set(dates).count != dates.count { wrong.append("a date is there twice") }
        return wrong
    }

    private static func refusals(_ feed: CalendarFeed, lines: Int) -> [String] {
        feed.refused.filter { !(0...lines).contains($0.line) || $0.reason.isEmpty }.map { "\($0) is told of no line" }
    }

    /// What it has, written as a program writes it, is read as the same days, and nothing is refused.
    private static func rewriting(_ feed: CalendarFeed) -> [String] {
        var text = "BEGIN:VCALENDAR\r\n"
        for day in feed.days {
            let date = day.date.iso8601.replacing("-", with: "")
            text += "BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:\(date)\r\n"
            if day.yearly { text += "RRULE:FREQ=YEARLY\r\n" }
            text += "SUMMARY:\(escaped(day.name))\r\nEND:VEVENT\r\n"
        }
        do throws(CalendarFeed.Fault) {
            let again = try CalendarFeed(Array("\(text)END:VCALENDAR\r\n".utf8))
            let isSame =
                again.days.count == feed.days.count && zip(again.days, feed.days).allSatisfy { $0.isExactly($1) }
            return isSame && again.refused.isEmpty ? [] : ["\(feed.days) is read again as \(again)"]
        } catch {
            return ["\(feed.days), written again, is refused: \(error)"]
        }
    }

    private static func escaped(_ text: String) -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if [UInt8(ascii: "\\"), UInt8(ascii: ";"), UInt8(ascii: ",")].contains(byte) {
                bytes.append(UInt8(ascii: "\\"))
            }
            bytes.append(byte)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
