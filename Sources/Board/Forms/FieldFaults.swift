import CaseAPI
import Complaints

/// Which fields of a form an error of the API is about, whatever it points to: the field there; those below it, where it points to a
/// part of the body; else the nearest that stands above it, or beside it in the same part. One that points to nothing that is asked for
/// is about the form as a whole.
struct FieldFaults {
    /// The errors, each with what it marks: the first of these has its words beside it.
    private let marked: [(item: PageProblem.Item, fields: [String])]

    /// - Parameters:
    ///   - asked: the names of the fields, in their order.
    ///   - isOptional: whether the part of the body that a field is of can be without it.
    init(_ problem: PageProblem?, among asked: [String], isOptional: (String) -> Bool = { _ in false }) {
        marked = (problem?.told ?? []).map { item in
            let fields = Self.fields(item.pointer, among: asked)
            // What a part lacks as a whole, those of its fields lack that it can't be without.
            let needed = item.isLack ? fields.filter { !isOptional($0) } : fields
            return (item, needed.isEmpty ? fields : needed)
        }
    }

    /// What is said beside a field.
    func items(beside name: String) -> [PageProblem.Item] {
        marked.filter { $0.fields.first?.isExactly(name) ?? false }.map(\.item)
    }

    /// The field that has the words which are about this one too, where it is another; nil where there are none.
    func told(of name: String) -> String? {
        marked.first { $0.fields.contains { $0.isExactly(name) } }?.fields.first
    }

    /// What a pointer of the API is about, in the order of the form; none where it points to nothing that is asked for.
    static func fields(_ pointer: String?, among asked: [String]) -> [String] {
        guard let pointer else { return [] }
        let path = Texts.fieldName(pointer).split(separator: "/")
        for length in stride(from: path.count, to: 0, by: -1) {
            let place = path.prefix(length).joined(separator: "/")
            if asked.contains(where: { $0.isExactly(place) }) { return [place] }
            let below = asked.filter { $0.utf8.starts(with: "\(place)/".utf8) }
            if !below.isEmpty { return below }
        }
        return []
    }
}

extension PageProblem {
    /// What is wrong, without what a part of the body lacks that is to be left out as a whole: both cannot be done.
    var told: [Item] {
        let items = items
        let left = items.compactMap { $0.isConflict ? $0.pointer : nil }
        return items.filter { item in
            guard item.isLack, let pointer = item.pointer else { return true }
            return !left.contains { pointer.utf8.starts(with: "\($0)/".utf8) }
        }
    }
}

extension PageProblem.Item {
    fileprivate var isLack: Bool { code.isExactly(FieldIssue.Code.required.rawValue) }
    fileprivate var isConflict: Bool { code.isExactly(FieldIssue.Code.conflictingFields.rawValue) }
}
