import CaseStore
import Complaints

/// A change that a handler wants made, as a value: what is asked of the record, and what of it is answered. How it is
/// made is in `CaseService+Changes`.
enum Change: Sendable {
    /// Opens a case, and is answered with it.
    case open(Incoming<CaseRequest>)
    /// Opens many cases, each for itself: one that is refused leaves the others as they are.
    case openMany([Incoming<CaseRequest>])
    /// Changes a case on record.
    case cases(CaseCommand, CaseAnswer)
    /// Resolves a case as the duplicate of another one, and is answered with it and what goes on there.
    case duplicate(DuplicateCommand)
    /// Makes a link with that secret to a case's page for its customer, and is answered with it: the secret stands in the first
    /// answer alone.
    case newShare(case: Int64, Incoming<ShareRequest>, ShareSecret)
    /// Changes a customer, and is answered with them.
    case customers(CustomerCommand)
    /// Changes a policy, or makes one, and is answered with it.
    case policies(PolicyCommand, SentBack)
    /// Changes a calendar or makes it, and is answered with it.
    case calendars(CalendarCommand, SentBack)
    /// Adds the days of a file to a calendar, and is answered with what became of each.
    case holidays(calendar: String, Incoming<CalendarFeed?>)
    /// Changes a regime or makes it, and is answered with it.
    case regimes(RegimeCommand, SentBack)
    /// Names somebody who keeps promises, and is answered with them.
    case newOwner(Incoming<OwnerRequest>)
    /// Changes an owner, and is answered with them.
    case owners(OwnerCommand)
    /// Hands over what somebody has, and is answered with what went over.
    case handover(owner: String, Incoming<HandoverRequest>)
    /// Makes a token of that secret, and is answered with both: the secret stands in the first answer alone.
    case newToken(Incoming<TokenRequest>, TokenSecret)
    /// Ends a session of a token's, and is answered with the token.
    case sessionEnd(token: Int64, session: Int64, Incoming<Void>)
    /// Changes a token, and is answered with it.
    case tokens(TokenCommand)
    /// Makes a webhook with that secret, and is answered with both: the secret stands in the first answer alone.
    case newWebhook(Incoming<WebhookRequest>, WebhookSecret)
    /// Changes a webhook or takes it away, and is answered with it.
    case webhooks(WebhookCommand)
    /// Gives a webhook that secret, and is answered with both: the secret stands in the first answer alone.
    case webhookRotation(webhook: Int64, Incoming<Void>, WebhookSecret)
    /// Has a webhook tested, and is answered with the delivery.
    case webhookTest(webhook: Int64, Incoming<Void>)
    /// Has a delivery posted once more, and is answered with it.
    case redelivery(webhook: Int64, delivery: Int64, Incoming<Void>)
    /// Says which epoch another service has, and is answered with what is known of epochs.
    case epoch(Incoming<EpochNews>)
}

/// What a change of a case on record is answered with.
enum CaseAnswer: Sendable, Hashable {
    /// The case as the change left it.
    case changedCase
    /// A promise of it, with the case and what goes on after it.
    case settled(promise: Int64)
    /// The promise that the change made, 201.
    case newPromise
    /// The entry that the change wrote first, 201.
    case newEntry
}
