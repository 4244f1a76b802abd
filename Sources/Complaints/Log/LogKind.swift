/// What kind of thing happened. What there is to know of each is its `form`.
public enum LogKind: String, Vocabulary {
    case caseOpened = "case_opened"
    case caseUpdated = "case_updated"
    case caseResolved = "case_resolved"
    case caseClosed = "case_closed"
    case caseReopened = "case_reopened"
    case caseShared = "case_shared"
    case caseUnshared = "case_unshared"
    case resolutionCorrected = "resolution_corrected"
    case stageOpened = "stage_opened"
    case stageUndone = "stage_undone"
    case promiseMade = "promise_made"
    case promiseDueSoon = "promise_due_soon"
    case promiseOverdue = "promise_overdue"
    case promiseReminder = "promise_reminder"
    case promiseEscalated = "promise_escalated"
    case promiseKept = "promise_kept"
    case promiseRenegotiated = "promise_renegotiated"
    case promiseRecovered = "promise_recovered"
    case promiseWithdrawn = "promise_withdrawn"
    case promiseVoided = "promise_voided"
    case promiseTransferred = "promise_transferred"
    case promiseReassigned = "promise_reassigned"
    case promiseAccepted = "promise_accepted"
    case promiseDeclined = "promise_declined"
    case updateDue = "update_due"
    case escalated
    case relationship
    case erased
    case duplicate
    case statement
    case question
    case fact
    case acknowledgement
    case support
    case apology
    case restatement
    case option
    case agreement
    case threat
    case threatAssessment = "threat_assessment"
    case concession
    case concessionDecision = "concession_decision"
    case dispute
    case disputeDecision = "dispute_decision"
    case referral
    case referralDecision = "referral_decision"
    case forwarded
    case mood
    case supervisorJoined = "supervisor_joined"
    case coolOff = "cool_off"
    case customerNotified = "customer_notified"
    case debrief
    case lesson
    case thanks
    case refusal
    case note
    case customerUpdated = "customer_updated"
    case customerErased = "customer_erased"
    case customerMerged = "customer_merged"
    case customerUnmerged = "customer_unmerged"
    case policyAdded = "policy_added"
    case policyUpdated = "policy_updated"
    case tokenCreated = "token_created"
    case tokenRevoked = "token_revoked"
    case ownerNamed = "owner_named"
    case ownerUpdated = "owner_updated"
    case handover
    case digestReady = "digest_ready"
    case calendarUpdated = "calendar_updated"
    case regimeUpdated = "regime_updated"
    case webhookCreated = "webhook_created"
    case webhookUpdated = "webhook_updated"
    case webhookRotated = "webhook_rotated"
    case webhookDisabled = "webhook_disabled"
    case webhookDeleted = "webhook_deleted"
    case epochBegun = "epoch_begun"

    /// What the clock says by itself: it changes no version, entity tag or `updated_at` of what it is about, has no words to be found
    /// by, and is nothing that a customer has heard.
    package static let machine: [LogKind] = [
        .promiseDueSoon, .promiseOverdue, .promiseReminder, .promiseEscalated, .updateDue,
        .digestReady,
    ]

    /// By which a promise comes into other hands after its making.
    package static let handingOn: [LogKind] = [.promiseReassigned, .promiseDeclined]

    /// Which tell whether it did: the making of one that goes on from another case says so of the time before.
    package static let changesOfHands = handingOn + [.promiseMade]

    /// By which a promise is settled.
    package static let settling: [LogKind] = [
        .promiseKept, .promiseRenegotiated, .promiseRecovered, .promiseWithdrawn, .promiseVoided, .promiseTransferred,
    ]
}
