import CaseStore
import Complaints
import Foundation
import TestSupport
import Testing

@testable import casekeeper

@Suite("casekeeper due")
struct DueCommandTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try Data(
            #"""
            {"time_zone": "Europe/Berlin",
             "weekly": {"mon": [["09:00", "12:00"], ["13:00", "17:30"]], "tue": [["09:00", "12:00"], ["13:00", "17:30"]],
                        "thu": [["09:00", "12:00"], ["13:00", "17:30"]], "fri": [["09:00", "12:00"], ["13:00", "17:30"]]},
             "special_days": [{"date": "2026-04-03", "name": "Good Friday"}, {"date": "2026-04-06", "name": "Easter Monday"}]}
            """#.utf8
        ).write(to: folder.url.appending(path: "desk.json"))
    }

    private func due(_ arguments: String...) throws -> RunResult {
        try Binary.run(
            ["due", "--calendar", "desk.json", "--from", "2026-04-02T16:30:00+02:00"] + arguments, in: folder)
    }

    @Test(
        "says when it is due, there and in UTC, and how that was counted",
        arguments: [
            (
                ["--in", "PT4H"], "2026-04-07T10:00:00Z (2026-04-07T12:00:00+02:00)",
                "Thu 16:30-17:30 1 h; Fri Good Friday; Sat, Sun closed; Mon Easter Monday; Tue 09:00-12:00 3 h (calendar desk, "
            ),
            (
                ["--in", "P1D", "--at", "end_of_day"], "2026-04-07T22:00:00Z (2026-04-08T00:00:00+02:00)",
                "Thu day 0; Fri Good Friday; Sat, Sun closed; Mon Easter Monday; Tue day 1, due at its end, 24:00 (calendar "
            ),
            (
                ["--on", "2026-04-09"], "2026-04-09T15:30:00Z (2026-04-09T17:30:00+02:00)",
                "Thu 2026-04-09, due at its close 17:30 (calendar desk, version 1, Europe/Berlin, tzdata "
            ),
        ])
    func words(arguments: [String], instant: String, words: String) throws {
        let result = try Binary.run(
            ["due", "--calendar", "desk.json", "--from", "2026-04-02T16:30:00+02:00"] + arguments, in: folder)
        let lines = result.output.split(separator: "\n")
        #expect(result.exitCode == 0 && result.errors.isEmpty, "\(result.errors)")
        #expect(lines.count == 2 && lines.first == instant[...] && lines.last?.hasPrefix(words) ?? false, "\(lines)")
        #expect(!FileManager.default.fileExists(atPath: folder.path("casekeeper.db")))
    }

    @Test("writes each step as JSON")
    func json() throws {
        let result = try due("--in", "PT4H", "--json")
        let due = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
        #expect(due["due_at"] as? String == "2026-04-07T10:00:00Z")
        #expect(due["due_local"] as? String == "2026-04-07T12:00:00+02:00")
        #expect((due["due_explained"] as? String)?.hasPrefix("Thu 16:30-17:30 1 h; ") ?? false)
        let steps = try #require(due["steps"] as? [[String: Any]])
        #expect(steps.map { $0["kind"] as? String } == ["open", "closed", "closed", "closed", "open"])
        #expect(steps.map { $0["taken"] as? String } == ["PT1H", "PT0S", "PT0S", "PT0S", "PT3H"])
        #expect(steps[1]["name"] as? String == "Good Friday" && steps[2]["until"] as? String == "2026-04-05")
        let hours = try #require(steps[4]["hours"] as? [[String: String]])
        #expect(hours == [["from": "2026-04-07T09:00:00+02:00", "to": "2026-04-07T12:00:00+02:00"]])
    }

    @Test("takes several versions, each from its date on")
    func versions() throws {
        try Data(
            #"{"time_zone": "Europe/Berlin", "weekly": {"tue": [["10:00", "11:00"]]}, "effective_from": "2026-04-07"}"#
                .utf8
        )
        .write(to: folder.url.appending(path: "summer.json"))
        let result = try due("--calendar", "summer.json", "--in", "PT2H")
        #expect(result.output.hasPrefix("2026-04-07T09:00:00Z (2026-04-07T11:00:00+02:00)\n"), "\(result.output)")
        #expect(result.output.contains("(calendar desk, versions 1, 2, Europe/Berlin, "))
    }

    @Test(
        "says what is wrong, and with which code",
        arguments: [
            ([], 64, "Give either --in or --on."),
            (["--in", "PT4H", "--on", "2026-04-09"], 64, "Give either --in or --on."),
            (["--in", "P1W"], 64, "must not use weeks, months or years"),
            (["--in", "x"], 64, "it must be an ISO 8601 duration"),
            (["--on", "2026-04-31"], 64, "it must be a date, such as 2026-11-23."),
            (["--in", "P1D", "--at", "noon"], 64, "it must be one of close, end_of_day, same_time"),
            (["--in", "PT4H", "--at", "close"], 65, "at must be left out beside hours"),
            (
                ["--on", "2026-04-06"], 65,
                "--on must be an open date for at=close: 2026-04-06 is closed: Easter Monday."
            ),
            (
                ["--on", "2026-04-01"], 65,
                "--on must be an open date for at=close: 2026-04-01 is a Wednesday, which is closed."
            ),
            (["--in", "PT4H", "--calendar", "missing.json"], 66, "cannot open missing.json"),
            (
                ["--in", "PT4H", "--calendar", "broken.json"], 65,
                "broken.json is no calendar: The file ends too early, at line 1"
            ),
            (["--in", "PT4H", "--calendar", "wrong.json"], 65, "wrong.json is no calendar:\n#/time_zone must be"),
        ] as [([String], Int32, String)])
    func wrong(arguments: [String], code: Int32, words: String) throws {
        try Data("{".utf8).write(to: folder.url.appending(path: "broken.json"))
        try Data(#"{"time_zone": "Mars", "weekly": {"mon": 5}}"#.utf8).write(
            to: folder.url.appending(path: "wrong.json"))
        let result = try Binary.run(
            ["due", "--calendar", "desk.json", "--from", "2026-04-02T16:30:00+02:00"] + arguments, in: folder)
        #expect(result.exitCode == code && result.output.isEmpty)
        #expect(result.errors.contains(words), "\(result.errors)")
        if words.contains("wrong.json") {
            #expect(result.errors.contains("#/weekly/mon must be an array, not a number."))
        }
    }
}

@Suite("casekeeper due, by a calendar on record")
struct RecordedDueCommandTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test("goes by the versions that hold from then on")
    func recorded() throws {
        let store = try CaseStore(path: folder.path("casekeeper.db"))
        var planned = CalendarRequest.office
        (planned.timeZone, planned.effectiveFrom) = ("UTC", CalendarRequest.date("2026-06-01"))
        for request in [CalendarRequest.office, planned] {
            _ = try store.write { transaction in
                let command = CalendarCommand.put(name: "Desk", Incoming(request))
                return try transaction.perform(
                    command, on: transaction.subject(of: command), by: Actor(name: "Mia", role: .manager))
            }
        }
        func due(_ calendar: String, _ from: String) throws -> RunResult {
            try Binary.run(
                ["due", "--database", "casekeeper.db", "--calendar", calendar, "--from", from, "--in", "PT4H"],
                in: folder)
        }
        let now = try due("DESK", "2026-04-03T14:00:00+02:00")
        #expect(
            now.output.hasPrefix("2026-04-07T10:00:00Z (2026-04-07T12:00:00+02:00)\n"), "\(now.output)\(now.errors)")
        #expect(now.output.contains("Mon Easter Monday") && now.output.contains("calendar Desk, version 1"))
        #expect(try due("desk", "2026-06-01T08:00:00Z").output.hasPrefix("2026-06-01T14:00:00Z "))
        let none = try due("other", "2026-04-03T14:00:00+02:00")
        #expect(none.exitCode == 65 && none.errors.contains("there is no calendar other in casekeeper.db"))
    }
}
