import Complaints
import Foundation
import GRDB

@testable import CaseStore

/// A desk with a customer (1) whose two cases (1 and 2) are full of words that end in `ending`, all settled, and other
/// customers with cases among and after them.
struct ErasableDesk {
    /// Words that end like this are nobody else's; the index keeps of each what the one before it does not begin with.
    static let ending = "wxqz"
    static let agent = Desk.agent
    static let reason = Incoming("Asked by letter")

    let desk: Desk

    /// - Parameter isIndexed: whether the full-text index knows of it all, or of nothing.
    init(isIndexed: Bool = true) throws {
        desk = try Desk()
        if isIndexed { for index in 0..<40 { try desk.open(.plain("Case \(index) of others.")) } }
        try open("a", .keyed(externalID: "key\(Self.ending)", Self.customer))
        try desk.open(.plain("In between."))
        try open("b", .keyed(externalID: "key\(Self.ending)", nil))
        try desk.open(.plain("Later on.", customer: "Jan Roth"))
        if isIndexed { try desk.catchUpSearch() }
    }

    private static var customer: CustomerFields {
        CustomerFields(name: "Name\(ending)", email: "mail\(ending)@example.com", phone: "phone\(ending)")
    }

    /// Both of the customer's cases.
    var cases: [CaseFile] {
        get throws {
            var filter = CaseFilter()
            filter.customerID = try customerID
            filter.order = .openedAt
            return try desk.reader.read { try $0.cases(filter, PageRequest(limit: 9)).items }
        }
    }

    var customerID: Int64 {
        get throws {
            try desk.raw().read {
                try Int64.fetchOne($0, sql: "SELECT customer_id FROM complaint_case WHERE external_id = 'L-a'") ?? 0
            }
        }
    }

    private func open(_ name: String, _ customer: CustomerRequest) throws {
        func word(_ text: String) -> String { "\(text)\(name)\(Self.ending)" }
        let fields = CaseFields(
            externalID: "L-\(name)", subject: word("subject"), tags: [word("tag")], desiredOutcome: word("wish"),
            owner: "Bo", team: "North")
        let id = try desk.open(
            CaseRequest(
                fields: fields, complaint: word("complaint"), customer: customer,
                promise: PromiseRequest(what: word("what"), due: .after(.days(1)), nextStep: word("step")))
        ).record.id
        let requests: [LogRequest] = [
            .said(.statement, text: word("said"), saidBy: word("speaker")), .option([word("one"), word("other")]),
            .threat(.legal, stake: nil, text: word("threat")), .mood(.angry, why: word("why")),
            .concession(what: word("gift"), Money(amount: 100_000, currency: .usDollar)),
            .referral(ReferralRequest(to: word("ombudsman"), reference: word("number"), text: word("referred"))),
            .forwarded(to: word("maker"), text: word("forwarded")), .debrief(with: "Mia", at: nil),
            .lesson(
                LessonRequest(
                    cause: word("cause"), process: word("process"), text: word("lesson"), noReview: word("cause"))),
        ]
        for request in requests {
            try desk.change(id) { file, policy, now in
                try file.write(Incoming(request), under: policy, by: Self.agent, at: now)
            }
        }
        try desk.change(id) { file, _, now in
            try file.reassign(
                file.promises[0].id, Incoming(ReassignRequest(owner: "Kim", reason: word("because"))), by: Self.agent,
                at: now)
        }
        try desk.change(id) { file, policy, now in
            let request = RenegotiateRequest(
                due: .after(.days(2)), reason: word("late"), nextStep: word("next"),
                customerNotified: NoticeRequest(channel: .phone, outcome: .reached))
            try file.renew(
                file.promises[0].id, .renegotiate, Incoming(request), under: policy, by: Self.agent, at: now)
        }
        try desk.change(id) { file, policy, now in
            let settle = SettleRequest(
                promiseID: file.promises[1].id, action: .keep(KeepRequest(evidence: word("evidence"))))
            let request = ResolveRequest(summary: word("summary"), customerAccepted: true, settle: [settle])
            try file.resolve(Incoming(request), under: policy, by: Self.agent, at: now)
        }
    }

    /// Erases the customer, in a batch of its own.
    @discardableResult
    func erase(_ id: Int64? = nil) throws -> CustomerRecord {
        let id = try id ?? customerID
        return try desk.store.write { try $0.perform(.erase(customer: id, because: Self.reason)) }
    }

    /// Does what is left to do in the background.
    func purge() throws {
        while try desk.store.write({ try $0.purgeSearch() }) {}
    }

    /// How often the ending stands in a file, in any case.
    static func traces(in path: String) throws -> Int {
        guard FileManager.default.fileExists(atPath: path) else { return 0 }
        let bytes = try Data(contentsOf: URL(filePath: path))
        var (count, place) = (0, bytes.startIndex)
        for word in [ending, ending.uppercased()] {
            place = bytes.startIndex
            while let found = bytes.range(of: Data(word.utf8), in: place..<bytes.endIndex) {
                count += 1
                place = found.upperBound
            }
        }
        return count
    }
}
