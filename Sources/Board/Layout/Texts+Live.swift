import Complaints

// What happens meanwhile.
extension Texts {
    static let oneChange = "1 change"
    /// `{n}` is how many.
    static let manyChanges = "{n} changes"
    static let showChanges = "Show"

    /// What happened, in words without quotation marks; nil for what is of no account to who looks at cases.
    static func name(of type: EventType) -> String? {
        switch type {
        case .caseOpened: "case opened"
        case .caseUpdated: "case updated"
        case .caseResolved: "case resolved"
        case .caseClosed: "case closed"
        case .caseReopened: "case reopened"
        case .caseEscalated: "case escalated"
        case .caseUpdateDue: "news due"
        case .promiseMade: "promise made"
        case .promiseDueSoon: "promise due soon"
        case .promiseOverdue: "promise overdue"
        case .promiseReminder: "reminder"
        case .promiseEscalated: "promise escalated"
        case .promiseKept: "promise kept"
        case .promiseRenegotiated: "promise moved"
        case .promiseRecovered: "promise recovered"
        case .promiseWithdrawn: "promise withdrawn"
        case .promiseVoided: "promise taken back"
        case .promiseTransferred: "promise goes on elsewhere"
        case .promiseReassigned: "promise given on"
        case .promiseAccepted: "promise accepted"
        case .promiseDeclined: "promise declined"
        case .customerUpdated: "customer updated"
        case .ownerUpdated: "owner updated"
        case .policyUpdated, .calendarUpdated, .regimeUpdated: "rules updated"
        case .tokenCreated, .tokenRevoked, .digestReady, .webhookUpdated, .webhookDisabled, .epochBegun: nil
        }
    }
}
