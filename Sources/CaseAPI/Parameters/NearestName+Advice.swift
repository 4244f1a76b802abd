import Complaints

extension NearestName {
    /// A sentence that says that there is no such field or parameter, what was likely meant, and what there is.
    static func advice(for name: ExactText, among known: [ExactText], what: String) -> String {
        let known = Set(known).sorted().map(\.string)
        let likely = nearest(to: name.string, among: known).map { " Did you mean \($0)?" } ?? ""
        let list = known.isEmpty ? "none" : known.joined(separator: ", ")
        return "is no \(what) here.\(likely) Known: \(list)."
    }
}
