import TestSupport
import Testing

@testable import Complaints

@Suite("What the clock says of a promise")
struct MarkPlanTests {
    private func plan(
        _ warnings: [String], from start: Instant = Desk.morning, due: Instant = Desk.due,
        by calendar: DeskCalendar? = nil, at now: Instant = Desk.morning
    ) -> MarkPlan {
        var policy = Desk.policy
        policy.warnAt = warnings
        return MarkPlan(of: Desk.promise(due: due), countedFrom: start, under: policy, by: calendar, at: now)
    }

    private func at(_ plan: MarkPlan) -> [String] { plan.marks.map(\.at.rfc3339) }

    /// Open from Monday to Friday, from 9 to 17 in UTC. The tests' morning is that of a Monday.
    private func office(_ special: [(date: String, name: String, hours: String)] = []) throws -> DeskCalendar {
        DeskCalendar([try CalendarSamples.calendar("UTC", "09:00-17:00", special: special)])
    }

    @Test("is once, as far ahead as warn_ahead says, where the policy names no marks")
    func one() {
        #expect(at(plan([])) == ["2026-03-02T10:00:00Z"])
        #expect(plan([]).next == instant("2026-03-02T10:00:00Z"))
    }

    @Test(
        "is at each of the policy's marks, in order and once each; those that have passed, or come too late, are left out"
    )
    func several() {
        let marks = plan(["PT30M", "25%", "PT90M", "75%", "PT30S", "1%"])
        #expect(
            at(marks) == ["2026-03-02T09:01:12Z", "2026-03-02T09:30:00Z", "2026-03-02T10:30:00Z"],
            "a quarter of two hours is ninety minutes before they end")
        #expect(at(plan(["PT90M", "PT30M"], at: Desk.morning + .hours(1))) == ["2026-03-02T10:30:00Z"])
        #expect(
            at(plan(["50%", "75%", "PT3H"], from: Desk.morning + .hours(-2))) == ["2026-03-02T10:00:00Z"],
            "its time counts from the receipt: a half of four hours is over as it is made")
        #expect(at(plan(["75%"], due: Desk.morning + .seconds(8))) == [])
    }

    @Test("is nothing of what a customer promised, and of what is settled")
    func none() {
        let customer = Desk.promise(by: .customer, to: .us)
        #expect(
            MarkPlan(of: customer, countedFrom: Desk.morning, under: Desk.policy, by: nil, at: Desk.morning).next == nil
        )
        let kept = Settlement(outcome: .kept(at: Desk.morning), recordedAt: Desk.morning, by: "Ann")
        let settled = Desk.promise(settlement: kept)
        #expect(
            MarkPlan(of: settled, countedFrom: Desk.morning, under: Desk.policy, by: nil, at: Desk.morning).next == nil)
    }

    @Test(
        "is in the hours of whoever keeps it, where it can be kept in them still, and else before they close for the last time",
        arguments: [
            // Due within hours: then, or as they open.
            ("2026-03-03T12:00:00Z", "PT2H", "2026-03-03T10:00:00Z"),
            ("2026-03-03T12:00:00Z", "PT3H", "2026-03-03T09:00:00Z"),
            ("2026-03-03T12:00:00Z", "PT5H", "2026-03-03T09:00:00Z"),
            ("2026-03-09T10:00:00Z", "P2D", "2026-03-09T09:00:00Z"),
            // Due as they close.
            ("2026-03-03T17:00:00Z", "PT1H", "2026-03-03T16:00:00Z"),
            // Due while they are closed.
            ("2026-03-03T20:00:00Z", "PT2H", "2026-03-03T16:45:00Z"),
            ("2026-03-08T12:00:00Z", "PT8H", "2026-03-06T16:45:00Z"),
            ("2026-03-08T12:00:00Z", "P2DT20H", "2026-03-05T16:00:00Z"),
            ("2026-03-04T08:00:00Z", "PT20H", "2026-03-03T12:00:00Z"),
        ])
    func inHours(due: String, lead: String, expected: String) throws {
        #expect(at(plan([lead], due: instant(due), by: try office())) == [expected])
    }

    @Test("is when it was to be where nobody works until then any more")
    func tooLate() throws {
        let saturday = instant("2026-03-07T10:00:00Z")
        var policy = Desk.policy
        policy.warnAt = ["PT2H"]
        let promise = Desk.promise(due: instant("2026-03-08T12:00:00Z"))
        let plan = MarkPlan(of: promise, countedFrom: Desk.morning, under: policy, by: try office(), at: saturday)
        #expect(at(plan) == ["2026-03-08T10:00:00Z"])
    }

    @Test("is once of what has passed meanwhile, and nothing once it is overdue")
    func missed() throws {
        let due = Desk.morning + .hours(10)
        var late = plan(["PT8H", "PT6H", "PT4H", "PT2H"], due: due)
        #expect(late.say(due: due, by: nil, at: late.marks[0].at) == [], "right after it, not at it")
        let at5 = Desk.morning + .hours(5)
        #expect(
            late.say(due: due, by: nil, at: at5) == [.mark(PromiseMark(at: Desk.morning + .hours(4), kind: .dueSoon))])
        #expect(
            late.marks.map(\.at) == [4, 6, 8].map { Desk.morning + .hours($0) },
            "those that were said, and those to come")
        #expect(late.next == Desk.morning + .hours(6))
        #expect(late.say(due: due, by: nil, at: at5) == [])
        #expect(late.say(due: due, by: nil, at: due + .hours(1)) == [])
        #expect(late.marks.map(\.at) == [Desk.morning + .hours(4)])
        #expect(late.next == due + .days(1))
    }

    @Test("is on each working day after the one that it was due on, as they open, once for those that have passed")
    func reminders() throws {
        let office = try office([("2026-03-05", "Inventory", "")])
        var plan = plan([], by: office)
        #expect(plan.say(due: Desk.due, by: office, at: Desk.due).count == 1)
        var said: [String] = []
        func pass(_ now: String) {
            said = plan.say(due: Desk.due, by: office, at: instant(now)).map { saying in
                #expect(saying.kind == .promiseReminder)
                return saying.at.rfc3339
            }
        }
        pass("2026-03-03T09:00:00Z")
        #expect(said == [])
        pass("2026-03-03T09:00:01Z")
        #expect(said == ["2026-03-03T09:00:00Z"])
        pass("2026-03-03T16:00:00Z")
        #expect(said == [])
        pass("2026-03-04T09:30:00Z")
        #expect(said == ["2026-03-04T09:00:00Z"])
        #expect(plan.next == instant("2026-03-06T09:00:00Z"))
        pass("2026-03-11T12:00:00Z")
        #expect(said == ["2026-03-06T09:00:00Z"], "one for four days")
        #expect(plan.next == instant("2026-03-12T09:00:00Z"))
    }

    @Test("is on the day after one that it was due at the end of, and as a day opens for the first time")
    func dueAtMidnight() throws {
        let day = DeskCalendar([try CalendarSamples.calendar("UTC", "09:00-12:00 13:00-17:00")])
        let due = instant("2026-03-03T00:00:00Z")
        var plan = plan([], due: due, by: day)
        _ = plan.say(due: due, by: day, at: due)
        #expect(plan.next == instant("2026-03-03T09:00:00Z"))
        #expect(plan.say(due: due, by: day, at: instant("2026-03-03T12:30:00Z")).map(\.kind) == [.promiseReminder])
        #expect(plan.next == instant("2026-03-04T09:00:00Z"), "and not after lunch")
    }

    /// The steps of a ladder as they are said, at hours of the tests' morning.
    private func climbed(_ steps: [String], due: Instant, at hours: [Int64]) -> [[String]] {
        var policy = Desk.policy
        policy.ladder = steps
        var plan = MarkPlan(
            of: Desk.promise(due: due), countedFrom: Desk.morning, under: policy, by: nil, at: Desk.morning)
        return hours.map { hour in
            plan.say(due: due, by: nil, at: Desk.morning + .hours(hour) + .seconds(1)).map { saying in
                let at = (saying.at - Desk.morning).milliseconds / 3_600_000
                return "\(saying.hearer.map(\.rawValue) ?? saying.kind.rawValue) \(at)"
            }
        }
    }

    @Test("is each step of the ladder, and no reminder is lost to one that lies between")
    func ladder() {
        let due = Desk.morning + .hours(10)
        #expect(
            climbed(
                ["-PT1H owner", "PT0S supervisor", "PT23H manager", "P1D manager"], due: due, at: [9, 10, 33, 34, 58])
                == [
                    ["promise_due_soon 9", "owner 9"], ["supervisor 10"], ["manager 33"],
                    ["manager 34", "promise_reminder 34"], ["promise_reminder 58"],
                ])
        #expect(
            climbed(["PT1H manager", "PT30H manager", "P3D supervisor"], due: due, at: [100])
                == [["manager 40", "supervisor 82"]], "the last for each, once")
        #expect(
            climbed(["P1D manager"], due: due, at: [11, 12, 60]) == [[], [], ["manager 34", "promise_reminder 34"]])
    }

    @Test("is at once of steps past due that have passed as it is made, and of no others")
    func bornPast() {
        var policy = Desk.policy
        policy.ladder = ["-PT1H owner", "PT1H supervisor", "PT2H manager", "P3D manager"]
        let now = Desk.due + .days(1)
        let plan = MarkPlan(of: Desk.promise(), countedFrom: Desk.morning, under: policy, by: nil, at: now)
        #expect(plan.marks.map(\.kind) == [.supervisor, .manager, .manager])
        #expect(plan.marks.map(\.at) == [now, now, Desk.due + .days(3)] && plan.next == now)
        let short = MarkPlan(
            of: Desk.promise(due: Desk.morning + .minutes(30)), countedFrom: Desk.morning, under: policy, by: nil,
            at: Desk.morning)
        #expect(!short.marks.contains { $0.kind == .owner }, "it was made less than an hour before")
    }

    @Test("is every 24 hours from the due instant on where there is no calendar")
    func withoutCalendar() {
        var plan = plan([], at: Desk.due + .hours(30))
        #expect(plan.marks == [] && plan.next == Desk.due + .days(2))
        let sayings = plan.say(due: Desk.due, by: nil, at: Desk.due + .days(5) + .hours(3))
        #expect(sayings == [.reminder(at: Desk.due + .days(2))] && plan.next == Desk.due + .days(6))
    }
}
