import Complaints
import HTTPServer
import HTTPTypes
import Synchronization

/// A form that was sent to that path before its reader was let in, which is only to be shown.
struct KeptForm: Sendable {
    let path: String
    let fields: FormFields
}

/// Forms that were kept while somebody logged in, one a session: a session store in memory, bounded in bytes and in time. So a login is
/// answered with where its form is, and that can be opened again without logging in a second time (RFC 9110 section 15.4.4). Nothing of
/// them is on disk; what there is no room for, the answer to the login shows itself.
final class KeptForms: Sendable {
    /// For how long one is there.
    static let span = ElapsedTime.minutes(30)
    /// How many bytes all of them may have.
    static let most = 16 << 20
    /// What a field takes beside its letters.
    private static let overhead = 128

    /// The number of a session may come again.
    private struct Key: Hashable {
        let id: Int64
        let createdAt: Instant

        init(_ session: Session) { (id, createdAt) = (session.id, session.createdAt) }
    }

    private struct Kept {
        let form: KeptForm
        let bytes: Int
        let until: Instant
    }

    private struct Shelf {
        var forms: [Key: Kept] = [:]
        var bytes = 0

        mutating func remove(_ key: Key) { bytes -= forms.removeValue(forKey: key)?.bytes ?? 0 }
    }

    private let shelf = Mutex(Shelf())
    /// What has been answered to forms, which ends as these do.
    let answers = KeptAnswers()

    /// Lets go of all of them, as a customer is erased: nobody can tell whose words are in which.
    func forgetAll() {
        answers.forgetAll()
        shelf.withLock { shelf in
            shelf.forms.removeAll()
            shelf.bytes = 0
        }
    }

    /// Lets go of those whose time is over.
    func forgetOld(at now: Instant) {
        answers.forgetOld(at: now)
        shelf.withLock { shelf in
            for (key, kept) in shelf.forms where kept.until <= now { shelf.remove(key) }
        }
    }

    /// Keeps a form for a session, in place of one before.
    ///
    /// - Returns: whether there is room for it.
    func keep(_ form: KeptForm, for session: Session, at now: Instant) -> Bool {
        let bytes = form.fields.fields.reduce(form.path.utf8.count + Self.overhead) {
            $0 + $1.name.utf8.count + $1.value.utf8.count + Self.overhead
        }
        forgetOld(at: now)
        return shelf.withLock { shelf in
            shelf.remove(Key(session))
            guard shelf.bytes + bytes <= Self.most else { return false }
            shelf.forms[Key(session)] = Kept(form: form, bytes: bytes, until: now + Self.span)
            shelf.bytes += bytes
            return true
        }
    }

    /// The form of a session, while it is kept.
    func form(of session: Session, at now: Instant) -> KeptForm? {
        shelf.withLock { shelf in shelf.forms[Key(session)].flatMap { now < $0.until ? $0.form : nil } }
    }

    /// Lets go of that of a session that has ended.
    func forget(_ session: Session) {
        answers.forget(session)
        shelf.withLock { $0.remove(Key(session)) }
    }

    /// How many bytes they have.
    var bytes: Int { shelf.withLock(\.bytes) }
}

extension PageCall {
    /// The form that was kept while whoever asks logged in, as its own page shows it; it is not sent. Nil where there is none.
    package var keptForm: PageView? {
        guard let session = call.visit?.session, let kept = call.service.keptForms.form(of: session, at: now),
            let (own, view) = call.service.page(of: kept, for: call.actor, in: session, call)
        else { return nil }
        return PageView(bytes: view.bytes) { try view.show(PageRecord(transaction: $0.transaction, call: own)) }
    }
}

extension CaseService {
    /// Whether somebody's role lets them send a form that is kept; of what is no form of a page there is nothing to be told.
    func mayOpen(_ kept: KeptForm, _ actor: Actor) -> Bool {
        guard case .found(let route, _, _) = table.match(method: .post, path: kept.path),
            case .page(let page) = route.endpoint.handler, let role = page.role
        else { return true }
        return actor.role >= role
    }

    /// The page on which a form was that is kept, with what was typed in it; nil where it is none of theirs to open.
    func page(of kept: KeptForm, for actor: Actor, in session: Session, _ call: Call) -> (PageCall, PageView)? {
        guard case .found(let route, _, let captured) = table.match(method: .post, path: kept.path),
            case .page(let page) = route.endpoint.handler, case .form(let step) = page.work,
            let role = page.role, actor.role >= role
        else { return nil }
        var actor = actor
        actor.sessionID = session.id
        let request = Request(
            id: call.request.id, method: .post, path: kept.path, headerFields: call.request.headerFields,
            peer: call.request.peer)
        let own = PageCall(
            Call(
                request: request, captured: captured, actor: actor, query: .none, preconditions: call.preconditions,
                representation: .json, wantsStream: false, itemSize: call.itemSize, service: self,
                visit: Visit(session: session, isProtectedMode: session.tokenID == nil)))
        guard case .view(let view)? = try? step(own, kept.fields) else { return nil }
        return (own, view)
    }
}
