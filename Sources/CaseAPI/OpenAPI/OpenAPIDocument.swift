import Complaints
import HTTPServer
import HTTPTypes

/// The description of the API (OpenAPI 3.1). It is made of the route map, of the bounds and words that requests are
/// checked against, and of an `APIOperation` for each route; tests hold it to what the service answers, both ways.
public enum OpenAPIDocument {
    /// As `/openapi.json` and `casekeeper openapi` have it, without a line break at its end.
    public static let json: [UInt8] = {
        var writer = JSONWriter(capacity: 256 * 1024)
        writer.write(document)
        return writer.bytes
    }()

    /// As it is served.
    static let page = KeptBody(json + [UInt8(ascii: "\n")])

    static let document: JSONValue = [
        "openapi": "3.1.0",
        "info": [
            "title": "Casekeeper", "version": "1.0.0", "summary": "Complaint cases and the promises made in them.",
            "description": .string(conventions),
        ],
        "servers": [["url": "/"]],
        "tags": .array(tags.map { ["name": .string($0.name), "description": .string($0.description)] }),
        "paths": .members(paths),
        "webhooks": WebhookOperations.webhooks,
        "components": [
            "schemas": .members(schemas.map { ($0.name, $0.schema.json) }),
            "responses": .members(ProblemResponse.all.map { ($0.name, $0.json) }),
            "headers": .members(AnswerHeader.allCases.map { ($0.rawValue, $0.json) }),
            "securitySchemes": [
                "token": [
                    "type": "http", "scheme": "bearer", "bearerFormat": "ck_…",
                    "description": """
                    A token has one role: reader, agent, manager or admin, each may all that the ones before it may. \
                    The least role that may is listed with each operation. While the database has no token at all, \
                    this machine alone is answered, and needs none.
                    """,
                ]
            ],
        ],
    ]

    private static let schemas = ValueSchemas.all + requests + AnswerSchemas.all + LogSchemas.all + ServiceSchemas.all

    /// What the operations' bodies lead to, each once.
    private static var requests: [RequestSchema.Component] {
        var names: Set<String> = []
        return APIOperation.all.compactMap(\.body).flatMap(\.schema.components).filter {
            names.insert($0.name).inserted
        }
    }

    private static let tags: [(name: String, description: String)] = [
        ("cases", "Complaints in the customers' own words, with their promises and their log."),
        ("promises", "What was promised, by when, and what became of it."),
        ("customers", "Who complains."), ("policies", "What cases are promised by default, as rules in order."),
        ("calendars", "When a desk is open."), ("regimes", "Whose rules for answering complaints cases are under."),
        ("owners", "Who keeps promises."), ("me", "Who asks."),
        ("log", "The hash chain over all logs."), ("events", "What happens, in order."),
        ("tokens", "Who may use the service."), ("queue", "What waits for somebody."), ("reports", "Figures."),
        ("webhooks", "Who else is told of what happens."),
        ("service", "The service itself."),
    ]

    private static func tag(of pattern: String) -> String {
        let segments = pattern.split(separator: "/")
        return segments.count > 1 && segments[0] == "v1" ? String(segments[1]) : "service"
    }

    /// In the order of the map, the operations of a path together.
    private static var paths: [(name: String, value: JSONValue)] {
        var paths: [(name: String, value: JSONValue)] = []
        for description in RouteDescription.all {
            let route = description.route
            let method = route.method.rawValue.lowercased()
            let json = description.json.setting("tags", [.string(tag(of: route.pattern))])
            if let index = paths.firstIndex(where: { $0.name == route.pattern }) {
                paths[index].value = paths[index].value.setting(method, json)
            } else {
                paths.append((route.pattern, [method: json]))
            }
        }
        return paths
    }

    private static let conventions: String = {
        let limits = ParserLimits()
        return """
            Bodies are JSON in UTF-8 with snake_case names. Instants are sent with an offset and answered in UTC; names \
            are compared without case. Unknown fields and unknown query parameters are refused, and an error changes \
            nothing. Fields of a body that may be left out may be null for the same, except in a merge patch, where null \
            takes a value away.

            Errors are application/problem+json (RFC 9457) with a code of a closed set; what is wrong with fields or \
            parameters is in errors, all of it at once, up to \(FieldIssue.mostListed) of them; detail says when there are \
            more.

            GET is HEAD too. OPTIONS answers 204 with Allow, any other method 405 with Allow, a path that is not here 404.

            Lists are in pages: next is the cursor of the next one, and Link has it as an address. As text/csv they come \
            whole unless limit is given, and say their as_of in Casekeeper-As-Of.

            Bounds of a request, as configured by default: a request line of \(limits.requestLine) bytes, a header field of \
            \(limits.headerLine), \(limits.headerFields) of them and \(limits.headers) bytes together, and a body of \
            \(limits.body) bytes, nested at most \(JSONParser.depthLimit) deep. All fields that are lists have together at \
            most \(ParserLimits.listSeparators) commas and semicolons, and a body at most as \
            many values as any request of its length has.
            """
    }()
}
