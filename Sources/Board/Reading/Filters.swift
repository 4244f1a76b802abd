import CaseAPI
import Complaints

/// What a page is narrowed down to, as its address says: the parameters of the API's lists, under their own names.
struct Filters {
    /// Under the names of the API.
    private let values: [(name: String, value: String?)]
    /// Whether the list of the API can be asked for what has no owner.
    private let takesNobody: Bool

    init(_ head: PageHead, _ names: [String], takesNobody: Bool = true) {
        self.takesNobody = takesNobody
        values = names.map { ($0, head.parameter($0)) }
    }

    /// Those of these names, to ask the API with.
    func query(_ names: String...) -> [(name: String, value: String?)] { query(names) }

    /// The same.
    func query(_ names: [String]) -> [(name: String, value: String?)] {
        values.filter { value in names.contains { $0.utf8.elementsEqual(value.name.utf8) } }.map { value in
            // What is nobody's the API has under a name of its own.
            isNobodys && value.name.isExactly("owner") ? ("unowned", "true") : value
        }
    }

    /// Whether what has no owner is asked for, by the word that stands there for one.
    var isNobodys: Bool { takesNobody && nobodys }

    private var nobodys: Bool { self["owner"].map { FoldedName($0) == FoldedName(Texts.nobody) } ?? false }

    /// All of them.
    var all: [(name: String, value: String?)] { values }

    subscript(name: String) -> String? { values.first { $0.name.utf8.elementsEqual(name.utf8) }?.value }

    /// What a page depends on that is kept, as one text.
    var key: String { Link.to("", values) }
}
