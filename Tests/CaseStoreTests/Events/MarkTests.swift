import Complaints
import GRDB
import TestSupport
import Testing

@testable import CaseStore

@Suite("What the clock says of promises")
struct MarkTests {
    private let desk: Desk

    init() throws {
        desk = try Desk()
    }

    private static let kinds: Set<EventType> = [.promiseDueSoon, .promiseOverdue, .promiseReminder, .promiseEscalated]

    /// What was said, in the order of the log: of which promise, and how long after the tests' morning that was to be.
    private func said() throws -> [String] {
        try desk.reader.read { try $0.events(after: 0, types: Self.kinds, limit: 1000) }.map { event in
            let hours = (event.at - TestClock.start).milliseconds / 3_600_000
            return "\(event.promiseID ?? 0) \(event.type.rawValue.dropFirst("promise.".utf8.count)) \(hours)h"
        }
    }

    private func announce(limit: Int = 100) throws {
        while try desk.store.write({ try $0.announce(limit: limit) }).done == limit {}
    }

    private func pass(_ hours: Int64) throws {
        desk.clock.advance(by: .hours(hours))
        try announce()
    }

    private func verified() throws {
        #expect(try desk.reader.verify().findings == [])
    }

    /// A case with a promise of which the customer knows: the policy adds none.
    @discardableResult
    private func open(due: ElapsedTime, owner: String? = "Bo", team: String? = nil) throws -> CaseFile {
        var promise = PromiseRequest.plain(due: due)
        promise.customerNotified = .reached
        return try desk.open(
            CaseRequest(
                fields: CaseFields(owner: owner, team: team), complaint: "It drips.",
                customer: .new(CustomerFields(name: "Ida")), promise: promise))
    }

    private func warn(_ marks: [String]) throws {
        var edit = PolicyEdit()
        edit.warnAt = marks
        try desk.perform(.edit(.normal, edit))
    }

    @Test("is each mark once, that it fell due, and then a reminder a day, in the order of their instants")
    func inOrder() throws {
        try warn(["50%", "PT2H"])
        try open(due: .hours(20))
        try open(due: .hours(15))
        for _ in 0..<70 { try pass(1) }
        #expect(
            try said() == [
                "2 due_soon 7h", "1 due_soon 10h", "2 due_soon 13h", "2 overdue 15h", "1 due_soon 18h", "1 overdue 20h",
                "2 reminder 39h", "1 reminder 44h", "2 reminder 63h", "1 reminder 68h",
            ])
        try verified()
    }

    @Test(
        "after a while in which nobody was there, is first that it fell due, and then what came up since",
        arguments: [1, 2, 3, 100])
    func late(limit: Int) throws {
        try climb(["-PT2H owner", "PT0S supervisor", "PT4H manager"])
        try open(due: .hours(20))
        try open(due: .hours(15))
        desk.clock.advance(by: .hours(30))
        try announce(limit: limit)
        let said = try said()
        for promise in ["1", "2"] {
            let kinds = said.filter { $0.hasPrefix(promise) }.map { $0.split(separator: " ")[1] }
            #expect(kinds == ["overdue", "escalated", "escalated", "escalated"], "\(said)")
        }
        try verified()
    }

    private func climb(_ steps: [String]) throws {
        var edit = PolicyEdit()
        edit.ladder = steps
        try desk.perform(.edit(.normal, edit))
    }

    /// What the ladder has in the queue: who is to see to which promise, and since when, in hours of the tests' morning.
    private func brought(asOf instant: Instant? = nil, owner: String? = nil) throws -> [String] {
        try desk.reader.read(asOf: instant) { transaction in
            var filter = QueueFilter()
            filter.kinds = [.ladder]
            filter.owner = owner
            let page = try transaction.queue(filter, PageRequest(limit: 50))
            #expect(page.total == page.items.count)
            return page.items.map { item in
                guard case .ladder(let hearer, let what, .customer, let isOverdue) = item.reason,
                    case .promise(let id) = item.place
                else { return "\(item)" }
                #expect(!what.isEmpty)
                let waits = item.waitsFor.map { " for \($0)" } ?? ""
                return "\(id) \(hearer.rawValue)\(waits)\(isOverdue ? ", overdue" : "")"
            }
        }
    }

    @Test("is each step of the ladder once, with a place in the queue until the promise is settled")
    func ladder() throws {
        var edit = PolicyEdit()
        edit.supervisor = "Sue"
        try desk.perform(.edit(.normal, edit))
        try climb(["-PT2H owner", "PT0S supervisor", "P1D manager", "PT30H manager"])
        try open(due: .hours(20))
        try open(due: .hours(90))
        for _ in 0..<30 { try pass(1) }
        #expect(try said() == ["1 due_soon 12h", "1 escalated 18h", "1 overdue 20h", "1 escalated 20h"])
        #expect(try brought() == ["1 owner for Bo, overdue", "1 supervisor for Sue, overdue"])
        let at30 = try desk.reader.read { $0.asOf }
        for _ in 0..<22 { try pass(1) }
        #expect(
            try said().dropFirst(4) == ["1 escalated 44h", "1 reminder 44h", "1 escalated 50h"],
            "a step and a reminder at one instant, and none is lost to the other")
        let whole = [
            "1 owner for Bo, overdue", "1 supervisor for Sue, overdue", "1 manager, overdue", "1 manager, overdue",
        ]
        #expect(try brought() == whole && brought(owner: "bo") == whole && brought(owner: "Sue") == [])
        let before = try desk.reader.read { $0.asOf }
        let version = try #require(try desk.file(1)).record.version
        try verified()
        try desk.keep(1, ofCase: 1)
        #expect(try desk.file(1)?.record.version == version + 2, "what the clock said is no change of the case")
        #expect(try brought() == [] && brought(asOf: before) == whole)
        #expect(try brought(asOf: at30) == ["1 owner for Bo, overdue", "1 supervisor for Sue, overdue"])
        for _ in 0..<40 { try pass(1) }
        #expect(try said().filter { $0.hasPrefix("2 escalated") } == ["2 escalated 88h", "2 escalated 90h"])
        try verified()
    }

    @Test("is of the steps that have passed meanwhile the last for each who hears of them")
    func missedSteps() throws {
        try climb(["-PT9H owner", "-PT2H owner", "PT0S supervisor", "PT1H manager", "PT5H manager", "P9D manager"])
        try open(due: .hours(20))
        desk.clock.advance(by: .days(3))
        try announce(limit: 1)
        #expect(try said() == ["1 overdue 20h", "1 escalated 18h", "1 escalated 20h", "1 escalated 25h"])
        try pass(21)
        #expect(try said().dropFirst(4) == ["1 reminder 92h"])
        try verified()
    }

    @Test("is at once of steps past due of a promise that is past them as it is made, and of no others")
    func bornPast() throws {
        try climb(["-PT9H owner", "PT0S supervisor", "P1D manager", "P9D manager"])
        var request = CaseRequest(complaint: "An old letter.", customer: .new(CustomerFields(name: "Ida")))
        request.receivedAt = PastInstant(TestClock.start + .days(-7))
        try desk.open(request)
        try pass(1)
        #expect(
            try said().filter { $0.contains("escalated") } == ["1 escalated 0h", "1 escalated 0h"],
            "the supervisor, and a manager")
        try verified()
    }

    @Test("is once of all that has passed while nobody was there to say it, however little of it is said at a time")
    func missed() throws {
        try warn(["90%", "80%", "70%", "60%", "50%"])
        for _ in 0..<3 { try open(due: .hours(100)) }
        try open(due: .hours(40))
        desk.clock.advance(by: .hours(82))
        try announce(limit: 2)
        #expect(try said() == ["4 overdue 40h", "1 due_soon 80h", "2 due_soon 80h", "3 due_soon 80h"])
        desk.clock.advance(by: .days(9))
        try announce(limit: 1)
        #expect(try said().dropFirst(4) == ["4 reminder 88h", "1 overdue 100h", "2 overdue 100h", "3 overdue 100h"])
        try verified()
    }

    @Test("is by the time of what the policy promises from the receipt of the complaint, as it counts in reports")
    func fromReceipt() throws {
        try warn(["75%", "25%"])
        var request = CaseRequest(complaint: "A letter.", customer: .new(CustomerFields(name: "Ida")))
        request.receivedAt = PastInstant(TestClock.start + .hours(-20))
        try desk.open(request)
        for _ in 0..<30 { try pass(1) }
        #expect(try said() == ["1 due_soon 16h", "1 overdue 28h"], "36 and 48 hours after it came")
        try verified()
    }

    @Test("is once, whichever way the clock is set meanwhile, and after another start")
    func clockSet() throws {
        try climb(["-PT2H owner"])
        try open(due: .hours(20))
        for said in [["1 due_soon 12h"], ["1 due_soon 12h", "1 escalated 18h"]] {
            desk.clock.advance(by: said.count == 1 ? .hours(12) : .hours(6))
            try announce()
            desk.clock.advance(by: .minutes(1))
            try announce()
            desk.clock.advance(by: .minutes(-4))
            try announce()
            let again = try desk.opened(clock: desk.clock)
            #expect(try again.store.write { try $0.announce(limit: 9) }.done == 0)
            desk.clock.advance(by: .minutes(4))
            try announce()
            #expect(try self.said() == said)
        }
        try verified()
    }

    @Test("is an entry that changes nothing of its case, and an event that says whose promise it is")
    func entry() throws {
        let before = try open(due: .days(2))
        try pass(41)
        let log = try desk.reader.read { try $0.log(ofCase: 1, PageRequest(limit: 9)) }.items
        #expect(log.map(\.kind) == [.caseOpened, .promiseMade, .promiseDueSoon] && log.map(\.seq) == [1, 2, 3])
        #expect(log[2].actor == "clock" && log[2].promiseID == 1 && log[2].recordedAt > log[2].at)
        #expect(log[2].at == before.promises[0].dueAt + .hours(-8))
        #expect(try desk.file(1) == before)
        #expect(try desk.note(1, "Called").record.version == 3)
        let event = try #require(
            try desk.reader.read { try $0.events(after: 0, types: [.promiseDueSoon], limit: 9) }.first)
        #expect(event.promise?.owner == "Bo" && event.promise?.state == .open && event.today?.owner == "Bo")
        try verified()
    }

    @Test("is fixed as the promise is made: another policy, and another calendar, is for what is promised from then on")
    func fixed() throws {
        try open(due: .hours(30))
        try warn(["PT10H", "PT1H"])
        _ = try desk.store.write { transaction in
            let command = CalendarCommand.put(name: "default", Incoming(.office))
            return try transaction.perform(command, on: transaction.subject(of: command), by: Desk.manager)
        }
        try pass(29)
        #expect(try said() == ["1 due_soon 22h"])
        try verified()
    }

    @Test("is in the hours of the owner's team, else of the case's, else of the calendar called default")
    func teams() throws {
        // The tests' morning is that of a Sunday, 10:00 in Berlin.
        let calendars: [(name: String, teams: [String], opens: String, closes: String)] = [
            ("default", [], "14:00", "15:00"), ("Early", ["Repairs"], "15:00", "16:00"),
            ("Late", ["Billing"], "16:00", "17:00"),
        ]
        for calendar in calendars {
            let hours = [CalendarRequest.hours(calendar.opens, calendar.closes)]
            let weekly = Dictionary(uniqueKeysWithValues: Weekday.allCases.map { ($0, hours) })
            let request = CalendarRequest(timeZone: "Europe/Berlin", weekly: weekly, teams: calendar.teams)
            _ = try desk.store.write { transaction in
                let command = CalendarCommand.put(name: calendar.name, Incoming(request))
                return try transaction.perform(command, on: transaction.subject(of: command), by: Desk.manager)
            }
        }
        _ = try desk.store.write { transaction in
            let request = OwnerRequest(name: "Zoë", fields: OwnerFields(team: "billing"))
            return try transaction.createOwner(Incoming(request), by: Desk.manager)
        }
        // At one o'clock there, when all are closed.
        try warn(["25%"])
        for (owner, team) in [("Bo", nil), (nil, "Repairs"), ("zoë", "Repairs"), ("Bo", "Billing")]
            as [(String?, String?)]
        {
            try open(due: .hours(12), owner: owner, team: team)
        }
        for _ in 0..<8 { try pass(1) }
        #expect(try said() == ["1 due_soon 4h", "2 due_soon 5h", "3 due_soon 6h", "4 due_soon 6h"])
        try verified()
    }

    @Test("is nothing of what was settled before, and of what a customer promised")
    func nothing() throws {
        try open(due: .days(9))
        try desk.change(1) { file, policy, now in
            var request = PromiseRequest.plain(due: .hours(9))
            request.by = .customer
            request.to = .us
            try file.add(Incoming(AddPromiseRequest(request)), under: policy, by: Desk.agent, at: now)
        }
        try open(due: .hours(9))
        try desk.keep(3, ofCase: 2)
        try pass(60)
        #expect(try said() == ["2 overdue 9h", "4 overdue 24h"])
        try pass(72)
        #expect(try said() == ["2 overdue 9h", "4 overdue 24h", "4 reminder 72h"])
        try verified()
    }

    /// The desk's database as it was before there were marks, opened again: no promise has its marks yet.
    private func withoutMarks() throws -> Desk {
        try desk.raw().writeWithoutTransaction { db in
            try db.execute(
                sql: """
                    DROP INDEX promise_by_next_mark; DROP TRIGGER promise_mark_moves_on;
                    ALTER TABLE promise DROP COLUMN marks; ALTER TABLE promise DROP COLUMN next_mark_at;
                    ALTER TABLE policy DROP COLUMN warn_at; ALTER TABLE policy DROP COLUMN ladder;
                    DELETE FROM schema_migration WHERE name LIKE '%_marks'
                    """)
            // Nor did the log say of what there were none.
            let triggers = try Row.fetchAll(
                db, sql: "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'case_log'")
            for trigger in triggers { try db.execute(sql: "DROP TRIGGER \(trigger["name"] as String)") }
            try db.execute(
                sql: """
                    UPDATE case_log SET facts = (SELECT json_group_array(json(f.value)) FROM json_each(facts) f
                        WHERE f.value ->> 0 <> 'marks')
                    WHERE kind = 'promise_made'
                    """)
            for trigger in triggers { try db.execute(sql: trigger["sql"]) }
        }
        let upgraded = try desk.opened(clock: desk.clock)
        #expect(try upgraded.reader.read { try $0.nextWake() } == MarkPlan.unplanned)
        return upgraded
    }

    /// (The hashes are those of the entries as they were.)
    private func findings(_ desk: Desk) throws -> [VerificationFinding] {
        try desk.reader.verify().findings.filter { $0.check != "log_chain" }
    }

    @Test("is said of promises of before there were marks, as they are found: from then on")
    func upgraded() throws {
        try open(due: .days(2))
        try open(due: .hours(3))
        let upgraded = try withoutMarks()
        #expect(try findings(upgraded) == [], "it may not have come to it yet")
        desk.clock.advance(by: .hours(10))
        try announce()
        #expect(try said() == ["2 overdue 3h"])
        for _ in 0..<40 { try pass(1) }
        #expect(try said() == ["2 overdue 3h", "2 reminder 27h", "1 due_soon 40h", "1 overdue 48h"])
        #expect(try findings(upgraded) == [])
    }

    @Test("of a promise that was late as it was made, and of before there were marks, is what verify expects of it")
    func upgradedLate() throws {
        // An acknowledgement counts from when the case was received, which may be longer ago than it has.
        let received = desk.clock.now - .days(9)
        try desk.open(
            CaseRequest(
                complaint: "It drips.", customer: .new(CustomerFields(name: "Ida")), receivedAt: PastInstant(received)))
        let upgraded = try withoutMarks()
        #expect(try findings(upgraded) == [], "it may not have come to it yet")
        for _ in 0..<5 {
            desk.clock.advance(by: .hours(9))
            _ = try upgraded.store.write { try $0.announce(limit: 100) }
            #expect(try findings(upgraded) == [])
        }
        #expect(try said().contains { $0.hasPrefix("1 reminder") })
    }

    /// Whom each of them is told to, as far as that is somebody else than its owner.
    private func standIns() throws -> [String] {
        try desk.reader.read { try $0.events(after: 0, types: Self.kinds, limit: 1000) }.map { event in
            "\(event.promiseID ?? 0) \(event.type.rawValue.dropFirst("promise.".utf8.count)) \(event.standIn ?? "-")"
        }
    }

    private func leave(_ name: String, from: String, until: String, standIn: String?) throws {
        _ = try desk.store.write { transaction in
            let dates = (from: try #require(CivilDate(from)), until: try #require(CivilDate(until)))
            let request = AbsenceRequest(from: dates.from, until: dates.until, standIn: standIn)
            let command = OwnerCommand.leave(owner: name, Incoming(request))
            let subject = try #require(try transaction.subject(of: command))
            return try transaction.perform(command, on: subject, by: Desk.manager)
        }
    }

    @Test("is told to the stand-in of an owner who is away, or will be when it is due, and so it is in the queue")
    func away() throws {
        try warn(["PT18H", "PT2H"])
        try climb(["PT0S owner", "PT1H manager"])
        for name in ["Bo", "Lou", "Ida"] {
            _ = try desk.store.write { try $0.createOwner(Incoming(OwnerRequest(name: name)), by: Desk.manager) }
        }
        // The tests' morning is that of 2026-03-01.
        try leave("Bo", from: "2026-03-02", until: "2026-03-03", standIn: "Lou")
        try leave("Ida", from: "2026-03-01", until: "2026-03-03", standIn: nil)
        try open(due: .hours(30))
        try open(due: .hours(30), owner: "Ida")
        for _ in 0..<32 { try pass(1) }
        #expect(
            try standIns().filter { $0.hasPrefix("1") } == [
                "1 due_soon Lou", "1 due_soon Lou", "1 overdue Lou", "1 escalated Lou", "1 escalated -",
            ], "a manager is none the less one")
        #expect(try standIns().filter { $0.hasPrefix("2") }.allSatisfy { $0.hasSuffix("-") })
        #expect(
            try brought() == [
                "1 owner for Lou, overdue", "2 owner for Ida, overdue", "1 manager, overdue", "2 manager, overdue",
            ])
        let during = try desk.reader.read { $0.asOf }
        let entry = try desk.reader.read { try $0.log(ofCase: 1, PageRequest(limit: 9)) }.items[2]
        #expect(entry.texts.contains { $0.name == "stand_in" && $0.value == .text("Lou") })
        for _ in 0..<48 { try pass(1) }
        #expect(try standIns().filter { $0.hasPrefix("1 rem") } == ["1 reminder Lou", "1 reminder -"], "they are back")
        #expect(try brought().first == "1 owner for Bo, overdue")
        #expect(try brought(asOf: during).first == "1 owner for Lou, overdue")
        try verified()
    }

    static let tamperings = [
        "UPDATE promise SET next_mark_at = NULL WHERE id = 1", "UPDATE promise SET next_mark_at = NULL WHERE id = 2",
        "UPDATE promise SET next_mark_at = next_mark_at + 1 WHERE id = 2",
        "UPDATE promise SET next_mark_at = next_mark_at + 864000000000 WHERE id = 1",
        "UPDATE promise SET next_mark_at = 1 WHERE id = 1", "UPDATE promise SET marks = NULL WHERE id = 1",
        "UPDATE promise SET marks = NULL WHERE id = 2",
        "DELETE FROM case_log WHERE kind = 'promise_due_soon' AND seq = 3",
        "UPDATE case_log SET kind = 'promise_due_soon' WHERE kind = 'promise_reminder'",
        """
        UPDATE case_log SET at = (SELECT min(at) FROM case_log WHERE kind = 'promise_due_soon')
        WHERE kind = 'promise_due_soon'
        """, "UPDATE case_log SET at = at + 1 WHERE kind = 'promise_due_soon'",
        "UPDATE case_log SET recorded_at = at WHERE kind = 'promise_reminder'",
        "DELETE FROM case_log WHERE kind = 'promise_escalated'",
        "UPDATE case_log SET at = at + 1 WHERE kind = 'promise_escalated'",
        "UPDATE case_log SET facts = replace(facts, 'manager', 'owner') WHERE kind = 'promise_escalated'",
        "UPDATE promise SET marks = replace(marks, '\"manager\"', '\"nobody\"') WHERE id = 1",
        // What is still to come.
        "UPDATE promise SET next_mark_at = next_mark_at + 86400000 WHERE id = 1",
        "UPDATE promise SET next_mark_at = next_mark_at + 3600000 WHERE id = 1",
        "UPDATE promise SET marks = json_remove(marks, '$[0]'), next_mark_at = marks ->> '$[1][0]' WHERE id = 2",
        "UPDATE promise SET next_mark_at = marks ->> '$[1][0]' WHERE id = 2",
        "UPDATE promise SET marks = json_remove(marks, '$[#-1]') WHERE id = 2",
        "UPDATE promise SET marks = json_set(marks, '$[#-1][0]', (marks ->> '$[#-1][0]') + 3600000) WHERE id = 2",
        "UPDATE promise SET marks = json_insert(marks, '$[#]', json('[1999999999999,\"owner\"]')) WHERE id = 2",
        "UPDATE promise SET marks = replace(marks, '\"manager\"', '\"owner\"') WHERE id = 2",
        "UPDATE promise SET marks = '[]', next_mark_at = due_at + 86400000 WHERE id = 2",
        "UPDATE promise SET marks = NULL, next_mark_at = -62135596800000 WHERE id = 2",
        // What was settled before anything was said of it.
        "UPDATE promise SET marks = replace(marks, '\"manager\"', '\"owner\"') WHERE id = 3",
        "UPDATE promise SET marks = NULL WHERE id = 3", "UPDATE promise SET next_mark_at = NULL WHERE id = 3",
        """
        UPDATE promise SET next_mark_at = next_mark_at + 1,
            marks = json_set(marks, '$[0][0]', (marks ->> '$[0][0]') + 1) WHERE id = 3
        """,
    ]

    @Test("is found by verify where it is missing, or there twice, or was not to be said", arguments: tamperings)
    func tampered(sql: String) throws {
        try warn(["50%", "PT2H"])
        try climb(["PT1H manager"])
        try open(due: .hours(20))
        try open(due: .days(20))
        try open(due: .days(20))
        try desk.keep(3, ofCase: 3)
        for hours in [11, 8, 3, 24] as [Int64] { try pass(hours) }
        #expect(
            try said().filter { $0.hasPrefix("1 ") } == [
                "1 due_soon 10h", "1 due_soon 18h", "1 overdue 20h", "1 escalated 21h", "1 reminder 44h",
            ])
        try verified()
        try desk.tamper(sql)
        let checks = try desk.store.makeReader().verify().findings.map(\.check)
        #expect(checks.contains("marks"), "\(checks)")
    }

    @Test("costs a new case no statement: its marks are written with the promise, by hours that are known already")
    func cost() throws {
        let request = OwnerRequest(name: "Bo", fields: OwnerFields(team: "Repairs"))
        try desk.store.write { transaction in
            let calendar = CalendarCommand.put(name: "default", Incoming(.office))
            _ = try transaction.perform(calendar, on: nil, by: Desk.manager)
            _ = try transaction.createOwner(Incoming(request), by: Desk.manager)
            func statements() throws -> [String] {
                var statements: [String] = []
                transaction.db.trace { event in
                    if case .statement(let statement) = event { statements.append(statement.sql) }
                }
                defer { transaction.db.trace(options: []) }
                _ = try transaction.openCase(Incoming(.plain(fields: CaseFields(owner: "Bo"))), by: Desk.agent)
                return statements
            }
            _ = try statements()
            let another = try statements()
            let writing = another.filter { $0.contains("next_mark_at") }
            #expect(writing.count == 1 && writing[0].hasPrefix("INSERT INTO promise"))
            #expect(!another.contains { $0.contains("FROM calendar") || $0.contains("FROM owner ") }, "\(another)")
        }
    }

    @Test("is found in the order of an index, whose rows are as many as unsettled promises")
    func plan() throws {
        let plans = try PlannedStatements().of {
            _ = try $0.nextMark()
            _ = try $0.marked(before: .latest, limit: 3)
        }
        #expect(plans.flatMap(\.scans) == [] && plans.filter(\.sorts).isEmpty)
        let steps: [String] = plans.flatMap(\.steps)
        #expect(steps.filter { $0.contains("promise_by_next_mark") }.count == 2)
    }
}
