import CaseStore
import Complaints
import HTTPServer
import Synchronization

/// Where the work of handlers is done: on the loop, where reports are read, and on the writer.
extension CaseService {
    /// Reads on the loop, in a transaction of the reading's own.
    func answer(
        _ reading: Reading, _ request: Request, _ reader: Reader, _ reply: Reply<Reader>
    ) throws -> HTTPServer.Answer {
        guard case .answer = reading.work else { return try report(reading, request, reply) }
        do {
            let response = try withinLoop {
                try answer(reading) {
                    try reader.read(asOf: reading.asOf, workLimit: loopWorkLimit, $0)
                }
            }
            return try response.map { .now($0.laidOut(for: request)) } ?? report(reading, request, reply)
        } catch StoreError.notYetClosed {
            try closing.submit { [self] in
                do {
                    let response = try withinLoop {
                        try answer(reading) { try closing.read(asOf: reading.asOf, workLimit: loopWorkLimit, $0) }
                    }
                    guard let response else { return _ = try report(reading, request, reply) }
                    reply.send { _ in response.laidOut(for: request) }
                } catch {
                    let response = response(to: error, of: request)
                    reply.send { _ in response }
                }
            }
            return .later
        }
    }

    /// The same for what may be long, once it has its turn and there is memory for it.
    func answerInTurn(
        _ reading: Reading, _ request: Request, _ reply: Reply<Reader>
    ) throws -> HTTPServer.Answer {
        guard case .answer = reading.work else { return try report(reading, request, reply) }
        return reply.inTurn(holding: reading.bytes) { [self] reader in
            do {
                return try answer(reading, request, reader, reply)
            } catch {
                return .now(response(to: error, of: request))
            }
        }
    }

    /// Looks at whoever asked once more, for what is answered later.
    func readmission(of caller: Actor?) -> @Sendable (ReadTransaction) throws -> Void {
        { [gate, store] transaction in
            if let caller { try gate.readmit(caller.tokenID, transaction, at: store.time) }
        }
    }

    /// What `read` comes to; nil when it is too much work for a loop and has to be done where reports are.
    func withinLoop<Value>(_ read: () throws -> Value) throws -> Value? {
        do {
            return try read()
        } catch StoreError.tooMuchWork {
            return nil
        }
    }

    func figures() -> ServiceFigures {
        var servers = ServerCounters(routes: RouteMap.patterns.count)
        for meter in meters.withLock(\.self) { servers += meter.read() }
        return ServiceFigures(
            version: version, servers: servers, writer: writer.figures, reportsWaiting: reports.depth,
            eventsWaiting: events.depth, eventPagesRead: events.pagesRead, disk: DiskFigures(store),
            clock: ClockFigures(store.clockTrouble),
            process: .now(), access: gate.counters)
    }

    /// What a reading comes to, in the transaction that `read` opens.
    func answer(
        _ reading: Reading, in read: (@Sendable (ReadTransaction) throws -> Response) throws -> Response
    ) throws -> Response {
        do {
            switch reading.work {
            case .answer(let answer): return try read(answer)
            case .export(let export): return try reports.begin(export, asOf: reading.asOf)
            }
        } catch let error as StoreError {
            throw reading.problem(for: error) ?? error
        }
    }

    /// Reads off the loops.
    func report(
        _ reading: Reading, _ request: Request, _ reply: Reply<Reader>
    ) throws -> HTTPServer.Answer {
        let refuse: @Sendable (any Error) -> Void = { [self] error in
            let response = response(to: error, of: request)
            reply.send { _ in response }
        }
        let id = try reports.submit(refuse: refuse) { [self] in
            guard reply.hasRoom(forAnswerOf: reading.bytes) else { return refuse(Problem(ServerRefusal.outOfMemory)) }
            let response = response(of: request) {
                try answer(reading) { try reports.read(asOf: reading.asOf, $0) }
            }
            reply.send { _ in response }
        }
        return .later { [reports] in reports.doubt(id) }
    }
}
