/// What one tactic has to say about a case, before it is known what the others have.
struct Finding: Sendable, Hashable {
    enum Standing: Sendable, Hashable {
        /// To be done when it is its turn.
        case pending(Turn)
        case held, done, notNeeded
    }

    let tactic: Tactic
    let title: String
    let standing: Standing
    let why: Guidance.Reason
    let call: GuidedCall?

    var turn: Turn? {
        if case .pending(let turn) = standing { turn } else { nil }
    }

    /// The same of a case whose customer was erased: nothing of theirs is changed any more, so nothing is to be called.
    var erased: Finding {
        if standing == .done { return self }
        return .notNeeded(
            tactic, title, Guidance.Reason("The customer was erased at their wish: the case takes no changes any more.")
        )
    }

    static func pending(
        _ tactic: Tactic, _ turn: Turn, _ title: String, _ why: Guidance.Reason, _ call: GuidedCall
    ) -> Finding {
        Finding(tactic: tactic, title: title, standing: .pending(turn), why: why, call: call)
    }

    static func held(
        _ tactic: Tactic, _ title: String, _ why: Guidance.Reason, _ call: GuidedCall? = nil
    ) -> Finding {
        Finding(tactic: tactic, title: title, standing: .held, why: why, call: call)
    }

    static func done(_ tactic: Tactic, _ title: String, _ why: Guidance.Reason) -> Finding {
        Finding(tactic: tactic, title: title, standing: .done, why: why, call: nil)
    }

    static func notNeeded(_ tactic: Tactic, _ title: String, _ why: Guidance.Reason) -> Finding {
        Finding(tactic: tactic, title: title, standing: .notNeeded, why: why, call: nil)
    }
}

/// When it is something's turn, the most pressing first.
enum Turn: Int, Comparable {
    // Before all else.
    case safety, safetyToo
    // With the customer, by whoever handles the case: nothing is proposed before they were heard.
    case lookAgain, refuse, acknowledge, recover, keepInTime, giveDate, tellOfRefusal, coolOff, vent
    case tellRecorded, listen, restate, estimate, tell, agree, deliver
    // In the house: whoever it is for does it beside that.
    case supervisor, relationship, assess, decide, accept
    // Once nothing else is to be done.
    case learn
    // Whenever somebody likes.
    case anyTime

    /// Who does it.
    enum Lane {
        case safety, customer, house, afterwards, anyTime
    }

    var lane: Lane {
        switch self {
        case .safety, .safetyToo: .safety
        case .anyTime: .anyTime
        case .learn: .afterwards
        case .supervisor...: .house
        default: .customer
        }
    }

    static func < (a: Turn, b: Turn) -> Bool { a.rawValue < b.rawValue }
}
