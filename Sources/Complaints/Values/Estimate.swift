/// Roughly how long the whole will take, as told to the customer (T1); apart from the next contact.
public struct Estimate: Sendable, Hashable {
    /// One end of an estimate: an instant, or a time from the receipt of the complaint.
    public enum Bound: Sendable, Hashable {
        /// By the calendar.
        case at(Instant)
        /// Counted from `received_at`.
        case after(ElapsedTime)
    }

    /// The earliest end of it.
    public var from: Bound
    /// The latest end of it.
    public var to: Bound

    /// An estimate of any two ends: whether they make sense together, `isOrdered` says.
    public init(from: Bound, to: Bound) {
        self.from = from
        self.to = to
    }

    /// Whether both ends are of one form and in order.
    public var isOrdered: Bool {
        switch (from, to) {
        case (.at(let from), .at(let to)): from <= to
        case (.after(let from), .after(let to)): from <= to
        default: false
        }
    }
}
