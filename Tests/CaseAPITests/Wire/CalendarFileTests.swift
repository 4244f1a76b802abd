import Complaints
import Testing

@testable import CaseAPI

@Suite("The body of a calendar")
struct CalendarFileTests {
    private func issues(_ json: String) throws -> [String] {
        try CalendarFile.read(Array(json.utf8)).issues.map { "\($0.path.pointer) \($0.code.rawValue)" }
    }

    @Test("is read as it stands")
    func read() throws {
        let json = #"""
            {"time_zone": "europe/berlin", "effective_from": "2026-06-01", "teams": ["Billing"],
             "weekly": {"mon": [["09:00", "12:00"], ["13:00", "24:00"]], "tue": [], "fri": [["22:00", "06:00"]]},
             "special_days": [{"date": "2026-12-24", "name": "Christmas Eve", "hours": [["09:00", "12:00"]], "yearly": true},
              {"date": "2026-12-24", "name": "Move", "hours": [], "yearly": false}, {"date": "2027-01-01", "name": "New Year"}]}
            """#
        let incoming = try CalendarFile.read(Array(json.utf8))
        #expect(incoming.issues.isEmpty, "\(incoming.issues)")
        let request = incoming.value
        #expect(request.timeZone == "Europe/Berlin" && request.teams == ["Billing"])
        #expect(request.effectiveFrom == CivilDate(year: 2026, month: 6, day: 1))
        #expect(request.weekly.count == 2)
        #expect(request.weekly[.mon]?.map(\.closes) == [720, 1440] && request.weekly[.fri]?.map(\.closes) == [1800])
        #expect(request.specialDays.map(\.yearly) == [true, false, false])
        #expect(request.specialDays.map(\.hours.count) == [1, 0, 0])
        let calendar = request.calendar(named: "desk", version: 4)
        #expect(calendar.name == "desk" && calendar.version == 4 && calendar.weekly == request.weekly)
    }

    @Test(
        "is told of everything that is wrong with it at once, each with its pointer",
        arguments: [
            ("{}", ["#/time_zone required", "#/weekly required"]), ("[]", ["# wrong_type"]),
            (
                #"{"time_zone": "CET+1", "weekly": {"mon": "09:00", "mo": []}, "special_days": {}, "name": "x", "tean": 1}"#,
                [
                    "#/time_zone invalid_value", "#/weekly/mon wrong_type", "#/weekly/mo unknown_field",
                    "#/special_days wrong_type", "#/tean unknown_field",
                ]
            ),
            (
                #"{"time_zone": "UTC", "weekly": {"mon": [["9:00", "12:00"], ["09:00"], ["24:00", "01:00"], ["09:60", "10:00"], [9, 10], 5]}}"#,
                [
                    "#/weekly/mon/0 invalid_value", "#/weekly/mon/1 invalid_value", "#/weekly/mon/2 invalid_value",
                    "#/weekly/mon/3 invalid_value", "#/weekly/mon/4 wrong_type", "#/weekly/mon/5 wrong_type",
                ]
            ),
            (
                #"{"time_zone": "UTC", "weekly": {"mon": [["09:00", "12:00"], ["11:00", "13:00"]], "tue": [["13:00", "14:00"], ["09:00", "10:00"]], "wed": [["09:00", "12:00"], ["12:00", "13:00"]], "thu": [["22:00", "06:00"], ["23:00", "23:30"]]}}"#,
                [
                    "#/weekly/mon conflicting_fields", "#/weekly/tue conflicting_fields",
                    "#/weekly/thu conflicting_fields",
                ]
            ),
            (
                #"{"time_zone": "UTC", "weekly": {}, "special_days": [{"date": "2026-02-30", "name": "x"}, {"date": "2026-02-01"}, {"date": "2026-02-01", "name": "y"}, {"date": "2026-02-01", "name": "z", "yearly": true}, {"date": "2027-02-01", "name": "z", "yearly": true}]}"#,
                [
                    "#/special_days/0/date invalid_value", "#/special_days/1/name required",
                    "#/special_days/2/date conflicting_fields", "#/special_days/4/date conflicting_fields",
                ]
            ),
        ])
    func wrong(json: String, expected: [String]) throws {
        #expect(try issues(json).sorted() == expected.sorted())
    }

    @Test("has bounds")
    func bounds() throws {
        let pairs = (0..<25).map { #"["\#($0 / 10)\#($0 % 10):00", "\#($0 / 10)\#($0 % 10):10"]"# }.prefix(24)
        #expect(try issues(#"{"time_zone": "UTC", "weekly": {"mon": [\#(pairs.joined(separator: ","))]}}"#) == [])
        let more = Array(pairs) + [#"["23:20", "23:30"]"#]
        #expect(
            try issues(#"{"time_zone": "UTC", "weekly": {"mon": [\#(more.joined(separator: ","))]}}"#)
                == ["#/weekly/mon too_long"])
        let days = (0...Limits.specialDays).map {
            #"{"date": "\#(CivilDate(daysSince1970: $0).iso8601)", "name": "x"}"#
        }
        #expect(
            try issues(#"{"time_zone": "UTC", "weekly": {}, "special_days": [\#(days.joined(separator: ","))]}"#)
                == ["#/special_days too_long"])
    }

    @Test("that is no JSON is told of by line and column, as a file")
    func syntax() {
        #expect(throws: CalendarFile.SyntaxFault.self) { try CalendarFile.read(Array("{".utf8)) }
        do {
            _ = try CalendarFile.read(Array("{\n".utf8))
        } catch {
            #expect(error.description == "The file ends too early, at line 2, column 1.")
        }
    }
}
