import CaseStore
import Complaints
import Foundation
import TestSupport
import Testing

@testable import casekeeper

@Suite("An import that updates refuses a row that says otherwise of what nobody changes", .serialized)
struct UnchangedFieldTests {
    let folder = try! TemporaryFolder(inMemory: true)

    /// Every field that an update does not change, but for who a case or a customer is and what is to be done with one.
    private static let fixed: [(field: ImportField, first: String, second: String)] = [
        (.receivedAt, "2024-06-03T00:00:00Z", "2024-03-06T00:00:00Z"), (.promiseKind, "answer", "callback"),
        (.promiseWhat, "Call back", "Write"), (.promiseOwner, "Kim", "Lou"), (.promiseChannel, "phone", "letter"),
        (.promiseNextStep, "We look", "We repair"), (.promiseDueAt, "2024-06-09T00:00:00Z", "2024-06-10T00:00:00Z"),
        (.promiseDueIn, "P6D", "P7D"), (.promiseDueInBusiness, "P6D", "P7D"),
        (.promiseKeptAt, "2024-06-05T00:00:00Z", "2024-06-06T00:00:00Z"),
        (.promiseEvidence, "Letter 1", "Letter 2"), (.complaint, "It leaks", "It broke"),
    ]

    private func write(_ cells: [ImportField: String]) throws {
        var cells = cells
        cells[.externalID] = "1"
        cells[.complaint] = cells[.complaint] ?? "It leaks"
        cells[.receivedAt] = cells[.receivedAt] ?? "2024-06-03T00:00:00Z"
        let fields = ImportField.all.filter { $0 != .customerUpdate }
        let header = fields.map(\.name).joined(separator: ",")
        try folder.write(header + "\n" + fields.map { cells[$0] ?? "" }.joined(separator: ",") + "\n", to: "a.csv")
    }

    private let line =
        ["import", "a.csv", "--set", "customer.name=Ann", "--rejects", "r.csv"]
        + ImportField.all.filter { $0 != .customerUpdate }.flatMap { ["--map", "\($0.name)=\($0.name)"] }

    private func putCalendar() throws {
        let store = try CaseStore(path: folder.path("casekeeper.db"))
        let manager = Actor(name: "kim", role: .manager)
        _ = try store.write {
            try $0.perform(.put(name: "default", Incoming(CalendarRequest.office)), on: nil, by: manager)
        }
    }

    @Test("with both values, and leaves it all as it is", arguments: fixed.indices)
    func refused(index: Int) throws {
        let (field, first, second) = Self.fixed[index]
        var cells: [ImportField: String] = [field: first]
        if field == .promiseEvidence { cells[.promiseKeptAt] = "2024-06-05T00:00:00Z" }
        if field == .promiseDueInBusiness { try putCalendar() }
        try write(cells)
        #expect(try Binary.run(line, in: folder).output.hasPrefix("1 rows: 1 added"))
        let head = try Database(path: folder.path("casekeeper.db")).read { try $0.logHead() }
        // The same again is no change.
        let same = try Binary.run(line + ["--update"], in: folder)
        #expect(same.output.hasPrefix("1 rows: 0 added, 1 already there, 0 refused"), "\(same)")
        cells[field] = second
        cells[ImportField.all.first { $0.name == "subject" }!] = "Kettle"
        try write(cells)
        for more in [["--dry-run"], []] {
            let result = try Binary.run(line + ["--update"] + more, in: folder)
            #expect(result.exitCode == 65 && result.output.hasPrefix("1 rows: 0 "), "\(result)")
            let reasons = try folder.read("r.csv")
            #expect(
                reasons.contains(
                    field.name == "complaint" ? "external_id: " : "\(field.name): is '\(second)' here, and '"))
            if field != .promiseDueIn, field != .promiseDueInBusiness, field != .complaint {
                #expect(reasons.contains("'\(first)' on record"), "\(reasons)")
            }
        }
        #expect(try Database(path: folder.path("casekeeper.db")).read { try $0.logHead() } == head)
        // Without it the case stays as it is, whatever a row says; a blank cell says nothing.
        if field != .complaint {
            #expect(try Binary.run(line, in: folder).output.hasPrefix("1 rows: 0 added, 1 already there, 0 refused"))
            if field != .receivedAt {
                cells[field] = ""
                if field == .promiseKeptAt { cells[.promiseEvidence] = "" }
                try write(cells)
                let blank = try Binary.run(line + ["--update"], in: folder)
                #expect(blank.output.contains(" 0 refused, 1 changed"), "\(blank)")
            }
        }
    }

    @Test("of every field that it does not change")
    func whole() {
        let edited =
            CaseFields.editedFields.flatMap { ImportField.parts(of: $0) }
            + CustomerFields.editedFields.flatMap { ImportField.parts(of: $0, prefix: ImportField.customerPrefix) }
        let rest = ImportField.all.filter { !edited.contains($0) && $0 != .customerUpdate }
        #expect(Set(rest) == Set(Self.fixed.map(\.field)))
    }

    @Test("that was not kept on record, and is by the row")
    func kept() throws {
        try write([.promiseDueAt: "2024-06-09T00:00:00Z"])
        #expect(try Binary.run(line, in: folder).exitCode == 0)
        try write([.promiseDueAt: "2024-06-09T00:00:00Z", .promiseKeptAt: "2024-06-05T00:00:00Z"])
        #expect(try Binary.run(line + ["--update"], in: folder).exitCode == 65)
        #expect(
            try folder.read("r.csv").contains(
                "promise.kept_at: is '2024-06-05T00:00:00Z' here, and nothing on record of promise 1"))
    }
}
