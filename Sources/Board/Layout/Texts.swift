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
    static let logIn = "Log in"
    static let logOut = "Log out"
    static let actAs = "Act as"
    static let actAsHint = "Your name, where several people share the token. Leave it empty if the token is yours."
    static let token = "Token"
    static let tokenHint =
        "It begins with ck_. Whoever runs the service makes one: casekeeper token create NAME --role agent"
    static let protectedMode =
        "There is no token yet, so only this machine's user is let in, and may do everything. Say as whom you act, or go on without."
    static let asOfNote = "What the record said at"
    static let backToNow = "Back to now"
    static let backToBoard = "To the board"
    static let requestID = "Request"
    static let goOn = "Go on"

    static func role(_ role: Role) -> String {
        switch role {
        case .reader: "reader"
        case .agent: "agent"
        case .manager: "manager"
        case .admin: "admin"
        }
    }

    /// What a wrong field or parameter is called.
    static func name(of item: PageProblem.Item) -> String { item.parameter ?? item.pointer ?? "" }

    // MARK: What happens meanwhile
    static let oneChange = "1 change"
    /// `{n}` is how many.
    static let manyChanges = "{n} changes"
    static let showChanges = "Show"

    /// What happened, in words without quotation marks; nil for what is of no account to who looks at cases.
    static func name(of type: EventType) -> String? {
        switch type {
        case .caseOpened: "case opened"
        case .caseUpdated: "case updated"
        case .caseResolved: "case resolved"
        case .caseClosed: "case closed"
        case .caseReopened: "case reopened"
        case .caseEscalated: "case escalated"
        case .caseUpdateDue: "news due"
        case .promiseMade: "promise made"
        case .promiseDueSoon: "promise due soon"
        case .promiseOverdue: "promise overdue"
        case .promiseReminder: "reminder"
        case .promiseEscalated: "promise escalated"
        case .promiseKept: "promise kept"
        case .promiseRenegotiated: "promise moved"
        case .promiseRecovered: "promise recovered"
        case .promiseWithdrawn: "promise withdrawn"
        case .promiseVoided: "promise taken back"
        case .promiseTransferred: "promise goes on elsewhere"
        case .promiseReassigned: "promise given on"
        case .promiseAccepted: "promise accepted"
        case .promiseDeclined: "promise declined"
        case .customerUpdated: "customer updated"
        case .ownerUpdated: "owner updated"
        case .policyUpdated, .calendarUpdated, .regimeUpdated: "rules updated"
        case .tokenCreated, .tokenRevoked, .digestReady, .webhookUpdated, .webhookDisabled, .epochBegun: nil
        }
    }
}
