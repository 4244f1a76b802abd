import Complaints
import Foundation
import Testing

@testable import casekeeper

@Suite("A row of a file")
struct RowReaderTests {
    /// Reads one row whose only columns are the given fields, beside a complaint and a name.
    private func read(_ values: [ImportField: String]) throws -> Incoming<ImportRequest> {
        let values = [ImportField.complaint: "x", .customerName: "y"].merging(values) { $1 }
        let fields = values.keys.sorted { $0.rawValue < $1.rawValue }
        let plan = try ImportPlan(maps: fields.map { "\($0.rawValue)=\($0.rawValue)" }, sets: [], valueMaps: [])
        let reader = RowReader(
            plan: try BoundPlan(plan, header: fields.map(\.rawValue)), datePattern: nil, timeZone: .utc)
        return reader.request(fields.map { values[$0] ?? "" })
    }

    struct Fault: Sendable, CustomTestStringConvertible {
        let values: [ImportField: String]
        let expected: [String]

        var testDescription: String { expected.joined(separator: ", ") }

        init(_ values: [ImportField: String], _ expected: String...) {
            self.values = values
            self.expected = expected
        }
    }

    static let faults = [
        Fault([.complaint: " "], "complaint required"),
        Fault([.complaint: "a\0b"], "complaint invalid_value"),
        Fault([.complaint: String(repeating: "x", count: 65_537)], "complaint too_long"),
        Fault([.subject: String(repeating: "é", count: 301)], "subject too_long"),
        Fault([.customerName: ""], "customer.name required"),
        Fault([.customerName: String(repeating: "x", count: 201)], "customer.name too_long"),
        Fault([.externalID: " "], "external_id required"),
        Fault([.owner: String(repeating: "x", count: 201)], "owner too_long"),
        Fault([.channel: "Web"], "channel invalid_value"),
        Fault([.severity: "3", .mood: "cross"], "severity invalid_value", "mood invalid_value"),
        Fault([.receivedAt: "yesterday"], "received_at invalid_instant"),
        Fault([.hardDeadline: "2020-01-01T00:00:00"], "hard_deadline missing_offset"),
        Fault([.tags: String(repeating: "x", count: 65)], "tags too_long"),
        Fault([.tags: (1...33).map(String.init).joined(separator: ",")], "tags too_long"),
        Fault([.estimateFrom: "P1D"], "estimate.to required"),
        Fault([.estimateFrom: "P2D", .estimateTo: "P1D"], "estimate.to conflicting_fields"),
        Fault([.estimateFrom: "P2D", .estimateTo: "2020-01-01T00:00:00Z"], "estimate.to conflicting_fields"),
        Fault([.promiseKind: "gift"], "promise.kind invalid_value"),
        Fault([.promiseDueIn: "15 days"], "promise.due_in invalid_value"),
        Fault([.promiseEvidence: String(repeating: "x", count: 4001)], "promise.evidence too_long"),
    ]

    @Test("is refused for all that is wrong with it, by the rules of the API", arguments: faults)
    func refused(fault: Fault) throws {
        let issues = try read(fault.values).issues
        #expect(issues.map { "\($0.path.components.joined(separator: ".")) \($0.code.rawValue)" } == fault.expected)
    }

    @Test("becomes a case: one-line fields trimmed, the complaint verbatim")
    func fields() throws {
        let request = try read([
            .complaint: " It broke.\n", .customerName: " Ann ", .customerExternalID: "C7", .customerEmail: "a@b.c",
            .externalID: "7", .channel: "in_person", .tags: " vip ;late,, vip", .estimateFrom: "P1D",
            .estimateTo: "P1W", .receivedAt: "2020-01-01T01:00:00+01:00", .promiseWhat: "Call",
            .promiseKind: "callback",
            .promiseDueAt: "2020-01-03T00:00:00Z", .promiseDueIn: "P9D",
        ])
        #expect(request.issues.isEmpty)
        #expect(request.value.complaint == " It broke.\n")
        #expect(request.value.customer == .keyed(externalID: "C7", NewCustomer(name: "Ann", email: "a@b.c")))
        #expect(request.value.fields.channel == .inPerson)
        #expect(request.value.fields.tags == ["vip", "late"])
        #expect(request.value.fields.estimate == Estimate(from: .after(.days(1)), to: .after(.days(7))))
        #expect(request.value.receivedAt?.told.rfc3339 == "2020-01-01T00:00:00Z")
        #expect(request.value.promise.kind == .callback)
        #expect(request.value.promise.due == .at(Instant(milliseconds: 1_578_009_600_000)), "due_at goes before due_in")
    }

    @Test("needs no name for a customer who has a key")
    func keyedCustomer() throws {
        let request = try read([.customerName: "", .customerExternalID: "C7"])
        #expect(request.issues.isEmpty)
        #expect(request.value.customer == .keyed(externalID: "C7", nil))
    }

    @Test("of which no more is known than the complaint gets a promise of the policy's")
    func unknownPromise() throws {
        #expect(try read([.promiseWhat: " "]).value.promise == ImportedPromiseRequest())
    }
}
