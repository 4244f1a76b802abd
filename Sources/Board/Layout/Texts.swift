import CaseAPI
import Complaints

/// Every word that the board itself says, in English: another language is one more of these.
enum Texts {
    static let language = "en"
    static let serviceName = "Casekeeper"
    static let skip = "Skip to the content"
    static let navigation = "Main"
    static let search = "Search"
    static let today = "Today"
    static let mine = "Mine"
    static let reports = "Reports"
    static let promises = "Promises"
    static let cases = "Cases"
    static let requestID = "Request"
    static let goOn = "Go on"
    static let done = "Done"
    static let lookAgain = "Look at it again"
    static func moreWarnings(_ count: Int) -> String { "And \(count) more." }
    static let asOfNote = "What the record said at"
    static let backToNow = "Back to now"
    static let backToBoard = "To the board"
    static let zoneNote = "Times are by the clocks of"
    static let more = "All of them"
    static let nextPage = "Next page"
    static let none = "None."
    static let nobody = "nobody"
    static let unowned = "Nobody"
    static let reason = "Reason"

    /// How many there are of a list, which may be more than were counted.
    static func total(_ list: JSONValue) -> String {
        guard let total = list["total"].integer else { return "?" }
        return list["total_capped"].isTrue ? "\(total)+" : "\(total)"
    }

    static func count(of list: JSONValue) -> String { "\(total(list)) in all" }
}

// MARK: - Who looks
extension Texts {
    static let logIn = "Log in"
    static let logOut = "Log out"
    static let actAs = "Act as"
    static let actAsHint = "Your name, where several people share the token. Leave it empty if the token is yours."
    static let token = "Token"
    static let tokenHint =
        "It begins with ck_. Whoever runs the service makes one: casekeeper token create NAME --role agent"
    static let protectedMode = """
        There is no token yet, so only this machine's user is let in, and may do everything. Say as whom you act, or go on \
        without.
        """
    static let sayWhoYouAre = "Several people share this token: log in again, and say as whom you act."
    static let notLetIn = "That token is not known, or has ended"
    static let notLetInHint = """
        Look whether all of it was pasted. Whoever runs the service can tell whether it has ended, and makes another one.
        """
    static let sessionEnded = "Your session has ended: log in again"
    static let sessionEndedHint =
        "What you sent has changed nothing. You come back to its page."
    static let keptHint =
        "What you sent has changed nothing. Once you have logged in, its form is there with all that you typed."
    static func nothingNow(_ name: String) -> String {
        "Nothing is \(name)'s by now, and nobody has put them on record. Once a manager does, it can be said here when they are away."
    }
    static func putOnRecord(_ name: String) -> String { "Put \(name) on record" }
    static let hadTitle = "What was theirs"
    static let nothingYet = "Nothing is promised under this name yet."

    static func role(_ role: Role) -> String {
        switch role {
        case .reader: "reader"
        case .agent: "agent"
        case .manager: "manager"
        case .admin: "admin"
        }
    }
}

// MARK: - Time
extension Texts {
    static let lessThanAMinute = "less than a minute"
    static func minutes(_ count: Int64) -> String { counted(count, "minute") }
    static func hours(_ count: Int64) -> String { counted(count, "hour") }
    static func days(_ count: Int64) -> String { counted(count, "day") }

    static func distance(_ words: String, isPast: Bool) -> String { isPast ? "\(words) ago" : "in \(words)" }

    /// What a bar, or a part of it, stands for.
    static func valueOfBar(_ name: String, _ series: String, _ value: Int) -> String { "\(name): \(series) \(value)" }

    /// A date below a column of a chart: `9 Mar`.
    static func day(_ date: CivilDate) -> String {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        return "\(date.day) \(months[date.month - 1])"
    }

    static func counted(_ count: some BinaryInteger, _ unit: String) -> String {
        "\(count) \(unit)\(count == 1 ? "" : "s")"
    }
}

// MARK: - Words of the record
extension Texts {
    static let vulnerable = "vulnerable"
    static let notAcceptedYet = "not accepted yet"
    static let absent = "away"

    static func severity(_ word: String?) -> String {
        guard let word, let severity = Severity(rawValue: word) else { return "" }
        return switch severity {
        case .low: "low"
        case .normal: "normal"
        case .high: "high"
        case .critical: "critical"
        }
    }

    static func mood(_ word: String?) -> String {
        guard let word, let mood = Mood(rawValue: word) else { return "" }
        return switch mood {
        case .calm: "calm"
        case .upset: "upset"
        case .angry: "angry"
        case .abusive: "abusive"
        }
    }

    static func status(_ word: String?) -> String {
        guard let word, let status = CaseStatus(rawValue: word) else { return "" }
        return switch status {
        case .open: "open"
        case .resolved: "resolved"
        case .closed: "closed"
        }
    }

    /// What kind of thing waits.
    static func queueKind(_ word: String?) -> String {
        guard let word, let kind = QueueKind(rawValue: word) else { return "" }
        return switch kind {
        case .danger: "Danger"
        case .threat: "Threat"
        case .escalation: "Escalation"
        case .ladder: "Taken further up"
        case .overdue: "Overdue"
        case .updateDue: "No news"
        case .deadline: "Deadline"
        case .notAccepted: "Not content"
        case .concession: "Concession"
        case .dispute: "Dispute"
        case .return: "Is back"
        case .acceptance: "Not accepted"
        }
    }
}

// MARK: - Today
extension Texts {
    static let overdue = "overdue"
    static let dueToday = "due today"
    static let dueThisWeek = "due this week, after today"
    static let waits = "wait for somebody"
    static let overdueTitle = "Overdue"
    static let loadTitle = "Who carries what"
    static let queueTitle = "Waits for somebody"
    static let queueWithoutOverdue =
        "What is overdue stands among the promises, unless it is asked for here by its kind."
    static let unheardTitle = "Cases without news"
    static let nothingWaits = "Nothing waits."
    static let noCadence = "No policy says how often customers are to hear something, so nothing is counted here."
    static let waitsForThem = "Waits for them"
    static let waitsForYou = "Waits for you"
    static func shown(_ count: Int, of total: String) -> String { "\(count) of \(total) are shown." }

    /// What the queue is not narrowed down by; nil where it is by all.
    static func scope(category: String?, isNobodys: Bool) -> String? {
        let fields = (category == nil ? [] : ["category"]) + (isNobodys ? ["owner"] : [])
        return fields.isEmpty ? nil : "Not narrowed down by \(fields.joined(separator: " and "))."
    }

    /// The same of who carries what.
    static func loadScope(owner: String?, category: String?) -> String? {
        let fields = (owner == nil ? [] : ["owner"]) + (category == nil ? [] : ["category"])
        return fields.isEmpty ? nil : "Not narrowed down by \(fields.joined(separator: " and "))."
    }
    static let promiseColumns = [
        "due": "Due", "customer": "Customer", "what": "What", "owner": "Owner", "slips": "Moved",
        "severity": "Severity",
        "mood": "Mood",
    ]
    static let queueColumns = [
        "kind": "What", "since": "Since", "customer": "Customer", "why": "Why", "for": "Waits for",
        "severity": "Severity",
        "mood": "Mood",
    ]
    static let loadColumns = [
        "name": "Owner", "overdue": "Overdue", "today": "Due today", "open": "Open", "cases": "Open cases",
    ]
    static let caseColumns = [
        "case": "Case", "customer": "Customer", "status": "Status", "due": "Due", "owner": "Owner",
        "severity": "Severity", "mood": "Mood",
    ]
    static let searchHint = """
        Words that all must be there, in any of the texts: a name, a number, a telephone number or what the complaint is about. \
        Words in double quotes stand together.
        """
    static let searchIncomplete = "The index of words is being made anew: more may be there than is shown."
}

// MARK: - Somebody
extension Texts {
    static let dueTitle = "Promised, by when it is due"
    static let waitingTitle = "Waits for your yes"
    static func waitingTitle(of name: String) -> String { "Waits for \(name)'s yes" }
    static let accept = "Accept"
    static let decline = "Decline"
    static let absenceTitle = "Absence"
    static let leave = "Write it down"
    static let comeBack = "Is back"
    static func pageOf(_ name: String) -> String { "The page of \(name)" }

    /// What somebody has, in numbers.
    static func ownerFigures(_ owner: JSONValue) -> [[String: Any]] {
        [("overdue", overdue), ("due_today", dueToday), ("open", "open"), ("open_cases", "open cases")].map {
            name, label in
            ["count": owner[name].integer ?? 0, "name": label]
        }
    }

    static let awayFrom = "Away from"
    static let awayUntil = "to"
    static func meanwhile(_ name: String) -> String { "Meanwhile turn to \(name)." }

    /// What a form of somebody's page has just done; nil for a word that stands for nothing.
    static func done(_ word: String) -> String? {
        if word.utf8.starts(with: DonePage.acceptedWord.utf8) {
            return Int(word.dropFirst(DonePage.acceptedWord.count)).map(acceptedAll)
        }
        return [
            "accept": "Accepted.", "decline": "Declined.", "away": "The absence is written down.", "back": "Is back.",
            "named": "They are on record.",
        ][word]
    }
}
