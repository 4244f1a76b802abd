/// A new case.
extension Texts {
    static let openCase = "Open the case"
    static let newCase = "New case"
    static let checkCase = "Look for duplicates and go on"
    static let openAnother = "None of these: open the case"
    static let possibleDuplicates = "On record already, perhaps"
    static let noDuplicates = "Nobody on record has these. Open the case if all is as it should be."
    static let noOpenCases = "No open case."
    static let isThem = "It is them"
    static let isThisCase = "It is this case"
    static let duplicatesHint =
        "“It is them” opens the new case for somebody on record; what you typed of their name and how to reach them is then left "
        + "out. “It is this case” opens none, and writes the complaint down there as what the customer said."
    static let knownCustomer = "For somebody on record:"
    static let somebodyElse = "It is somebody else"

    static func customer(_ id: Int64) -> String { "customer \(id)" }

    static func title(of group: NewCaseGroup) -> String {
        switch group {
        case .who: "Who complains"
        case .what: "What happened"
        case .reach: "How to reach them"
        case .promise: "What you promise first"
        case .sort: "How it is handled"
        case .more: "More"
        }
    }

    /// What stands below a group's title; nil for nothing.
    static func hint(of group: NewCaseGroup) -> String? {
        switch group {
        case .promise:
            "What, by when, and who keeps it. By when is one of the ways to say it. Left empty, the policy promises an "
                + "acknowledgement."
        case .who, .what, .reach, .sort, .more: nil
        }
    }
}
