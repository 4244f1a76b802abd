/// What kind of change the feed of events tells of. Every entry of a log is an event of one
/// type, which its kind's `form` says.
public enum EventType: String, Vocabulary {
    case caseOpened = "case.opened"
    case caseUpdated = "case.updated"
    case caseResolved = "case.resolved"
    case caseClosed = "case.closed"
    case caseReopened = "case.reopened"
    case caseEscalated = "case.escalated"
    case caseUpdateDue = "case.update_due"
    case promiseMade = "promise.made"
    case promiseDueSoon = "promise.due_soon"
    case promiseOverdue = "promise.overdue"
    case promiseReminder = "promise.reminder"
    case promiseEscalated = "promise.escalated"
    case promiseKept = "promise.kept"
    case promiseRenegotiated = "promise.renegotiated"
    case promiseRecovered = "promise.recovered"
    case promiseWithdrawn = "promise.withdrawn"
    case promiseVoided = "promise.voided"
    case promiseTransferred = "promise.transferred"
    case promiseReassigned = "promise.reassigned"
    case promiseAccepted = "promise.accepted"
    case promiseDeclined = "promise.declined"
    case customerUpdated = "customer.updated"
    case policyUpdated = "policy.updated"
    case tokenCreated = "token.created"
    case tokenRevoked = "token.revoked"
    case ownerUpdated = "owner.updated"
    case digestReady = "digest.ready"
    case calendarUpdated = "calendar.updated"
    case regimeUpdated = "regime.updated"
    case webhookUpdated = "webhook.updated"
    case webhookDisabled = "webhook.disabled"
    case epochBegun = "epoch.begun"

    /// The kinds of log entries that are events of this type.
    public var kinds: [LogKind] { Self.kinds[self] ?? [] }

    // Events are asked for by their types again and again.
    private static let kinds = Dictionary(grouping: LogKind.allCases, by: \.form.event)
}

/// Some types of events, cheap to keep while a batch is written.
public struct EventTypes: OptionSet, Sendable, Hashable {
    /// A bit a type.
    public let rawValue: UInt32

    /// The types of those bits.
    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// Those types.
    public init(_ types: some Sequence<EventType>) {
        self = types.reduce(into: []) { $0.insert(EventTypes($1)) }
    }

    /// That type alone.
    public init(_ type: EventType) {
        let place: UInt32 =
            switch type {
            case .caseOpened: 0
            case .caseUpdated: 1
            case .caseResolved: 2
            case .caseClosed: 3
            case .caseReopened: 4
            case .promiseMade: 5
            case .promiseOverdue: 6
            case .promiseKept: 7
            case .promiseRenegotiated: 8
            case .promiseRecovered: 9
            case .promiseWithdrawn: 10
            case .promiseVoided: 11
            case .promiseReassigned: 12
            case .promiseAccepted: 13
            case .caseEscalated: 14
            case .customerUpdated: 15
            case .policyUpdated: 16
            case .tokenCreated: 17
            case .tokenRevoked: 18
            case .promiseDeclined: 19
            case .ownerUpdated: 20
            case .promiseTransferred: 21
            case .calendarUpdated: 22
            case .regimeUpdated: 23
            case .webhookUpdated: 24
            case .webhookDisabled: 25
            case .promiseDueSoon: 26
            case .promiseReminder: 27
            case .promiseEscalated: 28
            case .caseUpdateDue: 29
            case .digestReady: 30
            case .epochBegun: 31
            }
        self.init(rawValue: 1 << place)
    }
}
