import Complaints
import Testing

@testable import CaseStore

@Suite("Phrases that end in a beginning")
struct PhraseBeginningTests {
    private func found(_ text: String, in desk: Desk, asOf: Instant? = nil) throws -> [Int64] {
        var filter = CaseFilter()
        let search = try #require(SearchQuery(text))
        filter.search = search
        filter.order = .openedAt
        return try desk.reader.read(asOf: asOf) { transaction in
            let page = try transaction.cases(filter, PageRequest(limit: 500))
            #expect(page.total == page.items.count)
            return page.items.map(\.record.id).sorted()
        }
    }

    /// Where the words before it are: in whom it names, in what was written, in what can be edited, in a log.
    static let places = ["email", "complaint", "subject", "note", "key"]

    @Test(
        "are found by it, whether few have the words before it and are looked through, or many", arguments: [5, 130],
        places)
    func same(count: Int, place: String) throws {
        let desk = try Desk()
        for number in 1...count {
            let text = "ann.lee@mail\(number % 7).example"
            var fields = CaseFields()
            if place == "subject" { fields.subject = "From \(text), twice" }
            if place == "key" { fields.externalID = "\(text)/\(number)" }
            let customer = CustomerFields(name: "Ida", email: place == "email" ? text : nil)
            let complaint = place == "complaint" ? "Nobody answers \(text) at all" : "It drips"
            let id = try desk.open(CaseRequest(fields: fields, complaint: complaint, customer: .new(customer))).record
                .id
            if place == "note" { try desk.note(id, "Wrote to \(text).") }
        }
        let all = (1...Int64(count)).map(\.self)
        for isKnown in [false, true] {
            if isKnown { try desk.catchUpSearch() }
            #expect(try found("ann.lee@mail", in: desk) == all, "\(isKnown)")
            #expect(try found("ann.lee@mail3", in: desk) == all.filter { $0 % 7 == 3 }, "\(isKnown)")
            #expect(try found("ANN.LEE@mail3.exa", in: desk) == all.filter { $0 % 7 == 3 }, "\(isKnown)")
            #expect(try found("lee@mail3 ann.lee", in: desk) == all.filter { $0 % 7 == 3 }, "\(isKnown)")
            for nothing in ["nn.lee@mail", "ann.lee@ail", "ann.lee@mail9", "ann.mail3"] {
                #expect(try found(nothing, in: desk) == [], "\(nothing)")
            }
        }
    }

    @Test("are found as of then, and as of now not any more")
    func former() throws {
        let desk = try Desk()
        let customer = CustomerFields(name: "Ida", email: "ann.lee@mail.example")
        let file = try desk.open(
            CaseRequest(fields: CaseFields(subject: "Order ab-1 late"), complaint: "x", customer: .new(customer)))
        try desk.catchUpSearch()
        let then = try desk.reader.read(\.asOf)
        desk.clock.advance(by: .seconds(1))
        _ = try desk.store.write { transaction in
            try transaction.perform(
                .edit(
                    customer: 1, Incoming(CustomerEdit { $0.name == "email" ? .some(.text("bo@other.example")) : nil }))
            )
        }
        try desk.change(file.record.id) { file, policy, now in
            let edit = CaseEdit { $0.name == "subject" ? .some(.text("Order cd-2 late")) : nil }
            try file.edit(Incoming(edit), under: policy, by: Desk.agent, at: now)
        }
        for (old, new) in [("ann.lee@mai", "bo@oth"), ("order.ab.1.lat", "order.cd.2.lat")] {
            #expect(try found(old, in: desk, asOf: then) == [1] && found(old, in: desk) == [], "\(old)")
            #expect(try found(new, in: desk, asOf: then) == [] && found(new, in: desk) == [1], "\(new)")
        }
    }
}
