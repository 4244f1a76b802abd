import CaseAPI
import Complaints

// The customer's own page: said to them, by the desk.
extension Texts {
    static let customerTitle = "Your complaint"
    static let customerComplaint = "What you told us"
    static let customerReceived = "It reached us on"
    static let customerWish = "What you asked for:"
    static let customerPromises = "What we promised you"
    static let customerNext = "What happens next"
    static let customerStage = "The procedure"
    static let customerEnd = "How it ended"
    static let customerAnswer = "How to answer us"
    static let nothingOpen = "Nothing is left for us to do at the moment."
    static let customerGone = "This link leads nowhere"
    static let customerGoneHint = "It may have ended, or was taken back. Ask whoever it is from for another one."

    static func customerCase(_ id: Int64) -> String { "Case \(id)" }
    static func customerContact(_ contact: String?, _ id: Int64) -> String {
        contact.map { "\($0). Say that it is about case \(id)." }
            ?? "Answer the message that this link came with, and say that it is about case \(id)."
    }

    static func customerStatus(_ word: String?) -> String {
        guard let word, let status = CaseStatus(rawValue: word) else { return "" }
        return switch status {
        case .open: "We are working on it."
        case .resolved: "It is settled."
        case .closed: "It is closed."
        }
    }

    static let customerMade = "We promised it on"
    static let customerDue = "It was due by"
    static let customerDueStill = "It is due by"
    static let customerDueLate = "It was due by"
    static let customerIsLate = "It is late, and not done yet."
    static let customerStep = "The next step:"
    static let customerKept = "We did it on"
    static let customerGaveUp = "We gave it up on"
    static let customerBefore = "Before that we had promised:"

    /// A piece of the sentence that says how a date has moved.
    enum MovePart {
        case words(String)
        case from, to, at
    }

    /// What became of a promise that another one took the place of.
    ///
    /// - Parameter isPast: whether its date had passed by then.
    static func customerMove(missed: Bool, isPast: Bool, givenUp: Bool) -> [MovePart] {
        if givenUp {
            let before: [MovePart] =
                isPast
                ? [.words("We missed the date, which was "), .from]
                : [.words("It was due by "), .from]
            return before + [
                .words(". On "), .at, .words(" we gave it up, and made a new promise for "), .to, .words("."),
            ]
        }
        if missed, !isPast {
            return [
                .words("It turned out not to be done, though we had said so. It was due by "), .from,
                .words(", and we promised it anew for "), .to, .words("."),
            ]
        }
        return missed
            ? [
                .words("We missed the date, which was "), .from, .words(", and promised it for "), .to,
                .words("."),
            ]
            : [.words("We moved the date from "), .from, .words(" to "), .to, .words(".")]
    }
    static let customerBecause = "Why:"
    static let customerEstimate = "All of it takes until some time between"
    static let customerEstimateTo = "and"
    static let customerSupervisor = "A supervisor joined on"
    static let customerUntil = "This page is here for you until"
    static let customerClock = "The procedure asks this of us."
    static let customerTimeline =
        "Each promise as a line from when it was made to when it is or was due. The same stands in words below."

    static func customerStage(_ name: String) -> String { "Your complaint is at this stage of the procedure: \(name)." }
    static func customerRules(_ regime: String, of authority: String?) -> String {
        authority.map { "The rules: \(regime). They are those of \($0)." } ?? "The rules: \(regime)."
    }
    static let customerStageSince = "The stage counts from"
    static let customerDeadline = "By these rules it has to be settled by"

    static func customerOutcome(_ word: String?) -> String? {
        guard let word, let outcome = CaseOutcome(rawValue: word) else { return nil }
        return switch outcome {
        case .upheld: "We found that you were right."
        case .partlyUpheld: "We found that you were right in part."
        case .notUpheld: "We found that we had done what we had to do."
        case .withdrawn: "You took the complaint back."
        case .outOfScope: "We found that it is not for us to look into."
        }
    }

    static func customerRedress(_ amount: String) -> String { "You get \(amount)." }

    static func customerResponse(by channel: String?) -> String {
        guard let channel, let channel = Channel(rawValue: channel) else { return "Our last word went to you on" }
        let way =
            switch channel {
            case .phone: "by telephone"
            case .email: "by e-mail"
            case .chat: "in a chat"
            case .web: "by our website"
            case .social: "by social media"
            case .letter: "by letter"
            case .inPerson: "in person"
            case .other: ""
            }
        return way.isEmpty ? "Our last word went to you on" : "Our last word went to you \(way) on"
    }

    /// What became of a promise, to whom it was made.
    ///
    /// - Parameter givenUp: whether it was given up before its date.
    static func customerState(_ word: String?, givenUp: Bool) -> String {
        guard let word, let state = PromiseState(rawValue: word) else { return "" }
        if state == .broken, givenUp { return customerMark(.givenUp) }
        return switch state {
        case .open: "still to be done"
        case .overdue: "late"
        case .kept: "done"
        case .keptLate: "done, late"
        case .renegotiated: "moved"
        case .withdrawn: "no longer asked for"
        case .broken: "not kept"
        case .transferred: "goes on"
        case .void: "was a mistake"
        }
    }

    static func customerMark(_ mark: PromiseTimeline.Mark) -> String {
        switch mark {
        case .made: "promised"
        case .due: "due"
        case .moved: "moved from here"
        case .kept: "done"
        case .missed: "missed"
        case .givenUp: "given up"
        }
    }

    static func customerMark(_ mark: PromiseTimeline.Mark, _ time: String) -> String {
        "\(customerMark(mark)): \(time)"
    }
}
