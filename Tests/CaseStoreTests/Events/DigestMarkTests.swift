import Complaints
import GRDB
import TestSupport
import Testing

@testable import CaseStore

@Suite("That a digest is ready")
struct DigestMarkTests {
    private let desk: Desk

    /// The tests' morning is that of Sunday 2026-03-01, ten o'clock in Berlin.
    init() throws {
        desk = try Desk()
    }

    private func events() throws -> [Event] {
        try desk.reader.read { try $0.events(after: 0, types: [.digestReady], limit: 1000) }
    }

    /// Who was told of which date, and how long after the tests' morning that was to be.
    private func told() throws -> [String] {
        try events().map { event in
            let entry = try #require(event.entry)
            func fact(_ name: String, in facts: [Fact]) throws -> String {
                guard case .text(let text)? = facts.first(where: { $0.name == name })?.value else { return "" }
                return text
            }
            let hours = (event.at - TestClock.start).milliseconds / 3_600_000
            return try "\(fact("name", in: entry.texts)) \(fact("date", in: entry.facts).dropFirst(5)) \(hours)h"
        }
    }

    private func announce(limit: Int = 100) throws {
        while try desk.store.write({ try $0.announce(limit: limit) }).done == limit {}
    }

    private func pass(_ hours: Int64, times: Int = 1) throws {
        for _ in 0..<times {
            desk.clock.advance(by: .hours(hours))
            try announce()
        }
    }

    private func verified() throws {
        #expect(try desk.reader.verify().findings == [])
    }

    /// How many hours after the tests' morning the clock has something to say next; nil: never.
    private func next() throws -> Int64? {
        try desk.reader.read { try $0.nextWake() }.map { ($0 - TestClock.start).milliseconds / 3_600_000 }
    }

    private func put(_ name: String = "default", _ request: CalendarRequest = .office) throws {
        _ = try desk.store.write { transaction in
            let command = CalendarCommand.put(name: name, Incoming(request))
            return try transaction.perform(command, on: transaction.subject(of: command), by: Desk.manager)
        }
    }

    /// A calendar of every day of the week.
    private func put(
        _ name: String, _ opens: String, _ closes: String, teams: [String] = [], from date: String? = nil
    ) throws {
        let hours = [CalendarRequest.hours(opens, closes)]
        try put(
            name,
            CalendarRequest(
                timeZone: "Europe/Berlin",
                weekly: Dictionary(uniqueKeysWithValues: Weekday.allCases.map { ($0, hours) }),
                teams: teams, effectiveFrom: date.map(CalendarRequest.date)))
    }

    private func name(_ name: String, team: String? = nil, active: Bool = true) throws {
        let request = OwnerRequest(name: name, fields: OwnerFields(team: team, active: active))
        _ = try desk.store.write { try $0.createOwner(Incoming(request), by: Desk.manager) }
    }

    private func perform(_ command: OwnerCommand) throws {
        _ = try desk.store.write { transaction in
            let subject = try #require(try transaction.subject(of: command))
            return try transaction.perform(command, on: subject, by: Desk.manager)
        }
    }

    private func edit(_ name: String, _ edit: @escaping (inout OwnerEdit) -> Void) throws {
        var change = OwnerEdit()
        edit(&change)
        try perform(.edit(owner: name, Incoming(change)))
    }

    @Test("is told to each who was named once a date, as the hours of their team begin, else those of the desk")
    func daily() throws {
        try name("Bo")
        try name("Kim", team: "Night")
        try name("Old", active: false)
        #expect(try next() == nil, "nobody opens without a calendar")
        try put()
        try put("Night", "22:00", "06:00", teams: ["night"])
        try desk.open(.plain(fields: CaseFields(owner: "Nobody")))
        let before = try desk.reader.read { try $0.ownerRecord("Bo") }
        try pass(1, times: 59)
        #expect(
            try told() == ["Kim 03-01 12h", "Bo 03-02 23h", "Kim 03-02 36h", "Bo 03-03 47h"],
            "lunch ends in no other day, and a night is of the date it begins on")
        #expect(try desk.reader.read { try $0.ownerRecord("Bo") } == before, "it changes nothing of theirs")
        let event = try #require(try events().first)
        #expect(event.actor == "clock" && event.subject == .owner(2) && event.recordedAt > event.at)
        #expect(event.standIn == nil && event.today == nil && event.promise == nil)
        try verified()
    }

    @Test(
        "is told once of all dates that have begun while nobody was there, whichever way the clock is set, after a restart"
    )
    func missed() throws {
        try put()
        for owner in ["Bo", "Kim"] { try name(owner) }
        desk.clock.advance(by: .days(9))
        try announce(limit: 1)
        let expected = ["Bo 03-10 215h", "Kim 03-10 215h"]
        #expect(try told() == expected)
        desk.clock.advance(by: .minutes(-4))
        try announce()
        let again = try desk.opened(clock: desk.clock)
        #expect(try again.store.write { try $0.announce(limit: 9) }.done == 0)
        try pass(24)
        #expect(try told() == expected + ["Bo 03-11 239h", "Kim 03-11 239h"])
        try verified()
    }

    @Test(
        "is told at another time as soon as a calendar, a team or an owner is another; a day that has begun waits for the next"
    )
    func changed() throws {
        try name("Bo")
        try put()
        #expect(try next() == 23)
        try put("default", "08:00", "12:00")
        #expect(try next() == 22)
        try put("Late", "11:00", "12:00", teams: ["Late"])
        try edit("Bo") { $0.team = "late" }
        #expect(try next() == 1)
        try pass(2)
        try edit("Bo") { $0.active = false }
        #expect(try told() == ["Bo 03-01 1h"] && next() == nil)
        try edit("Bo") { $0.active = true }
        #expect(try next() == 25)
        try name("Kim")
        try name("Ida", team: "LATE")
        try pass(23)
        #expect(try told() == ["Bo 03-01 1h", "Kim 03-02 22h", "Bo 03-02 25h", "Ida 03-02 25h"])
        try verified()
    }

    @Test("goes by the calendar that is a team's on the day, and a change in between takes nothing away")
    func planned() throws {
        try put()
        try name("Bo", team: "Repairs")
        try put("Early", "06:00", "12:00", teams: ["Others"])
        try put("Early", "06:00", "12:00", teams: ["Repairs"], from: "2026-03-03")
        try pass(24)
        try verified()
        try pass(19)
        try verified()
        #expect(try next() == 44)
        try pass(26)
        #expect(try told() == ["Bo 03-02 23h", "Bo 03-04 68h"], "of those that were missed the last")
        // The day has begun, and nobody was told yet, as it is to begin later.
        desk.clock.advance(by: .hours(24))
        try put("Early", "12:00", "13:00", teams: ["Repairs"], from: "2026-03-05")
        #expect(try next() == 92)
        try verified()
        try announce()
        #expect(try told().count == 2 && next() == 98)
        try pass(6)
        #expect(try told().last == "Bo 03-05 98h")
        try verified()
    }

    @Test("is told to the stand-in of who is away that day")
    func away() throws {
        try put("default", "08:00", "12:00")
        for owner in ["Bo", "Lou"] { try name(owner) }
        let day = CalendarRequest.date("2026-03-02")
        try perform(.leave(owner: "Bo", Incoming(AbsenceRequest(from: day, until: day, standIn: "Lou"))))
        try pass(24, times: 2)
        #expect(try told() == ["Bo 03-02 22h", "Lou 03-02 22h", "Bo 03-03 46h", "Lou 03-03 46h"])
        #expect(try events().map(\.standIn) == ["Lou", nil, nil, nil])
        try verified()
    }

    @Test("is posted by webhooks that ask for it, for its owner, their stand-in or their team")
    func webhooks() throws {
        try put("default", "08:00", "12:00")
        try name("Bo", team: "North")
        let day = CalendarRequest.date("2026-03-02")
        try name("Lou")
        try perform(.leave(owner: "Bo", Incoming(AbsenceRequest(from: day, until: day, standIn: "Lou"))))
        let hooks = try [
            WebhookFields(owner: "Bo"), WebhookFields(owner: "lou"), WebhookFields(team: "north"),
            WebhookFields(team: "South"),
        ].map { fields in
            try desk.store.write { transaction in
                let request = WebhookRequest(url: try WebhookURL("https://hooks.example/"), fields: fields)
                return try transaction.createWebhook(Incoming(request), secret: WebhookSecret(), by: Desk.manager)
            }
        }
        try pass(24)
        let taken = try hooks.map { webhook in
            try desk.reader.read { transaction in
                try transaction.webhookEvents(for: webhook, after: webhook.afterEvent, looking: 99, taking: 9).taken
                    .filter { $0.kind == .digestReady }.map(\.subject.id)
            }
        }
        #expect(taken == [[1], [1, 2], [1], []])
    }

    @Test("is reckoned for those of before as they are found: from then on")
    func upgraded() throws {
        try put("default", "08:00", "12:00")
        for owner in ["Bo", "Kim"] { try name(owner) }
        try name("Old", active: false)
        try desk.raw().writeWithoutTransaction { db in
            try db.execute(
                sql: "DROP TABLE digest_mark; DELETE FROM schema_migration WHERE name LIKE '%_digests'")
        }
        desk.clock.advance(by: .hours(30))
        let upgraded = try desk.opened(clock: desk.clock)
        #expect(try upgraded.reader.read { try $0.nextWake() } == DigestMark.unplanned)
        #expect(try upgraded.reader.verify().findings == [], "it may not have come to it yet")
        try announce()
        #expect(try told() == [] && next() == 46)
        try pass(20)
        #expect(try told() == ["Bo 03-03 46h", "Kim 03-03 46h"])
        try verified()
    }

    static let tamperings = [
        "UPDATE digest_mark SET next_at = next_at + 1", "UPDATE digest_mark SET next_at = next_at - 1",
        "UPDATE digest_mark SET next_at = NULL", "UPDATE digest_mark SET next_at = 1 WHERE owner_id = 1",
        "UPDATE digest_mark SET next_at = next_at + 86400000", "UPDATE digest_mark SET next_at = next_at - 86400000",
        "UPDATE digest_mark SET next_at = 9 WHERE owner_id = 2", "UPDATE digest_mark SET date = NULL",
        "UPDATE digest_mark SET date = '2026-03-02' WHERE owner_id = 1",
        "UPDATE digest_mark SET date = '2026-03-09' WHERE owner_id = 1", "DELETE FROM digest_mark WHERE owner_id = 1",
        "DELETE FROM digest_mark WHERE owner_id = 2",
        "DELETE FROM case_log WHERE kind = 'digest_ready' AND facts LIKE '%2026-03-03%'",
        "DELETE FROM case_log WHERE kind = 'digest_ready'",
        "UPDATE case_log SET facts = replace(facts, '03-02', '03-03') WHERE kind = 'digest_ready'",
        "UPDATE case_log SET at = recorded_at WHERE kind = 'digest_ready'",
        "UPDATE case_log SET about_id = 2 WHERE kind = 'digest_ready'",
    ]

    @Test("is found by verify where it is missing, or there twice, or was not to be said", arguments: tamperings)
    func tampered(sql: String) throws {
        try put("default", "08:00", "12:00")
        try name("Bo")
        try name("Old", active: false)
        try pass(24, times: 2)
        #expect(try told() == ["Bo 03-02 22h", "Bo 03-03 46h"])
        try put("default", "09:00", "12:00")
        try verified()
        try desk.tamper(sql)
        let checks = try desk.store.makeReader().verify().findings.map(\.check)
        #expect(checks.contains("digests"), "\(checks)")
    }

    @Test("is found in the order of an index")
    func plan() throws {
        let plans = try PlannedStatements().of {
            _ = try $0.nextDigest()
            _ = try $0.readyDigests(before: .latest, limit: 3)
        }
        #expect(plans.flatMap(\.scans) == [] && plans.filter(\.sorts).isEmpty)
        let steps: [String] = plans.flatMap(\.steps)
        #expect(steps.filter { $0.contains("digest_mark_by_next") }.count == 2)
    }
}
