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

    init(_ plan: ImportPlan, header: [String]) throws(Mismatch) {
        var sources: [ImportField: Source] = [:]
        var missing: [String] = []
        for field in ImportField.all {
            guard let source = plan.sources[field] else { continue }
            var positions: [Int] = []
            for column in source.columns {
                let found = header.indices.filter { header[$0].isExactly(column) }
                if found.count > 1 { throw .ambiguous(column) }
                positions += found
                if found.isEmpty, !missing.contains(where: { $0.isExactly(column) }) { missing.append(column) }
            }
            sources[field] = Source(
                positions: positions, translations: source.translations, fallback: source.fallback,
                blank: source.blank)
        }
        if !missing.isEmpty { throw .missing(missing, header: header) }
        self.sources = sources
    }

    /// A plan of nothing but a value of one field.
    init(_ field: ImportField, _ value: String) {
        sources = [field: Source(positions: [], translations: [:], fallback: value)]
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

    /// The field's value in a row; nil when every column of it is blank and nothing was set.
    func value(_ field: ImportField, in row: [String]) -> String? {
        guard let source = sources[field] else { return nil }
        for position in source.positions {
            let value = ExactText(row[position])
            guard !value.isBlank else { continue }
            return source.translations[value] ?? value.string
        }
        return source.fallback
    }
}
