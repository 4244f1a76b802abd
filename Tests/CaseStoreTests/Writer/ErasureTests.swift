import Complaints
import Foundation
import GRDB
import Testing

@testable import CaseStore

@Suite("A customer who is erased")
struct ErasureTests {
    @Test("leaves no word in the file, in its log or in a backup", arguments: [true, false])
    func traces(isIndexed: Bool) throws {
        let desk = try ErasableDesk(isIndexed: isIndexed)
        let path = desk.desk.store.path
        desk.desk.store.checkpoint()
        #expect(try ErasableDesk.traces(in: path) > 40, "they are there to be found")
        try desk.erase()
        try desk.purge()
        #expect(try ErasableDesk.traces(in: path) == 0)
        #expect(try ErasableDesk.traces(in: path + "-wal") == 0)
        let copy = try DatabaseCopy(at: desk.desk.path("copy.db"), replaces: false)
        try copy.fill(from: path)
        try copy.place()
        #expect(try ErasableDesk.traces(in: desk.desk.path("copy.db")) == 0)
        #expect(try Data(contentsOf: URL(filePath: path)).range(of: Data("Jan Roth".utf8)) != nil, "others stay")
    }

    @Test("goes from the log as soon as the readers let it")
    func readers() throws {
        let desk = try ErasableDesk()
        let log = desk.desk.store.path + "-wal"
        let reader = try desk.desk.store.makeReader()
        try reader.read { transaction in
            _ = try transaction.caseFile(1)
            try desk.erase()
            #expect(try ErasableDesk.traces(in: log) > 0, "a reader has yet to finish with it")
        }
        try desk.desk.open()
        #expect(try ErasableDesk.traces(in: log) == 0)
    }

    @Test("keeps what was promised by when, and all that follows from it")
    func kept() throws {
        let desk = try ErasableDesk()
        let before = try desk.cases
        let request = try #require(
            PromiseReportRequest(from: TestClock.start, to: TestClock.start + .days(30), groupBy: .owner))
        let report = try desk.desk.reader.read { try $0.promiseReport(request).total }
        let record = try desk.erase()
        #expect(record.customer.fields.name == "[erased]" && record.customer.isErased && record.resolvedCases == 2)
        for (before, after) in zip(before, try desk.cases) {
            #expect(after.timeline(at: TestClock.start) == before.timeline(at: TestClock.start))
            #expect(after.record.complaint == "[erased]" && after.record.fields.subject == nil)
            #expect(after.record.fields.externalID == before.record.fields.externalID, "for the sake of imports")
            #expect(after.record.fields.owner == "Bo" && after.record.fields.team == "North")
            #expect(after.record.version == before.record.version + 1)
            #expect(after.matters.count == 2 && after.matters.allSatisfy { $0.outcome == .lapsed })
            for (old, new) in zip(before.promises, after.promises) {
                #expect(new.what == "[erased]" && new.dueAt == old.dueAt)
                #expect(new.state(at: new.dueAt) == old.state(at: old.dueAt))
                #expect(new.owner == "Kim" && new.told == old.told && new.version == old.version)
            }
        }
        #expect(try desk.desk.reader.read { try $0.promiseReport(request).total } == report)
    }

    @Test("keeps the log's entries, with the desk's own names and the reason, and nothing else that was written")
    func log() throws {
        let desk = try ErasableDesk()
        let id = try desk.customerID
        func entries() throws -> [LogEntry] {
            try desk.desk.reader.read {
                try $0.log(ofCustomer: id, EntryFilter(), newestFirst: false, PageRequest(limit: 99)).items
            }
        }
        let before = try entries()
        try desk.erase()
        let after = try entries()
        #expect(after.count == before.count + 3, "one in each case, and one about the customer")
        for (old, new) in zip(before, after) {
            #expect(new.kind == old.kind && new.at == old.at && new.facts == old.facts && new.actor == old.actor)
            #expect(new.texts.map(\.name) == old.texts.map(\.name))
            let own: Set = ["owner", "owner_before", "made_by", "with"]
            for (text, was) in zip(new.texts, old.texts) {
                let isKept = own.contains(text.name)
                #expect(isKept == (text == was))
                #expect(isKept || text.name == "options" || text.value == .text("[erased]"))
            }
        }
        #expect(after.first { $0.kind == .option }?.texts("options") == ["[erased]"])
        let reasons = after.filter { $0.kind == .erased }.map { $0.text("reason") }
        #expect(reasons == ["Asked by letter", "Asked by letter"])
        #expect(after.last?.kind == .customerErased && after.last?.text("reason") == "Asked by letter")
    }

    @Test("leaves the hash chain whole, for an earlier head too", arguments: [true, false])
    func chain(isIndexed: Bool) throws {
        let desk = try ErasableDesk(isIndexed: isIndexed)
        let head = try #require(try desk.desk.reader.verify().head)
        try desk.erase()
        #expect(try desk.desk.reader.verify(head: head.hash).findings == [])
        try desk.purge()
        try desk.desk.catchUpSearch()
        #expect(try desk.desk.reader.verify(head: head.hash).findings == [])
        let copy = try DatabaseCopy(at: desk.desk.path("copy.db"), replaces: false)
        defer { copy.discard() }
        try copy.fill(from: desk.desk.store.path)
        #expect(try copy.verify().verification.findings == [], "the index of search among it")
    }

    @Test("is found by none of the words, and others are as before", arguments: [true, false])
    func search(isIndexed: Bool) throws {
        let desk = try ErasableDesk(isIndexed: isIndexed)
        func found(_ query: String) throws -> Int {
            var filter = CaseFilter()
            filter.search = SearchQuery(query)
            return try desk.desk.reader.read { try $0.cases(filter, PageRequest(limit: 9)).items.count }
        }
        let words = [
            "complainta", "subjectb", "saida", "onea", "whatb", "evidencea", "summaryb", "name", "mail", "key",
        ]
        for word in words { #expect(try found(word + ErasableDesk.ending) > 0, "\(word)") }
        try desk.erase()
        for step in 0..<3 {
            for word in words { #expect(try found(word + ErasableDesk.ending) == 0, "\(word) at \(step)") }
            #expect(try found("later") == 1 && found("roth") == 1)
            if step == 0 { try desk.purge() } else { try desk.desk.catchUpSearch() }
        }
    }

    @Test("is erased once: a second time changes nothing")
    func twice() throws {
        let desk = try ErasableDesk()
        let first = try desk.erase()
        let head = try desk.desk.reader.read { try $0.logHead() }
        desk.desk.clock.advance(by: .days(1))
        #expect(try desk.erase() == first)
        #expect(try desk.desk.reader.read { try $0.logHead() } == head)
    }

    @Test("is not erased while a promise in their cases is unsettled, whoever made it")
    func unsettled() throws {
        let desk = try Desk()
        try desk.open()
        func erase() throws {
            _ = try desk.store.write { try $0.perform(.erase(customer: 1, because: ErasableDesk.reason)) }
        }
        let head = try desk.reader.read { try $0.logHead() }
        let error = #expect(throws: Refusal.self) { try erase() }
        guard case .rule(let violation)? = error else { return }
        #expect(violation.code == .promisesUnsettled && violation.promiseIDs == [1])
        #expect(try desk.reader.read { try $0.logHead() } == head)
        try desk.change(1) { file, policy, now in
            let photo = PromiseRequest(what: "Send a photo", due: .after(.days(1)), by: .customer)
            try file.add(Incoming(AddPromiseRequest(photo)), under: policy, by: Desk.agent, at: now)
            let settle = SettleRequest(promiseID: 1, action: .keep(KeepRequest()))
            let request = ResolveRequest(summary: "Done", customerAccepted: true, settle: [settle])
            try file.resolve(Incoming(request), under: policy, by: Desk.agent, at: now)
        }
        let second = #expect(throws: Refusal.self) { try erase() }
        guard case .rule(let violation)? = second else { return }
        #expect(violation.promiseIDs == [2])
        #expect(try desk.file(1)?.record.customer.fields.name == "Ida Kern")
    }

    @Test("is not brought back by a change, a new case or an import")
    func stays() throws {
        let desk = try ErasableDesk()
        let id = try desk.customerID
        let caseID = try desk.cases[0].record.id
        try desk.erase()
        let head = try desk.desk.reader.read { try $0.logHead() }
        func refused(_ change: () throws -> Void) -> Refusal? { #expect(throws: Refusal.self) { try change() } }
        for refusal in [
            refused { try desk.desk.note(caseID, "Ann called again.") },
            refused {
                try desk.desk.change(caseID) { file, policy, now in
                    try file.reopen(Incoming(ReopenRequest(reason: "x")), under: policy, by: Desk.agent, at: now)
                }
            },
            refused { _ = try desk.desk.store.write { try $0.perform(.edit(customer: id, Incoming(CustomerEdit()))) } },
        ] {
            guard case .rule(let violation)? = refusal else { return #expect(Bool(false), "\(refusal as Any)") }
            #expect(violation.code == .customerErased)
        }
        let refusal = refused { try desk.desk.open(CaseRequest(complaint: "x", customer: .known(id: id))) }
        guard case .invalid(let issues)? = refusal else { return #expect(Bool(false), "\(refusal as Any)") }
        #expect(issues.map(\.path.pointer) == ["#/customer/id"])
        let row = ImportRequest(
            fields: CaseFields(externalID: "L-a"), complaint: "x",
            customer: .keyed(externalID: "key\(ErasableDesk.ending)", CustomerFields(name: "Ann")),
            receivedAt: PastInstant(TestClock.start), promise: ImportedPromiseRequest())
        #expect(try desk.desk.store.write { try $0.importCase(Incoming(row), by: Desk.agent)?.file } == nil)
        #expect(try desk.desk.reader.read { try $0.logHead() } == head)
    }

    @Test("is in no answer that is kept for retries, and these are not done again")
    func answers() throws {
        let desk = try ErasableDesk()
        let id = try desk.customerID
        let caseID = try desk.cases[0].record.id
        // Whatever an answer looks like, it goes with whom it is kept as telling of.
        let subjects = [
            AnswerSubject(customerID: id, caseID: nil), AnswerSubject(customerID: nil, caseID: caseID),
            AnswerSubject(customerID: id * 10, caseID: caseID * 10), .none,
        ]
        let body = Array(#"{"case_id":\#(caseID),"customer":{"id":\#(id),"name":"Ann"}}"#.utf8)
        let keys = subjects.indices.map {
            IdempotencyKey("\($0)", tokenID: 1, method: "POST", path: "/", content: [])
        }
        let stored = subjects.map { _ in StoredAnswer(status: 201, location: nil, entityTag: nil, body: body) }
        try desk.desk.store.write { transaction in
            for (key, (answer, subject)) in zip(keys, zip(stored, subjects)) {
                try transaction.store(answer, of: subject, for: key)
            }
        }
        try desk.erase()
        for key in keys.prefix(2) {
            let error = #expect(throws: Refusal.self) { try desk.desk.store.write { _ = try $0.storedAnswer(key) } }
            guard case .rule(let violation)? = error else { return }
            #expect(violation.code == .customerErased)
        }
        for (key, answer) in zip(keys, stored).dropFirst(2) {
            #expect(try desk.desk.store.write { try $0.storedAnswer(key) } == answer)
        }
    }
}
