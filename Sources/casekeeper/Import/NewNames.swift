import Complaints

/// The names that rows gave something to, and that nobody was known by before the file: a mistyped owner swallows a promise,
/// as it is in nobody's list.
struct NewNames {
    private struct Entry {
        let name: String
        let line: Int
        var rows = 1
    }

    /// How many are shown.
    static let mostShown = 20
    /// Past so many, further ones are not looked at: nobody mistypes so often.
    private static let limit = 10_000

    /// Who was known before the file.
    var known: [String] = []
    private var entries: [FoldedName: Entry] = [:]
    private var hasMore = false

    mutating func add(_ names: [String], line: Int) {
        for name in names {
            let folded = FoldedName(name)
            if entries[folded] != nil {
                entries[folded]?.rows += 1
            } else if entries.count < Self.limit {
                entries[folded] = Entry(name: name, line: line)
            } else {
                hasMore = true
            }
        }
    }

    /// What is said of them, line by line: of what occurs least first, as that is most likely mistyped, with the name that was
    /// most likely meant, among those that were known and those that more rows have.
    var lines: [String] {
        guard !entries.isEmpty else { return [] }
        let sorted = entries.values.sorted {
            ($0.rows, $0.line, ExactText($0.name)) < ($1.rows, $1.line, ExactText($1.name))
        }
        let shown = sorted.prefix(Self.mostShown)
        let count =
            hasMore ? "more than \(entries.count) names" : entries.count == 1 ? "1 name" : "\(entries.count) names"
        let head = "\(count) that nobody was known by\(shown.count < sorted.count ? ", among them" : ""):"
        return [head]
            + shown.map { entry in
                let others = known + sorted.filter { $0.rows > entry.rows }.prefix(1_000).map(\.name)
                let nearest = FoldedName(entry.name).nearest(among: others).map {
                    ", did you mean \(TerminalLine.of($0))?"
                }
                let rows = entry.rows == 1 ? "line \(entry.line)" : "\(entry.rows) rows from line \(entry.line)"
                return "  \(TerminalLine.of(entry.name)) (\(rows))\(nearest ?? "")"
            }
    }
}
