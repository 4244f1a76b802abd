import Complaints
import Testing

@Suite("A new token")
struct TokenRequestTests {
    private let now = Instant(milliseconds: 1_772_355_600_000)

    private func end(_ end: TokenRequest.End) throws(Refusal) -> Instant? {
        try Incoming(TokenRequest(name: "Ann", role: .agent, end: end)).checked(at: now).expiresAt
    }

    @Test("ends never, at an instant or after a while")
    func ends() throws {
        #expect(try end(.never) == nil)
        #expect(try end(.at(now + .days(1))) == now + .days(1))
        #expect(try end(.after(.days(1))) == now + .days(1))
        #expect(try end(.after(Limits.longestTokenLife)) == now + Limits.longestTokenLife)
    }

    @Test(
        "does not end before it begins, nor when nobody lives",
        arguments: [
            (TokenRequest.End.at(Instant(milliseconds: 1_772_355_600_000)), "#/expires_at", .inThePast),
            (.at(.earliest), "#/expires_at", .inThePast), (.at(.latest), "#/expires_at", .outOfRange),
            (.after(.zero), "#/expires_in", .inThePast),
            (.after(ElapsedTime(milliseconds: .max)), "#/expires_in", .outOfRange),
        ] as [(TokenRequest.End, String, FieldIssue.Code)])
    func faults(end: TokenRequest.End, pointer: String, code: FieldIssue.Code) {
        let refusal = #expect(throws: Refusal.self) { try self.end(end) }
        guard case .invalid(let issues) = refusal else {
            Issue.record("\(String(describing: refusal))")
            return
        }
        #expect(issues.map(\.path.pointer) == [pointer])
        #expect(issues.map(\.code) == [code])
    }

    @Test(
        "is for somebody whose name can stand in a log",
        arguments: [(" Ann ", "Ann"), ("Mia Müller", "Mia Müller"), ("policy", nil), ("a\u{7}", nil), ("  ", nil)]
            as [(String, String?)])
    func names(text: String, name: String?) {
        #expect((try? Actor.checkedName(text)) == name)
    }
}
