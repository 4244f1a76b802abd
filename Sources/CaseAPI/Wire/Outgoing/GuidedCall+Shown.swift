import Complaints
import HTTPTypes

/// A call that guidance advises in a case, or that settles an item of a queue.
struct CaseCall: Sendable {
    private let call: GuidedCall
    private let caseID: Int64
    private let example: Body
    /// Whether the body is the example, so that it can be sent as it is.
    private let isWhole: Bool

    /// - Parameter isWhole: whether the body is not to lack what a person has to fill in.
    init(call: GuidedCall, caseID: Int64, isWhole: Bool = false) {
        self.isWhole = isWhole
        self.call = call
        self.caseID = caseID
        example = Body(json: JSONWriter.object(capacity: 256) { $0.writeBody(of: call) })
    }

    static let shown: [Shown<CaseCall>] = [
        .value("method", Schema(["type": "string", "enum": ["POST", "PATCH"]])) { $0.call.method.rawValue },
        .value(
            "path", Schema(["type": "string", "format": "uri-reference", "pattern": "^/v1/(cases|promises)/"])
        ) { $0.call.path($0.caseID) },
        .word("role", "The least role that may.") { $0.call.role },
        .text("actor", "Who has to act, for Casekeeper-Actor; null: whoever may.") { $0.call.actor },
        .value(
            "body", Schema(["type": "object"]),
            "What is known of it; in the queue all of it, so that it can be sent as it is. In guidance a field of fill that "
                + "the service would do without stands empty in it."
        ) { $0.body },
        .value(
            "fill", .array(.text),
            "What a person has to fill in, as pointers into the body: without it the call is refused for these. In the queue "
                + "they have values, that are to be made true."
        ) { $0.call.blanks.map(\.path.pointer) },
        .value("example", exampleSchema, "The body filled in: it is taken for the case as it stands.") { $0.example },
    ]

    private static let exampleSchema = Schema([
        "anyOf": .array(
            [
                "LogEntryRequest", "CoolOff", "PromiseRequest", "Keep", "Renegotiation", "Acceptance", "Escalation",
                "RelationshipDecision", "CaseEdit",
            ].map { Schema.named($0).json })
    ])

    /// The example without what is only an example.
    private var body: Body {
        let blanks = call.blanks
        guard !blanks.isEmpty, !isWhole else { return example }
        guard let filled = try? JSONParser.value(of: example.json) else {
            preconditionFailure("what the service writes is no JSON")
        }
        var json = JSONWriter()
        json.write(blanks.reduce(filled) { $0.without($1.path.components[...], isEmptied: $1.isOptional) })
        return Body(json: json.bytes)
    }

    /// A JSON object, which a cell has as it is.
    private struct Body: ShownValue {
        let json: [UInt8]

        func write(to writer: inout JSONWriter) { json.withUnsafeBufferPointer { writer.append($0) } }

        var cell: CSVCell { .text(String(decoding: json, as: UTF8.self)) }
    }
}

extension JSONValue {
    /// Without the member at that place, or with an empty text there.
    fileprivate func without(_ place: ArraySlice<String>, isEmptied: Bool) -> JSONValue {
        guard let first = place.first else { return self }
        let name = ExactText(first)
        return .object(
            members.compactMap { member in
                guard member.name == name else { return member }
                if place.count > 1 {
                    return Member(name: name, value: member.value.without(place.dropFirst(), isEmptied: isEmptied))
                }
                return isEmptied ? Member(name: name, value: "") : nil
            })
    }
}

extension JSONWriter {
    fileprivate mutating func writeBody(of call: GuidedCall) {
        switch call {
        case .write(let request): writeMembers(of: request)
        case .join(let name, _): writeMembers(of: LogRequest.supervisorJoined(name))
        case .agree(let request, _): writeMembers(of: LogRequest.agreement(request))
        case .coolOff(let request): writeMembers(of: request)
        case .promise(let request): writeMembers(of: request)
        case .keep(_, let evidence, let continuation):
            member("evidence", evidence)
            writeMembers(of: continuation)
        case .renew(_, _, let request): writeMembers(of: request)
        case .accept: break
        case .escalate(let request, _): writeMembers(of: request)
        case .decide(let request): writeMembers(of: request)
        case .wish(let text): member("desired_outcome", text)
        case .estimate(let estimate): member("estimate", object: { $0.writeMembers(of: estimate) })
        case .handOver(let owner): member("owner", owner)
        }
    }
}

extension GuidedCall {
    fileprivate var method: HTTPRequest.Method {
        switch self {
        case .wish, .estimate, .handOver: .patch
        case .write, .agree, .join, .coolOff, .promise, .keep, .renew, .accept, .escalate, .decide: .post
        }
    }

    fileprivate func path(_ caseID: Int64) -> String {
        switch self {
        case .write, .agree, .join: "/v1/cases/\(caseID)/log"
        case .coolOff: "/v1/cases/\(caseID)/cool-off"
        case .promise: "/v1/cases/\(caseID)/promises"
        case .keep(let id, _, _): "/v1/promises/\(id)/keep"
        case .renew(let id, .renegotiate, _): "/v1/promises/\(id)/renegotiate"
        case .renew(let id, .recover, _): "/v1/promises/\(id)/recover"
        case .accept(let id, _): "/v1/promises/\(id)/accept"
        case .escalate: "/v1/cases/\(caseID)/escalate"
        case .decide: "/v1/cases/\(caseID)/relationship"
        case .wish, .estimate, .handOver: "/v1/cases/\(caseID)"
        }
    }
}
