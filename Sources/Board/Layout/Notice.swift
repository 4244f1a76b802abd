import CaseAPI

/// What was wrong with what somebody asked for, as a page says it.
struct Notice {
    private let title: String
    private let detail: String
    private let items: [PageProblem.Item]

    init(_ problem: PageProblem) {
        (title, detail, items) = (problem.title, problem.detail, problem.items)
    }

    /// What is told in words of the board's own.
    init(_ title: String, _ detail: String) { (self.title, self.detail, items) = (title, detail, []) }

    /// A title as a sentence: a question is one already.
    private var sentence: String { title.utf8.last.map { "?!.".utf8.contains($0) } ?? true ? title : title + "." }

    /// For the template `notice`.
    var values: [String: Any] {
        [
            "title": sentence, "detail": detail,
            "hasItems": !items.isEmpty,
            "items": items.map { item -> [String: Any] in
                ["name": Texts.name(of: item), "detail": item.detail]
            },
        ]
    }
}
