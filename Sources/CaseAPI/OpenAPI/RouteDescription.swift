import Complaints
import HTTPServer
import HTTPTypes

/// A route with what is said of it: what follows from its endpoint is worked out here.
struct RouteDescription: Sendable {
    let route: Route<Endpoint>
    let operation: APIOperation

    /// Every route that is described.
    static let all = RouteMap.table.routes.compactMap { route in
        APIOperation.of(route.method, route.pattern).map { RouteDescription(route: route, operation: $0) }
    }

    /// The operation object.
    var json: JSONValue {
        var json: JSONValue = ["operationId": .string(operation.id), "summary": .string(operation.summary)]
        if !operation.description.isEmpty { json = json.setting("description", .string(operation.description)) }
        if let role = route.endpoint.role {
            json = json.setting("x-role", .string(role.rawValue))
                .setting("security", [["token": [.string(role.rawValue)]]])
        } else {
            json = json.setting("security", [])
        }
        let parameters = parameters
        if !parameters.isEmpty { json = json.setting("parameters", .array(parameters.map(\.json))) }
        if let body = operation.body { json = json.setting("requestBody", self.json(of: body)) }
        return json.setting("responses", .members(responses))
    }

    private var isWrite: Bool { route.endpoint.isChange }

    private var hasPathParameter: Bool { route.pattern.contains("{") }

    /// Whether the entity tag of something that is there already can be a condition.
    private var hasTag: Bool {
        switch operation.answer.kind {
        case .resource, .replaced: true
        case .created: hasPathParameter
        case .document, .list, .feed, .report, .digest, .results, .page, .text: false
        }
    }

    private func json(of body: APIOperation.Body) -> JSONValue {
        let content: JSONValue = [
            "schema": body.schema.reference.json,
            "examples": .members(
                body.examples.map { ($0.name, ["summary": .string($0.summary), "value": $0.value]) }),
        ]
        let usual = route.method == .patch ? RequestBody.patchTypes : RequestBody.types
        let types = (route.endpoint.bodyTypes ?? usual).map(\.description)
        return ["required": .boolean(!body.isOptional), "content": .members(types.map { ($0, content) })]
    }
}

// Parameters.
extension RouteDescription {
    /// Of the path, the query and the header.
    var parameters: [Parameter] {
        var parameters = pathParameters + operation.query.parameters
        guard route.endpoint.role != nil else { return parameters }
        if route.method == .post, isWrite { parameters.append(.idempotencyKey) }
        if route.endpoint.isFeed { parameters.append(.lastEventID) }
        if hasTag {
            parameters.append(.ifMatch)
            if !isWrite { parameters.append(.ifNoneMatch) }
        }
        return parameters + [.actor]
    }

    private var pathParameters: [Parameter] {
        route.pattern.split(separator: "/").filter { $0.hasPrefix("{") }.map { segment in
            switch segment {
            case "{name}" where route.pattern.hasPrefix("/v1/calendars"):
                .path("name", .asked, "The calendar's; they compare without case.", example: "default")
            case "{name}" where route.pattern.hasPrefix("/v1/regimes"):
                .path(
                    "name", .asked, "What the regime is called; they compare without case.",
                    example: "energy")
            case "{name}" where route.pattern.hasPrefix("/v1/policies"):
                .path(
                    "name", .asked, "What the policy is called; they compare without case.",
                    example: route.method == .put ? "bills" : "normal")
            case "{name}":
                .path("name", .asked, "Who is meant; they compare without case.", example: "Kim")
            case "{code}": .path("code", .problemCode, "Of the problem.", example: "timeline_required")
            case "{secret}":
                .path(
                    "secret", .shareSecret, "Of the link, as POST /v1/cases/{id}/share answers with.",
                    example: .string(ExactText(ShareRoutes.exampleSecret)))
            case "{seq}": .path("seq", .id, "The number of the entry in the log of its case.", example: 1)
            case "{session}": .path("session", .id, "The session, by its id.", example: 1)
            case "{delivery}": .path("delivery", .id, "The delivery, by its id.", example: 1)
            default: .path(String(segment.dropFirst().dropLast()), .id, "What the path names.", example: 1)
            }
        }
    }
}

// Answers.
extension RouteDescription {
    private var responses: [(name: String, value: JSONValue)] {
        let (success, headers) = success()
        var responses = [success]
        if case .results = operation.answer.kind {
            responses.append(
                ("207", success.value.setting("description", "The same, where at least one was refused.")))
        }
        if case .replaced = operation.answer.kind {
            let made = success.value.setting("description", "The same, just made.")
            responses.append(("201", made.setting("headers", .members(headers + [AnswerHeader.location.reference]))))
        }
        if case .resource = operation.answer.kind, !isWrite {
            let headers =
                AnswerHeader.ofAll + [AnswerHeader.cacheControl.reference, AnswerHeader.eTag.reference]
                + AnswerHeader.ofCodable
            responses.append(
                (
                    "304",
                    [
                        "description": "Not modified: what the client has is still so.",
                        "headers": .members(headers + asOfHeader),
                    ]
                ))
        }
        return responses + problemResponses.map { (String($0.status), $0.reference) }
    }

    /// What can go wrong, by status.
    var problemResponses: [ProblemResponse] {
        ProblemResponse.responses(for: problems, isLinked: route.endpoint.isLinked)
    }

    private var problems: Set<ProblemKind> {
        // What any request can get, from the server or from the look at who asks.
        var problems: Set<ProblemKind> = [
            .malformedRequest, .invalidParameter, .unknownParameter, .forbidden, .requestTimeout, .bodyTooLarge,
            .requestLineTooLong, .expectationFailed, .headerTooLarge, .internal, .notImplemented, .busy, .shuttingDown,
            .httpVersion,
        ]
        if route.endpoint.role != nil {
            problems.formUnion([.unauthenticated, .actsForItself, .databaseDamaged])
            if !route.endpoint.representations.isEmpty { problems.insert(.notAcceptable) }
        }
        if hasPathParameter { problems.insert(.notFound) }
        if hasTag || isWrite { problems.insert(.stale) }
        if !route.endpoint.isForProbes { problems.insert(.rateLimited) }
        if operation.query.takes(QuerySchema.allowUnknown) { problems.insert(.unknownValue) }
        if route.endpoint.takesBody {
            problems.formUnion([.unsupportedMediaType, .validationFailed])
            if route.endpoint.bodyTypes == nil { problems.insert(.malformedJSON) }
        }
        if isWrite {
            problems.formUnion([.readOnly, .outcomeUnknown, .diskFull, .clockJumped, .clockBehind, .superseded])
            // The answer that a key is to repeat may be erased.
            if route.method == .post { problems.formUnion([.idempotencyKeyReused, .customerErased]) }
            if hasPathParameter { problems.insert(.preconditionRequired) }
        }
        return problems.union(operation.problems)
    }

    /// The answer when all goes well, and its headers.
    private func success() -> (response: (name: String, value: JSONValue), headers: [(name: String, value: JSONValue)])
    {
        var headers =
            AnswerHeader.ofAll + [AnswerHeader.cacheControl.reference] + AnswerHeader.ofCodable
        var status = "200"
        let content: [(name: String, value: JSONValue)]
        func json(_ schema: String) -> (name: String, value: JSONValue) {
            ("application/json", ["schema": Schema.named(schema).json])
        }
        let csv: (name: String, value: JSONValue) = ("text/csv", ["schema": Schema.text.json])
        switch operation.answer.kind {
        case .document(let schema), .results(let schema):
            content = [json(schema)]
            headers += asOfHeader
        case .resource(let schema), .replaced(let schema):
            content = [json(schema)]
            headers.append(AnswerHeader.eTag.reference)
            headers += asOfHeader
        case .created(let schema):
            status = "201"
            content = [json(schema)]
            headers += [AnswerHeader.location.reference, AnswerHeader.eTag.reference]
        case .list(let item):
            content = [json(item + "List"), csv]
            headers += [AnswerHeader.asOf, .link, .contentDisposition].map(\.reference)
            if operation.query.takes("q") { headers.append(AnswerHeader.searchIncomplete.reference) }
        case .feed(let schema):
            content = [json(schema), csv, (FeedForm.stream.mediaType.description, ["schema": Schema.text.json])]
            headers += [AnswerHeader.link, .contentDisposition, .accelBuffering].map(\.reference)
            headers.append(AnswerHeader.asOf.occasional)
        case .report(let schema):
            content = [json(schema), csv]
            headers += [AnswerHeader.asOf, .contentDisposition].map(\.reference)
        case .digest(let schema):
            content = [json(schema), csv, (DigestForm.text.mediaType.description, ["schema": Schema.text.json])]
            headers += [AnswerHeader.asOf, .contentDisposition].map(\.reference)
        case .page(let schema):
            content = [json(schema), (ProblemPage.Form.html.mediaType.description, ["schema": Schema.text.json])]
            if route.endpoint.isLinked { headers += [AnswerHeader.referrerPolicy, .robotsTag].map(\.reference) }
        case .text(let type): content = [(String(type.prefix { $0 != ";" }), ["schema": Schema.text.json])]
        }
        if route.method == .post, isWrite { headers.append(AnswerHeader.replayed.reference) }
        var answer: JSONValue = [
            "description": .string(operation.answer.description), "headers": .members(headers),
            "content": .members(content),
        ]
        if !operation.answer.links.isEmpty { answer = answer.setting("links", links) }
        return ((status, answer), headers)
    }

    /// Where an earlier instant can be asked for, the answer says which one it is.
    private var asOfHeader: [(name: String, value: JSONValue)] {
        operation.query.takes(QuerySchema.asOf) ? [AnswerHeader.asOf.reference] : []
    }

    private var links: JSONValue {
        .members(
            operation.answer.links.map { link in
                (
                    link.operation,
                    ["operationId": .string(link.operation), "parameters": [link.parameter: .string(link.value)]]
                )
            })
    }
}
