import CaseStore
import HTTPServer
import HTTPTypes

extension IdempotencyKey {
    /// The change, made once: the second request with this key gets the answer of the first and changes nothing. The
    /// writer takes one change after the other, so twins in flight wait for each other.
    func once(_ change: @escaping Change) -> Change {
        once { transaction in
            let response = try change(transaction)()
            return Disclosure(first: { response }, again: { response })
        }
    }

    /// The same for a change that tells a secret: the second request gets the answer without it.
    func once(_ change: @escaping Disclosing) -> Change {
        { transaction in
            if let stored = try transaction.storedAnswer(self) { return { Response(replaying: stored) } }
            let disclosure = try change(transaction)
            try transaction.store(StoredAnswer(disclosure.again()), for: self)
            return disclosure.first
        }
    }
}

extension StoredAnswer {
    fileprivate init(_ response: Response) {
        guard case .bytes(let body) = response.body else { preconditionFailure("a change is answered with JSON") }
        self.init(
            status: response.status.code, location: response.headerFields[.location],
            entityTag: response.headerFields[.eTag], body: body)
    }
}

extension Response {
    fileprivate init(replaying answer: StoredAnswer) {
        self = .json([], HTTPResponse.Status(code: answer.status))
        body = .bytes(answer.body)
        headerFields[.location] = answer.location
        headerFields[.eTag] = answer.entityTag
        headerFields[.idempotencyReplayed] = "true"
    }
}
