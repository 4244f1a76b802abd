extension CaseChange {
    /// A matter that a change raises.
    public struct Raised: Sendable, Hashable {
        /// What it is.
        public let kind: Matter.Kind
        /// The earlier entry that had raised it first; nil: it is new.
        public let of: Int64?
        /// The place in the change's `log` of the entry that raises it.
        public let entry: Int
        /// Whether somebody may come to harm: it goes before others of its kind.
        public let isSafety: Bool
        /// How it was settled in the same step, if it was.
        public let outcome: Matter.Outcome?
    }

    /// A matter that a change settles.
    public struct Settled: Sendable, Hashable {
        /// What it is.
        public let kind: Matter.Kind
        /// The entry that raised it.
        public let seq: Int64
        /// The place in the change's `log` of the entry that settles it.
        public let entry: Int
        /// How it is settled.
        public let outcome: Matter.Outcome
    }
}
