/// What a case would be promised by the regime that it would be under as it is opened.
public struct RegimePreview: Sendable {
    /// The regime, by name.
    public let name: String
    /// The version that holds for the receipt; 0 for one that is shipped.
    public let version: Int64
    /// Its first stage.
    public let stage: String
    /// The clocks of that stage that make a promise at once, in the regime's order.
    public let clocks: [Clock]
    /// The soonest of those that make a deadline; nil where none does at once.
    public let hardDeadline: Instant?

    /// A clock that would make a promise.
    public struct Clock: Sendable {
        /// What the regime calls it.
        public let name: String
        /// What it makes.
        public let makes: ClockProduct
        /// By when.
        public let due: ClockDue
    }

    /// What is wrong with what asked for the regime: one of its clocks can't be counted.
    public let issues: [FieldIssue]

    /// What the first stage of a regime comes to.
    public init(_ regime: RegimeTimetable, receivedAt: Instant, openedAt: Instant) {
        let opening = StageOpening(firstOf: regime, receivedAt: receivedAt, openedAt: openedAt)
        name = opening.regime.name
        version = opening.regime.version
        stage = opening.stage.name
        clocks = opening.promises.map { Clock(name: $0.name, makes: $0.product, due: $0.due) }
        hardDeadline = opening.hardDeadline
        issues = opening.issues("regime")
    }
}
