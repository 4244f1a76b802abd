import CaseStore
import HTTPServer
import HTTPTypes

extension IdempotencyKey {
    /// Makes the change once: the second request with this key gets the answer of the first, but for what is told only
    /// once, and changes nothing. The writer takes one change after the other, so twins in flight wait for each other.
    func once(_ change: Change, _ call: Call, in transaction: WriteTransaction) throws -> Answering {
        if let stored = try transaction.storedAnswer(self) { return { Response(replaying: stored) } }
        let answer = try change.make(call, in: transaction)
        let kept = (answer.again ?? answer.first)()
        try transaction.store(StoredAnswer(kept), of: answer.subject, for: self)
        if answer.again != nil { return answer.first }
        return { kept }
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
