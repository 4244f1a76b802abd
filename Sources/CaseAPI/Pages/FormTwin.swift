import CaseStore
import Complaints
import HTTPServer
import HTTPTypes
import Hashing

/// Knows a form for the same that another one asked for just now, by whoever sends it: one that is opened again by Back has a new key
/// and all that was typed, and would do it twice.
struct FormTwin {
    /// What was asked for, in this span of time and in the one before it.
    private let keys: [IdempotencyKey]

    /// For how long it is asked, and for up to twice as long.
    private static let span = ElapsedTime.minutes(5)

    private static let sentAlready = Problem(
        .idempotencyKeyReused, "The same was sent just now. Nothing has changed by sending it again.")

    /// - Parameter call: of the API, as the form stands for it.
    init(_ call: Call, at now: Instant) {
        let content = Base64URL.encode(SHA256.hash(call.request.body + [0] + Array(call.actor.name.utf8)))
        let place = now.milliseconds / Self.span.milliseconds
        keys = [place, place - 1].map { place in
            IdempotencyKey(
                "twin \(place) \(content)", tokenID: call.actor.tokenID, method: call.request.method.rawValue,
                path: call.request.path, content: [])
        }
    }

    /// Remembers that it was asked for; forgotten where it is not done.
    ///
    /// - Parameter refuses: whether it is refused where it was asked for already.
    /// - Throws: 422 `idempotency_key_reused`.
    func note(in transaction: WriteTransaction, refuses: Bool) throws {
        let isTwin = try keys.contains { try transaction.storedAnswer($0) != nil }
        if isTwin, refuses { throw Self.sentAlready }
        guard try transaction.storedAnswer(keys[0]) == nil else { return }
        try transaction.store(
            StoredAnswer(status: 204, location: nil, entityTag: nil, body: Array("{}".utf8)), of: .none, for: keys[0])
    }
}
