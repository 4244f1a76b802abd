import CaseStore
import Complaints
import HTTPServer

/// How a change is run: its body is read and its handler says what is to be changed, on the loop or off it; the writer
/// makes it, in the transaction of a batch; its answer goes out once that is on disk.
extension CaseService {
    /// Runs what a handler of changes wants.
    ///
    /// - Parameters:
    ///   - isBulk: whether it brings much at once.
    ///   - isAlone: whether it is a batch of its own, one after the other with others of the kind.
    func change(
        _ plan: @escaping @Sendable (Call) throws -> Change, _ call: Call, _ reply: Reply<Reader>, isBulk: Bool,
        isAlone: Bool
    ) throws -> HTTPServer.Answer {
        try read(call, reply, isLong: isBulk) { [self] call in
            try submit(plan, call, reply, isAlone: isAlone, telling: ChangeTeller(self, call.request))
        }
    }

    /// Has what a handler wants changed, by the request of its call.
    ///
    /// - Parameter holds: throws what is not as whoever asks takes it to be.
    /// - Throws: what is wrong with the request, and 503 where too many wait.
    func submit(
        _ plan: @Sendable (Call) throws -> Change, _ call: Call, _ reply: Reply<Reader>, isAlone: Bool,
        holding holds: @escaping @Sendable (WriteTransaction) throws -> Void = { _ in },
        telling teller: ChangeTeller
    ) throws {
        let change = try plan(call)
        let key = try IdempotencyKey(call)
        guard isAlone else { return try write(change, key, call, reply, holding: holds, telling: teller) }
        try bulks.submit { [self] isDone in
            do {
                try write(change, key, call, reply, isAlone: true, holding: holds, telling: teller, isDone)
            } catch {
                reply.send { teller.refused(error, $0) }
                isDone()
            }
        }
    }

    /// Has the body of a call read: on the loop, or off it when it is long. What comes behind that on its connection waits
    /// for it then, or would be with the writer before it.
    ///
    /// - Parameter isLong: whether it takes long to read for its bytes: what is said of many items does.
    private func read(
        _ call: Call, _ reply: Reply<Reader>, isLong: Bool = false,
        _ read: @escaping @Sendable (Call) throws -> Void
    ) throws -> HTTPServer.Answer {
        let count = call.request.body.count
        guard isLong || count > BodyDesk.longestOnLoop else {
            try read(call)
            return .later
        }
        try bodies.submit(count) { [self] in
            do {
                try read(call)
            } catch {
                refuse(call.request, reply, error)
            }
        }
        var answer = HTTPServer.Answer.later
        answer.goesFirst = true
        return answer
    }

    /// Has the writer make a change, unless whoever asked for it may not any more when its turn comes.
    ///
    /// - Parameters:
    ///   - key: what a retry of it would have, too.
    ///   - isAlone: whether it gets a batch of its own.
    ///   - isDone: called once the writer has got to it.
    private func write(
        _ change: Change, _ key: IdempotencyKey?, _ call: Call, _ reply: Reply<Reader>, isAlone: Bool = false,
        holding holds: @escaping @Sendable (WriteTransaction) throws -> Void,
        telling teller: ChangeTeller, _ isDone: @escaping @Sendable () -> Void = {}
    ) throws {
        try writer.submit(
            isAlone: isAlone,
            apply: { [gate] transaction in
                defer { isDone() }
                try gate.readmit(call.actor.credentials, transaction.record, at: transaction.now)
                try holds(transaction)
                let answering = try key?.once(change, call, in: transaction) ?? change.make(call, in: transaction).first
                return reply.prepared(ahead: { teller.done(answering()) })
            },
            failed: { error in
                isDone()
                return reply.prepared { teller.refused(error, $0) }
            })
    }

    private func refuse(_ request: Request, _ reply: Reply<Reader>, _ error: any Error) {
        let response = response(to: error, of: request)
        reply.send { _ in response }
    }
}

/// How whoever asked for a change is told what came of it.
struct ChangeTeller: Sendable {
    /// What is answered once it is on disk; runs on the loop.
    let done: @Sendable (Response) -> Response
    /// What is answered where nothing has changed; runs on the loop, with its connection.
    let refused: @Sendable (any Error, Reader) -> Response
}

extension ChangeTeller {
    /// The API's: its answer, or problem details.
    init(_ service: CaseService, _ request: Request) {
        done = { $0.laidOut(for: request) }
        refused = { error, _ in service.response(to: error, of: request) }
    }
}
