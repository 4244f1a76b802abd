import CaseAPI
import Complaints

/// How a page is told of what happens after it was read: what its script listens to, and in which words it says so. Without scripts
/// it says nothing, and a page is as good as it was when it was opened.
struct Live: Sendable {
    /// Where events come from.
    static let path = "/board/events"

    private let after: Int64
    /// The case that the page is of; nil where it is of all.
    private let caseID: String?
    /// The page itself, for who wants to see what has changed.
    private let target: String

    /// Nil for a page that answers a form, or that nobody was let in to: what was typed is not to be lost.
    init?(_ call: PageCall) {
        guard let after = call.lastEvent, call.visitor != nil else { return nil }
        self.after = after
        caseID = call.head.path.utf8.starts(with: "/board/cases/".utf8) ? call.captured.first : nil
        target = call.head.target
    }

    /// For the template `layout`.
    var values: [String: Any] {
        [
            "stream": Self.path, "after": after, "case": caseID ?? "", "target": target, "one": Texts.oneChange,
            "many": Texts.manyChanges, "show": Texts.showChanges, "words": Self.words,
        ]
    }

    /// What of the values is not the same on each page.
    var parts: [String?] { [String(after), caseID, target] }

    /// What each type of event is called, as a JSON object; those that nobody is told of are not in it.
    private static let words: String = {
        let members = EventType.allCases.compactMap { type in
            Texts.name(of: type).map { "\"\(type.rawValue)\":\"\($0)\"" }
        }
        return "{\(members.joined(separator: ","))}"
    }()
}
