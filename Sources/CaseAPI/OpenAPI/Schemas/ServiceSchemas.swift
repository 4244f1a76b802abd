import Complaints

/// Lists, errors, and what is asked about the service itself.
enum ServiceSchemas {
    static let all: [(name: String, schema: Schema)] =
        [
            ("Health", .object([.always("status", .word("ok"))])),
            ("Readiness", .object([.always("status", .word("ready"))])),
            ("Description", Schema(["type": "object", "required": ["openapi", "info", "paths", "components"]])),
            ("Problem", problem), ("ItemProblem", .object(members)), ("ProblemField", wrongField),
            ("ProblemParameter", wrongParameter),
            ("ProblemItem", .oneOf([.named("ProblemField"), .named("ProblemParameter")])),
            ("ProblemPage", .object(page)),
        ]
        + [
            "Case", "Customer", "LogEntry", "Policy", "PolicyImpact", "CasePromise", "QueueItem", "Token", "Owner",
            "CalendarSummary", "RegimeSummary", "Webhook", "Delivery",
        ].map {
            ($0 + "List", list(of: $0))
        }

    private static func list(of item: String) -> Schema {
        .object([
            .always("as_of", .utcInstant, "The instant the list is told for; a cursor keeps its first page's."),
            .always("items", .array(.named(item), 0...Int(PageParameters.mostItems))),
            .always("total", .count, "How many there are on all pages."),
            .sometimes("total_capped", .flag(true), "There are more than total says."),
            .sometimes(
                "search_incomplete", .flag(true),
                "q may not have found all that there is: the full-text index is being made anew, from the newest on."),
            .nullable("next", .text, "The cursor of the next page; null on the last."),
        ])
    }

    private static let problem = Schema.object(
        members + [.always("request_id", .text, "As in X-Request-Id and in the service's log.")]
    ).described("RFC 9457. A title and a status belong to a code for good; detail is for people.")

    private static let members: [Field] =
        [
            .always("type", Schema(["type": "string", "format": "uri-reference"]), "The page about the code."),
            .always("title", .text), .always("status", .integer(400...599)),
            .always("detail", .text, "What happened here and what to do."),
            .always("code", .problemCode),
            .sometimes("errors", .array(.named("ProblemItem")), "Every field or parameter that is wrong."),
        ] + Problem.Member.Name.allCases.map { .sometimes($0.rawValue, $0.schema, $0.meaning) }

    private static let codes = FieldIssue.Code.allCases.map(\.rawValue)
    private static let detail = Field.always("detail", .text, "What would be right.")

    private static let wrongField = Schema.object([
        .always("pointer", .text, "Where in the body, as a JSON pointer in a URI fragment: #/promise/due_at."),
        .always("code", Schema(["type": "string", "enum": .texts(codes)])), detail,
    ])

    private static let wrongParameter = Schema.object([
        .always("parameter", .text, "The name of the parameter or header field."),
        .always(
            "code",
            Schema([
                "type": "string",
                "enum": .texts(
                    [ProblemKind.invalidParameter, .unknownParameter, .unknownValue].map(\.rawValue) + codes),
            ])),
        detail,
    ])

    private static let page: [Field] = [
        .always("type", .text), .always("code", .problemCode), .always("status", .integer(400...599)),
        .always("title", .text), .always("meaning", .text, "What it means."),
        .always("cause", .text, "Why it is a problem, or how it comes about."), .always("advice", .text, "What to do."),
        .always(
            "example",
            .object([
                .sometimes("request", .text, "What gets it; missing where no request brings it about by itself."),
                .always("answer", .named("Problem")),
            ])),
    ]
}

extension Problem.Member.Name {
    fileprivate var schema: Schema {
        switch self {
        case .promiseIDs: .array(.id)
        case .caseID, .customerID: .id
        case .settledBy: .text
        case .settledAt: .utcInstant
        case .state: .named("PromiseState")
        case .reason: .text
        case .nextPromise: .named("PromiseRequest")
        case .limit: Schema(["type": "string", "enum": .texts(LimitKind.allCases.map(\.rawValue))])
        }
    }

    fileprivate var meaning: String {
        switch self {
        case .promiseIDs: "The promises that the rule speaks of."
        case .caseID: "The case that stands in the way."
        case .customerID: "With merged: the customer to be changed instead."
        case .settledBy: "With promise_settled: who settled it."
        case .settledAt: "With promise_settled: when the service was told."
        case .state: "With promise_settled: the state that it is in."
        case .nextPromise:
            "With timeline_required, once an update is kept: what update_every of the policy asks for next."
        case .limit: "With rate_limited: which limit it is."
        case .reason: "With not_ready: why, as a word for programs."
        }
    }
}
