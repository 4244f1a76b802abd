import CaseAPI
import Complaints

/// What was refused, in words for people: the API's are for whoever writes programs.
extension Texts {
    /// Titles, and what to do, by the API's codes; what to do is nil where the API says it in words for people.
    static let refusals: [String: (title: String, detail: String?)] = [
        "promise_broken": (
            "Its date has passed",
            "Nothing has changed. A date that was missed can't be moved: use “\(action("recover"))”, which promises it anew."
        ),
        "promise_not_broken": (
            "Its date has not passed",
            "Nothing has changed. There is nothing to make good for: use “\(action("renegotiate"))”, which moves its date."
        ),
        "promise_settled": ("It is settled already", nil),
        "timeline_required": (
            "The customer would be left without a promise",
            "Nothing has changed. As long as the case is open they are to know what comes next: fill in the next promise, or resolve "
                + "the case."
        ),
        "promises_unsettled": (
            "Something that was promised is still open",
            "Nothing has changed. Say of each promise to the customer whether it is kept or given up."
        ),
        "case_not_open": ("The case is not open", "Nothing has changed. Open it again first."),
        "case_not_resolved": ("The case is not resolved", "Nothing has changed. Resolve it first."),
        "option_not_offered": (
            "That was not offered", "Nothing has changed. Write down what was offered first: “\(action("log-option"))”."
        ),
        "not_the_owner": (
            "That is for its owner to say",
            "Nothing has changed. Whoever has to keep it accepts or declines it, or you give it to somebody else."
        ),
        "already_accepted": ("It is accepted already", "Nothing has changed. It can be given to somebody else."),
        "concession_pending": (
            "A manager has to decide first",
            "Nothing has changed. What it makes good waits for a decision, and can't be kept before that."
        ),
        "no_regime": (
            "The case is under no procedure", "Nothing has changed. Change the case, and give its regime first."
        ),
        "stage_passed": ("The case is at that stage already", "Nothing has changed. Choose one that comes after it."),
        "too_many_links": (
            "There are many links already",
            "Nothing has changed. Send the customer one that was made before, or take all of them back and make another."
        ),
        "calendar_missing": (
            "The desk has no opening hours",
            "Nothing has changed. Give a date and a time, or a length of time, instead of opening hours."
        ),
        "acts_for_itself": ("The token is somebody's own", "Leave the name empty: whoever has it acts as them."),
        "duplicate_external_id": ("That key in another system is taken", nil),
        "method_not_allowed": ("That is no page", "Go back, and follow a link or send a form."),
    ]

    /// What to do where all that the API says of a refusal is for whoever writes programs, by its codes.
    static let insteadOfAPI = [
        "malformed_request": "Nothing has changed: open the page again, and send its form from there.",
        "unauthenticated": "Nothing has changed: log in first.",
    ]

    /// What tells that a sentence is for whoever writes programs.
    private static let marksOfAPI = [
        "/v1/", "/openapi.json", "/problems/", "allow_unknown", "If-Match", "ETag", "Idempotency-Key", "PATCH ",
        "POST ", "PUT ", "DELETE ", "Authorization:", "Casekeeper-Actor", "application/json",
    ]

    /// Phrases of the API in the middle of what is for people, and what is said instead.
    private static let phrases: [(api: String, words: String)] = [
        (", with a token of their own or as Casekeeper-Actor", ", once they have logged in"),
        ("must lie after from.", "must lie after the beginning of the range."),
        ("must not lie before from: it is the last date.", "must not be before the first day away."),
        (", the policy's max_span.", ", the longest that the policy of the case takes."),
        ("by the policy's max_span", "by the policy of the case"), (" (Unicode scalars)", ""),
        ("close, end_of_day, same_time or a time such as 12:00", "a time such as 12:00, or close"),
        ("with Casekeeper-Actor or a token of their own", "once they have logged in"),
    ]

    /// A text of the API without what is for whoever writes programs: the clause that is, and the whole sentence where that has no other.
    /// What is wrong stays said, as it comes first.
    ///
    /// - Parameter instead: what is said where nothing is left.
    static func forPeople(_ detail: String, or instead: String? = nil) -> String {
        let text = phrases.reduce(detail) { $0.replacing($1.api, with: $1.words) }
        guard marksOfAPI.contains(where: { text.contains($0) }) else { return text }
        let kept = sentences(of: text).compactMap(forPeople(sentence:))
        return kept.isEmpty ? instead ?? cantBeDone : kept.joined(separator: " ")
    }

    /// A sentence up to the clause that is for whoever writes programs; nil where there is nothing before it.
    private static func forPeople(sentence: String) -> String? {
        let bytes = Array(sentence.utf8)
        let told = unquoted(bytes)
        let marks = marksOfAPI.compactMap { mark in
            told.indices.first { told[$0...].starts(with: mark.utf8) }
        }
        guard let mark = marks.min() else { return sentence }
        let cut = told[..<mark].indices.last { place in
            ":;".utf8.contains(told[place]) && place + 1 < told.count && told[place + 1] == UInt8(ascii: " ")
        }
        return cut.map { String(decoding: bytes[..<$0], as: UTF8.self) + "." }
    }

    /// The same bytes, but for what stands in quotation marks: that is what somebody wrote.
    private static func unquoted(_ bytes: [UInt8]) -> [UInt8] {
        var isQuoted = false
        return bytes.map { byte in
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            return isQuoted ? UInt8(ascii: "x") : byte
        }
    }

    /// The sentences of a text, each with the mark at its end.
    private static func sentences(of text: String) -> [String] {
        let bytes = Array(text.utf8)
        var (sentences, sentence): ([String], [UInt8]) = ([], [])
        for (byte, told) in zip(bytes, unquoted(bytes)) {
            if told == UInt8(ascii: " "), let last = sentence.last, ".!?".utf8.contains(last) {
                sentences.append(String(decoding: sentence, as: UTF8.self))
                sentence = []
            } else {
                sentence.append(byte)
            }
        }
        return sentence.isEmpty ? sentences : sentences + [String(decoding: sentence, as: UTF8.self)]
    }

    /// That a page has no form that its address asks for.
    static func noForm(_ name: String) -> String { "“\(action(name))” can't be done here now" }

    static func isForRole(_ role: Role, not own: Role) -> String {
        "It is for whoever has the role \(Self.role(role)); yours is \(Self.role(own))."
    }

    static func isSettled(_ state: String, by name: String, at time: String) -> String {
        "The promise is settled already: \(state), by the word of \(name), at \(time)."
    }

    /// What is against a form that was asked for.
    ///
    /// - Parameter status: of the case, or of the promise, in words.
    static func isNotTheTime(_ occasion: ActionForm.Occasion, status: String) -> String {
        switch occasion {
        case .always: "It is not for this page."
        case .whileOpen: "The case is \(status): open it again first."
        case .onceResolved: "The case is \(status): that is for one that is resolved."
        case .onceOver: "The case is \(status): that is for one that is resolved or closed."
        case .underRegime: "The case is under no procedure: change the case, and give its regime first."
        case .whileShared: "The customer has no link to a page of their own."
        case .whilePromised: "The promise is \(status)."
        case .whileDue: "Its date has passed: use “\(action("recover"))”, which promises it anew."
        case .whileOverdue: "Its date has not passed: use “\(action("renegotiate"))”, which moves its date."
        case .whileNotAccepted: "It does not wait for your yes."
        case .onceKept: "The promise is \(status): that is for one that is kept."
        }
    }

    /// What is said of a word of an address that is none of a closed set, whose words are the API's; nil for any other fault.
    static func choosing(_ detail: String) -> String? { detail.utf8.starts(with: apiChoice.utf8) ? notOffered : nil }

    private static let apiChoice = "must be one "
    private static let notOffered = "must be one of those that the form on the page offers."

    private static let cantBeDone = "It can't be done as it is. Nothing has changed."
}
