import Testing

@testable import Complaints

@Suite("An instant that a client gives as past")
struct PastInstantTests {
    static let cases: [(ElapsedTime, ElapsedTime, ElapsedTime?)] = [
        (.zero, .hours(-1), .hours(-1)), (.zero, .zero, .zero), (.zero, ElapsedTime(milliseconds: 1), nil),
        (.seconds(2), .hours(-1), .hours(-1)), (.seconds(2), ElapsedTime(milliseconds: 1), .zero),
        (.seconds(2), .seconds(2), .zero), (.seconds(2), ElapsedTime(milliseconds: 2001), nil),
        (.minutes(1), .seconds(60), .zero), (.minutes(1), .seconds(61), nil),
    ]

    @Test("counts as now up to the tolerance after it, and past that is refused", arguments: cases)
    func tolerance(_ tolerance: ElapsedTime, _ ahead: ElapsedTime, _ countsAs: ElapsedTime?) {
        let now = Desk.due
        let past = PastInstant(now + ahead, tolerance: tolerance)
        let issues = past.issues(at: now, path: "kept_at").map { "\($0.path.pointer) \($0.code.rawValue)" }
        #expect(issues == (countsAs == nil ? ["#/kept_at in_the_future"] : []))
        if let countsAs { #expect(past.instant(at: now) == now + countsAs) }
    }
}
