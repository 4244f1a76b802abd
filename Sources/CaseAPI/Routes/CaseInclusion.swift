import Complaints

/// What a case can be shown with besides what it always has.
enum CaseInclusion: String, Vocabulary {
    /// What is to be done about it now.
    case guidance

    /// Those that a query asks for.
    static func read(_ query: inout QueryReader) -> Set<CaseInclusion> {
        query.words("include", "What is shown besides what a case always has.", example: [.guidance])
    }
}
