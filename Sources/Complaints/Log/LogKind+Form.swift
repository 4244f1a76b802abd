extension LogKind {
    /// What there is to know of the kind.
    public var form: LogForm {
        guard let form = Self.forms[self] else { preconditionFailure("\(self) has no form") }
        return form
    }

    private static let forms = Dictionary(uniqueKeysWithValues: allCases.map { ($0, described($0)) })

    /// The kinds a client may write itself.
    public static let written = allCases.filter(\.form.isWritten)

    /// The texts that `q` looks at, in entries of any kind.
    public static let searchedTexts = Set(allCases.flatMap(\.form.facts).filter(\.isSearched).map(\.name))

    private static func described(_ kind: LogKind) -> LogForm {
        switch kind {
        case .caseOpened: .caseOpened
        case .caseUpdated: .caseUpdated
        case .caseResolved: .caseResolved
        case .caseClosed: .caseClosed
        case .caseReopened: .caseReopened
        case .caseShared: .caseShared
        case .caseUnshared: .caseUnshared
        case .resolutionCorrected: .resolutionCorrected
        case .stageUndone: .stageUndone
        case .stageOpened: .stageOpened
        case .promiseMade: .promiseMade
        case .promiseDueSoon: .promiseDueSoon
        case .promiseOverdue: .promiseOverdue
        case .promiseReminder: .promiseReminder
        case .promiseEscalated: .promiseEscalated
        case .updateDue: .updateDue
        case .promiseKept: .promiseKept
        case .promiseRenegotiated: .promiseRenegotiated
        case .promiseRecovered: .promiseRecovered
        case .promiseWithdrawn: .promiseWithdrawn
        case .promiseVoided: .promiseVoided
        case .promiseTransferred: .promiseTransferred
        case .promiseReassigned: .promiseReassigned
        case .promiseAccepted: .promiseAccepted
        case .promiseDeclined: .promiseDeclined
        case .escalated: .escalated
        case .relationship: .relationship
        case .erased: .erased
        case .duplicate: .duplicate
        case .statement, .question, .fact: .statement
        case .acknowledgement: .acknowledgement
        case .support, .apology, .note: .support
        case .restatement: .restatement
        case .option: .option
        case .agreement: .agreement
        case .threat: .threat
        case .threatAssessment: .threatAssessment
        case .concession: .concession
        case .concessionDecision: .concessionDecision
        case .dispute: .dispute
        case .disputeDecision: .disputeDecision
        case .referral: .referral
        case .referralDecision: .referralDecision
        case .forwarded: .forwarded
        case .mood: .mood
        case .supervisorJoined: .supervisorJoined
        case .coolOff, .refusal: .coolOff
        case .customerNotified: .customerNotified
        case .debrief: .debrief
        case .lesson: .lesson
        case .thanks: .thanks
        case .customerUpdated: .customerUpdated
        case .customerErased: .customerErased
        case .customerMerged: .customerMerged
        case .customerUnmerged: .customerUnmerged
        case .policyAdded: .policyAdded
        case .policyUpdated: .policyUpdated
        case .tokenCreated: .tokenCreated
        case .tokenRevoked: .tokenRevoked
        case .ownerNamed: .ownerNamed
        case .ownerUpdated: .ownerUpdated
        case .handover: .handover
        case .digestReady: .digestReady
        case .calendarUpdated: .calendarUpdated
        case .regimeUpdated: .regimeUpdated
        case .webhookCreated: .webhookCreated
        case .webhookUpdated: .webhookUpdated
        case .webhookRotated: .webhookRotated
        case .webhookDisabled: .webhookDisabled
        case .webhookDeleted: .webhookDeleted
        case .epochBegun: .epochBegun
        }
    }
}
