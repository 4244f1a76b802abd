import CaseAPI
import Complaints

/// A plan that knows where the columns of its file stand.
struct BoundPlan {
    /// Why the plan does not fit the file.
    enum Mismatch: Error, CustomStringConvertible {
        /// Columns that the plan names and the file does not have.
        case missing([String], header: [String])
        /// A column that the plan names and the file has more than once.
        case ambiguous(String)

        var description: String {
            switch self {
            case .missing(let columns, let header):
                "it has no column \(Self.list(columns)); it has \(Self.list(header))"
                    + (header.count == 1 ? "; --delimiter says what separates them, if something does" : "")
            case .ambiguous(let column):
                "it has more than one column '\(column)'"
            }
        }

        private static func list(_ names: [String]) -> String {
            names.map { "'\($0)'" }.joined(separator: ", ")
        }
    }

    private struct Source {
        var positions: [Int]
        var translations: [ExactText: String]
        var fallback: String?
        var blank: BlankCell?
    }

    private let sources: [ImportField: Source]
    /// Where an export of Casekeeper has the ids of the case and of its customer, and how it ended; nil for other files.
    private let own: (caseID: Int, customerID: Int?, end: [OwnExport.End: Int])?

    init(_ plan: ImportPlan, header: [String]) throws(Mismatch) {
        var sources: [ImportField: Source] = [:]
        var missing: [String] = []
        for field in ImportField.all {
            guard let source = plan.sources[field] else { continue }
            var positions: [Int] = []
            for column in source.columns {
                let found = Self.positions(of: column, in: header)
                if found.count > 1 { throw .ambiguous(column) }
                positions += found
                if found.isEmpty, !missing.contains(where: { $0.isExactly(column) }) { missing.append(column) }
            }
            sources[field] = Source(
                positions: positions, translations: source.translations, fallback: source.fallback,
                blank: source.blank)
        }
        if plan.isOwn, Self.positions(of: OwnExport.id, in: header).isEmpty { missing.append(OwnExport.id) }
        if !missing.isEmpty { throw .missing(missing, header: header) }
        self.sources = sources
        func position(_ column: String) -> Int? { Self.positions(of: column, in: header).first }
        own =
            plan.isOwn
            ? position(OwnExport.id).map { caseID in
                let end = OwnExport.End.allCases.compactMap { column in position(column.rawValue).map { (column, $0) } }
                return (caseID, position(OwnExport.customerID), Dictionary(uniqueKeysWithValues: end))
            } : nil
    }

    /// Whether its file is an export of Casekeeper, whose cells are written as that writes them.
    var isOwn: Bool { own != nil }

    /// Where the row's case was; nil where the file is no export, and where its id is none.
    func origin(of row: [String]) -> ImportOrigin? {
        guard let own, let caseID = Int64(row[own.caseID]) else { return nil }
        return ImportOrigin(caseID: caseID, customerID: own.customerID.flatMap { Int64(row[$0]) })
    }

    /// What an export says of how the row's case ended; nil for an empty cell.
    func end(_ column: OwnExport.End, in row: [String]) -> String? {
        own?.end[column].map { row[$0] }.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Whether the row itself has a value of the field, and not the command line for all rows.
    func hasCell(_ field: ImportField, in row: [String]) -> Bool {
        sources[field]?.positions.contains { !ExactText(cell(row[$0])).isBlank } == true
    }

    /// Where a column stands: where its name does, or its name with spaces around. What a file of refused rows adds to the
    /// columns of its rows is looked at last, as they may have columns of these names themselves.
    static func positions(of column: String, in header: [String]) -> [Int] {
        let own = header.indices.prefix(RejectsFile.source(of: header).count)
        for indices in [own, header.indices.dropFirst(own.count)] {
            let exact = indices.filter { header[$0].isExactly(column) }
            if !exact.isEmpty { return Array(exact) }
            let trimmed = indices.filter { header[$0].withoutSpacesAround.isExactly(column.withoutSpacesAround) }
            if !trimmed.isEmpty { return Array(trimmed) }
        }
        return []
    }

    /// A plan of nothing but a value of one field.
    init(_ field: ImportField, _ value: String) {
        sources = [field: Source(positions: [], translations: [:], fallback: value)]
        own = nil
    }

    /// A plan for the rows of an export of promises, whose fields stand at those places.
    init(ofPromises columns: [ImportField: Int]) {
        sources = columns.mapValues { Source(positions: [$0], translations: [:], fallback: nil) }
        // Such a row is no case: its ids are looked at elsewhere.
        own = (caseID: 0, customerID: nil, end: [:])
    }

    /// Whether a column is to have the field.
    func isMapped(_ field: ImportField) -> Bool {
        sources[field]?.positions.isEmpty == false
    }

    /// Whether the field has a value from anywhere: a column, or one for all rows.
    func isGiven(_ field: ImportField) -> Bool { sources[field] != nil }

    /// What becomes of a row without a value of the field; nil where nobody has said.
    func blank(_ field: ImportField) -> BlankCell? { sources[field]?.blank }

    /// Whether a row is to be left out, as it has no value of a field that only rows with one are wanted of.
    func skips(_ row: [String]) -> Bool {
        sources.contains { field, source in source.blank == .skip && value(field, in: row) == nil }
    }

    /// Of all that a row says, for comparing: rows of one digest say the same. With the seed of the process, as nobody
    /// outside is to make two of one digest.
    func digest(of row: [String]) -> Int {
        var hasher = Hasher()
        for field in ImportField.all where sources[field] != nil {
            hasher.combine(value(field, in: row).map { ExactText($0) })
        }
        return hasher.finalize()
    }

    /// What a cell says: as its own exports guard it, or as other programs keep spreadsheets from taking it for a number.
    private func cell(_ text: String) -> String {
        isOwn ? CSVWriter.unguarded(text) : TextFormula.text(text) ?? text
    }

    /// The field's value in a row; nil when every column of it is blank and nothing was set.
    func value(_ field: ImportField, in row: [String]) -> String? {
        guard let source = sources[field] else { return nil }
        for position in source.positions {
            let value = ExactText(cell(row[position]))
            guard !value.isBlank else { continue }
            return source.translations[value] ?? source.translations[ExactText(value.string.withoutSpacesAround)]
                ?? value.string
        }
        return source.fallback
    }
}
