import Complaints
import Foundation
import Testing

@testable import CaseAPI

/// Everything of a desk that a client can list, as of an instant.
struct ListedRows {
    /// An entry of a log, or a promise, with its case as of that instant.
    struct Row {
        let json: JSONValue
        let file: JSONValue

        var caseID: Int64 { file["id"].integer ?? 0 }
        var recordedAt: String { json["recorded_at"].text ?? "" }

        subscript(name: String) -> JSONValue { json[name] }
    }

    let asOf: String
    let entries: [Row]
    /// The desk's promises to customers.
    let promises: [Row]
    /// Every promise, by id.
    let promiseByID: [Int64: JSONValue]
    /// For whom a promise counted that was kept in time, late or broken, at its due instant, or as of this instant when it is
    /// due later.
    private(set) var accountableAtDue: [Int64: String] = [:]

    init(_ desk: TestDesk, asOf: String) throws {
        func all(_ path: String) throws -> [JSONValue] {
            let page = try desk.client.get("\(path)limit=500&as_of=\(asOf)")
            try #require(page["next"] == .null, "\(path) has more than a page")
            return page["items"].items
        }
        self.asOf = asOf
        let files = try all("/v1/cases?sort=opened_at&")
        let byID = Dictionary(uniqueKeysWithValues: files.map { ($0["id"].integer ?? 0, $0) })
        var entries: [Row] = []
        for file in files {
            let id = file["id"].integer ?? 0
            entries += try all("/v1/cases/\(id)/log?").map { Row(json: $0, file: byID[id] ?? .null) }
        }
        self.entries = entries.sorted { ($0.recordedAt, $0.caseID) < ($1.recordedAt, $1.caseID) }
        let promises = try all("/v1/promises?by=any&to=any&")
        promiseByID = Dictionary(uniqueKeysWithValues: promises.map { ($0["id"].integer ?? 0, $0) })
        self.promises = promises.filter { $0["by"].text == "desk" && $0["to"].text == "customer" }
            .map { Row(json: $0, file: byID[$0["case_id"].integer ?? 0] ?? .null) }
        for promise in self.promises where Self.wasBroken(promise.json) || Self.wasKeptInTime(promise.json) {
            let (made, due) = (promise["made_at"].text ?? "", promise["due_at"].text ?? "")
            let id = promise["id"].integer ?? 0
            let then = try desk.client.get("/v1/promises/\(id)?as_of=\(max(made, min(due, asOf)))")
            accountableAtDue[id] = then["accountable"].text
        }
    }

    /// The entries of a kind in a half-open range.
    func entries(_ kind: LogKind, from: String, to: String) -> [Row] {
        entries.filter { $0["kind"].text == kind.rawValue && $0.recordedAt >= from && $0.recordedAt < to }
    }

    /// The promises that are due in a half-open range.
    func promises(from: String, to: String) -> [Row] {
        promises.filter { ($0["due_at"].text ?? "") >= from && ($0["due_at"].text ?? "") < to }
    }

    /// Whether a promise was late or broken at some time.
    static func wasBroken(_ promise: JSONValue) -> Bool {
        ["overdue", "kept_late", "broken"].contains(promise["state"].text)
    }

    /// Whether a promise was kept in time, was on record as that by then, and was not made within the same minute.
    static func wasKeptInTime(_ promise: JSONValue) -> Bool {
        guard promise["state"].text == "kept", promise["backdated"].flag == false,
            let made = promise["made_at"].text.flatMap({ try? Instant(rfc3339: $0) }),
            let kept = promise["kept_at"].text.flatMap({ try? Instant(rfc3339: $0) })
        else { return false }
        return (kept - made).milliseconds > 60_000
    }
}

extension ListedRows.Row {
    /// What a grouping by the case or by time has as its key, in the plainest way.
    func key(_ grouping: String) -> String? {
        switch grouping {
        case "day": String(recordedAt.prefix(10))
        case "month": String(recordedAt.prefix(7))
        case "week": week
        default: file[grouping].text
        }
    }

    private var week: String? {
        var calendar = Calendar(identifier: .iso8601)
        calendar.timeZone = .gmt
        guard let instant = try? Instant(rfc3339: recordedAt) else { return nil }
        let parts = calendar.dateComponents(
            [.weekOfYear, .yearForWeekOfYear], from: Date(timeIntervalSince1970: Double(instant.milliseconds) / 1000))
        return String(format: "%04d-W%02d", parts.yearForWeekOfYear ?? 0, parts.weekOfYear ?? 0)
    }
}
