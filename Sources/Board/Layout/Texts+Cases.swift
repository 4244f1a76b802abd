import CaseAPI
import Complaints

// MARK: - A case
extension Texts {
    static let complaint = "The complaint, as it was said"
    static let promisesOfCase = "What was promised"
    static let guidance = "What to do next"
    static let log = "What happened"
    static let yes = "Yes"
    static let no = "No"
    static let oneALine = "One in a line."
    static let changedMeanwhile = "What has changed since you opened the page"
    static let changedColumns = ["field": "Field", "before": "You saw", "after": "It is now"]
    static let notReadyAnyMore = "This is not to be done any more"
    static let notReadyAnyMoreHint =
        "Nothing has changed by this form. What happened since you opened the page stands below, and so does what you typed."

    /// A value of a promise, which its own words name.
    static func ofPromise(_ what: String, _ label: String) -> String { "“\(what)”: \(label)" }

    static let noDifference = "Nothing that this page shows is otherwise: send it again if it still holds."
    static let timelineTitle = "Promises in time"
    static let timelineNow = "now"
    static let moreOfLog = "There are older entries, which are not shown here."
    static let dueBy = "due by"
    static let wholeComplaint = "All that was said"
    static let actionsTitle = "What can be done"

    static let byTheClocksOf = "By the clocks of"

    static let unclearTime = "Clocks skip that time, or show it twice: choose another one."

    static func timelineSummary(chains: Int) -> String {
        "\(chains) promised, each as a line from when it was made to when it is or was due. The same stands in words below."
    }

    static func mark(_ mark: PromiseTimeline.Mark) -> String {
        switch mark {
        case .made: "made"
        case .due: "due"
        case .moved: "moved from here"
        case .kept: "kept"
        case .missed: "missed or broken"
        case .givenUp: "given up"
        }
    }

    static func mark(_ mark: PromiseTimeline.Mark, _ time: String) -> String { "\(Texts.mark(mark)): \(time)" }

    static let sharedSince = "The customer has a page of their own: its link was made"
    static let sharedUntil = "and leads there until"
    static let fallsIntoPause =
        "It falls into the pause that was agreed on: tell the customer of a later date, unless it can be done without a talk."

    static let moreActions = "More actions"
    static let writeDown = "Write down what was said or found"
    static let toBeSettled = "Choose what becomes of it: it was promised to the customer, and is still open."
    static let withdrawnLate =
        "It is past its date: withdrawn now it is broken, whoever agreed to it, and counts as that in the reports."
    static let withdrawnInTime =
        "With the customer's release, told while they were reached, it is withdrawn. Without it, it is broken, and counts as that."
    static let settledLate =
        "It is past its date: kept now it is kept late, and withdrawn it is broken, and counts as that in the reports."

    static func moreToSettle(_ count: Int, shown: Int) -> String {
        "\(count) promises of the case are open, and this form has the \(shown) that were made first. Settle the others by their own forms, in "
            + "“\(promisesOfCase)” below, and then come back here."
    }

    static let differenceUnknown =
        "What it was when you opened the page can't be told. Look at the case before you send it again."
    static let shared =
        "The customer's page is there. Send them this address: it is shown here alone, and whoever has it sees the page."
    static let sharedWithoutOrigin = "Put the address of your desk before it, such as https://desk.example."
    static let copyLink = "Copy the address"
    static let linkCopied = "Copied"
    static let sharedBefore = "The link was made, and its address shown, the first time that the form was sent."

    static func promiseNumber(_ id: String) -> String { "Number \(id)" }

    /// What a form does.
    static func action(_ name: String) -> String {
        let entry = "log-"
        if name.utf8.starts(with: entry.utf8) {
            let kind = String(name.dropFirst(entry.count))
            return writing[kind] ?? capitalised(word(kind))
        }
        return actions[name] ?? name
    }

    /// What each form of an entry of the log is called, by its kind: what somebody does with it.
    static let writing = [
        "statement": "Write down what they said", "question": "Write down a question", "fact": "Write down a fact",
        "acknowledgement": "Say that you have heard them", "support": "Say that you are with them",
        "apology": "Apologise", "restatement": "Say it back in your words", "option": "Offer a choice",
        "agreement": "Agree on a choice", "threat": "Write down a threat", "threat_assessment": "Look into a threat",
        "concession": "Give something away", "concession_decision": "Decide on what is given away",
        "dispute": "Dispute how a promise ended", "dispute_decision": "Decide on a dispute",
        "referral": "Refer them to somebody else", "referral_decision": "Write down what became of a referral",
        "forwarded": "Pass it on", "mood": "Say how they feel", "supervisor_joined": "Say that a supervisor joined",
        "customer_notified": "Say that the customer was told", "debrief": "Talk it over afterwards",
        "lesson": "Write down a lesson", "thanks": "Write down their thanks", "refusal": "Refuse what they want",
    ]

    /// What each form is called but those of entries of the log.
    static let actions = [
        "keep": "Keep", "renegotiate": "New date", "recover": "Make good", "reassign": "Give to somebody",
        "accept": "Accept", "decline": "Decline", "withdraw": "Withdraw", "void": "Take back a mistake",
        "note": "Write a note", "resolve": "Resolve", "promises": "Promise something", "edit": "Change the case",
        "cool-off": "Speak later", "escalate": "Ask a supervisor", "stage": "Next stage of the procedure",
        "duplicate-of": "It is a duplicate", "relationship": "Keep or end the relationship", "close": "Close",
        "reopen": "Open it again", "share": "Make a link for the customer", "unshare": "Take the customer's link back",
    ]

    private static let entryWritten = "It is written down in what happened, below."

    /// What each form has done but those of entries of the log.
    static let doneWords = [
        "note": "The note is written down.",
        "keep": "The promise is kept.", "renegotiate": "The promise has its new date.",
        "recover": "The promise has been made anew, for the date that was told now.",
        "reassign": "The promise is somebody else's now.", "accept": "The promise is taken on.",
        "decline": "The promise is declined.", "withdraw": "The promise is withdrawn.",
        "void": "The promise is taken back as a mistake.", "resolve": "The case is resolved.",
        "promises": "It is promised.", "edit": "The case is changed.", "cool-off": "The talk is put off.",
        "escalate": "The supervisor is asked.", "stage": "The case is in its next stage.",
        "duplicate-of": "The case is closed as a duplicate.", "relationship": "The decision is written down.",
        "close": "The case is closed.", "reopen": "The case is open again.", "share": "The customer has a link.",
        "unshare": "The customer's link is taken back.",
    ]

    /// What a form has just done; nil for a word that stands for nothing.
    static func doneWithCase(_ name: String) -> String? {
        name.utf8.elementsEqual("opened".utf8)
            ? "The case is open."
            : ActionForm.named(name).map { _ in doneWords[name] ?? entryWritten }
    }

    /// What a page of a case is called among others that are open: whose it is first.
    static func tab(_ title: String, of customer: String?) -> String {
        customer.map { "\(CaseCells.beginning($0)), \(title)" } ?? title
    }

    /// A word of a closed set.
    static func word(_ word: String) -> String { word.replacing("_", with: " ") }

    /// What became of a promise.
    static func state(_ word: String?) -> String {
        guard let word, let state = PromiseState(rawValue: word) else { return "" }
        return switch state {
        case .open: "open"
        case .overdue: "overdue"
        case .kept: "kept"
        case .keptLate: "kept late"
        case .renegotiated: "moved in time"
        case .withdrawn: "withdrawn"
        case .broken: "broken"
        case .transferred: "goes on elsewhere"
        case .void: "taken back as a mistake"
        }
    }

    static let promisedColumns = [
        "what": "What", "state": "State", "due": "Due", "owner": "Owner", "made": "Made", "slips": "Moved", "do": "Do",
    ]
    static let caseFacts = [
        ("status", "Status"), ("severity", "Severity"), ("mood", "Mood"), ("owner", "Owner"), ("team", "Team"),
        ("category", "Category"), ("channel", "Came by"), ("desired_outcome", "Wants"), ("external_id", "Elsewhere"),
        ("supervisor", "Supervisor"), ("outcome", "Outcome"),
    ]
    /// Which of them are words of a closed set.
    static let ofWords: Set<String> = ["status", "severity", "mood", "channel", "outcome"]
    static let redress = "They get"
    static let content = "Content with it"
    static let pendingConcessions = "Concessions to decide on"
    static let duplicateOf = "Duplicate of"
    static let duplicates = "Its duplicate"
    static let otherCases = "Other cases of this customer"
}
