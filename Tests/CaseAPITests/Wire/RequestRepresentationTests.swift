import Complaints
import Testing

@testable import CaseAPI

@Suite("Requests that the service writes itself")
struct RequestRepresentationTests {
    private static let notice = NoticeRequest(
        channel: .chat, outcome: .messageLeft, at: PastInstant(Instant(milliseconds: 1_772_355_600_000)))
    private static let promise = PromiseRequest(
        kind: .callback, what: "Call \"back\"\n", due: .after(.hours(4)), owner: "Kim", channel: .phone,
        nextStep: "Ask", by: .desk, to: .us, customerNotified: notice, concession: 9)
    private static let least = PromiseRequest(kind: .update, what: "Write", due: .at(notice.at!.told))

    static let entries: [LogRequest] = [
        .note(text: "x"), .said(.statement, text: "x", saidBy: "Bo"), .said(.question, text: "x", saidBy: nil),
        .said(.fact, text: "x", saidBy: nil), .told(.acknowledgement, text: "x"),
        .told(.acknowledgement, text: "x", writtenDown: true), .told(.support, text: "x"),
        .told(.apology, text: "x"), .restatement(text: "x", confirmed: false), .option(["a", "b \\ \u{1}"]),
        .agreement(AgreementRequest(option: "a", accepted: true, remedy: promise)),
        .agreement(AgreementRequest(option: "a", accepted: false)),
        .threat(.safety, stake: Money(amount: 7, currency: .usDollar), text: "x"),
        .threat(.other, stake: nil, text: nil),
        .threatAssessment(AssessmentRequest(of: 3, verdict: .credible, by: "Lea", reason: "x")),
        .concession(what: "x", Money(amount: 0, currency: .usDollar)),
        .concessionDecision(ConcessionDecisionRequest(of: 3, approved: false, by: nil, reason: "x")),
        .dispute(DisputeRequest(promiseID: 3, reason: "x")),
        .dispute(DisputeRequest(promiseID: 3, reason: "x", saidBy: "Ann")),
        .disputeDecision(DisputeDecisionRequest(of: 3, upheld: false, reason: "x")),
        .disputeDecision(
            DisputeDecisionRequest(
                of: 3, upheld: true, reason: "x", next: PromiseRequest(what: "Call", due: .after(.days(1))))),
        .referral(ReferralRequest(to: "x")),
        .referral(ReferralRequest(to: "x", reference: "y", text: "z", at: notice.at)),
        .referralDecision(ReferralDecisionRequest(of: 3, decision: .settled)),
        .referralDecision(
            ReferralDecisionRequest(
                of: 3, decision: .upheld, award: Money(amount: 7, currency: .usDollar), text: "x", at: notice.at)),
        .forwarded(to: "x", text: nil), .forwarded(to: "x", text: "y"),
        .mood(.upset, why: "x"), .mood(.calm, why: nil), .supervisorJoined("Sue"), .supervisorJoined(nil),
        .coolOff(CoolOffRequest(reason: "x", callback: promise)),
        .refusal(RefusalRequest(reason: "x", callback: least)),
        .refusal(RefusalRequest(reason: "x")), .customerNotified(notice, promiseID: 4, text: "x"),
        .customerNotified(NoticeRequest(channel: .email, outcome: .attempted), promiseID: nil, text: nil),
        .debrief(with: "Sue", at: notice.at), .debrief(with: "Sue", at: nil),
        .lesson(LessonRequest(cause: "x", process: "y", text: "z", review: promise)),
        .lesson(LessonRequest(cause: "x")),
    ]

    @Test("an entry is read as it was written", arguments: entries)
    func entry(_ request: LogRequest) throws {
        #expect(try read(LogRequest.init(_:)) { $0.writeMembers(of: request) } == request)
    }

    @Test("what goes on after a promise is read as it was written")
    func continuations() throws {
        let settle = [
            SettleRequest(promiseID: 1, action: .keep(KeepRequest(keptAt: Self.notice.at, evidence: "x"))),
            SettleRequest(
                promiseID: 2, action: .withdraw(WithdrawRequest(reason: "x", release: .without(.duplicate)))),
            SettleRequest(promiseID: 3, action: .withdraw(WithdrawRequest(reason: "x", release: .customerAgreed))),
        ]
        let resolution = ResolveRequest(
            summary: "x", outcomeText: "y", customerAccepted: false, outcome: .partlyUpheld,
            redress: Money(amount: 7, currency: .usDollar),
            finalResponse: FinalResponseRequest(sentAt: Self.notice.at, channel: .letter), settle: settle,
            followUp: Self.promise)
        let least = ResolveRequest(
            summary: "x", customerAccepted: true, finalResponse: FinalResponseRequest(channel: .chat))
        for continuation in [Continuation.none, .promise(Self.least), .resolve(resolution), .resolve(least)] {
            let read = try read({ Continuation($0, resolution: ResolveRequest.init(_:)) }) {
                $0.writeMembers(of: continuation)
            }
            #expect(read == continuation)
        }
        let ending = [
            settle[0], settle[2],
            SettleRequest(promiseID: 2, action: .withdraw(WithdrawRequest(reason: "x", release: .ended))),
        ]
        let decision = RelationshipRequest(decision: .end, reason: "x", settle: ending)
        #expect(try read(RelationshipRequest.init(_:)) { $0.writeMembers(of: decision) } == decision)
    }

    @Test("a new date, a pause and a call for a supervisor are read as they were written")
    func others() throws {
        let renewal = RenegotiateRequest(
            due: .after(.days(1)), reason: "x", nextStep: "y", customerNotified: Self.notice, what: "z")
        #expect(try read(RenegotiateRequest.init(_:)) { $0.writeMembers(of: renewal) } == renewal)
        let dues: [BusinessDueRequest] = [
            .after(BusinessSpan(time: .hours(4))), .after(BusinessSpan(days: 2), at: .sameTime),
            .on(CivilDate(daysSince1970: 20_000)), .on(CivilDate(daysSince1970: 20_000), at: .endOfDay),
        ]
        for due in dues {
            let business = PromiseRequest(what: "x", due: .business(due), by: .customer)
            #expect(try read(PromiseRequest.init(_:)) { $0.writeMembers(of: business) } == business)
        }
        let escalation = EscalateRequest(supervisor: "Sue", reason: "x")
        #expect(try read(EscalateRequest.init(_:)) { $0.writeMembers(of: escalation) } == escalation)
    }

    private func read<Value: Sendable>(
        _ read: (FieldReader) -> Value, _ write: (inout JSONWriter) -> Void
    ) throws -> Value {
        let issues = IssueList()
        let json = try JSONParser.value(of: JSONWriter.object { write(&$0) })
        let value = FieldReader.read(json, at: .body, issues: issues, read)
        #expect(issues.issues.isEmpty, "\(issues.issues)")
        return value
    }
}
