import Complaints
import Testing

@Suite("What follows from a case's promises")
struct DerivedFieldsTests {
    private static func settled(
        _ id: Int64, _ outcome: Settlement.Outcome, by: Promiser = .desk, told: Instant? = nil
    ) -> Promise {
        Desk.promise(
            id, by: by, to: by == .desk ? .customer : .us,
            settlement: Settlement(outcome: outcome, recordedAt: told ?? outcome.at, by: "Ann"))
    }

    private static let promises = [
        settled(1, .kept(at: Desk.due)), settled(2, .kept(at: Desk.late)), settled(3, .superseded(at: Desk.due, by: 4)),
        settled(4, .superseded(at: Desk.late, by: 5)),
        settled(5, .withdrawn(at: Desk.due, release: .customerAgreed)), settled(6, .void(at: Desk.due)),
        settled(16, .transferred(at: Desk.due, to: 17)),
        Desk.promise(7), Desk.promise(8, due: Desk.due + .hours(-1)), Desk.promise(9, due: Desk.due + .days(2)),
        Desk.promise(10, due: Desk.due + .days(1)),
        Desk.promise(14, due: Desk.due + .minutes(-30)), Desk.promise(15, due: Desk.due + .days(3)),
        // Promises between other parties count for nothing here.
        Desk.promise(11, by: .customer, to: .us, due: Desk.morning), Desk.promise(12, by: .desk, to: .us),
        settled(13, .kept(at: Desk.late + .days(5)), by: .customer),
    ]

    @Test("counts by state, the oldest overdue and the next open one, of promises to the customer alone")
    func timeline() {
        let timeline = Desk.file(promises: Self.promises).timeline(at: Desk.late)
        #expect(
            PromiseState.allCases.map { timeline.counts[$0] } == [3, 3, 1, 1, 1, 1, 1, 1, 1],
            "open, overdue, kept, kept_late, renegotiated, withdrawn, broken, transferred, void")
        #expect(timeline.isOverdue)
        #expect(timeline.overdueSince == Desk.due + .hours(-1))
        #expect(timeline.nextDueAt == Desk.due + .days(1))
        #expect(timeline.everBroken)
        #expect(!timeline.isSilent)
    }

    @Test("the entity tag's part counts promises of any parties that are past due")
    func pastDue() {
        let file = Desk.file(promises: Self.promises)
        #expect(file.pastDueCount(at: Desk.morning) == 0)
        #expect(file.pastDueCount(at: Desk.due) == 3)
        #expect(file.pastDueCount(at: Desk.late) == 5)
    }

    @Test(
        "ever_broken: a promise to the customer was on record as unsettled past due, or given up without their release",
        arguments: [
            ([Desk.promise()], Desk.due, false),
            ([Desk.promise()], Desk.late, true),
            ([settled(1, .kept(at: Desk.due))], Desk.late, false),
            ([settled(1, .kept(at: Desk.late))], Desk.late, true),
            ([settled(1, .superseded(at: Desk.due, by: 2))], Desk.late, false),
            ([settled(1, .superseded(at: Desk.late, by: 2))], Desk.late, true),
            ([settled(1, .withdrawn(at: Desk.late, release: .customerAgreed))], Desk.late, true),
            ([settled(1, .kept(at: Desk.due), told: Desk.late)], Desk.late, true),
            ([settled(1, .void(at: Desk.due))], Desk.late, false),
            ([settled(1, .void(at: Desk.late))], Desk.late, true),
            ([settled(1, .withdrawn(at: Desk.due, release: .customerAgreed))], Desk.late, false),
            ([settled(1, .withdrawn(at: Desk.due, release: .without(.impossible)))], Desk.due, true),
            ([settled(1, .withdrawn(at: Desk.due, release: .ended))], Desk.late, false),
            ([settled(1, .withdrawn(at: Desk.late, release: .ended))], Desk.late, true),
            ([Desk.promise(by: .customer, to: .us)], Desk.late, false),
            ([settled(1, .withdrawn(at: Desk.due, release: .without(.impossible)), by: .customer)], Desk.late, false),
        ])
    func everBroken(_ promises: [Promise], _ now: Instant, _ expected: Bool) {
        for status in CaseStatus.allCases {
            #expect(Desk.file(status, promises: promises).timeline(at: now).everBroken == expected)
        }
    }

    @Test(
        "silent is an open case without an unsettled promise to the customer",
        arguments: [
            ([], true), ([Desk.promise()], false), ([settled(1, .kept(at: Desk.due))], true),
            ([Desk.promise(by: .customer, to: .us)], true), ([Desk.promise(by: .desk, to: .us)], true),
        ] as [([Promise], Bool)])
    func silent(_ promises: [Promise], _ isSilent: Bool) {
        #expect(Desk.file(promises: promises).timeline(at: Desk.late).isSilent == isSilent)
        #expect(!Desk.file(.resolved, promises: promises).timeline(at: Desk.late).isSilent)
        #expect(!Desk.file(.closed, promises: promises).timeline(at: Desk.late).isSilent)
    }
}
