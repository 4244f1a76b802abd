public import Complaints

/// Why the wall clock is not believed, so that no change is kept: with it the record would say what never was, and a
/// stamp far ahead would stop time until the clocks have come up to it.
public enum ClockTrouble: Sendable, Hashable {
    /// It leapt, ahead or (negative) back, while the boot clock went on: somebody set it, or it was never right.
    case jumped(by: ElapsedTime)
    /// It lies far before the last stamp on record, whether that was ahead of time or the clock is behind it now.
    case behind(lastStamp: Instant, by: ElapsedTime)

    /// A clock that differs by no more is as good as right: time servers step it, and drivers differ.
    public static let limit = ElapsedTime.minutes(5)

    /// The kind of it, for programs.
    public var word: String {
        switch self {
        case .jumped: "clock_jumped"
        case .behind: "clock_behind"
        }
    }

    /// What happened, in a sentence.
    public var summary: String {
        switch self {
        case .jumped(let leap):
            "The wall clock leapt \(leap < .zero ? "back" : "ahead") by \(leap.magnitude.iso8601)."
        case .behind(let lastStamp, let gap):
            "The wall clock is \(gap.iso8601) behind the last stamp on record, \(lastStamp.rfc3339)."
        }
    }

    /// What an operator should do, in a sentence.
    public var remedy: String {
        switch self {
        case .jumped: "Set the clock right; if it is right now, say casekeeper clock --accept."
        case .behind: "Set the clock right, or wait for it; if the stamp is wrong, restore a backup from before it."
        }
    }
}

extension ElapsedTime {
    /// Without its sign.
    package var magnitude: ElapsedTime { ElapsedTime(milliseconds: abs(milliseconds)) }
}
