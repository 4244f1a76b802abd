import Testing

@testable import Complaints

@Suite("Regimes that come with the service")
struct ShippedRegimesTests {
    private func timetable(_ name: String) throws -> RegimeTimetable {
        let regime = try #require(ShippedRegimes.regime(named: FoldedName(name)))
        let calendar = try #require(ShippedCalendars.calendar(named: FoldedName(regime.calendar)))
        return RegimeTimetable(regime, calendar: try Timetable([calendar]))
    }

    @Test("would be taken if they were sent, are version 0, and go by a calendar that is shipped too")
    func taken() throws {
        #expect(ShippedRegimes.names.count == ShippedRegimes.all.count && ShippedRegimes.all.count >= 4)
        for regime in ShippedRegimes.all {
            let request = RegimeRequest(
                title: regime.title, authority: regime.authority, source: regime.source, calendar: regime.calendar,
                receivedClosed: regime.receivedClosed, period: regime.period, stages: regime.stages)
            #expect(request.issues == [], "\(regime.name)")
            #expect(request.regime(named: regime.name, version: 0) == regime)
            #expect(ShippedCalendars.names.contains(FoldedName(regime.calendar)))
            for text in [regime.title, regime.source] { #expect(try TextRule.subject.checked(text) == text) }
            for text in [regime.name, regime.authority] { #expect(try TextRule.name.checked(text) == text) }
            #expect((1...Limits.regimeStages).contains(regime.stages.count))
            for stage in regime.stages { #expect((1...Limits.stageClocks).contains(stage.clocks.count)) }
        }
        for calendar in ShippedCalendars.all {
            #expect(calendar.version == 0 && calendar.teams == [] && calendar.name != "default")
        }
    }

    @Test(
        "have what due when their authorities say",
        arguments: [
            // Received on Monday 2026-12-14: Christmas and its substitute for Boxing Day are on the way.
            ("fca-disp", "complaint", "acknowledgement", "2026-12-14T16:00:00Z", "2026-12-22T00:00:00Z", nil),
            ("fca-disp", "complaint", "summary resolution", "2026-12-14T16:00:00Z", "2026-12-17T17:00:00Z", nil),
            ("fca-disp", "complaint", "summary resolution", "2026-12-24T18:00:00Z", "2026-12-31T17:00:00Z", nil),
            ("fca-disp", "complaint", "final response", "2026-12-14T16:00:00Z", "2027-02-09T00:00:00Z", nil),
            // Eight weeks over the change of clocks, on 25 October.
            ("fca-disp", "complaint", "deadline", "2026-09-07T09:00:00Z", "2026-11-03T00:00:00Z", nil),
            (
                "fca-payments", "complaint", "response", "2026-04-02T09:00:00Z", "2026-04-28T00:00:00+01:00",
                "2026-05-28T00:00:00+01:00"
            ),
            ("fca-payments", "complaint", "deadline", "2026-04-02T09:00:00Z", "2026-05-28T00:00:00+01:00", nil),
            (
                "housing-ombudsman", "stage 1", "acknowledgement", "2026-04-02T09:00:00Z", "2026-04-14T00:00:00+01:00",
                nil
            ),
            (
                "housing-ombudsman", "stage 1", "response", "2026-04-13T09:00:00Z", "2026-04-28T00:00:00+01:00",
                "2026-05-13T00:00:00+01:00"
            ),
            (
                "lgsco", "stage 2", "response", "2026-04-13T09:00:00Z", "2026-05-13T00:00:00+01:00",
                "2026-06-11T00:00:00+01:00"
            ),
        ] as [(String, String, String, String, String, String?)])
    func dues(name: String, stage: String, clock: String, start: String, due: String, latest: String?) throws {
        let timetable = try timetable(name)
        let stage = try #require(timetable.regime.stages.first { $0.name == stage })
        let clock = try #require(stage.clocks.first { $0.name == clock })
        let anchor = try Instant(rfc3339: start)
        #expect(try timetable.due(clock, from: anchor).instant == Instant(rfc3339: due))
        #expect(try timetable.latest(clock, from: anchor) == latest.map { try Instant(rfc3339: $0) })
    }

    @Test("count what came on a closed day from that day on")
    func closed() throws {
        let timetable = try timetable("fca-disp")
        let clock = try #require(timetable.regime.stages[0].clocks.last)
        let due = try timetable.due(clock, from: Instant(rfc3339: "2026-12-12T12:00:00Z"))
        #expect(due.instant.rfc3339 == "2026-12-16T17:00:00Z")
        #expect(due.explained.hasPrefix("fca-disp, version 0, summary resolution: Sat 2026-12-12 day 0; "))
        #expect(due.explained.contains("(calendar england-and-wales, version 0, Europe/London, tzdata "))
    }
}
