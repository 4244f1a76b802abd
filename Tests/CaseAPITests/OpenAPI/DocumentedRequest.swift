import Complaints
import HTTPTypes
import TestSupport

@testable import CaseAPI

/// An operation of the document with a desk that is ready for its examples.
struct DocumentedRequest {
    let operation: APIOperation
    let json: JSONNode

    static let all = APIOperation.all.map { operation in
        let path = Contract.shared.document["paths"]?[operation.pattern]
        return DocumentedRequest(
            operation: operation, json: path?[operation.method.rawValue.lowercased()] ?? .null)
    }

    /// Those whose query is read: what mailers hang on a customer's link means nothing, and is no fault of who follows it.
    static let queried = all.filter { $0.operation.method == .get && $0.operation.id != "getLinkedPage" }

    var name: String { operation.id }

    /// The path with the examples of its parameters.
    var path: String {
        var path = operation.pattern
        for parameter in parameters where parameter["in"]?.text == "path" {
            path = path.replacing("{\(parameter["name"]?.text ?? "")}", with: parameter["example"].map(\.plain) ?? "")
        }
        return path
    }

    /// The parameters of its query that a request must have, with their examples.
    var requiredQuery: String {
        parameters.filter { $0["in"]?.text == "query" && $0["required"] == .boolean(true) }
            .map { "\($0["name"]?.text ?? "")=\($0["example"].map(\.plain) ?? "")" }.joined(separator: "&")
    }

    var parameters: [JSONNode] { json["parameters"]?.items ?? [] }

    var content: [String: JSONNode] { json["requestBody"]?["content"]?.members ?? [:] }

    var isOfCase: Bool { operation.id != "createCase" }

    /// A desk as the examples of this operation have it: with case 1 and its promise, two days old.
    func desk() throws -> ReadyDesk {
        let desk = try TestDesk()
        if isOfCase {
            try desk.openCase(
                #"""
                {"complaint":"It leaks.","customer":{"name":"Ann"},"owner":"Kim","team":"North","category":"Kettles","tags":["vulnerable"],
                "promise":{"what":"Call back","due_in":"P5D","customer_notified":{"channel":"phone","outcome":"reached"}}}
                """#)
            if operation.pattern.hasPrefix("/v1/calendars/") {
                try desk.client.put("/v1/calendars/default", CalendarRequest.officeBody)
            }
            if operation.pattern.hasPrefix("/v1/regimes/") {
                try desk.client.put(path, RegimeRequest.twoStagesBody)
            }
            desk.clock.advance(by: .days(2))
        }
        var client = desk.client
        switch operation.id {
        case "createToken", "getToken", "revokeToken", "endSession":
            try desk.beginSession(ofToken: desk.token(.agent).id)
            client.standing = ["Authorization": try desk.token(.admin, name: "admin").field]
        case _ where operation.pattern.hasPrefix("/v1/webhooks/"): try desk.keepWebhook()
        case "putPolicy":
            // One that is there can be named by its tag, too.
            _ = try desk.client.send("PUT", path, fields: ["Content-Type": "application/json"], body: Array("{}".utf8))
        case "unshareCase", "getLinkedPage": try desk.share()
        case "endAbsence": try desk.client.put(path, #"{"from":"2099-12-21","until":"2100-01-03"}"#)
        case "recoverPromise": desk.clock.advance(by: .days(4))
        case "writeLog":
            for entry in [
                #""threat","threat_kind":"legal""#, #""concession","what":"x","amount":1,"currency":"USD""#,
                #""option","options":["A new kettle"]"#,
            ] {
                try desk.client.post("/v1/cases/1/log", "{\"kind\":\(entry)}")
            }
            try desk.client.post("/v1/promises/1/keep", #"{"next_promise":{"what":"Call","due_in":"P1D"}}"#)
            try desk.client.post("/v1/cases/1/log", #"{"kind":"dispute","promise_id":1,"reason":"Nobody called."}"#)
            try desk.client.post("/v1/cases/1/log", #"{"kind":"referral","to":"Consumer ombudsman"}"#)
        case "acceptPromise", "declinePromise":
            try desk.client.post("/v1/promises/1/reassign", #"{"owner":"Ann Lee","reason":"Shift"}"#)
            client.standing = ["Casekeeper-Actor": "ann lee"]
        case "mergeCustomer", "unmergeCustomer":
            try desk.openCase(#"{"complaint":"It drips.","customer":{"name":"Ann Leigh"}}"#)
            if operation.id == "unmergeCustomer" {
                try desk.client.post("/v1/customers/1/merge", #"{"into":2,"reason":"She says so."}"#)
            }
        case "resolveAsDuplicate":
            try desk.client.post("/v1/cases", #"{"complaint":"It leaks, as I said.","customer":{"id":1}}"#)
        case "openStage": try desk.client.patch("/v1/cases/1", #"{"regime":"housing-ombudsman"}"#)
        case "closeCase", "reopenCase", "eraseCustomer":
            try desk.client.post(
                "/v1/cases/1/resolve",
                #"{"summary":"x","customer_accepted":true,"settle":[{"promise_id":1,"action":"keep"}]}"#)
        default: break
        }
        return ReadyDesk(desk: desk, client: client)
    }
}

extension JSONNode {
    /// As a path or a query has it.
    var plain: String {
        switch self {
        case .string(let text): text
        case .number(let number): String(Int64(number))
        case .boolean(let flag): String(flag)
        case .array(let items): items.map(\.plain).joined(separator: ",")
        case .null, .object: ""
        }
    }

    /// As a body of that type has it.
    func bytes(as type: String) -> [UInt8] {
        if case .string(let text) = self, !type.hasSuffix("json") { return Array(text.utf8) }
        return bytes
    }

    /// As a body has it.
    var bytes: [UInt8] {
        var writer = JSONWriter()
        writer.write(value)
        return writer.bytes
    }

    private var value: JSONValue {
        switch self {
        case .null: .null
        case .boolean(let flag): .boolean(flag)
        case .number(let number): .integer(Int64(number))
        case .string(let text): .string(text)
        case .array(let items): .array(items.map(\.value))
        case .object(let members): .members(members.sorted { $0.key < $1.key }.map { ($0.key, $0.value.value) })
        }
    }

    /// With another value at a place; its parents must be there.
    func setting(_ place: ArraySlice<String>, _ new: JSONNode) -> JSONNode {
        guard let first = place.first else { return new }
        let rest = place.dropFirst()
        switch self {
        case .object(var members):
            members[first] = (members[first] ?? .null).setting(rest, new)
            return .object(members)
        case .array(var items):
            if let index = Int(first), items.indices.contains(index) { items[index] = items[index].setting(rest, new) }
            return .array(items)
        default: return self
        }
    }
}
