import CaseAPI
import Complaints
import HTTPTypes

/// A form that stands for one request to the API: which fields of its body it asks for, and in which order. What each of them is, the
/// API's own description of the body says (`BodyFields`).
struct ActionForm: Sendable {
    /// What it is called in addresses.
    let name: String
    let method: HTTPRequest.Method
    /// The API's route, by its pattern.
    let pattern: String
    /// The fields that it asks for; a field of the body that is none of these can be sent to the API alone.
    let asked: [String]
    /// What the body has besides, the same each time.
    let fixed: [(name: String, value: String)]
    let body: BodyFields

    init(
        _ name: String, _ method: HTTPRequest.Method, _ pattern: String, _ asked: [String],
        fixed: [(name: String, value: String)] = []
    ) {
        self.name = name
        self.method = method
        self.pattern = pattern
        self.asked = asked
        self.fixed = fixed
        body = BodyFields(method, pattern)
    }

    /// Whether it is about a promise, and not about a case as a whole.
    var isOfPromise: Bool { pattern.utf8.starts(with: "/v1/promises/".utf8) }

    /// The path of the API, of that case or promise.
    func path(of id: String) -> String { pattern.replacing("{id}", with: id) }
}

extension ActionForm {
    private static let nextPromise = ["what", "due_at", "due_in", "next_step"].map { "next_promise/\($0)" }
    private static let notice = ["channel", "outcome", "at"].map { "customer_notified/\($0)" }
    private static let renewal =
        ["due_at", "due_in", "due_in_business", "reason", "explanation", "next_step", "what"] + notice

    static let keep = ActionForm(
        "keep", .post, "/v1/promises/{id}/keep",
        ["evidence", "kept_at"] + nextPromise
            + ["resolve/summary", "resolve/outcome_text", "resolve/customer_accepted"])
    static let renegotiate = ActionForm("renegotiate", .post, "/v1/promises/{id}/renegotiate", renewal)
    static let recover = ActionForm("recover", .post, "/v1/promises/{id}/recover", renewal)
    static let reassign = ActionForm("reassign", .post, "/v1/promises/{id}/reassign", ["owner", "reason"])
    static let note = ActionForm("note", .post, "/v1/cases/{id}/log", ["text"], fixed: [("kind", "note")])
    static let resolve = ActionForm(
        "resolve", .post, "/v1/cases/{id}/resolve",
        ["summary", "outcome_text", "customer_accepted", "outcome"])

    /// Those that a case's page offers by themselves.
    static let offered = [keep, renegotiate, recover, reassign, note, resolve]

    /// What guidance can advise besides: a form of what it leaves to be filled in.
    private static let advised = [
        ActionForm("log", .post, "/v1/cases/{id}/log", []),
        ActionForm("promises", .post, "/v1/cases/{id}/promises", []),
        ActionForm("cool-off", .post, "/v1/cases/{id}/cool-off", []),
        ActionForm("escalate", .post, "/v1/cases/{id}/escalate", []),
        ActionForm("relationship", .post, "/v1/cases/{id}/relationship", []),
        ActionForm("edit", .patch, "/v1/cases/{id}", []),
        ActionForm("accept", .post, "/v1/promises/{id}/accept", []),
    ]

    /// All of them.
    static let all = offered + advised

    /// The one that is called so; nil for any other word.
    static func named(_ name: String) -> ActionForm? { all.first { $0.name.utf8.elementsEqual(name.utf8) } }

    /// The one of a request that guidance advises, with the id that stands in its path.
    static func of(_ method: String, _ path: String) -> (form: ActionForm, id: String)? {
        let segments = path.split(separator: "/")
        guard segments.count >= 3 else { return nil }
        let pattern = "/" + (segments.prefix(2) + ["{id}"] + segments.dropFirst(3)).joined(separator: "/")
        return (advised + [keep, renegotiate, recover, resolve]).first { form in
            form.method.rawValue.utf8.elementsEqual(method.utf8) && form.pattern.utf8.elementsEqual(pattern.utf8)
        }.map { ($0, String(segments[2])) }
    }
}
