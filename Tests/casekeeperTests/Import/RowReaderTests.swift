import Complaints
import Foundation
import TestSupport
import Testing

@testable import casekeeper

@Suite("A row of a file")
struct RowReaderTests {
    /// Reads one row whose only columns are the given fields, beside a complaint and a name.
    private func read(_ values: [String: String]) throws -> Incoming<ImportRequest> {
        let values = ["complaint": "x", "customer.name": "y"].merging(values) { $1 }
        let fields = values.keys.sorted()
        let plan = try ImportPlan(maps: fields.map { "\($0)=\($0)" }, sets: [], valueMaps: [])
        let reader = RowReader(
            plan: try BoundPlan(plan, header: fields), dates: DateForms())
        return reader.request(fields.map { values[$0] ?? "" })
    }

    struct Fault: Sendable, CustomTestStringConvertible {
        let values: [String: String]
        let expected: [String]

        var testDescription: String { expected.joined(separator: ", ") }

        init(_ values: [String: String], _ expected: String...) {
            self.values = values
            self.expected = expected
        }
    }

    static let faults = [
        Fault(["complaint": " "], "complaint required"),
        Fault(["complaint": "a\0b"], "complaint invalid_value"),
        Fault(["complaint": String(repeating: "x", count: 65_537)], "complaint too_long"),
        Fault(["subject": String(repeating: "é", count: 301)], "subject too_long"),
        Fault(["customer.name": ""], "customer.name required"),
        Fault(["customer.name": String(repeating: "x", count: 201)], "customer.name too_long"),
        Fault(["external_id": " "], "external_id required"),
        Fault(["owner": String(repeating: "x", count: 201)], "owner too_long"),
        Fault(["owner": "\u{200B}\u{2800}"], "owner too_short"),
        Fault(["owner": "me", "promise.owner": "Me"], "owner invalid_value", "promise.owner invalid_value"),
        Fault(["subject": "No\nreceipt"], "subject invalid_value"),
        Fault(["customer.name": "Ann\u{2028}Lee"], "customer.name invalid_value"),
        Fault(["channel": "Web"], "channel invalid_value"),
        Fault(["severity": "3", "mood": "cross"], "severity invalid_value", "mood invalid_value"),
        Fault(["received_at": "yesterday"], "received_at invalid_instant"),
        Fault(["hard_deadline": "2020-01-01T00:00:00"], "hard_deadline missing_offset"),
        Fault(["tags": String(repeating: "x", count: 65)], "tags too_long"),
        Fault(["tags": (1...33).map(String.init).joined(separator: ",")], "tags too_long"),
        Fault(["estimate.from": "P1D"], "estimate.to required"),
        Fault(["estimate.from": "P2D", "estimate.to": "P1D"], "estimate.to conflicting_fields"),
        Fault(["estimate.from": "P2D", "estimate.to": "2020-01-01T00:00:00Z"], "estimate.to conflicting_fields"),
        Fault(["promise.kind": "gift"], "promise.kind invalid_value"),
        Fault(["promise.due_in": "15 days"], "promise.due_in invalid_value"),
        Fault(["promise.evidence": String(repeating: "x", count: 4001)], "promise.evidence too_long"),
    ]

    @Test("is refused for all that is wrong with it, by the rules of the API", arguments: faults)
    func refused(fault: Fault) throws {
        let issues = try read(fault.values).issues
        #expect(issues.map { "\($0.path.components.joined(separator: ".")) \($0.code.rawValue)" } == fault.expected)
    }

    @Test("becomes a case: one-line fields trimmed, the complaint verbatim")
    func fields() throws {
        let request = try read([
            "complaint": " It broke.\n", "customer.name": " Ann  Lee ", "customer.external_id": "C7",
            "customer.email": "a@b.c",
            "external_id": "7", "channel": "in_person", "tags": " vip ;late,, VIP", "estimate.from": "P1D",
            "estimate.to": "P1W", "received_at": "2020-01-01T01:00:00+01:00", "promise.what": "Call",
            "promise.kind": "callback",
            "promise.due_at": "2020-01-03T00:00:00Z", "promise.due_in": "P9D",
        ])
        #expect(request.issues.isEmpty)
        #expect(request.value.complaint == " It broke.\n")
        #expect(
            request.value.customer
                == .keyed(externalID: "C7", CustomerFields(name: "Ann Lee", email: "a@b.c", externalID: "C7")))
        #expect(request.value.fields.channel == .inPerson)
        #expect(request.value.fields.tags == ["vip", "late"])
        #expect(request.value.fields.estimate == Estimate(from: .after(.days(1)), to: .after(.days(7))))
        #expect(request.value.receivedAt?.told.rfc3339 == "2020-01-01T00:00:00Z")
        #expect(request.value.promise.kind == .callback)
        #expect(request.value.promise.due == .at(Instant(milliseconds: 1_578_009_600_000)), "due_at goes before due_in")
    }

    private func dated(_ values: [String: String]) throws -> ImportRequest {
        let values = ["complaint": "x", "customer.name": "y"].merging(values) { $1 }
        let fields = values.keys.sorted()
        let plan = try ImportPlan(maps: fields.map { "\($0)=\($0)" }, sets: [], valueMaps: [])
        let zone = try #require(ZoneDatabase.system.zone(named: "Europe/Berlin"))
        let dates = DateForms(
            patterns: [try DatePattern("dd.MM.yyyy"), try DatePattern("dd.MM.yyyy HH:mm")], timeZone: zone)
        let reader = RowReader(plan: try BoundPlan(plan, header: fields), dates: dates)
        let request = reader.request(fields.map { values[$0] ?? "" })
        #expect(request.issues.isEmpty)
        return request.value
    }

    /// Of each field that is a point in time, what a date without a time is to it.
    private static let days = [
        "hard_deadline": "2024-06-07T22:00:00Z", "estimate.from": "2024-06-06T22:00:00Z",
        "estimate.to": "2024-06-07T22:00:00Z", "received_at": "2024-06-06T22:00:00Z",
        "promise.due_at": "2024-06-07T22:00:00Z", "promise.kept_at": "2024-06-06T22:00:00Z",
    ]

    @Test(
        "due on a date without a time is so until the end of that day, and what was done then counts from its beginning"
    )
    func days() throws {
        let request = try dated(Self.days.mapValues { _ in "07.06.2024" })
        guard case .at(let from) = request.fields.estimate?.from, case .at(let to) = request.fields.estimate?.to,
            case .at(let due) = request.promise.due
        else { return #expect(Bool(false), "\(request)") }
        let read = [
            "hard_deadline": request.fields.hardDeadline, "estimate.from": from, "estimate.to": to,
            "received_at": request.receivedAt?.told, "promise.due_at": due,
            "promise.kept_at": request.promise.keptAt?.told,
        ]
        #expect(read.compactMapValues { $0?.rfc3339 } == Self.days)
        let timed = try dated(["promise.due_at": "07.06.2024 14:30", "hard_deadline": "2024-06-07T14:30:00Z"])
        #expect(timed.promise.due == .at(Instant(milliseconds: 1_717_763_400_000)))
        #expect(timed.fields.hardDeadline?.rfc3339 == "2024-06-07T14:30:00Z")
        let instants = CaseFields.editedFields.flatMap { field -> [String] in
            if case .instant = field.type { ImportField.parts(of: field).map(\.name) } else { [] }
        }
        #expect(Set(instants).isSubset(of: Self.days.keys), "each new one is a deadline or is not")
    }

    @Test("tells the text of a cell that spreadsheets are to take for one, and of no other")
    func formulas() throws {
        let request = try read([
            "customer.phone": "=\"0221 123\"", "customer.external_id": " =\"007\" ", "external_id": "=\"a\"\"b\"",
            "received_at": "=\"2024-01-01T00:00:00Z\"", "complaint": "=\"a\"&\"b\"", "subject": "=\"\"",
            "desired_outcome": "=1+1",
        ])
        #expect(request.issues.isEmpty)
        let fields = request.value.fields
        guard case .keyed(let key, let customer, _) = request.value.customer else { return #expect(Bool(false)) }
        #expect(key == "007" && customer?.phone == "0221 123" && fields.externalID == "a\"b")
        #expect(request.value.receivedAt?.told.rfc3339 == "2024-01-01T00:00:00Z")
        #expect(request.value.complaint == "=\"a\"&\"b\"" && fields.subject == nil && fields.desiredOutcome == "=1+1")
    }

    @Test("needs no name for a customer who has a key")
    func keyedCustomer() throws {
        let request = try read(["customer.name": "", "customer.external_id": "C7"])
        #expect(request.issues.isEmpty)
        #expect(request.value.customer == .keyed(externalID: "C7", nil))
    }

    @Test("of which no more is known than the complaint gets a promise of the policy's")
    func unknownPromise() throws {
        #expect(try read(["promise.what": " "]).value.promise == ImportedPromiseRequest())
    }

    @Test("has every field of a case and of a customer in columns of its own")
    func everyField() throws {
        func cells<Record: EditedRecord>(_: Record.Type, _ prefix: String = "") -> [(String, String)] {
            Record.editedFields.flatMap { field in
                zip(ImportField.parts(of: field, prefix: prefix), field.type.texts(field.type.sample(1))).map {
                    ($0.name, $1 ?? "")
                }
            }
        }
        let cells = cells(CaseFields.self) + cells(CustomerFields.self, ImportField.customerPrefix)
        let request = try read(Dictionary(uniqueKeysWithValues: cells))
        #expect(request.issues.isEmpty)
        #expect(request.value.fields == CaseFields().filled(1))
        let customer = CustomerFields(name: "").filled(1)
        #expect(request.value.customer == .keyed(externalID: customer.externalID ?? "", customer))
    }
}
