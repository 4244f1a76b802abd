import CaseStore

/// Whether the service can do all of its work.
enum Readiness: Sendable {
    case ready
    /// Not all of it: why, as a word for programs and as a sentence. What can be read is answered all the same.
    case notReady(reason: String, detail: String)

    /// - Parameter read: asks the database something.
    init(of store: CaseStore, read: () throws -> Void) {
        do {
            try read()
        } catch {
            self = .notReady(reason: "unreadable", detail: "The database does not answer.")
            return
        }
        guard !store.isReadFailing else {
            self = .notReady(
                reason: "unreadable", detail: "The database does not answer everywhere: a read failed just now.")
            return
        }
        switch store.writing {
        case .open: self = .ready
        case .latched(let latch): self = .init(latch)
        case .failing(let error):
            let reason = FailureReason(error)
            self = .notReady(reason: reason.word, detail: reason.detail)
        }
    }

    init(_ latch: WriterLatch) {
        self = .notReady(
            reason: latch.word, detail: "\(latch.summary) Nothing is written until the service is restarted.")
    }

    /// What is answered; nil when all is well.
    var problem: Problem? {
        guard case .notReady(let reason, let detail) = self else { return nil }
        var problem = Problem(.notReady, detail)
        problem.members.append(Problem.Member(.reason, .text(reason)))
        return problem
    }
}
