/// What the desk found of a complaint where it resolved it.
public enum CaseOutcome: String, Vocabulary {
    case upheld
    case partlyUpheld = "partly_upheld"
    case notUpheld = "not_upheld"
    /// The customer took it back.
    case withdrawn
    /// It is not for this desk to look into.
    case outOfScope = "out_of_scope"

    /// Whether it leaves the customer with less than they asked for, so that they may want to turn to somebody else.
    public var leavesSomethingOpen: Bool {
        switch self {
        case .partlyUpheld, .notUpheld, .outOfScope: true
        case .upheld, .withdrawn: false
        }
    }

    /// As a sentence has it.
    var words: String { rawValue.replacing("_", with: " ") }
}

/// The desk's last word on a complaint, as it went out to the customer.
public struct FinalResponse: Sendable, Hashable {
    /// When it went out; not before the complaint was received.
    public var sentAt: Instant
    /// The way it went.
    public var channel: Channel

    /// A final response as it stands on record.
    public init(sentAt: Instant, channel: Channel) {
        self.sentAt = sentAt
        self.channel = channel
    }
}

/// How a complaint ended: what was found, what the customer gets, and when they were told for good. It stands with the
/// resolution, as whether they accepted it does: while the case is open there is none of it.
public struct CaseEnding: Sendable, Hashable {
    /// What was found; nil where nobody said.
    public var outcome: CaseOutcome?
    /// What the customer gets for it in money; nil where they get none, or nobody said.
    public var redress: Money?
    /// The desk's last word; nil where none was sent, or nobody said.
    public var finalResponse: FinalResponse?

    /// Nothing, unless something is known of it.
    public init(outcome: CaseOutcome? = nil, redress: Money? = nil, finalResponse: FinalResponse? = nil) {
        self.outcome = outcome
        self.redress = redress
        self.finalResponse = finalResponse
    }

    /// As the entry of the resolution has it.
    package var facts: [Fact] {
        var facts: [Fact] = []
        if let outcome { facts.append(Fact("outcome", .text(outcome.rawValue))) }
        if let redress {
            facts += [
                Fact("redress_amount", .integer(redress.amount)),
                Fact("redress_currency", .text(redress.currency.code)),
            ]
        }
        if let finalResponse {
            facts += [
                Fact("final_response_sent_at", .instant(finalResponse.sentAt)),
                Fact("final_response_channel", .text(finalResponse.channel.rawValue)),
            ]
        }
        return facts
    }
}
