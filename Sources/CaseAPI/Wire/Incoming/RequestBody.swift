import Complaints
import HTTPServer
import HTTPTypes

/// Reads the body of a request as JSON.
struct RequestBody {
    let request: Request
    /// How the clock of who sent it is taken.
    var clientClock = ClientClock()
    /// Who sent it: whom `me` stands for.
    var speaker = Speaker.unknown

    /// What `read` makes of the object in the body, with every issue of its form.
    ///
    /// - Throws: 400 when it is not JSON, and for `me` where that stands for nobody. A POST without body and without
    ///   Content-Type is taken as an empty object, and so is a DELETE without body: some clients say of what type it is all the same.
    func read<Value: Sendable>(_ read: (FieldReader) -> Value) throws(Problem) -> Incoming<Value> {
        try readWhole(read).incoming
    }

    /// The same of a PUT, with what it has of what only the service writes.
    func readWhole<Value: Sendable>(
        _ read: (FieldReader) -> Value
    ) throws(Problem) -> (incoming: Incoming<Value>, sentBack: SentBack) {
        let issues = IssueList()
        let value = FieldReader.read(
            try json(), at: .body, issues: issues, clientClock: clientClock, speaker: speaker, read)
        if issues.lacksSpeaker { throw Self.lacksSpeaker }
        return (Incoming(value, issues: issues.issues), SentBack(issues.sentBack))
    }

    /// The iCalendar file in the body; nil where it is none, with what is wrong with it.
    func calendarFeed() -> Incoming<CalendarFeed?> {
        do throws(CalendarFeed.Fault) {
            return Incoming(try CalendarFeed(request.body))
        } catch {
            return Incoming(nil, issues: [FieldIssue(.body, .invalidValue, error.detail)])
        }
    }

    /// The answer to `me` where nobody said who acts.
    static var lacksSpeaker: Problem {
        var issues = QueryIssues()
        issues.append(HTTPField.Name.actor.rawName, .invalidParameter, word: .required, Speaker.advice)
        return issues.problem
    }

    private func json() throws(Problem) -> JSONValue {
        if request.body.isEmpty, Self.mayBeEmpty(request.method),
            request.method == .delete || !request.headerFields.contains(.contentType)
        {
            return .object([])
        }
        do {
            return try JSONParser.value(of: request.body)
        } catch {
            throw Problem(.malformedJSON, error.detail)
        }
    }

    /// Whether what takes no fields, or none that must be there, may come without a body.
    private static func mayBeEmpty(_ method: HTTPRequest.Method) -> Bool { method == .post || method == .delete }
}

// MARK: - What the head says of it
extension RequestBody {
    /// - Parameters:
    ///   - isEmpty: nil when that is not known yet.
    ///   - types: those of the route; nil for JSON.
    /// - Throws: 415 when the body is not declared as one of these that came as it is.
    static func requireTaken(_ request: Request, isEmpty: Bool?, as types: [StaticString]?) throws(Problem) {
        if let coding = request.headerFields[.contentEncoding], !coding.elements.allSatisfy({ $0.isWord("identity") }) {
            // RFC 9110 section 15.5.16: the answer says what would have been taken.
            var problem = Problem(
                .unsupportedMediaType,
                "The body came as \(coding.shown): send it as it is, without Content-Encoding.")
            problem.headerFields[.acceptEncoding] = "identity"
            throw problem
        }
        let contentType = request.headerFields[.contentType]
        if types == nil, contentType == nil, isEmpty != false, mayBeEmpty(request.method) { return }
        let taken = types ?? (request.method == .patch ? patchTypes : Self.types)
        // As nearly everybody writes it, or in any other way.
        guard let contentType,
            types == nil && contentType.isWord("application/json") || isTaken(MediaType(contentType), of: taken)
        else {
            throw unsupported(contentType, request.method, taken, isFile: types != nil)
        }
    }

    /// What other methods take.
    static let types: [StaticString] = ["application/json"]

    /// What a PATCH takes: RFC 7396, under its own name or as JSON.
    static let patchTypes: [StaticString] = ["application/merge-patch+json", "application/json"]

    private static func isTaken(_ type: MediaType?, of taken: [StaticString]) -> Bool {
        guard let type, taken.contains(where: type.isNamed) else { return false }
        return type.parameters.allSatisfy { !$0.name.isWord("charset") || $0.value.isWord("utf-8") }
    }

    /// RFC 5789 section 2.2 and RFC 9110 section 12.5.1: the answer says what would have been taken.
    private static func unsupported(
        _ contentType: FieldValue?, _ method: HTTPRequest.Method, _ taken: [StaticString], isFile: Bool
    ) -> Problem {
        let types = taken.map(\.description).joined(separator: ", ")
        let sent = contentType.map { "The body came as \($0.shown)" } ?? "The body came without Content-Type"
        let curl = isFile ? "curl -H 'Content-Type: \(types)' --data-binary @FILE" : "curl --json"
        var problem = Problem(.unsupportedMediaType, "\(sent): send it as \(types) in UTF-8, as \(curl) does.")
        problem.headerFields[method == .patch ? .acceptPatch : .accept] = types
        return problem
    }
}

extension HTTPField.Name {
    /// RFC 5789 section 3.1.
    static let acceptPatch = HTTPField.Name("Accept-Patch")!
}
