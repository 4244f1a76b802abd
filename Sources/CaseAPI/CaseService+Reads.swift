import CaseStore
import Complaints
import HTTPServer

/// The executor of read plans. Wherever a plan is run it is run in one transaction, at its instant:
///
///     on the loop, at once         in the transaction in which it was found out who asks
///     on the loop, in its turn     what may have a long answer
///     after a batch                what is asked as of an instant that is not closed yet
///     where reports are            reports, exports with each of their pieces, and what is too much work for a loop
///
/// What is run later than at once begins with another look at who asks. Running a plan comes to an answer, or to the next
/// place that it is to be run at.
extension CaseService {
    /// What running a plan came to.
    enum Outcome: Sendable {
        case answer(Response)
        /// The first piece of an export, and the instant of all of them.
        case piece(Export.Piece, of: Export, asOf: Instant)
        /// What has happened; nothing yet, if it is empty.
        case events(EventPage)
        /// It has to be run there.
        case elsewhere(ReadPlace)
    }

    /// Answers a read: who asks, what they want and what that comes to are one transaction, as long as it can be done at
    /// once.
    func read(
        _ plan: (Call) throws -> Reading, _ request: Request, _ route: FoundRoute, _ reader: Reader,
        _ reply: Reply<Reader>, _ caller: inout Actor?
    ) throws -> HTTPServer.Answer {
        // Before anything is read, so that no token which ends meanwhile is missed by who begins to wait.
        let endings = events.endings
        let (read, outcome) = try reader.read { transaction -> (PlannedRead, Outcome) in
            let call = try call(request, route, in: transaction, &caller)
            var read = try PlannedRead(plan(call), call, reply, endings, transaction)
            read.asksWho = route.endpoint.role != nil
            if let place = read.plan.place(isReport: route.endpoint.isReport) { return (read, .elsewhere(place)) }
            return (read, try runAtOnce(read, in: transaction))
        }
        return try finish(read, outcome)
    }

    /// Answers a question, whose plan is made of its body: a read like any other, but that a long body is read off the loop,
    /// and what it asks where reports are.
    func ask(
        _ plan: @escaping @Sendable (Call) throws -> Reading, _ request: Request, _ route: FoundRoute, _ reader: Reader,
        _ reply: Reply<Reader>, _ caller: inout Actor?
    ) throws -> HTTPServer.Answer {
        let count = request.body.count
        guard count > BodyDesk.longestOnLoop else {
            return try read(
                { call in
                    try RequestBody.requireTaken(request, isEmpty: count == 0, as: route.endpoint.bodyTypes)
                    return try plan(call)
                }, request, route, reader, reply, &caller)
        }
        let call = try checkedCall(request, route, reader, &caller)
        try RequestBody.requireTaken(request, isEmpty: false, as: route.endpoint.bodyTypes)
        try bodies.submit(count) { [self] in
            do {
                _ = try runWhereReportsAre(PlannedRead(plan(call), call, reply))
            } catch {
                let response = failure(request)(error)
                reply.send { _ in response }
            }
        }
        return .later
    }

    /// Runs a plan in the transaction in which it was found out who asks.
    private func runAtOnce(_ read: PlannedRead, in transaction: ReadTransaction) throws -> Outcome {
        try outcome(of: read) {
            let transaction = try read.plan.asOf.map { try transaction.reading(asOf: $0) } ?? transaction
            return try transaction.limited(to: loopWorkLimit) { try run(read, in: transaction) }
        }
    }

    /// Runs a plan in a transaction at its instant.
    private func run(_ read: PlannedRead, in transaction: ReadTransaction) throws -> Outcome {
        switch read.plan.work {
        case .answer(let answer): .answer(try answer(transaction).laidOut(for: read.request))
        case .export(let export):
            .piece(try export.piece(transaction, export.start), of: export, asOf: transaction.asOf)
        case .events(let query): .events(try query.page(transaction))
        }
    }

    /// The same later than at once.
    private func runLater(_ read: PlannedRead, on reader: Reader, workLimit: Int? = nil) throws -> Outcome {
        try outcome(of: read) {
            try transaction(for: read, asOf: read.plan.asOf, on: reader, workLimit: workLimit) {
                try run(read, in: $0)
            }
        }
    }

    /// The transaction of what is read later than at once, be it only a piece: it begins with another look at who asks.
    private func transaction<Value: Sendable>(
        for read: PlannedRead, asOf: Instant?, on reader: Reader, workLimit: Int? = nil,
        _ body: (ReadTransaction) throws -> Value
    ) throws -> Value {
        try reader.read(asOf: asOf, workLimit: workLimit) { transaction in
            if read.asksWho { try gate.readmit(read.caller.credentials, transaction, at: store.time) }
            return try body(transaction)
        }
    }

    /// What `run` comes to, with what the store says of a plan that is to be run elsewhere, or not at all.
    private func outcome(of read: PlannedRead, _ run: () throws -> Outcome) throws -> Outcome {
        do {
            return try run()
        } catch StoreError.tooMuchWork {
            return .elsewhere(.reports)
        } catch StoreError.notYetClosed {
            return .elsewhere(.closing)
        } catch let error as StoreError {
            throw read.plan.problem(for: error) ?? error
        }
    }
}

// MARK: - From outcomes to answers
extension CaseService {
    /// What the loop is told of a plan that was run on it: its answer, or that it is run elsewhere.
    private func finish(_ read: PlannedRead, _ outcome: Outcome) throws -> HTTPServer.Answer {
        switch outcome {
        case .answer(let response): .now(response)
        case .events(let page): try events.answer(read.following, page, read.reply, failure: failure(read.request))
        case .elsewhere(.turn):
            read.reply.inTurn(holding: read.plan.bytes) { [self] reader in
                do {
                    return try finish(read, runLater(read, on: reader, workLimit: loopWorkLimit))
                } catch {
                    return .now(response(to: error, of: read.request))
                }
            }
        case .elsewhere(.closing): try runAfterBatch(read)
        case .elsewhere(.reports): try runWhereReportsAre(read)
        case .piece: preconditionFailure("an export was read on a loop")
        }
    }

    private func runAfterBatch(_ read: PlannedRead) throws -> HTTPServer.Answer {
        try closing.submit { [self] in
            do {
                switch try closing.read({ try runLater(read, on: $0, workLimit: loopWorkLimit) }) {
                case .answer(let response): read.reply.send { _ in response }
                case .elsewhere(.reports): _ = try runWhereReportsAre(read)
                case .elsewhere, .events, .piece: preconditionFailure("what has waited for a batch waits for more")
                }
            } catch {
                read.refuse(failure(read.request)(error))
            }
        }
        return .later
    }

    private func runWhereReportsAre(_ read: PlannedRead) throws -> HTTPServer.Answer {
        if case .events = read.plan.work {
            return try events.answer(
                read.following, reading: page(of: read), read.reply, failure: failure(read.request))
        }
        let refuse: @Sendable (any Error) -> Void = { [self] in read.refuse(failure(read.request)($0)) }
        let id = try reports.submit(refuse: refuse) { [self] in
            guard read.reply.hasRoom(forAnswerOf: read.plan.bytes) else {
                return refuse(Problem(ServerRefusal.outOfMemory))
            }
            do {
                switch try reports.read({ try runLater(read, on: $0) }) {
                case .answer(let response): read.reply.send { _ in response }
                case .piece(let piece, let export, let asOf):
                    let response = response(piece, of: export, asOf: asOf, read)
                    read.reply.send { _ in response }
                case .elsewhere, .events: preconditionFailure("a report is read to its end")
                }
            } catch {
                refuse(error)
            }
        }
        return .later { [reports] in reports.doubt(id) }
    }

    /// Reads events for somebody who may have to wait for them.
    private func page(of read: PlannedRead) -> @Sendable () throws -> EventPage {
        { [self] in
            guard case .events(let page) = try reports.read({ try runLater(read, on: $0) }) else {
                preconditionFailure("events are read to their end")
            }
            return page
        }
    }

    /// An export that has begun: the further pieces are read as the client takes them, all as of one instant.
    private func response(
        _ first: Export.Piece, of export: Export, asOf: Instant, _ read: PlannedRead
    ) -> Response {
        var response = whole(first, of: export, asOf: asOf, read)
        if first.isIncomplete { response.sayIncomplete() }
        return response
    }

    private func whole(_ first: Export.Piece, of export: Export, asOf: Instant, _ read: PlannedRead) -> Response {
        let file = CSVFile(of: export.path, export.dialect, asOf: asOf)
        guard first.next != nil else { return .csv(.bytes(first.bytes), file) }
        let stream = ExportStream(from: export.start, in: export.order, first: first) { [self] key in
            try reports.read { try transaction(for: read, asOf: asOf, on: $0) { try export.piece($0, key) } }
        }
        return .csv(
            .stream(BodyStream(queue: reports.queue, holding: first.bytes.count) { try stream.piece() }), file)
    }

    private func failure(_ request: Request) -> @Sendable (any Error) -> Response {
        { [self] in response(to: $0, of: request) }
    }
}

/// A read plan on its way: whose it is, and where its answer goes.
struct PlannedRead: Sendable {
    let plan: Reading
    let request: Request
    /// Who was let in.
    let caller: Actor
    let reply: Reply<Reader>
    private let follower: Following?
    /// Whether only who is known may have it.
    var asksWho = true

    /// One that follows no events.
    init(_ plan: Reading, _ call: Call, _ reply: Reply<Reader>) {
        self.plan = plan
        request = call.request
        caller = call.actor
        self.reply = reply
        follower = nil
    }

    /// - Parameter transaction: the one in which the caller was let in.
    init(
        _ plan: Reading, _ call: Call, _ reply: Reply<Reader>, _ endings: UInt64, _ transaction: ReadTransaction
    ) throws {
        self.plan = plan
        request = call.request
        caller = call.actor
        self.reply = reply
        if case .events(let query) = plan.work {
            follower = Following(
                query: query, request: call.request, standing: try Standing(of: call.actor, transaction),
                endings: endings)
        } else {
            follower = nil
        }
    }

    /// Whose events are read.
    var following: Following {
        guard let follower else { preconditionFailure("only who asks for events follows them") }
        return follower
    }

    func refuse(_ response: Response) {
        reply.send { _ in response }
    }
}
