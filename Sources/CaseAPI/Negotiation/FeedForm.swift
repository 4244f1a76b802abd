/// The forms that events have.
enum FeedForm: CaseIterable, MediaForm {
    case json, csv
    /// As they come (the HTML standard's section 9.2).
    case stream

    var mediaType: StaticString {
        switch self {
        case .json: Representation.json.mediaType
        case .csv: Representation.csv.mediaType
        case .stream: "text/event-stream"
        }
    }

    /// What the rest of a query goes by.
    var representation: Representation { self == .csv ? .csv : .json }
}
