import HTTPTypes

/// The problems of one status that a route can answer with.
struct ProblemResponse: Sendable, Hashable {
    let status: Int
    /// In the order of `ProblemKind`.
    let codes: [ProblemKind]
    /// Whether it is of a path with a link's secret.
    let isLinked: Bool

    /// What a route can answer, by status.
    static func responses(for codes: Set<ProblemKind>, isLinked: Bool) -> [ProblemResponse] {
        Dictionary(grouping: ProblemKind.allCases.filter(codes.contains), by: \.status.code)
            .map { ProblemResponse(status: $0.key, codes: $0.value, isLinked: isLinked) }
            .sorted { $0.status < $1.status }
    }

    /// Those of all routes.
    static let all = Set(RouteDescription.all.flatMap(\.problemResponses)).sorted {
        ($0.status, $0.name) < ($1.status, $1.name)
    }

    /// Among the components.
    var name: String { (codes.map(\.rawValue) + (isLinked ? ["link"] : [])).joined(separator: ".") }

    var reference: JSONValue { ["$ref": .string("#/components/responses/\(name)")] }

    var json: JSONValue {
        [
            "description": .string(codes.map { "\($0.rawValue): \($0.title)." }.joined(separator: " ")),
            "headers": .members(headers),
            "content": ["application/problem+json": ["schema": Schema.named("Problem").json]],
            // Beside the schema, so that clients have one type for all problems.
            "x-codes": .texts(codes.map(\.rawValue)),
        ]
    }

    private var headers: [(name: String, value: JSONValue)] {
        var headers =
            AnswerHeader.ofAll + [AnswerHeader.cacheControl.reference] + AnswerHeader.ofCodable
        let waits = codes.contains { $0.retryAfter != nil || $0 == .rateLimited }
        if waits { headers.append(AnswerHeader.retryAfter.reference) }
        if codes.contains(.unauthenticated) { headers.append(AnswerHeader.authenticate.reference) }
        if codes.contains(.stale) { headers.append(AnswerHeader.eTag.occasional) }
        if codes.contains(.unsupportedMediaType) {
            headers += [
                AnswerHeader.accept.reference, AnswerHeader.acceptPatch.reference,
                AnswerHeader.acceptEncoding.reference,
            ]
        }
        // What is refused before there is a path always has it.
        if isLinked || codes.contains(where: \.isOfServer) { headers.append(AnswerHeader.referrerPolicy.occasional) }
        return headers
    }
}
