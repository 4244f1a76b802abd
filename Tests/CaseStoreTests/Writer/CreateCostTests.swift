import Complaints
import GRDB
import Testing

@testable import CaseStore

@Suite("What a new case costs for its customer")
struct CreateCostTests {
    /// The statements of one more case, in a batch that has read all that it reads once.
    private func statements(_ transaction: WriteTransaction, _ customer: CustomerRequest) throws -> [String] {
        var statements: [String] = []
        transaction.db.trace { event in
            if case .statement(let statement) = event { statements.append(statement.sql) }
        }
        defer { transaction.db.trace(options: []) }
        _ = try transaction.openCase(Incoming(CaseRequest(complaint: "It leaks.", customer: customer)), by: Desk.agent)
        return statements
    }

    @Test(
        "is a statement more for a phone number, and for an address, by indexes alone; and one where somebody is found")
    func lookups() throws {
        let desk = try Desk()
        try desk.store.write { transaction in
            let known = CustomerFields(name: "Ann", email: "ann@example.org", phone: "08-123 45", externalID: "C-1")
            for request in [CustomerRequest.new(known), .keyed(externalID: "C-1", nil), .known(id: 1)] {
                _ = try statements(transaction, request)
            }
            let plain = try statements(transaction, .new(CustomerFields(name: "Bo")))
            #expect(!plain.contains { $0.contains("phone_key =") || $0.contains("customer_by_") })
            for (fields, indexes) in [
                (CustomerFields(name: "Bo", phone: "08-999 99"), ["customer_by_phone"]),
                (CustomerFields(name: "Bo", email: "bo@example.org"), ["customer_by_email"]),
                (
                    CustomerFields(name: "Bo", email: "ann@example.org", phone: "08-123 45"),
                    ["customer_by_phone", "customer_by_email", "customer_merged"]
                ),
            ] {
                let more = try statements(transaction, .new(fields))
                #expect(more.count == plain.count + indexes.count, "\(more)")
                for index in indexes { #expect(more.filter { $0.contains(index) }.count == 1, "\(more)") }
            }
            let keyed = try statements(transaction, .keyed(externalID: "C-1", nil))
            #expect(keyed.count == plain.count, "who is looked up is not written")
        }
    }
}
