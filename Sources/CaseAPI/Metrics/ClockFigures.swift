import CaseStore
import Complaints

/// Whether the wall clock is believed, and how far off it is if not.
struct ClockFigures: Sendable {
    let trouble: ClockTrouble?

    init(_ trouble: ClockTrouble?) {
        self.trouble = trouble
    }

    func write(_ text: inout MetricsText) {
        text.metric(
            "casekeeper_clock_ready", .gauge, "1 while the wall clock is believed; else no change is kept.",
            trouble == nil ? 1 : 0)
        var (leap, gap) = (ElapsedTime.zero, ElapsedTime.zero)
        switch trouble {
        case .jumped(let by, _): leap = by
        case .behind(_, let by): gap = by
        case nil: break
        }
        text.metric(
            "casekeeper_clock_leap_seconds", .gauge,
            "How far the wall clock has leapt against the boot clock, ahead or (negative) back; 0 while it is believed.",
            Double(leap.milliseconds) / 1000)
        text.metric(
            "casekeeper_clock_behind_seconds", .gauge,
            "How far the wall clock is behind the last stamp on record; 0 while it is believed.",
            Double(gap.milliseconds) / 1000)
    }
}
