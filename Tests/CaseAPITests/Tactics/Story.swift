import Complaints
import Testing

@testable import CaseAPI

/// What the stories of the tactics share: a desk, and one case on it that is told of in a few words.
struct Story {
    let desk: TestDesk
    let id: Int64
    let client: TestClient
    var path: String { "/v1/cases/\(id)" }

    /// Begins with a complaint.
    ///
    /// - Parameters:
    ///   - more: further members of the case, each followed by a comma.
    ///   - client: whose requests it is told by; nil: anybody's.
    init(
        _ more: String = "", with client: TestClient? = nil, on desk: TestDesk? = nil, customer: String = "C-1"
    ) throws {
        self.desk = try desk ?? TestDesk()
        self.client = client ?? self.desk.client
        let answer = try self.client.post(
            "/v1/cases",
            #"{\#(more)"complaint":"It leaks, and nobody calls.","customer":{"name":"Ann","external_id":"\#(customer)"}}"#
        )
        id = try #require(answer["id"].integer, "\(answer.response.text)")
    }

    /// Two agents and two managers, each with a token of their own: from then on nobody is answered without one.
    func clients() throws -> [String: TestClient] {
        let roles: [(String, Role)] = [("Kim", .agent), ("Lou", .agent), ("Mia", .manager), ("Max", .manager)]
        return try Dictionary(
            uniqueKeysWithValues: roles.map { name, role in
                var client = client
                client.standing = ["Authorization": try desk.token(role, name: name).field]
                return (name, client)
            })
    }

    /// Writes an entry to the log.
    @discardableResult
    func write(_ kind: String, _ fields: String = "", as actor: String = "") throws -> JSONAnswer {
        try client.post(
            "\(path)/log", #"{"kind":"\#(kind)"\#(fields.isEmpty ? "" : ",")\#(fields)}"#,
            fields: ["Casekeeper-Actor": actor])
    }

    /// Makes a further promise.
    @discardableResult
    func promise(_ what: String, _ fields: String = #""due_in":"P1D""#, as actor: String = "") throws -> JSONAnswer {
        try client.post(
            "\(path)/promises", #"{"what":"\#(what)",\#(fields)}"#, fields: ["Casekeeper-Actor": actor])
    }

    /// The case as it is now.
    func now() throws -> JSONAnswer { try client.get(path) }

    /// The kinds of the entries of its log.
    func log() throws -> [String] {
        try client.get("\(path)/log?limit=500")["items"].items.compactMap { $0["kind"].text }
    }
}

extension JSONAnswer {
    /// The codes of the warnings of a promise that was just made.
    var warnings: [String] { json["warnings"].items.compactMap { $0["code"].text } }
}
