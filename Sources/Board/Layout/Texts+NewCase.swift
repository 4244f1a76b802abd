import CaseAPI
import Complaints

/// A new case.
extension Texts {
    static let fillIn = "It has to be filled in."
    static let openCase = "Open the case"
    static let newCase = "New case"
    static let checkCase = "Look for duplicates and go on"
    static let openAnother = "None of these: open the case"
    static let openForThem = "Open a new case for them"
    static let casesOfThem = "What is open of theirs"
    static let chosenHint = """
        “It is this case” opens none, and writes the complaint alone down there, as what the customer said: the page that follows \
        names what else you typed.
        """
    static let moreOfThem = "There are more with these: search for them."
    static let possibleDuplicates = "On record already, perhaps"
    static let noDuplicates = "Nobody on record has these. Open the case if all is as it should be."
    static let noOpenCases = "No open case."
    static let isThem = "It is them"
    static let isThisCase = "It is this case"
    static let duplicatesHint =
        "“It is them” opens the new case for somebody on record; what you typed of their name and how to reach them is then left "
        + "out. “It is this case” opens none, and writes the complaint alone down there, as what the "
        + "customer said: the page that follows names what else you typed."
    static let knownCustomer = "For somebody on record:"
    static let somebodyElse = "It is somebody else"

    /// What was typed and went nowhere.
    static func leftOut(_ labels: [String]) -> String {
        "Only the complaint was written down there. What else you typed was not: \(labels.joined(separator: ", "))."
    }

    /// What a case without a subject is called: how its complaint begins.
    static func firstWords(of complaint: String) -> String {
        let line = complaint.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        let words = String(line.unicodeScalars.prefix(80))
        return words.utf8.count < line.utf8.count ? "\(words)…" : words
    }

    /// How a case stands, and who handles it.
    static func state(ofCase file: JSONValue) -> String {
        [
            status(file["status"].text), file["overdue_since"].isNull ? "" : overdue, severity(file["severity"].text),
            file["owner"].text ?? nobody,
        ].filter { !$0.isEmpty }.joined(separator: ", ")
    }

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
