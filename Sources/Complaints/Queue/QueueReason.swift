/// What waits, with as much of it as it takes to say why.
public enum QueueReason: Sendable, Hashable {
    /// Who looked into it, and what that rests on.
    case danger(by: String?, reason: String?)
    /// What the customer threatens with, and what it could cost, if anybody said.
    case threat(ThreatKind, stake: Money?)
    /// Who was asked to join, where somebody is named, and why.
    case escalation(supervisor: String?, reason: String?)
    /// Who hears of what was promised, to whom, and whether it is overdue.
    case ladder(hearer: LadderStep.Hearer, what: String, to: Promisee, isOverdue: Bool)
    /// What was promised, whose word it was, whom it was given, and whether its case takes further promises.
    case overdue(what: String, by: Promiser, to: Promisee, isCaseOpen: Bool)
    /// Since when the customer has heard nothing.
    case updateDue(since: Instant)
    /// By when the case must be settled, and how long that is.
    case deadline(DeadlineLeft)
    /// How it was resolved.
    case notAccepted(summary: String?)
    /// How much it is, and what makes it wait.
    case concession(Money, isAboveLimit: Bool, beside: ThreatShadow?)
    /// Why it is taken for not kept, and who says so.
    case dispute(reason: String?, saidBy: String?)
    /// With whom the relationship was ended, where that is another customer on record than the one who is back.
    case `return`(of: Int64?)
    /// What was promised, and who is to keep it; nobody once it was declined.
    case acceptance(what: String, owner: String?)

    /// Which kind of reason it is.
    public var kind: QueueKind {
        switch self {
        case .danger: .danger
        case .threat: .threat
        case .escalation: .escalation
        case .ladder: .ladder
        case .overdue: .overdue
        case .updateDue: .updateDue
        case .deadline: .deadline
        case .notAccepted: .notAccepted
        case .concession: .concession
        case .dispute: .dispute
        case .return: .return
        case .acceptance: .acceptance
        }
    }

    /// A sentence for people.
    public var why: String {
        switch self {
        case .danger(let by, let reason):
            let found = "A threat to somebody's safety is credible, and a supervisor is to join"
            guard let reason else { return "\(found)." }
            return "\(found). \(by ?? "Who looked into it"): \(reason)"
        case .threat(let kind, let stake):
            let stake = stake.map { ", \($0.words) at stake" } ?? ""
            return "A threat (\(kind.rawValue)\(stake)) waits for somebody to look into it."
        case .escalation(let supervisor, let reason):
            let asked = "\(supervisor ?? "A supervisor") is asked to join"
            return reason.map { "\(asked): \($0)" } ?? "\(asked)."
        case .ladder(let hearer, let what, _, let isOverdue):
            let who =
                switch hearer {
                case .owner: "Its owner"
                case .supervisor: "A supervisor"
                case .manager: "A manager"
                }
            return "\(who) is to see to a promise \(isOverdue ? "that is overdue" : "before it is due"): \(what)"
        case .overdue(let what, .desk, .customer, _): return "A promise to the customer is overdue: \(what)"
        case .overdue(let what, .desk, .us, _): return "A promise to ourselves is overdue: \(what)"
        case .overdue(let what, .customer, _, _): return "What the customer promised is overdue: \(what)"
        case .updateDue(let since): return "The customer has heard nothing since \(since.rfc3339)."
        case .deadline(let left): return left.words
        case .notAccepted(let summary):
            let resolved = "The case was resolved, and the customer is not content with it"
            return summary.map { "\(resolved): \($0)" } ?? "\(resolved)."
        case .concession(let money, let isAboveLimit, let shadow):
            let reasons = [isAboveLimit ? "is above the limit" : nil, shadow?.why].compactMap(\.self)
                .joined(separator: " and ")
            return "A concession of \(money.words) waits for a manager: it \(reasons)."
        case .dispute(let reason, let speaker):
            let said = "\(speaker ?? "Somebody") says that a promise was not kept, and it waits for a manager"
            return reason.map { "\(said): \($0)" } ?? "\(said)."
        case .return(nil): return "The relationship with the customer was ended, and they are back with a new case."
        case .return(let other?):
            return
                "The relationship with customer \(other) was ended, and this may be them: the phone or e-mail is the same."
        case .acceptance(let what, let owner):
            guard let owner else { return "A promise was declined, and nobody has to keep it: \(what)" }
            return "\(owner) has yet to accept a promise: \(what)"
        }
    }
}

extension ThreatShadow {
    /// As the end of a sentence about a concession.
    fileprivate var why: String {
        switch self {
        case .unassessed: "stands beside a threat that nobody had looked into"
        case .unfounded: "comes after a threat that was found to be unfounded"
        }
    }
}
