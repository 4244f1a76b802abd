import CaseStore
package import Complaints
package import HTTPServer
import HTTPTypes

/// What a page wants shown: a read plan like any other, but that it is made of answers of the API. All of them are of one
/// transaction, and so of one instant.
package struct PageView: Sendable {
    /// The instant to show; nil for now.
    let asOf: Instant?
    /// How many bytes it may have; 0 where it is not long.
    let bytes: Int
    let show: @Sendable (PageRecord) throws -> Response

    /// A page of the record.
    package init(asOf: Instant? = nil, bytes: Int = 0, _ show: @escaping @Sendable (PageRecord) throws -> Response) {
        self.asOf = asOf
        self.bytes = bytes
        self.show = show
    }
}

/// A list of the API that a page shows a part of, as it is asked for whole.
package struct PageTable: Sendable {
    let path: String
    let query: [(name: String, value: String?)]

    /// - Parameters:
    ///   - path: of the API, percent-encoded.
    ///   - query: parameters; those whose value is nil or blank are left out.
    package init(_ path: String, _ query: [(name: String, value: String?)]) {
        self.path = path
        self.query = query
    }
}

extension PageCall {
    /// What `GET path` of the API does in the name of whoever asks.
    ///
    /// - Throws: `Problem`, as the API would answer.
    func reading(_ path: String, _ query: [(name: String, value: String?)]) throws -> Reading {
        if let problem = call.typedAsOfProblem { throw problem }
        let service = call.service
        let given = query.compactMap { name, value in
            value.flatMap { ExactText($0).isBlank ? nil : (name, $0) }
        }
        let request = Request(
            id: head.id, method: .get, path: path, query: QueryParameters.encoded(given), peer: call.request.peer)
        let found = service.apiRoute(of: request)
        guard case .read(let plan) = found.endpoint.handler else { preconditionFailure("\(path) is not read") }
        if let role = found.endpoint.role { try service.gate.require(role, of: call.actor) }
        return try plan(call.asking(request, found))
    }
}

/// What the API says, to whoever looks at a page, as of the page's instant.
package struct PageRecord {
    let transaction: ReadTransaction
    package let call: PageCall

    package var asOf: Instant { transaction.asOf }

    /// Whether somebody needs a token to be let in.
    package func hasTokens() throws -> Bool { try transaction.hasTokens() }

    /// What `GET path` answers: the very reading of the API, with its filters and its faults.
    ///
    /// - Parameters:
    ///   - path: of the API, percent-encoded.
    ///   - query: parameters; those whose value is nil or blank are left out, as a form's are that nobody filled in.
    /// - Throws: `PageProblem`, as the API would answer, and errors of the store.
    package func get(_ path: String, _ query: [(name: String, value: String?)] = []) throws -> JSONValue {
        try read(path, query).value
    }

    /// The same with its entity tag: which state of it is shown.
    ///
    /// - Throws: as `get`.
    package func read(
        _ path: String, _ query: [(name: String, value: String?)] = []
    ) throws -> (value: JSONValue, entityTag: String?) {
        do {
            let response = try answer(path, query)
            guard case .bytes(let bytes) = response.body else { preconditionFailure("\(path) has no body") }
            return (try JSONParser.value(of: bytes), response.headerFields[.eTag])
        } catch let problem as Problem {
            throw PageProblem(problem: problem)
        } catch is JSONSyntaxError {
            preconditionFailure("the API answers \(path) with JSON")
        }
    }

    /// The entity tag of what `GET path` answers: which state of it is shown.
    ///
    /// - Throws: as `get`.
    package func entityTag(_ path: String) throws -> String? {
        do {
            return try answer(path, []).headerFields[.eTag]
        } catch let problem as Problem {
            throw PageProblem(problem: problem)
        }
    }

    /// What `GET path` answers as CSV, as a file to be saved: for reports, and for what else the API has whole in that form.
    package func csv(_ path: String, _ query: [(name: String, value: String?)]) throws -> Response {
        do {
            return try answer(path, query + [("format", Representation.csv.rawValue)])
        } catch let problem as Problem {
            throw PageProblem(problem: problem)
        }
    }

    /// CSV of a page's own, as a file that is named as the API's are.
    ///
    /// - Parameters:
    ///   - text: of RFC 4180.
    ///   - path: what it would be of in the API.
    package func csv(_ text: String, as path: String) -> Response {
        .csv(.bytes(Array(text.utf8)), CSVFile(of: path, .plain, asOf: asOf))
    }

    private func answer(_ path: String, _ query: [(name: String, value: String?)]) throws -> Response {
        let reading = try call.reading(path, query)
        guard case .answer(let answer) = reading.work else { preconditionFailure("\(path) is no answer at once") }
        // A cursor has an instant of its own, and what is asked for may lie before the page's.
        guard let asOf = reading.asOf, asOf != transaction.asOf else { return try answer(transaction) }
        guard asOf < transaction.asOf else { throw reading.query.problem(asOfInTheFuture: transaction.asOf) }
        return try answer(transaction.earlier(asOf))
    }

    /// What `make` comes to, kept as long as nothing changes of the record: see `ReadTransaction.cached`. Not for what depends on
    /// who looks.
    ///
    /// - Parameter key: what else it depends on.
    package func kept(_ key: String, _ make: () throws -> [UInt8]) throws -> [UInt8] {
        try transaction.cached("page \(key)", size: \.count, make)
    }
}

extension QueryParameters {
    /// A query string of these; nil without any.
    static func encoded(_ pairs: [(name: String, value: String)]) -> String? {
        guard !pairs.isEmpty else { return nil }
        return pairs.map { "\(encoded(ExactText($0.name)))=\(encoded(ExactText($0.value)))" }.joined(separator: "&")
    }
}

extension Call {
    /// A request to the API in the name of whoever this is a call of.
    func asking(_ request: Request, _ route: FoundRoute) throws -> Call {
        Call(
            request: request, captured: route.captured, actor: actor, query: try QueryParameters(request.query),
            preconditions: try Preconditions(
                request.headerFields, request.codings,
                needsMatch: service.requiresIfMatch && route.endpoint.changes(route.captured)),
            representation: .json, wantsStream: false, itemSize: route.itemSize, service: service, visit: visit)
    }
}
