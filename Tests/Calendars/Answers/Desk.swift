import CaseAPI
import Complaints
import Foundation

/// The calendars that were told of, and what is asked of them.
struct Desk {
    private var versions: [Int: [BusinessCalendar]] = [:]
    private var tables: [Int: Timetable] = [:]

    mutating func answer(_ line: String) -> String {
        let words = line.split(separator: " ", maxSplits: 2).map(String.init)
        guard words.count == 3 else { return "error: three words or more" }
        switch words[0] {
        case "calendar": return take(words[2], as: Int(words[1]) ?? 0)
        case "shipped": return takeShipped(words[2], as: Int(words[1]) ?? 0)
        case "clock": return clock(words)
        case "due", "words", "bench": return due(words)
        case "offsets": return offsets(words[1], words[2])
        case "holidays": return holidays(words[2])
        case "changes": return changes(words[1], words[2])
        default: return "error: no such question"
        }
    }

    private mutating func take(_ json: String, as number: Int) -> String {
        do {
            let request = try CalendarFile.read(Array(json.utf8))
            guard request.issues.isEmpty else { return "error: \(request.issues)" }
            let version = Int64(versions[number, default: []].count + 1)
            versions[number, default: []].append(request.value.calendar(named: "c\(number)", version: version))
            tables[number] = try Timetable(versions[number] ?? [])
            return "ok"
        } catch {
            return "error: \(error)"
        }
    }

    /// The special days of a calendar that comes with the service, which is asked for by that number from then on.
    private mutating func takeShipped(_ name: String, as number: Int) -> String {
        guard let calendar = ShippedCalendars.all.first(where: { $0.name == name }) else { return "error: no calendar" }
        do {
            tables[number] = try Timetable([calendar])
            return calendar.specialDays.map { "\($0.date.iso8601) \($0.name)" }.joined(separator: "\t")
        } catch {
            return "error: \(error)"
        }
    }

    private func clock(_ words: [String]) -> String {
        let parts = words[2].split(separator: " ").map(String.init)
        guard let table = Int(words[1]).flatMap({ tables[$0] }), parts.count == 6 || parts.count == 9,
            let start = Int64(parts[0]), let anchor = ClockAnchor(parts[1]),
            let length = Self.length(parts[2], parts[3]),
            let closed = Regime.ReceivedClosed(rawValue: parts[5])
        else { return "error: a calendar, a start, an anchor, a count, a unit, a time, and which day 0" }
        var clock = RegimeClock(name: "c", anchor: anchor, length: length, until: ClockTime(rawValue: parts[4]))
        if parts.count == 9, let more = Self.length(parts[6], parts[7]),
            let from = ClockExtension.Start(rawValue: parts[8])
        {
            clock.extension = ClockExtension(more, from: from)
        }
        let regime = Regime(
            name: "r", title: "", authority: "", source: "", calendar: "c", receivedClosed: closed,
            stages: [RegimeStage(name: "s", clocks: [clock])])
        let timetable = RegimeTimetable(regime, calendar: table)
        do {
            let due = try timetable.due(clock, from: Instant(milliseconds: start))
            let latest = try timetable.latest(clock, from: Instant(milliseconds: start))
            return "\(due.instant.milliseconds) \(latest.map { "\($0.milliseconds)" } ?? "-")"
        } catch {
            return "refused \(error.issue("due").code.rawValue)"
        }
    }

    private static func length(_ count: String, _ unit: String) -> ClockLength? {
        guard let count = Int(count), let unit = ClockUnit(rawValue: unit) else { return nil }
        return ClockLength(count, unit)
    }

    private func due(_ words: [String]) -> String {
        let parts = words[2].split(separator: " ").map(String.init)
        guard let table = Int(words[1]).flatMap({ tables[$0] }), parts.count >= 3, let start = Int64(parts[0]) else {
            return "error: a calendar, a start and a due"
        }
        let instant = Instant(milliseconds: start)
        let time = parts.count > 3 ? DueTime(rawValue: parts[3]) : nil
        do {
            let request: BusinessDueRequest
            if parts[1] == "on" {
                guard let date = CivilDate(parts[2]) else { return "error: no date" }
                request = .on(date, at: time)
            } else {
                request = .after(try BusinessSpan(iso8601: parts[2]), at: time)
            }
            if words[0] == "bench" { return try Self.bench(table, request, instant) }
            let due = try table.due(request, from: instant)
            return words[0] == "words" ? "\(due.local) \(due.explained)" : "\(due.instant.milliseconds)"
        } catch let refusal as BusinessDueRefusal {
            return "refused \(refusal.issue("due").code.rawValue)"
        } catch {
            return "error: \(error)"
        }
    }

    /// The due alone, then with its words: the least of many rounds, as others have the processor too.
    private static func bench(_ table: Timetable, _ request: BusinessDueRequest, _ start: Instant) throws -> String {
        let (rounds, batches) = (50, 60)
        let clock = ContinuousClock()
        var length = 0
        func least(_ body: () throws -> Int) throws -> Int64 {
            let times = try (0..<batches).map { _ in
                try clock.measure { for _ in 0..<rounds { length += try body() } }
            }
            return (times.min() ?? .zero).components.attoseconds / 1_000_000_000 / Int64(rounds)
        }
        let due = try least { Int(try table.due(request, from: start).instant.milliseconds & 1) }
        let words = try least { try table.due(request, from: start).explained.utf8.count }
        return "\(due) \(words) \(length)"
    }

    private func holidays(_ path: String) -> String {
        do {
            let feed = try CalendarFeed(Array(FileManager.default.contents(atPath: path) ?? Data()))
            return (["\(feed.refused.count) refused"] + feed.days.map { "\($0.date.iso8601) \($0.name)" }).joined(
                separator: "\t")
        } catch {
            return "error: \(error)"
        }
    }

    private func offsets(_ name: String, _ times: String) -> String {
        guard let zone = ZoneDatabase.system.zone(named: name) else { return "error: no such zone" }
        return times.split(separator: " ").map { time in
            "\(zone.offset(at: Instant(milliseconds: (Int64(time) ?? 0) * 1000)) / 1000)"
        }.joined(separator: " ")
    }

    private func changes(_ name: String, _ bounds: String) -> String {
        let bounds = bounds.split(separator: " ").compactMap { Int64($0) }
        guard let zone = ZoneDatabase.system.zone(named: name), bounds.count == 2 else {
            return "error: a zone, from, to"
        }
        let changes = zone.changes(
            from: Instant(milliseconds: bounds[0] * 1000), to: Instant(milliseconds: bounds[1] * 1000))
        return changes.map { "\($0.milliseconds / 1000)" }.joined(separator: " ")
    }
}
