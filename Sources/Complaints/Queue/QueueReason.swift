/// What waits, with as much of it as it takes to say why.
public enum QueueReason: Sendable, Hashable {
    /// What the customer threatens with, and what it could cost, if anybody said.
    case threat(ThreatKind, stake: Money?)
    /// Who was asked to join, where somebody is named, and why.
    case escalation(supervisor: String?, reason: String?)
    /// What was promised.
    case overdue(what: String)
    /// How much it is, and what makes it wait.
    case concession(Money, isAboveLimit: Bool, isUnderThreat: Bool)
    /// Why it is taken for not kept, and who says so.
    case dispute(reason: String?, saidBy: String?)
    /// With whom the relationship was ended, where that is another customer on record than the one who is back.
    case `return`(of: Int64?)
    /// What was promised, for whom and by whom; for nobody once it was declined.
    case acceptance(what: String, owner: String?, madeBy: String)

    /// Which kind of reason it is.
    public var kind: QueueKind {
        switch self {
        case .threat: .threat
        case .escalation: .escalation
        case .overdue: .overdue
        case .concession: .concession
        case .dispute: .dispute
        case .return: .return
        case .acceptance: .acceptance
        }
    }

    /// A sentence for people.
    public var why: String {
        switch self {
        case .threat(let kind, let stake):
            let stake = stake.map { ", \($0.words) at stake" } ?? ""
            return "A threat (\(kind.rawValue)\(stake)) waits for somebody to look into it."
        case .escalation(let supervisor, let reason):
            let asked = "\(supervisor ?? "A supervisor") is asked to join"
            return reason.map { "\(asked): \($0)" } ?? "\(asked)."
        case .overdue(let what): return "A promise to the customer is overdue: \(what)"
        case .concession(let money, let isAboveLimit, let isUnderThreat):
            let reasons = [
                isAboveLimit ? "is above the limit" : nil,
                isUnderThreat ? "stands beside a threat that nobody had looked into" : nil,
            ].compactMap(\.self).joined(separator: " and ")
            return "A concession of \(money.words) waits for a manager: it \(reasons)."
        case .dispute(let reason, let speaker):
            let said = "\(speaker ?? "Somebody") says that a promise was not kept, and it waits for a manager"
            return reason.map { "\(said): \($0)" } ?? "\(said)."
        case .return(nil): return "The relationship with the customer was ended, and they are back with a new case."
        case .return(let other?):
            return
                "The relationship with customer \(other) was ended, and this may be them: the phone or e-mail is the same."
        case .acceptance(let what, let owner, let madeBy):
            guard let owner else { return "A promise was declined, and nobody has to keep it: \(what)" }
            return "\(madeBy) made a promise for \(owner), who has yet to accept it: \(what)"
        }
    }
}

extension Money {
    /// As the service has amounts: it knows of no currency how many minor units it has.
    fileprivate var words: String { "\(amount) \(currency.code) in minor units" }
}
