import CaseStore
import Complaints

/// What alerts are about: what is open, presses, or is nobody's.
extension DueFigures {
    /// Each thing is counted no further: a scrape must stay cheap.
    static let limit = 10_000
    /// What falls due by then is told apart.
    static let soon = ElapsedTime.hours(1)

    func write(_ text: inout MetricsText) {
        let limit = Self.limit
        text.metric("casekeeper_cases", .gauge, "Cases that are open, counted up to \(limit).") {
            $0.sample(["status": "open"], openCases)
        }
        text.metric(
            "casekeeper_promises", .gauge,
            "Unsettled promises to customers, by when they are due: the \(limit) that are due first are counted."
        ) { samples in
            samples.sample(["state": "overdue"], overdue)
            samples.sample(["state": "due_within_hour"], dueSoon)
            samples.sample(["state": "due_later"], dueLater)
        }
        text.metric("casekeeper_promises_unowned", .gauge, "Those of them that are nobody's.", unowned)
        text.metric(
            "casekeeper_promises_unaccepted", .gauge,
            "Promises that somebody was asked to take on and has not accepted, counted up to \(limit).", unaccepted)
        text.metric(
            "casekeeper_longest_overdue_seconds", .gauge,
            "For how long the promise to a customer has been overdue that has been for longest; 0 where none is.",
            Double(longestOverdue.milliseconds) / 1000)
    }
}
