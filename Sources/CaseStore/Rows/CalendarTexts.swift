import Complaints
import Foundation

/// The columns of a version of a calendar that are JSON, as any tool reads them: the same version is always the same bytes.
enum CalendarTexts {
    /// `{"mon":[["09:00","12:00"]]}`
    static func weekly(_ weekly: [Weekday: [OpenInterval]]) -> String {
        let days = Weekday.allCases.compactMap { day in
            weekly[day].flatMap { $0.isEmpty ? nil : "\"\(day.rawValue)\":\(hours($0))" }
        }
        return "{\(days.joined(separator: ","))}"
    }

    /// `[{"date":"2026-12-25","name":"Christmas Day","hours":[],"yearly":true}]`
    static func specialDays(_ days: [SpecialDay]) -> String {
        let days = days.map { day in
            "{\"date\":\"\(day.date.iso8601)\",\"name\":\(quoted(day.name)),\"hours\":\(hours(day.hours)),"
                + "\"yearly\":\(day.yearly)}"
        }
        return "[\(days.joined(separator: ","))]"
    }

    /// `["Support"]`
    static func teams(_ teams: [String]) -> String { String(decoding: FactCoding.bytes(teams), as: UTF8.self) }

    /// Reads back the hours of the week.
    static func weekly(_ text: String) throws -> [Weekday: [OpenInterval]] {
        var weekly: [Weekday: [OpenInterval]] = [:]
        for (name, hours) in try decoded([String: [[String]]].self, text) {
            guard let day = Weekday(rawValue: name) else {
                throw StoreError.unreadable("\(name) is no day of the week")
            }
            weekly[day] = try intervals(hours)
        }
        return weekly
    }

    /// Reads back the special days.
    static func specialDays(_ text: String) throws -> [SpecialDay] {
        try decoded([Day].self, text).map { day in
            guard let date = CivilDate(day.date) else { throw StoreError.unreadable("\(day.date) is no date") }
            return SpecialDay(date: date, name: day.name, hours: try intervals(day.hours), yearly: day.yearly)
        }
    }

    /// Reads back the names of teams.
    static func teams(_ text: String) throws -> [String] { try decoded([String].self, text) }

    /// The first date that a version holds on, from its column.
    static func date(_ text: String?) throws -> CivilDate? {
        guard let text else { return nil }
        guard let date = CivilDate(text) else { throw StoreError.unreadable("\(text) is no date") }
        return date
    }

    private struct Day: Decodable {
        let date: String
        let name: String
        let hours: [[String]]
        let yearly: Bool
    }

    private static func hours(_ hours: [OpenInterval]) -> String {
        "[\(hours.map { "[\"\($0.opening)\",\"\($0.closing)\"]" }.joined(separator: ","))]"
    }

    private static func intervals(_ hours: [[String]]) throws -> [OpenInterval] {
        try hours.map { times in
            guard times.count == 2, let interval = OpenInterval(from: times[0], to: times[1]) else {
                throw StoreError.unreadable("\(times) are no hours")
            }
            return interval
        }
    }

    private static func quoted(_ text: String) -> String {
        String(teams([text]).dropFirst().dropLast())
    }

    private static func decoded<Value: Decodable>(_ type: Value.Type, _ text: String) throws -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(text.utf8))
        } catch {
            throw StoreError.unreadable("\(text.prefix(80)) is not what a calendar has")
        }
    }
}
