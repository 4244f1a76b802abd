import Complaints
import TestSupport
import Testing

@testable import CaseAPI

/// A case that is handled over HTTP by guidance alone, by somebody who knows the tactics and nothing of the service: they do
/// what it says to do now, and fill in what it leaves to a person.
final class FollowedCase {
    let desk: TestDesk
    let id: Int64
    /// Who handles it.
    var agent: String
    /// What was done by guidance, so far.
    private(set) var done: Set<Tactic> = []

    /// A complaint in a customer's own words.
    ///
    /// - Parameter more: further members of the case.
    init(
        _ complaint: String, from customer: JSONNode, _ more: [String: JSONNode] = [:], agent: String = "Kim",
        on desk: TestDesk? = nil
    ) throws {
        self.desk = try desk ?? TestDesk()
        self.agent = agent
        let members: [String: JSONNode] = [
            "complaint": .string(complaint), "customer": customer, "owner": .string(agent),
        ]
        let body = JSONNode.object(members.merging(more) { $1 })
        let answer = JSONAnswer(
            try self.desk.client.send(
                "POST", "/v1/cases", fields: ["Casekeeper-Actor": agent], body: body.bytes))
        id = try #require(answer["id"].integer, "\(answer.response.text)")
    }

    convenience init(
        _ complaint: String, from name: String, mood: Mood = .calm, _ more: [String: JSONNode] = [:],
        agent: String = "Kim", on desk: TestDesk? = nil
    ) throws {
        try self.init(
            complaint, from: .object(["name": .string(name)]),
            more.merging(["mood": .string(mood.rawValue)]) { $1 }, agent: agent, on: desk)
    }
}

// What guidance says.
extension FollowedCase {
    private func items() throws -> [JSONValue] {
        try desk.client.get("/v1/cases/\(id)/guidance")["items"].items
    }

    /// What is to be done now, the first thing first.
    func now() throws -> [String] { try tactics(.now) }

    func tactics(_ state: Guidance.State) throws -> [String] {
        try items().filter { $0["state"].text == state.rawValue }.compactMap { $0["tactic"].text }
    }

    func item(_ tactic: String) throws -> JSONValue {
        try #require(try items().first { $0["tactic"].text == tactic })
    }

    func state(_ tactic: String) throws -> String? { try item(tactic)["state"].text }

    /// Of the case as it is now.
    subscript(name: String) -> JSONValue {
        get throws { try desk.client.get("/v1/cases/\(id)")[name] }
    }
}

// What the one who handles it does.
extension FollowedCase {
    /// Does what is to be done now about a tactic, with the words that it leaves to a person: these and no others.
    @discardableResult
    func does(_ tactic: String, _ words: [String: JSONNode] = [:], as actor: String? = nil) throws -> JSONAnswer {
        let (item, now) = (try item(tactic), try now())
        #expect(now.contains(tactic), "\(tactic), when it is time for \(now)")
        return try call(item, words, as: actor)
    }

    /// Does what is offered beside that.
    @discardableResult
    func also(_ tactic: String, _ words: [String: JSONNode] = [:], as actor: String? = nil) throws -> JSONAnswer {
        let item = try item(tactic)
        #expect(item["state"].text == "next", "\(tactic): \(item)")
        return try call(item, words, as: actor)
    }

    private func call(_ item: JSONValue, _ words: [String: JSONNode], as actor: String?) throws -> JSONAnswer {
        let call = item["call"]
        let fill = call["fill"].items.compactMap(\.text)
        #expect(Set(fill) == Set(words.keys.map { "#/\($0)" }), "\(item)")
        var json = JSONWriter()
        json.write(call["body"])
        let known = try JSONNode(json.bytes)
        let body = words.reduce(known) { body, word in
            body.setting(word.key.split(separator: "/").map(String.init)[...], word.value)
        }
        let answer = JSONAnswer(
            try desk.client.send(
                call["method"].text ?? "", call["path"].text ?? "",
                fields: ["Casekeeper-Actor": actor ?? call["actor"].text ?? agent], body: body.bytes))
        #expect((200...201).contains(answer.status), "\(item["tactic"]): \(answer.response.text)")
        if let tactic = item["tactic"].text.flatMap(Tactic.init(rawValue:)) { done.insert(tactic) }
        return answer
    }
}

// What happens besides.
extension FollowedCase {
    /// Something that is written down as it happens, without anybody asking for it.
    @discardableResult
    func happens(_ kind: LogKind, _ fields: [String: JSONNode], as actor: String? = nil) throws -> JSONAnswer {
        try posts("/v1/cases/\(id)/log", fields.merging(["kind": .string(kind.rawValue)]) { $1 }, as: actor)
    }

    @discardableResult
    func posts(_ path: String, _ fields: [String: JSONNode], as actor: String? = nil) throws -> JSONAnswer {
        let answer = JSONAnswer(
            try desk.client.send(
                "POST", path, fields: ["Casekeeper-Actor": actor ?? agent], body: JSONNode.object(fields).bytes))
        #expect((200...201).contains(answer.status), "\(path): \(answer.response.text)")
        return answer
    }

    /// Somebody sees how the customer is.
    func isSeen(_ mood: Mood, why: String) throws {
        try happens(.mood, ["mood": .string(mood.rawValue), "why": .string(why)])
    }

    func waits(_ span: ElapsedTime) throws {
        desk.clock.advance(by: span)
        // An answer is never for an instant past a batch that is being committed: after this none is from before.
        try happens(.note, ["text": "Time goes by."])
    }

    /// Waits until a promise is due within the hour.
    func waitsForPromise() throws {
        let promise = try desk.client.get("/v1/promises/\(item("T2")["promise_ids"][0].integer ?? 0)")
        let due = try Instant(rfc3339: promise["due_at"].text ?? "")
        try waits(due + .minutes(-30) - desk.clock.now)
    }

    /// The instant that far from now, as a client sends it.
    func at(_ span: ElapsedTime) -> JSONNode { .string(desk.instant(in: span)) }
}
