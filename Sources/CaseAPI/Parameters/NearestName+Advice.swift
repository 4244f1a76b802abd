import Complaints

extension NearestName {
    /// A sentence that says that there is no such field or parameter; as far as the budget of the request reaches, also
    /// what was likely meant, and what there is.
    static func advice(
        for name: ExactText, among known: inout KnownNames, what: String, within budget: inout SearchBudget
    ) -> String {
        guard !budget.isSpent else { return "is no \(what) here." }
        let likely = nearest(to: name.string, among: known.sorted, within: &budget).map { " Did you mean \($0)?" } ?? ""
        let list = budget.take(known.list.utf8.count) ? " Known: \(known.list)." : ""
        return "is no \(what) here.\(likely)\(list)"
    }
}

extension NearestName {
    /// A sentence that says which words there are, and which was likely meant.
    static func advice(
        for word: String, among words: [String], must: String = "must be one of", with more: String = ""
    ) -> String {
        let likely = nearest(to: word, among: words).map { " Did you mean \($0)?" } ?? ""
        return "\(must) \(words.joined(separator: ", "))\(more).\(likely)"
    }
}

/// The names that a reader asked for, sorted only once somebody is to be told of them.
struct KnownNames {
    private let asked: [ExactText]
    private(set) lazy var sorted = Set(asked).sorted().map(\.string)
    private(set) lazy var list = sorted.isEmpty ? "none" : sorted.joined(separator: ", ")

    init(_ asked: [ExactText]) {
        self.asked = asked
    }
}
