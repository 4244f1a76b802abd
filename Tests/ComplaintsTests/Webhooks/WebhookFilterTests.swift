import Complaints
import Testing

@Suite("What a webhook takes")
struct WebhookFilterTests {
    private static func event(
        _ kind: LogKind = .promiseKept, imported: Bool = false, caseOwner: String? = "Ann Lee",
        promiseOwner: String? = "Bo", standIn: String? = nil, team: String? = "North", severity: Severity? = .high
    ) -> WebhookEvent {
        WebhookEvent(
            id: 1, subject: .case(1), seq: 1, kind: kind, at: Instant(milliseconds: 0), imported: imported,
            caseOwner: caseOwner, promiseOwner: promiseOwner, standIn: standIn, team: team, severity: severity,
            mark: "00")
    }

    @Test("is all that happens unless it says more, and no history of another system")
    func all() {
        #expect(WebhookFields().takes(Self.event()))
        #expect(WebhookFields().takes(Self.event(.policyUpdated, caseOwner: nil, team: nil, severity: nil)))
        #expect(!WebhookFields().takes(Self.event(imported: true)))
    }

    @Test(
        "is of its types, of its owner be it of the case or the promise, of its team and its severities",
        arguments: [
            (WebhookFields(types: WordSet([.promiseKept])), true),
            (WebhookFields(types: WordSet([.promiseMade])), false),
            (WebhookFields(owner: "ann LEE"), true), (WebhookFields(owner: "BO"), true),
            (WebhookFields(owner: "Kim"), false),
            (WebhookFields(team: "NORTH"), true), (WebhookFields(team: "South"), false),
            (WebhookFields(severity: WordSet([.high, .critical])), true),
            (WebhookFields(severity: WordSet([.low])), false),
            (WebhookFields(owner: "Bo", team: "South"), false),
        ])
    func filtered(fields: WebhookFields, isTaken: Bool) {
        #expect(fields.takes(Self.event()) == isTaken)
    }

    @Test("is of whoever stands in for an owner who is away, too")
    func standIn() {
        let event = Self.event(.promiseDueSoon, standIn: "Kim")
        #expect(WebhookFields(owner: "KIM").takes(event) && WebhookFields(owner: "Bo").takes(event))
    }

    @Test("is that a digest is ready, of its owner and its team; of no severity, as it is about no case")
    func digest() {
        let event = WebhookEvent(
            id: 1, subject: .owner(3), seq: 2, kind: .digestReady, at: Instant(milliseconds: 0), digestOwner: "Bo",
            team: "North", mark: "00")
        for fields in [WebhookFields(), WebhookFields(owner: "bo"), WebhookFields(owner: "Bo", team: "north")] {
            #expect(fields.takes(event))
        }
        for fields in [
            WebhookFields(owner: "Kim"), WebhookFields(owner: "Bo", team: "South"),
            WebhookFields(severity: WordSet([.high])),
        ] {
            #expect(!fields.takes(event))
        }
    }

    @Test("is nothing about no case where something is asked of the case")
    func noCase() {
        let event = Self.event(.policyUpdated, caseOwner: nil, promiseOwner: nil, team: nil, severity: nil)
        for fields in [
            WebhookFields(owner: "Bo"), WebhookFields(team: "North"), WebhookFields(severity: WordSet([.high])),
        ] {
            #expect(!fields.takes(event))
        }
    }
}
