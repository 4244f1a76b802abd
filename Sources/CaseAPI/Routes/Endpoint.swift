import CaseStore
import Complaints
import HTTPServer
import HTTPTypes

/// What a route does, and who may have it done.
struct Endpoint: Sendable {
    /// Handlers are plain functions: they read the request and say what is to be done in which transaction.
    enum Handler: Sendable {
        /// Answers at once, without the database.
        case plain(@Sendable (Call) throws -> Response)
        /// Reads on the loop, in one transaction of the loop's own connection.
        case read(@Sendable (Call) throws -> Reading)
        /// Reads off the loops, on a connection of its own.
        case report(@Sendable (Call) throws -> Reading)
        /// Reads on the loop, and waits for what is to come if need be.
        case follow(@Sendable (Call) throws -> EventQuery)
        /// Says whether the service can do its work, at once.
        case readiness(@Sendable (Call, Readiness) throws -> Response)
        /// Says how the service itself is doing, at once.
        case figures(@Sendable (Call, ServiceFigures, ReadTransaction) throws -> Response)
        /// Changes something, on the writer.
        case write(@Sendable (Call) throws -> Change)
        /// The same for so much that it is read off the loops.
        case bulk(@Sendable (Call) throws -> Change)
    }

    let handler: Handler
    /// The least role that may; nil when anybody may.
    let role: Role?
    /// The forms the answer can have, the usual one first. Where there is none, the route has a form of its own.
    let representations: [Representation]
    /// Whether it is for probes, which are answered however often they come.
    var isForProbes = false

    /// Whether a request to it changes something that exists: it names it in its path.
    func changes(_ captured: [Substring]) -> Bool {
        switch handler {
        case .write: !captured.isEmpty
        default: false
        }
    }

    /// Whether it reads the body of a request; any other route takes none into account.
    var takesBody: Bool {
        switch handler {
        case .write, .bulk: true
        case .plain, .read, .report, .follow, .readiness, .figures: false
        }
    }

    /// Whether a request brings much at once, in a body that may be longer than others.
    var isBulk: Bool {
        if case .bulk = handler { true } else { false }
    }

    /// The form the client wants. Where there is a choice the parameter `format` goes before Accept, and whether it
    /// makes sense is for the route to say. What is open to all is for probes too, and they accept all sorts of things.
    func representation(for fields: HeaderFields, _ query: QueryParameters) throws(Problem) -> Representation {
        let isSaidElsewhere = representations.count > 1 && query.pairs.contains { $0.name == "format" }
        guard !representations.isEmpty, role != nil, !isSaidElsewhere else {
            return representations.first ?? .json
        }
        return try .negotiated(for: fields, offered: representations)
    }

    static func open(_ answer: @escaping @Sendable (Call) throws -> Response) -> Endpoint {
        Endpoint(handler: .plain(answer), role: nil, representations: [.json])
    }

    static func health(_ answer: @escaping @Sendable (Call) throws -> Response) -> Endpoint {
        Endpoint(handler: .plain(answer), role: nil, representations: [.json], isForProbes: true)
    }

    static func readiness(_ answer: @escaping @Sendable (Call, Readiness) throws -> Response) -> Endpoint {
        Endpoint(handler: .readiness(answer), role: nil, representations: [.json], isForProbes: true)
    }

    static func read(_ role: Role, _ read: @escaping @Sendable (Call) throws -> Reading) -> Endpoint {
        Endpoint(handler: .read(read), role: role, representations: [.json])
    }

    static func list(_ role: Role, _ read: @escaping @Sendable (Call) throws -> Reading) -> Endpoint {
        Endpoint(handler: .read(read), role: role, representations: [.json, .csv])
    }

    static func report(_ role: Role, _ read: @escaping @Sendable (Call) throws -> Reading) -> Endpoint {
        Endpoint(handler: .report(read), role: role, representations: [.json, .csv])
    }

    static func follow(_ role: Role, _ read: @escaping @Sendable (Call) throws -> EventQuery) -> Endpoint {
        Endpoint(handler: .follow(read), role: role, representations: [.json])
    }

    static func figures(
        _ role: Role, _ answer: @escaping @Sendable (Call, ServiceFigures, ReadTransaction) throws -> Response
    ) -> Endpoint {
        Endpoint(handler: .figures(answer), role: role, representations: [])
    }

    static func write(_ role: Role, _ change: @escaping @Sendable (Call) throws -> Change) -> Endpoint {
        Endpoint(handler: .write(change), role: role, representations: [.json])
    }

    static func bulk(_ role: Role, _ change: @escaping @Sendable (Call) throws -> Change) -> Endpoint {
        Endpoint(handler: .bulk(change), role: role, representations: [.json])
    }
}
