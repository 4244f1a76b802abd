import Complaints
import TestSupport
import Testing

@testable import CaseAPI

/// A desk at random work with customers who are no pleasure, over HTTP.
struct HardDays {
    static let owners = ["Kim", "kim", "Lee", "Zoë"]
    static let teams = ["North", "north", "South"]

    let desk: TestDesk
    var random: SeededRandom
    private(set) var cases: Int64 = 0
    /// How many of the requests were taken.
    private(set) var taken = 0

    init(seed: UInt64) throws {
        desk = try TestDesk()
        random = SeededRandom(seed)
    }

    /// Sends that many requests, some of which are refused, with time passing in between.
    mutating func work(_ requests: Int) throws {
        for _ in 0..<requests {
            desk.clock.advance(by: .minutes(.random(in: 0...600, using: &random)))
            let (path, body) = request()
            let answer = try desk.client.send(
                "POST", path, fields: ["Casekeeper-Actor": one(Array(Self.owners.prefix(3)))], body: bytes(body))
            try #require(answer.status < 500, "\(path) \(answer.text)")
            if answer.status < 300 {
                taken += 1
                if path == "/v1/cases" { cases += 1 }
            }
            if random.once(in: 12), cases > 0 {
                _ = try desk.client.patch("/v1/cases/\(anyCase())", #"{"owner":"\#(one(Self.owners))"}"#)
            }
        }
    }

    private mutating func request() -> (path: String, body: JSONValue) {
        if cases < 3 || random.once(in: 9) { return ("/v1/cases", newCase()) }
        let id = anyCase()
        switch Int.random(in: 0..<12, using: &random) {
        case 0: return ("/v1/cases/\(id)/promises", promise())
        case 1:
            let action = one(["recover", "renegotiate"])
            return (
                "/v1/promises/\(Int64.random(in: 1...(cases * 2), using: &random))/\(action)",
                [
                    "due_in": "PT\(hours())H", "reason": "Late", "next_step": "Wait",
                    "customer_notified": ["channel": "phone", "outcome": "reached"],
                ]
            )
        case 2:
            let path = "/v1/promises/\(Int64.random(in: 1...(cases * 2), using: &random))"
            if random.once(in: 4) { return ("\(path)/keep", ["evidence": "Seen", "resolve": resolution()]) }
            return random.once(in: 2)
                ? ("\(path)/keep", ["evidence": "Seen", "next_promise": promise()])
                : (
                    "\(path)/withdraw",
                    [
                        "reason": "x", "customer_agreed": false, "cause": "impossible",
                        "customer_notified": ["channel": "phone", "outcome": "reached"],
                        "next_promise": promise(nextStep: "Wait"),
                    ]
                )
        case 3:
            return (
                "/v1/promises/\(Int64.random(in: 1...(cases * 2), using: &random))/reassign",
                ["owner": .string(one(Self.owners)), "reason": "Away"]
            )
        default: return ("/v1/cases/\(id)/log", entry())
        }
    }

    private mutating func newCase() -> JSONValue {
        var body: JSONValue = ["complaint": "It is loud.", "customer": ["name": "Ann"], "promise": promise()]
        if !random.once(in: 4) { body = body.setting("owner", .string(one(Self.owners))) }
        if !random.once(in: 4) { body = body.setting("team", .string(one(Self.teams))) }
        if !random.once(in: 3) { body = body.setting("category", .string(one(["Kettles", "Lamps"]))) }
        if random.once(in: 2) { body = body.setting("mood", .string(one(Mood.allCases).rawValue)) }
        return body.setting("channel", .string(one(Channel.allCases).rawValue))
            .setting("severity", .string(one(Severity.allCases).rawValue))
    }

    private mutating func promise(nextStep: String? = nil) -> JSONValue {
        var body: JSONValue = ["what": "Call back", "due_in": .string("PT\(hours())H")]
        if let nextStep { body = body.setting("next_step", .string(nextStep)) }
        if random.once(in: 2) { body = body.setting("owner", .string(one(Self.owners))) }
        return body
    }

    private mutating func resolution() -> JSONValue {
        var body: JSONValue = ["summary": "Done", "customer_accepted": .boolean(random.once(in: 2))]
        if !random.once(in: 3) { body = body.setting("outcome", .string(one(CaseOutcome.allCases).rawValue)) }
        return random.once(in: 3)
            ? body : body.setting("redress", ["amount": .integer(amount()), "currency": .string(currency())])
    }

    private mutating func entry() -> JSONValue {
        let of = JSONValue.integer(.random(in: 2...9, using: &random))
        switch Int.random(in: 0..<9, using: &random) {
        case 0, 1, 2: return ["kind": "mood", "mood": .string(one(Mood.allCases).rawValue)]
        case 3:
            let threat: JSONValue = ["kind": "threat", "threat_kind": .string(one(ThreatKind.allCases).rawValue)]
            return random.once(in: 2)
                ? threat : threat.setting("value_at_stake", .integer(amount())).setting("currency", .string(currency()))
        case 4:
            return [
                "kind": "threat_assessment", "of": of, "verdict": .string(one(ThreatVerdict.allCases).rawValue),
                "reason": "Asked",
            ]
        case 5:
            return [
                "kind": "concession", "what": "A voucher", "amount": .integer(amount()),
                "currency": .string(currency()),
            ]
        case 6:
            return [
                "kind": "concession_decision", "of": of, "approved": .boolean(random.once(in: 2)), "reason": "Once",
            ]
        case 7: return random.once(in: 2) ? ["kind": "debrief", "with": "Sue"] : ["kind": "thanks", "thanked": "Lee"]
        default:
            let lesson: JSONValue = ["kind": "lesson", "cause": .string(one(["Stock", "stock", "Courier", "Label"]))]
            if random.once(in: 3) { return lesson }
            let atFault = lesson.setting("process", .string(one(["Returns", "returns", "Billing"])))
            return random.once(in: 3)
                ? atFault.setting("no_review_reason", "x")
                : atFault.setting("review", promise().setting("to", "us").setting("owner", "Sue"))
        }
    }

    private mutating func anyCase() -> Int64 { .random(in: 1...cases, using: &random) }

    private mutating func hours() -> Int { .random(in: 1...60, using: &random) }

    private mutating func amount() -> Int64 { one([500, 9_999, 50_000]) }

    private mutating func currency() -> String { one(["USD", "USD", "EUR"]) }

    private mutating func one<Value>(_ values: [Value]) -> Value {
        guard let value = values.randomElement(using: &random) else { preconditionFailure("there is none to take") }
        return value
    }

    private func bytes(_ body: JSONValue) -> [UInt8] {
        var writer = JSONWriter()
        writer.write(body)
        return writer.bytes
    }
}
