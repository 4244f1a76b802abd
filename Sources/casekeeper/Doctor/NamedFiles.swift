import CaseStore

/// Files that a finding names, in a sentence and in the command that mends it.
struct NamedFiles {
    /// More than those are counted.
    private static let limit = 20

    private let words: [String]

    init(_ paths: some Sequence<String>) {
        words = paths.map(DatabaseName.shellWord)
    }

    /// As words of a shell, behind a command; those that a sentence counts are named by the next look.
    var arguments: String { words.prefix(Self.limit).joined(separator: " ") }

    /// `a`, `a and b`, `a, b and c`.
    var listed: String {
        let more = words.count - Self.limit
        let named = words.prefix(Self.limit) + (more > 0 ? ["\(more) more"] : [])
        guard named.count > 1 else { return named.first ?? "" }
        return named.dropLast().joined(separator: ", ") + " and " + named.last!
    }

    /// The same with the verb that goes with as many: `a is`, `a and b are`.
    var are: String { listed + (words.count == 1 ? " is" : " are") }

    /// `it is`, `they are`.
    var theyAre: String { words.count == 1 ? "it is" : "they are" }
}
