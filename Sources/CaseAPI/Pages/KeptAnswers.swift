import Complaints
package import HTTPServer
import HTTPTypes
import Synchronization

/// What is answered to forms with a page of its own, kept in memory so that the browser is led to it (RFC 9110 section 15.4.4): going
/// back to it, and through it, asks for an address and sends no form again. Bounded in bytes, in time and for each session; what
/// there is no room for is answered to the form itself.
final class KeptAnswers: Sendable {
    /// For how long one is there.
    static let span = ElapsedTime.minutes(30)
    /// How many bytes all of them may have.
    static let most = 16 << 20
    /// How many one session has: the latest.
    static let mostOfOne = 16
    /// What one takes beside its letters.
    private static let overhead = 1024

    /// Whose it is: the number of a session may come again. While there is no token there may be none.
    private struct Owner: Equatable {
        let id: Int64?
        let createdAt: Instant?

        init(_ session: Session?) { (id, createdAt) = (session?.id, session?.createdAt) }
    }

    private struct Kept {
        let key: String
        let owner: Owner
        let response: Response
        let bytes: Int
        let until: Instant
    }

    /// The oldest first.
    private let kept = Mutex<[Kept]>([])

    /// Keeps an answer for a session.
    ///
    /// - Returns: by what it is found again, which nobody can guess; nil where there is no room.
    func keep(_ response: Response, _ count: Int, for session: Session?, at now: Instant) -> String? {
        forgetOld(at: now)
        let (owner, bytes) = (Owner(session), count + Self.overhead)
        let key =
            String(UInt64.random(in: .min ... .max), radix: 36) + String(UInt64.random(in: .min ... .max), radix: 36)
        return kept.withLock { kept in
            if kept.count(where: { $0.owner == owner }) >= Self.mostOfOne,
                let oldest = kept.firstIndex(where: { $0.owner == owner })
            {
                kept.remove(at: oldest)
            }
            guard kept.reduce(bytes, { $0 + $1.bytes }) <= Self.most else { return nil }
            kept.append(Kept(key: key, owner: owner, response: response, bytes: bytes, until: now + Self.span))
            return key
        }
    }

    /// The one of that key, while it is kept for that session.
    func answer(_ key: String, of session: Session?, at now: Instant) -> Response? {
        kept.withLock { kept in
            kept.first { $0.key.isExactly(key) && $0.owner == Owner(session) && now < $0.until }?.response
        }
    }

    func forgetAll() { kept.withLock { $0.removeAll() } }
    func forgetOld(at now: Instant) { kept.withLock { kept in kept.removeAll { $0.until <= now } } }
    func forget(_ session: Session) { kept.withLock { kept in kept.removeAll { $0.owner == Owner(session) } } }
}

extension PageCall {
    /// What was answered to a form of whoever asks, by its key; nil for none of theirs, and once it is let go of.
    package func keptAnswer(_ key: String) -> Response? {
        call.service.keptForms.answers.answer(key, of: call.visit?.session, at: now)
    }
}

extension CaseService {
    /// Leads on to what is answered to a form that was done, where it is a page of its own; any other answer as it is.
    func leading(to response: Response, _ call: PageCall) -> Response {
        guard response.status == .ok, let path = pages.answers, case .bytes(let bytes) = response.body,
            let key = keptForms.answers.keep(response, bytes.count, for: call.call.visit?.session, at: call.now)
        else { return response }
        return Response(
            status: .seeOther, headerFields: [.location: "\(path)/\(key)", .cacheControl: "no-store"])
    }
}
