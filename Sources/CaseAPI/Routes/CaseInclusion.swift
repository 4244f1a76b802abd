import Complaints

/// What a case can be shown with besides what it always has.
enum CaseInclusion: String, Vocabulary {
    /// What is to be done about it now.
    case guidance
}
