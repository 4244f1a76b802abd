import CaseAPI

/// What was wrong with what somebody asked for, as a page says it.
struct Notice {
    private let problem: PageProblem

    init(_ problem: PageProblem) { self.problem = problem }

    /// For the template `notice`.
    var values: [String: Any] {
        [
            "title": problem.title, "detail": problem.detail,
            "hasItems": !problem.items.isEmpty,
            "items": problem.items.map { item -> [String: Any] in
                ["name": Texts.name(of: item), "detail": item.detail]
            },
        ]
    }
}
