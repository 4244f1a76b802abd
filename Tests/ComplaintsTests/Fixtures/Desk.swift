import Complaints

/// The instant that an RFC 3339 text names; a mistake in a test's own table stops the test.
func instant(_ text: String) -> Instant {
    do { return try Instant(rfc3339: text) } catch { fatalError("\(text) is no instant: \(error)") }
}

/// What the tests of the rules share: a morning, some people, a policy, and a case with one promise that was made that
/// morning and is due two hours later.
enum Desk {
    static let morning = instant("2026-03-02T09:00:00Z")
    static let due = morning + .hours(2)
    static let inTime = due + ElapsedTime(milliseconds: -1)
    static let late = due + ElapsedTime(milliseconds: 1)

    static let ann = Actor(name: "Ann", tokenID: 1, tokenName: "desk", role: .agent)
    static let bea = Actor(name: "Bea", tokenID: 2, tokenName: "bea", role: .agent)
    static let manager = Actor(name: "Mia", tokenID: 3, tokenName: "mia", role: .manager)

    static let policy = policy(of: .normal)

    /// That of a severity.
    static func policy(of severity: Severity) -> Policy {
        Policy(
            id: severity.number, name: severity.rawValue, severity: severity, rule: .last(for: severity),
            acknowledgeIn: .days(2), warnAhead: .hours(1), maxSpan: .days(90), updatedAt: .earliest, version: 1)
    }

    /// Those of the severities, and others before them.
    static func rules(_ others: [Policy] = []) -> PolicyRules {
        PolicyRules(others + Severity.allCases.map(policy))
    }

    static let customer = Customer(
        id: 5, fields: CustomerFields(name: "Cleo"), recordedAt: morning, updatedAt: morning,
        version: 1)

    static func record(_ status: CaseStatus = .open, owner: String? = nil) -> Case {
        var record = Case(
            id: 7, customer: customer, complaint: "It broke.", fields: CaseFields(owner: owner), receivedAt: morning,
            openedAt: morning, status: status, version: 2, updatedAt: morning)
        if status != .open { record.resolvedAt = morning }
        if status == .closed { record.closedAt = morning }
        return record
    }

    /// A promise that Ann made in the morning, due at `due`.
    static func promise(
        _ id: Int64 = 1, by: Promiser = .desk, to: Promisee = .customer, owner: String? = nil, due: Instant = due,
        told: Bool = true, settlement: Settlement? = nil
    ) -> Promise {
        Promise(
            id: id, caseID: 7, kind: .callback, what: "Call back", by: by, to: to, owner: owner, madeBy: ann.name,
            makerTokenID: ann.tokenID, madeAt: morning, dueAt: due,
            told: told ? Promise.Told(at: morning, recordedAt: morning) : nil, settlement: settlement)
    }

    /// A case with these promises, or with the one of `promise()`.
    static func file(
        _ status: CaseStatus = .open, owner: String? = nil, promises: [Promise] = [promise()]
    ) -> CaseFile {
        CaseFile(record: record(status, owner: owner), promises: promises)
    }

    /// A change of the same that has yet to be made; new promises are numbered from 100.
    static func change(
        _ status: CaseStatus = .open, owner: String? = nil, promises: [Promise] = [promise()]
    ) -> CaseChange {
        CaseChange(of: file(status, owner: owner, promises: promises), nextPromiseID: 100)
    }

    /// A promise that a request asks for.
    static func request(
        _ due: DueRequest = .after(.days(1)), owner: String? = nil, by: Promiser = .desk, to: Promisee? = nil,
        notified: NoticeRequest? = nil
    ) -> PromiseRequest {
        PromiseRequest(
            kind: .update, what: "Say how it goes", due: due, owner: owner, nextStep: "Look into it", by: by, to: to,
            customerNotified: notified)
    }

    /// A new date that a request asks for.
    static func renewal(
        _ due: DueRequest = .after(.days(1)), outcome: ContactOutcome = .reached, at: Instant? = nil,
        what: String? = nil
    ) -> Incoming<RenegotiateRequest> {
        Incoming(
            RenegotiateRequest(
                due: due, reason: "The part is late", nextStep: "Fit the part",
                customerNotified: NoticeRequest(channel: .phone, outcome: outcome, at: at.map { PastInstant($0) }),
                what: what))
    }

    /// That the customer was spoken to.
    static let reached = NoticeRequest(channel: .phone, outcome: .reached)
    static let released = WithdrawRequest(
        reason: "No longer wanted", release: .customerAgreed, customerNotified: reached)
    static let resolution = ResolveRequest(summary: "Replaced", customerAccepted: true)
}
