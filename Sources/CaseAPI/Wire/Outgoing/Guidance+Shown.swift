import Complaints
import HTTPTypes

extension Guidance {
    /// What is to be done about a case, the first thing first.
    static let shown: [Shown<Guidance>] = [
        .id("case_id") { $0.caseID },
        .word("mood", "When last observed.") { $0.mood },
        .wordOrNull("mood_trend", "From the mood observed before; null when there was none.") { $0.moodTrend },
        .count(
            "hot_in_a_row", "How many of the latest contacts of the case's owner were angry or abusive, in a row."
        ) { $0.hotInARow },
        .objects(
            "items", "One for each tactic: what is to be done now, next, what is held back, done, and not needed.",
            of: GuidedItem.shown, schema: .named("GuidanceItem"), bounds: Tactic.allCases.count...Tactic.allCases.count
        ) { guidance in guidance.items.map { GuidedItem(item: $0, caseID: guidance.caseID) } },
    ]
}

/// What is to be done about one tactic in a case.
struct GuidedItem {
    let item: Guidance.Item
    let caseID: Int64

    static let shown: [Shown<GuidedItem>] = [
        .word("tactic") { $0.item.tactic },
        .text("title", "What to do, in a few words.") { $0.item.title },
        .word("state", states) { $0.item.state },
        .text("why", "What in the record says so.") { $0.item.why.text },
        .value("entries", .array(.id), "The entries of the log that say so, by seq.") { $0.item.why.entries },
        .value("promise_ids", .array(.id), "The promises that say so.") { $0.item.why.promises },
        .objectOrNull(
            "call", "What does it; null where nothing is to be called.", of: CaseCall.shown,
            schema: .named("GuidedCall")
        ) { item in item.item.call.map { CaseCall(call: $0, caseID: item.caseID) } },
    ]

    private static let states = """
        now: the first thing to do. next: later, or at any time. held: a tactic says to wait with it; it can be done all \
        the same. done: already. not_needed: the case gives no occasion for it.
        """
}

/// A call that guidance advises in a case.
struct CaseCall {
    let call: GuidedCall
    let caseID: Int64

    static let shown: [Shown<CaseCall>] = [
        .value("method", Schema(["type": "string", "enum": ["POST", "PATCH"]])) { $0.call.method.rawValue },
        .value(
            "path", Schema(["type": "string", "format": "uri-reference", "pattern": "^/v1/(cases|promises)/"])
        ) { $0.call.path($0.caseID) },
        .word("role", "The least role that may.") { $0.call.role },
        .text("actor", "Who has to act, for Casekeeper-Actor; null: whoever may.") { $0.call.actor },
        .written(
            .always("body", body, "A body that is taken for the case as it stands. Its words are examples: put yours.")
        ) { call, json in json.object { $0.writeBody(of: call.call) } },
    ]

    private static let body = Schema([
        "anyOf": .array(
            [
                "LogEntryRequest", "CoolOff", "PromiseRequest", "Keep", "Renegotiation", "Acceptance", "Escalation",
                "RelationshipDecision", "CaseEdit",
            ].map { Schema.named($0).json })
    ])
}

extension JSONWriter {
    fileprivate mutating func writeBody(of call: GuidedCall) {
        switch call {
        case .write(let request): writeMembers(of: request)
        case .coolOff(let request): writeMembers(of: request)
        case .promise(let request): writeMembers(of: request)
        case .keep(_, let continuation): writeMembers(of: continuation)
        case .renew(_, _, let request): writeMembers(of: request)
        case .accept: break
        case .escalate(let request): writeMembers(of: request)
        case .decide(let request): writeMembers(of: request)
        case .wish(let text): member("desired_outcome", text)
        case .letGo: member("owner", nil as String?)
        }
    }
}

extension GuidedCall {
    fileprivate var method: HTTPRequest.Method {
        switch self {
        case .wish, .letGo: .patch
        default: .post
        }
    }

    fileprivate func path(_ caseID: Int64) -> String {
        switch self {
        case .write: "/v1/cases/\(caseID)/log"
        case .coolOff: "/v1/cases/\(caseID)/cool-off"
        case .promise: "/v1/cases/\(caseID)/promises"
        case .keep(let id, _): "/v1/promises/\(id)/keep"
        case .renew(let id, .renegotiate, _): "/v1/promises/\(id)/renegotiate"
        case .renew(let id, .recover, _): "/v1/promises/\(id)/recover"
        case .accept(let id, _): "/v1/promises/\(id)/accept"
        case .escalate: "/v1/cases/\(caseID)/escalate"
        case .decide: "/v1/cases/\(caseID)/relationship"
        case .wish, .letGo: "/v1/cases/\(caseID)"
        }
    }
}
