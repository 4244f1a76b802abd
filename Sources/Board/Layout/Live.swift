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
            "many": Texts.manyChanges, "show": Texts.showChanges, "words": Asset.words.path,
        ]
    }

    /// What of the values is not the same on each page.
    var parts: [String?] { [String(after), caseID, target] }

    /// What each kind of entry is called as an event, as a JSON object: a file of its own, as it is the same for every page. Those
    /// that nobody is told of are not in it.
    static let words: [UInt8] = {
        let told = LogKind.allCases.filter { isTold($0.form.event) }
        // A test holds that there is nothing in them that JSON would have to escape.
        let members = told.map { "\"\($0.rawValue)\":\"\(Texts.happened($0))\"" }
        return Array("{\(members.joined(separator: ","))}".utf8)
    }()

    /// Whether who looks at cases is told of it: what is between administrators and their machines is of no account there.
    static func isTold(_ type: EventType) -> Bool {
        switch type {
        case .caseOpened, .caseUpdated, .caseResolved, .caseClosed, .caseReopened, .caseEscalated, .caseUpdateDue,
            .promiseMade, .promiseDueSoon, .promiseOverdue, .promiseReminder, .promiseEscalated, .promiseKept,
            .promiseRenegotiated, .promiseRecovered, .promiseWithdrawn, .promiseVoided, .promiseTransferred,
            .promiseReassigned, .promiseAccepted, .promiseDeclined, .customerUpdated, .ownerUpdated, .policyUpdated,
            .calendarUpdated, .regimeUpdated:
            true
        case .tokenCreated, .tokenRevoked, .digestReady, .webhookUpdated, .webhookDisabled, .epochBegun: false
        }
    }
}
