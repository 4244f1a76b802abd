import CaseAPI
import Complaints
import HTTPTypes

/// A form that stands for one request to the API: which fields of its body it asks for, and in which order. What each of them is, the
/// API's own description of the body says (`BodyFields`).
struct ActionForm: Sendable {
    /// What it is called in addresses.
    let name: String
    let method: HTTPRequest.Method
    /// The API's route, by its pattern.
    let pattern: String
    /// The fields that it asks for; a field of the body that is none of these can be sent to the API alone.
    let asked: [String]
    /// What the body has besides, the same each time.
    let fixed: [(name: String, value: String)]
    let body: BodyFields
    /// When it is offered.
    let occasion: Occasion
    /// Where it is offered.
    let place: Place
    /// Whether it asks what becomes of each promise that is still open.
    let settles: Bool
    /// Those of its fields that are seldom wanted, and stand for themselves.
    let seldom: [String]
    /// The least role that the rules take it from, where its route takes others, too.
    let least: Role

    /// When a form is offered: what else is asked for with it, the API's rules refuse.
    enum Occasion: Sendable {
        case always, whileOpen, onceResolved, onceOver, underRegime, whileShared
        case whilePromised, whileDue, whileOverdue, whileNotAccepted, onceKept

        /// Whether it is there for a case.
        func isThere(for file: JSONValue, isShared: Bool) -> Bool {
            let status = file["status"].text.flatMap(CaseStatus.init(rawValue:))
            return switch self {
            case .always: true
            case .whileOpen: status == .open
            case .onceResolved: status == .resolved
            case .onceOver: status == .resolved || status == .closed
            case .underRegime: !file["stage"].isNull
            case .whileShared: isShared
            case .whilePromised, .whileDue, .whileOverdue, .whileNotAccepted, .onceKept: false
            }
        }

        /// Whether it is there for a promise.
        ///
        /// - Parameter me: who asks.
        func isThere(forPromise promise: JSONValue, me: String?) -> Bool {
            let state = promise["state"].text.flatMap(PromiseState.init(rawValue:))
            return switch self {
            case .whilePromised: state == .open || state == .overdue
            case .whileDue: state == .open
            case .whileOverdue: state == .overdue
            case .whileNotAccepted:
                promise["waits_for_acceptance"].isTrue
                    && me.map { FoldedName($0) == FoldedName(promise["owner"].text ?? "") } ?? false
            case .onceKept: state == .kept || state == .keptLate
            case .always, .whileOpen, .onceResolved, .onceOver, .underRegime, .whileShared: false
            }
        }
    }

    /// Where a form is offered.
    enum Place: Sendable {
        /// As a link beside what it is about.
        case atHand
        /// Behind "More".
        case further
        /// Behind "Write down".
        case log
    }

    /// - Parameter choice: which of the forms of the body it is, by a field with that word.
    init(
        _ name: String, _ method: HTTPRequest.Method, _ pattern: String, _ asked: [String]? = nil,
        choosing choice: (name: String, word: String)? = nil, when occasion: Occasion, at place: Place = .further,
        settles: Bool = false, seldom: [String] = [], least: Role = .reader
    ) {
        self.name = name
        self.method = method
        self.pattern = pattern
        fixed = choice.map { [($0.name, $0.word)] } ?? []
        body = BodyFields(method, pattern, choosing: choice)
        self.asked =
            asked
            ?? body.all.map(\.name).filter { field in !(choice.map { $0.name.utf8.elementsEqual(field.utf8) } ?? false)
            }
        self.occasion = occasion
        self.place = place
        self.settles = settles
        self.seldom = seldom
        self.least = least
    }

    /// Whether it is about a promise, and not about a case as a whole.
    var isOfPromise: Bool { pattern.utf8.starts(with: "/v1/promises/".utf8) }

    /// Whether it shows what there is, and changes what was typed over.
    var isEdit: Bool { method == .patch }

    /// Whether it writes an entry of the log.
    var writesEntry: Bool { !fixed.isEmpty && pattern.utf8.elementsEqual("/v1/cases/{id}/log".utf8) }

    /// The path of the API, of that case or promise.
    func path(of id: String) -> String { pattern.replacing("{id}", with: id) }

    /// The least role that may send it.
    var role: Role { max(body.role ?? .reader, least) }

    /// Whether somebody may send it.
    func isFor(_ visitor: Visitor?) -> Bool { visitor.map { $0.role >= role } ?? false }
}

extension ActionForm {
    private static let due = ["due_at", "due_in", "due_in_business", "due_on", "at"]
    private static let notice = ["channel", "outcome", "at"].map { "customer_notified/\($0)" }
    private static let renewal = due + ["reason", "explanation", "next_step", "what"] + notice
    private static let resolution = ["summary", "outcome_text", "customer_accepted", "outcome"]
    private static let redress = [
        "redress/amount", "redress/currency", "final_response/channel", "final_response/sent_at",
    ]

    private static func promised(_ group: String) -> [String] {
        (["what"] + due + ["owner", "next_step"]).map { "\(group)/\($0)" }
    }

    private static let nextPromise = promised("next_promise")
    private static let inTheSameStep = resolution.map { "resolve/\($0)" }

    static let keep = ActionForm(
        "keep", .post, "/v1/promises/{id}/keep", ["evidence", "kept_at"] + nextPromise + inTheSameStep,
        when: .whilePromised, at: .atHand)
    static let renegotiate = ActionForm(
        "renegotiate", .post, "/v1/promises/{id}/renegotiate", renewal, when: .whileDue, at: .atHand)
    static let recover = ActionForm(
        "recover", .post, "/v1/promises/{id}/recover", renewal, when: .whileOverdue, at: .atHand)
    static let reassign = ActionForm(
        "reassign", .post, "/v1/promises/{id}/reassign", ["owner", "reason"], when: .whilePromised, at: .atHand)
    static let note = ActionForm(
        "note", .post, "/v1/cases/{id}/log", ["text"], choosing: ("kind", LogKind.note.rawValue), when: .always,
        at: .atHand)
    static let resolve = ActionForm(
        "resolve", .post, "/v1/cases/{id}/resolve",
        resolution + redress + ["resolved_at", "evidence"] + promised("follow_up"), when: .whileOpen, at: .atHand,
        settles: true, seldom: ["resolved_at", "evidence"])

    static let withdraw = ActionForm(
        "withdraw", .post, "/v1/promises/{id}/withdraw",
        ["reason", "explanation", "customer_agreed", "cause"] + notice + nextPromise + inTheSameStep,
        when: .whilePromised)

    /// Those of a promise, in the order in which they are offered.
    static let ofPromises = [
        keep, renegotiate, recover, reassign,
        ActionForm("accept", .post, "/v1/promises/{id}/accept", when: .whileNotAccepted, at: .atHand),
        ActionForm("decline", .post, "/v1/promises/{id}/decline", when: .whileNotAccepted, at: .atHand),
        withdraw,
        ActionForm(
            "void", .post, "/v1/promises/{id}/void", ["reason"] + notice + nextPromise + inTheSameStep,
            when: .whilePromised),
    ]

    /// Those of a case as a whole.
    static let ofCases =
        [
            note, resolve,
            ActionForm(
                "promises", .post, "/v1/cases/{id}/promises", when: .whileOpen, at: .atHand,
                seldom: ["kind", "channel", "by", "to", "concession", "keeps"]),
            ActionForm("edit", .patch, "/v1/cases/{id}", when: .always, at: .atHand),
            ActionForm("cool-off", .post, "/v1/cases/{id}/cool-off", when: .whileOpen),
            ActionForm("escalate", .post, "/v1/cases/{id}/escalate", when: .whileOpen),
            ActionForm("stage", .post, "/v1/cases/{id}/stage", when: .underRegime),
            ActionForm("duplicate-of", .post, "/v1/cases/{id}/duplicate-of", when: .whileOpen),
            ActionForm(
                "relationship", .post, "/v1/cases/{id}/relationship", ["decision", "reason"], when: .always,
                settles: true),
            ActionForm("close", .post, "/v1/cases/{id}/close", when: .onceResolved),
            ActionForm("reopen", .post, "/v1/cases/{id}/reopen", when: .onceOver),
            ActionForm("share", .post, "/v1/cases/{id}/share", when: .always),
            ActionForm("unshare", .delete, "/v1/cases/{id}/share", when: .whileShared),
        ] + entries

    /// One for each kind of entry that somebody writes; what makes more of one than an entry has a form of its own.
    private static let entries = LogKind.written.filter { $0 != .note && $0 != .coolOff }.map { kind in
        ActionForm(
            "log-\(kind.rawValue)", .post, "/v1/cases/{id}/log", choosing: ("kind", kind.rawValue),
            when: kind == .refusal ? .whileOpen : .always, at: .log,
            least: kind == .disputeDecision || kind == .concessionDecision ? .manager : .reader)
    }

    /// All of them: the registry.
    static let all = ofPromises + ofCases

    private static let byName = Dictionary(uniqueKeysWithValues: all.map { (ExactText($0.name), $0) })

    /// The one that is called so; nil for any other word.
    static func named(_ name: String) -> ActionForm? { byName[ExactText(name)] }

    /// The one of a request that guidance advises, with the id that stands in its path.
    ///
    /// - Parameter kind: of the entry that it writes, where it writes one.
    static func of(_ method: String, _ path: String, kind: String?) -> (form: ActionForm, id: String)? {
        let segments = path.split(separator: "/")
        guard segments.count >= 3 else { return nil }
        let pattern = "/" + (segments.prefix(2) + ["{id}"] + segments.dropFirst(3)).joined(separator: "/")
        return all.first { form in
            form.method.rawValue.utf8.elementsEqual(method.utf8) && form.pattern.utf8.elementsEqual(pattern.utf8)
                && form.fixed.allSatisfy { _, word in kind.map { word.utf8.elementsEqual($0.utf8) } ?? false }
        }.map { ($0, String(segments[2])) }
    }
}
