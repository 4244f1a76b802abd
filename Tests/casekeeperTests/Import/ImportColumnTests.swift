import CaseStore
import Complaints
import Foundation
import TestSupport
import Testing

@testable import casekeeper

@Suite("A column of a file")
struct ImportColumnTests {
    /// Values that each field takes.
    private static func samples(_ number: Int) -> [ImportField: String] { allSamples[number - 1] }
    private static let allSamples = [1, 2].map(madeSamples)

    private static func madeSamples(_ number: Int) -> [ImportField: String] {
        func cells<Record: EditedRecord>(_: Record.Type, _ prefix: String = "") -> [(ImportField, String)] {
            Record.editedFields.flatMap { field in
                zip(ImportField.parts(of: field, prefix: prefix), field.type.texts(field.type.sample(number))).map {
                    ($0, $1 ?? "")
                }
            }
        }
        let rest: [(ImportField, String)] = [
            (.customerUpdate, ["", "true", "false"][number]), (.complaint, "It leaks, \(number)."),
            (.receivedAt, "2020-01-0\(number)T00:00:00Z"),
            (.promiseKind, ["answer", "callback", "remedy"][number]), (.promiseWhat, "Call \(number)"),
            (.promiseOwner, "Kim \(number)"), (.promiseChannel, ["web", "phone", "letter"][number]),
            (.promiseNextStep, "Step \(number)"), (.promiseDueAt, "2020-03-0\(number)T00:00:00Z"),
            (.promiseDueIn, "P\(number)D"), (.promiseDueInBusiness, "P\(number)D"),
            (.promiseKeptAt, "2020-02-0\(number)T00:00:00Z"),
            (.promiseEvidence, "Letter \(number)"),
        ]
        return Dictionary(
            uniqueKeysWithValues: cells(CaseFields.self) + cells(CustomerFields.self, ImportField.customerPrefix)
                + rest)
    }

    /// A file with every column there is, and a database that it goes into.
    private final class File {
        let folder = try! TemporaryFolder(inMemory: true)
        let store: CaseStore
        let reader: RowReader
        private var target: StoreTarget
        private var line = 1

        /// A database with a calendar on which business time is counted, made once for the hundreds that are asked for.
        private static let template = Result {
            try FileTemplate { path in
                let manager = Actor(name: "kim", role: .manager)
                _ = try CaseStore(path: path).write {
                    try $0.perform(.put(name: "default", Incoming(CalendarRequest.office)), on: nil, by: manager)
                }
            }
        }

        init(blanks: [String] = []) throws {
            let names = ImportField.all.map(\.name)
            let plan = try ImportPlan(maps: names.map { "\($0)=\($0)" }, blanks: blanks)
            reader = RowReader(plan: try BoundPlan(plan, header: names), dates: DateForms())
            try Self.template.get().copyUnlessThere(folder.path("x.db"))
            store = try CaseStore(path: folder.path("x.db"))
            target = StoreTarget(store: store, actor: Actor(name: "import", role: .admin))
        }

        /// What becomes of one more row.
        func take(_ cells: [ImportField: String]) throws -> RowOutcome {
            line += 1
            let row = ImportField.all.map { cells[$0] ?? "" }
            return try target.take([try reader.row(CSVRecord(line: line, fields: row))])[0]
        }

        /// Comes with the same file a second time, with the line as it is or changed.
        func again() { target = StoreTarget(store: store, actor: target.actor) }

        func cases() throws -> [Case] {
            try store.makeReader().read { try $0.cases(CaseFilter(), PageRequest(limit: 9)).items.map(\.record) }
        }
    }

    /// A row that has everything, but a customer's key only where that is looked at.
    private static func row(_ field: ImportField, key: String = "k", _ number: Int = 1) -> [ImportField: String] {
        var cells = samples(1)
        if number != 1 {
            // The ends of an estimate go together.
            let stem = field.name.split(separator: ".").first.map(String.init) ?? ""
            let whole = ImportField.all.filter { $0 == field || stem == "estimate" && $0.name.hasPrefix("estimate.") }
            for part in whole { cells[part] = samples(number)[part] }
        }
        if field != .customerExternalID { cells[.customerExternalID] = "" }
        if field != .externalID { cells[.externalID] = key }
        return cells
    }

    private static func word(_ outcome: RowOutcome, added: String) -> String {
        switch outcome {
        case .added: added
        case .alreadyThere: "passed over"
        case .changed: "changed"
        case .refused: "refused"
        }
    }

    /// What becomes of a column, cell by cell of the table.
    private func behaviour(_ field: ImportField) throws -> [String] {
        var blank = Self.row(field)
        blank[field] = " "
        var unreadable = Self.row(field)
        unreadable[field] = "a\0b"
        let file = try File()
        let ofBlank = Self.word(try file.take(blank), added: "no value")
        let ofUnreadable = Self.word(try File().take(unreadable), added: "taken")

        let twice = try File()
        _ = try twice.take(Self.row(field))
        let again = Self.word(try twice.take(Self.row(field, key: "other")), added: "two cases")
        let ofSame =
            try again == "two cases" && Set(twice.cases().map(\.customer.id)).count == 1
            ? "two cases of one customer" : again

        let other = try File()
        _ = try other.take(Self.row(field))
        let ofOther = Self.word(try other.take(Self.row(field, 2)), added: "two cases")
        let known = try File()
        _ = try known.take(Self.row(field))
        known.again()
        let ofRecord = Self.word(try known.take(Self.row(field, 2)), added: "a new case")
        return [ofBlank, ofUnreadable, ofSame, ofOther, ofRecord]
    }

    @Test("does with what is blank, unreadable, repeated and conflicting what the documentation says, each of them")
    func table() throws {
        #expect(Set(Self.samples(1).keys) == Set(ImportField.all), "each has a value to be tried with")
        var rows: [(fields: [ImportField], cells: [String])] = []
        for field in ImportField.all {
            let cells = try behaviour(field)
            if let index = rows.firstIndex(where: { $0.cells == cells }) {
                rows[index].fields.append(field)
            } else {
                rows.append(([field], cells))
            }
        }
        let made = rows.map { row in
            "| \(row.fields.map { "`\($0.name)`" }.joined(separator: " ")) | \(row.cells.joined(separator: " | ")) |"
        }
        let page = try MarkdownFile.at("docs/importing.md")
        let section = try #require(page.section("### What a cell does"))
        let written = section.split(separator: "\n").filter { $0.hasPrefix("| `") }.map(String.init)
        #expect(written == made, "the table is to be:\n\(made.joined(separator: "\n"))")
    }

    @Test("leaves out rows in which it is blank, where --blank says so", arguments: ImportField.all)
    func skipped(field: ImportField) throws {
        let file = try File(blanks: ["\(field.name)=skip"])
        var cells = Self.row(field)
        func isSkipped() -> Bool { file.reader.plan.skips(ImportField.all.map { cells[$0] ?? "" }) }
        #expect(!isSkipped())
        cells[field] = "\t"
        #expect(isSkipped())
    }

    @Test("a blank date of receipt is today's only where --blank says so")
    func receivedNow() throws {
        var cells = Self.row(.receivedAt)
        cells[.receivedAt] = ""
        for date in [ImportField.promiseDueAt, .promiseKeptAt] { cells[date] = "" }
        let refused = try File().take(cells)
        guard case .refused(let issues) = refused else { return #expect(Bool(false), "\(refused)") }
        #expect(issues.map(\.path) == [ImportField.receivedAt.path] && issues[0].code == .required)
        #expect(issues[0].detail.contains("--blank received_at=now"))
        let file = try File(blanks: ["received_at=now"])
        guard case .added = try file.take(cells) else { return #expect(Bool(false)) }
        let record = try #require(try file.cases().first)
        #expect(record.receivedAt > Instant(milliseconds: 1_600_000_000_000))
    }

    @Test("that is other than on record is passed over, but for the complaint: whatever was edited here since stays")
    func edited() throws {
        let file = try File()
        _ = try file.take(Self.row(.complaint))
        file.again()
        let refused = try file.take(Self.row(.complaint, 2))
        guard case .refused(let issues) = refused else { return #expect(Bool(false), "\(refused)") }
        #expect(issues.map(\.detail) == ["is that of case 1, whose complaint is another."])
        #expect(try file.cases().count == 1)
    }
}
