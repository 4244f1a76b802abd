import TestSupport
import Testing

@testable import Complaints

@Suite("A regime that is sent")
struct RegimeRequestTests {
    private func issues(_ change: (inout RegimeRequest) -> Void) -> [String] {
        var request = RegimeRequest.twoStages
        change(&request)
        return request.issues.map { "\($0.path.pointer) \($0.code.rawValue)" }
    }

    @Test("is told all that is wrong with it as a whole, where that is")
    func whole() {
        #expect(issues { _ in } == [])
        #expect(
            issues {
                $0.period = RegimePeriod(
                    from: CalendarRequest.date("2026-02-01"), until: CalendarRequest.date("2026-01-31"))
            }
                == ["#/valid_until conflicting_fields"])
        #expect(
            issues {
                $0.period = RegimePeriod(
                    from: CalendarRequest.date("2026-02-01"), until: CalendarRequest.date("2026-02-01"))
            }
                == [])
        #expect(issues { $0.stages[1].name = "STAGE  1" } == ["#/stages/1/name conflicting_fields"])
        #expect(issues { $0.stages[0].clocks[2].name = "Answer" } == ["#/stages/0/clocks/2/name conflicting_fields"])
        #expect(
            issues {
                $0.stages[0].clocks[0].until = .close
                $0.stages[0].clocks[1].anchor = .kept(.callback)
                $0.stages[0].clocks[3].insteadOf = "at once"
                $0.stages[1].clocks[0].length.count = 60
            } == [
                "#/stages/0/clocks/0/until conflicting_fields", "#/stages/0/clocks/1/anchor invalid_value",
                "#/stages/0/clocks/3/instead_of invalid_value", "#/stages/1/clocks/0/count out_of_range",
                "#/stages/1/clocks/0/extension/count conflicting_fields",
            ])
    }

    @Test("has clocks that make something, or stand for another one")
    func makes() {
        #expect(issues { $0.stages[0].clocks[1].makes = nil } == ["#/stages/0/clocks/1/makes required"])
        #expect(issues { $0.stages[0].clocks[3].every = true } == ["#/stages/0/clocks/3/every conflicting_fields"])
        #expect(issues { $0.stages[1].clocks[0].every = true } == ["#/stages/1/clocks/0/every conflicting_fields"])
        // A kind that another one is met by will do as an anchor.
        #expect(issues { $0.stages[0].clocks[2].anchor = .kept(.decision) } == [])
        #expect(issues { $0.stages[1].clocks[0].anchor = .kept(.answer) } == [], "it is met by one")
        #expect(issues { $0.stages[0].clocks[3].insteadOf = "ANSWER" } == [])
    }

    @Test("does not have a clock extended to before it is due")
    func extended() {
        func count(_ length: ClockLength, _ more: ClockLength, _ from: ClockExtension.Start = .anchor) -> Int {
            issues {
                $0.stages[1].clocks[0].length = length
                $0.stages[1].clocks[0].until = length.unit == .hours ? nil : .endOfDay
                $0.stages[1].clocks[0].extension = ClockExtension(more, from: from)
            }.count
        }
        #expect(count(ClockLength(8, .weeks), ClockLength(56, .days)) == 0)
        #expect(count(ClockLength(8, .weeks), ClockLength(55, .days)) == 1)
        #expect(count(ClockLength(8, .weeks), ClockLength(1, .days), .due) == 0)
        #expect(count(ClockLength(15, .businessDays), ClockLength(14, .businessDays)) == 1)
        #expect(count(ClockLength(15, .businessDays), ClockLength(14, .days)) == 1)
        #expect(count(ClockLength(15, .days), ClockLength(11, .businessDays)) == 0, "it may be longer")
        #expect(count(ClockLength(2, .months), ClockLength(55, .days)) == 1)
        #expect(count(ClockLength(48, .hours), ClockLength(1, .days)) == 1)
        #expect(count(ClockLength(1, .days), ClockLength(1, .months)) == 0)
    }

    @Test(
        "may count as much as that a clock and its extension lie within what can be promised",
        arguments: ClockUnit.allCases)
    func counts(unit: ClockUnit) throws {
        let most = ClockLength(unit.counts.upperBound, unit)
        // Open once a week, which is the least.
        let weekly = try Timetable([
            CalendarSamples.calendar("UTC", "", weekly: [.mon: "09:00-10:00"])
        ])
        let timetable = try RegimeSamples.timetable(on: weekly)
        for from in ClockExtension.Start.allCases {
            let clock = RegimeSamples.clock(most.count, unit, extended: ClockExtension(most, from: from))
            let start = try Instant(rfc3339: "2026-01-01T00:00:00Z")
            let due = try timetable.due(clock, from: start).instant
            #expect(due - start <= Limits.longestMaxSpan)
            guard unit != .businessDays else { continue }
            let latest = try #require(try timetable.latest(clock, from: start))
            #expect(latest >= due && latest - start <= Limits.longestMaxSpan)
        }
        #expect(
            issues { $0.stages[1].clocks[0].length = ClockLength(most.count + 1, unit) }.contains(
                "#/stages/1/clocks/0/count out_of_range"))
    }

    @Test("makes a version where it says something else, to the letter")
    func versions() throws {
        let request = RegimeRequest.twoStages
        let first = try #require(Regime.next(request, named: "ours", after: nil))
        #expect(first.version == 1 && first.name == "ours")
        #expect(Regime.next(request, named: "ours", after: first) == nil)
        var changes: [(inout RegimeRequest) -> Void] = []
        changes.append { $0.title += "!" }
        changes.append { $0.authority += "!" }
        changes.append { $0.source += "!" }
        changes.append { $0.calendar = "default" }
        changes.append { $0.receivedClosed = .same }
        changes.append { $0.period = RegimePeriod(from: nil, until: CalendarRequest.date("2026-02-01")) }
        changes.append { $0.stages.swapAt(0, 1) }
        changes.append { $0.stages[0].name += "!" }
        changes.append { $0.stages[0].clocks[0].length.count += 1 }
        changes.append { $0.stages[0].clocks[3].insteadOf = "Answer" }
        for change in changes {
            var other = request
            change(&other)
            let second = try #require(Regime.next(other, named: "ours", after: first))
            #expect(second.version == 2)
            let draft = LogDraft.regimeUpdated(from: first, to: second, at: .earliest)
            #expect(draft.kind.form.fits(facts: draft.facts, texts: draft.texts), "\(draft)")
        }
        // é in one scalar and in two is the same to Swift.
        var (one, two) = (request, request)
        one.stages[0].name = "caf\u{E9}"
        two.stages[0].name = "cafe\u{301}"
        let accented = try #require(Regime.next(one, named: "ours", after: first))
        #expect(Regime.next(two, named: "ours", after: accented) != nil)
    }

    @Test("holds from a date to another, and says so")
    func periods() {
        let (first, last) = (CalendarRequest.date("2026-04-01"), CalendarRequest.date("2026-04-30"))
        let period = RegimePeriod(from: first, until: last)
        #expect(period.contains(first) && period.contains(last))
        #expect(
            !period.contains(CalendarRequest.date("2026-03-31")) && !period.contains(CalendarRequest.date("2026-05-01"))
        )
        #expect(period.words == "from 2026-04-01 until 2026-04-30")
        #expect(RegimePeriod(from: nil, until: last).words == "until 2026-04-30")
        #expect(RegimePeriod(from: nil, until: nil).words == "always")
    }
}
