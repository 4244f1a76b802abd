import Complaints

/// The forms of a digest.
enum DigestForm: String, Vocabulary, TableForm {
    case json, csv
    /// For people, as the body of a mail.
    case text

    var mediaType: StaticString {
        switch self {
        case .json: "application/json"
        case .csv: "text/csv"
        case .text: "text/plain"
        }
    }
}
