import Complaints
import HTTPServer
import HTTPTypes
import TestSupport
import Testing

@testable import CaseAPI

@Suite("Bodies nobody thought of")
struct RandomBodyTests {
    @Test("whatever is sent, the service never fails, and what it refuses changes nothing", arguments: 0..<8)
    func neverFails(seed: UInt64) throws {
        let desk = try TestDesk()
        try desk.openCase()
        var random = RandomBody(seed: seed)
        let writes = RouteMap.table.routes.filter { $0.method != .get }
        var taken = 0
        var known = try #require(changes(desk, after: 0).last)
        for round in 0..<12 {
            for route in writes {
                let policies = "/v1/policies/"
                let path = route.pattern.replacing("{id}", with: String(random.below(3) + 1))
                    .replacing("\(policies){name}", with: "\(policies)low")
                    .replacing("{name}", with: random.below(2) == 0 ? "default" : "Kim")
                let body = random.object(depth: 3)
                let answer = JSONAnswer(try desk.client.send(route.method.rawValue, path, body: Array(body.utf8)))
                func note() -> Comment {
                    """
                    seed \(seed), round \(round): \(route.method.rawValue) \(path) \(body) → \(answer.response.text)
                    """
                }
                #expect((200..<500).contains(answer.status), note())
                let made = try changes(desk, after: known)
                known = made.last ?? known
                if answer.status < 300 { taken += 1 }
                if answer.status >= 400 {
                    #expect(answer.code.flatMap(ProblemKind.init(rawValue:)) != nil, note())
                    #expect(made == [], note())
                }
            }
            desk.clock.advance(by: .hours(5))
            known = try changes(desk, after: known).last ?? known
        }
        #expect(taken > 0, "bodies that suit nothing test nothing")
        // The rule the product is for holds, whatever was taken.
        #expect(try desk.client.get("/v1/cases?silent=true")["total"].integer == 0)
    }

    /// The types of all events but of what the clock says by itself.
    private static let types = EventType.allCases.filter { !$0.kinds.contains(where: LogKind.machine.contains) }
        .map(\.rawValue).joined(separator: ",")

    /// The ids of all further events of those types.
    private func changes(_ desk: TestDesk, after id: Int64) throws -> [Int64] {
        let items = try desk.client.get("/v1/events?limit=500&after=\(id)&type=\(Self.types)")["items"].items
        #expect(items.count < 500, "or the last of them are not looked at")
        return items.compactMap { $0["id"].integer }
    }
}

/// Makes bodies of the names that are known and of values that may or may not suit them.
private struct RandomBody {
    private var random: SeededRandom

    init(seed: UInt64) {
        random = SeededRandom(seed)
    }

    mutating func below(_ bound: Int) -> Int { Int(random.next() % UInt64(bound)) }

    private static let names = [
        "complaint", "customer", "name", "external_id", "id", "subject", "channel", "tags", "severity", "mood", "owner",
        "estimate", "from", "to", "promise", "what", "due_at", "due_in", "due_in_business", "due_on", "time_zone",
        "weekly", "mon", "special_days", "kind", "by",
        "customer_notified", "outcome", "at", "keeps", "evidence", "kept_at", "next_promise", "resolve", "summary",
        "customer_accepted", "settle", "promise_id", "action", "follow_up", "reason", "customer_agreed", "cause",
        "redress", "amount", "currency", "final_response", "sent_at", "vulnerable", "of", "decision", "reference",
        "next_step", "text", "said_by", "acknowledge_in", "max_span", "received_at", "hard_deadline", "nonsense",
    ]
    private static let values = [
        "null", "true", "false", "0", "1", "2", "-1", "1e400", "9223372036854775807", "\"\"", "\"x\"", "\" \"",
        "\"a\\u0000b\"", "\"😀\"", "\"P1D\"", "\"PT1S\"", "\"P90D\"", "\"P1Y\"", "\"P9999999999D\"",
        "\"2026-03-01T10:00:00Z\"", "\"2026-03-01T09:00:00\"", "\"2026-05-01T09:00:00+01:00\"",
        "\"9999-12-31T23:59:59Z\"",
        "\"phone\"", "\"reached\"", "\"keep\"", "\"withdraw\"", "\"impossible\"", "\"callback\"", "\"note\"",
        "\"statement\"", "\"customer_notified\"", "\"upheld\"", "\"referral\"",
        "\"forwarded\"", "{\"amount\":1,\"currency\":\"EUR\"}", "\"high\"", "\"angry\"", "\"customer\"", "\"us\"", "[]",
        "{}",
    ]

    /// Suits often enough that some are taken.
    private static let usual: [(String, String)] = [
        ("complaint", "\"x\""), ("customer", "{\"name\":\"Ann\"}"), ("what", "\"Call\""), ("due_in", "\"PT6H\""),
        ("reason", "\"r\""), ("next_step", "\"n\""), ("summary", "\"s\""), ("customer_accepted", "true"),
        ("customer_agreed", "true"), ("customer_notified", "{\"channel\":\"phone\",\"outcome\":\"reached\"}"),
        ("next_promise", "{\"what\":\"x\",\"due_in\":\"PT7H\"}"), ("owner", "\"Mia\""), ("kind", "\"note\""),
        ("text", "\"t\""), ("time_zone", "\"UTC\""), ("weekly", "{\"mon\":[[\"09:00\",\"17:00\"]]}"),
    ]

    mutating func object(depth: Int) -> String {
        var members: [(String, String)] = []
        let wanted = below(4) == 0 ? 0 : below(5)
        for _ in 0..<wanted {
            members.append(
                below(2) == 0
                    ? Self.usual[below(Self.usual.count)] : (Self.names[below(Self.names.count)], value(depth: depth)))
        }
        var seen: Set<String> = []
        members = members.filter { seen.insert($0.0).inserted }
        return "{\(members.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ","))}"
    }

    private mutating func value(depth: Int) -> String {
        guard depth > 0, below(3) == 0 else { return Self.values[below(Self.values.count)] }
        if below(3) > 0 { return object(depth: depth - 1) }
        return "[\((0..<below(4)).map { _ in value(depth: depth - 1) }.joined(separator: ","))]"
    }
}
