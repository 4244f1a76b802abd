import CaseAPI
import Complaints

// MARK: - Fields
extension Texts {
    /// What a field is called: the registry of all that a form can ask for. A key is the end of its path in the body; where the same
    /// name is another thing elsewhere, its kind stands behind a colon, or the form before it.
    static let fields: [String: String] = [
        "accepted": "The customer took it", "action": "What becomes of it",
        "amount": "Amount", "approved": "Approved", "at": "When",
        "at:line": "Time of day", "award": "What the customer is to get", "by": "Who decided",
        "by:words": "Who promises it", "case_id": "Number of the other case", "cases": "Their open cases, too",
        "category": "Category", "cause": "Cause", "channel": "Channel",
        "complaint": "The complaint, in the customer's words",
        "concession": "Concession that it makes good", "confirmed": "The customer agreed that it is right",
        "currency": "Currency", "customer_accepted": "The customer is content",
        "customer_agreed": "The customer released us", "decision": "Decision",
        "desired_outcome": "What would make the customer happy", "due_at": "Due at", "due_in": "Due in",
        "due_in_business": "Due in opening hours", "due_on": "Due on the date", "email": "E-mail address",
        "evidence": "Evidence", "expires_in": "Good for", "explanation": "Explanation for the customer",
        "external_id": "Key in another system", "from": "At the earliest", "hard_deadline": "To be settled by",
        "id": "Number on record", "into": "Number of the other customer", "keeps": "Other promise that is kept with it",
        "kept_at": "Kept at",
        "kind": "Kind of promise", "language": "Language", "mood": "Mood", "name": "Name",
        "needs": "What to mind with them", "next_step": "Next step",
        "no_review_reason": "Why the process is not reviewed", "of": "Number of the entry that it is about",
        "only": "Only what an earlier handover brought", "option": "Option", "options": "Options", "outcome": "Outcome",
        "outcome_text": "Outcome, in words for the customer", "owner": "Owner", "phone": "Telephone",
        "process": "Process that is at fault", "promise_id": "Number of the promise", "reason": "Reason",
        "received_at": "When the complaint arrived", "reference": "Their reference", "regime": "Regime",
        "relation": "What they are to the customer", "requested_at": "When the customer asked for it",
        "resolved_at": "When it was resolved", "said_by": "Who said it", "sent_at": "When it was sent",
        "severity": "Severity", "stage": "Stage", "stand_in": "Whom to turn to meanwhile", "subject": "Subject",
        "summary": "Summary", "supervisor": "Supervisor", "tags": "Tags", "team": "Team", "text": "Text",
        "thanked": "Who was thanked", "threat_kind": "Kind of threat", "to": "To whom", "to:duration": "At the latest",
        "customer-merge/reason": "What shows it", "customer-unmerge/reason": "What shows it",
        "until": "Last day away", "update": "Change what is on record", "upheld": "The promise was not kept",
        "value_at_stake": "What it could cost", "verdict": "Verdict",
        "vulnerable": "To be treated with particular care", "vulnerable_reason": "Why", "what": "What is promised",
        "why": "Why", "with": "With whom", "written_down": "They were told that it is written down",
        "absence/from": "First day away", "handover/reason": "Why it is handed over",
        "log-concession/what": "What is given away", "log-referral/at": "When it went there",
        "log-referral_decision/at": "When it was decided", "log-debrief/at": "When it was",
        "customer_notified/at": "When they were told",
    ]

    /// What a part of a body is called.
    static let fieldGroups: [String: String] = [
        "callback": "Call back", "contact": "Who called for them", "customer": "Customer",
        "customer_notified": "How they were told", "estimate": "How long it takes", "final_response": "Last word",
        "follow_up": "Follow-up", "next_promise": "Next promise", "promise": "Promise", "redress": "Money for it",
        "remedy": "Remedy", "resolve": "Resolve the case", "review": "Review", "settle": "Open promise",
    ]

    private static let amountHint = "Such as 150 or 150.50, in the currency below."
    static let amountAdvice =
        "Write an amount such as 150 or 150.50, with no more digits behind the point than the currency has."

    /// What there is to say of a field besides, by the same keys.
    static let fieldHints: [String: String] = [
        "due_at": "By when: say it here, or in one of the next alone.",
        "due_in": "Counted from now: 4 hours, 2 days or 1 week.",
        "due_in_business": "Counted in the opening hours of the team: 4 hours, or 2 days.",
        "at:line": "With a date alone, or whole days: 12:00, or close, which is the end of that day's opening hours.",
        "kept_at": "Leave it empty for now.", "resolved_at": "Leave it empty for now.",
        "customer_notified/at": "Leave it empty for now.", "received_at": "Leave it empty for now.",
        "evidence": "What shows that it was done.", "reason": "For the desk alone.",
        "explanation": "They may read it.", "outcome_text": "They may read it.",
        "summary": "What was found and done, for whoever reads the case later.",
        "next_step": "What happens next, as the customer is told.", "amount": amountHint, "award": amountHint,
        "value_at_stake": amountHint, "concession": "The number of its entry in the log.",
        "of": "What happened, below, has the numbers.", "keeps": "Its number.",
        "promise_id": "The promises have their numbers.",
        "relationship/settle/action":
            "Only where the relationship is ended: nothing that was promised to the customer is left open then.",
        "action": "The case can only be resolved once nothing that was promised to the customer is left open.",
        "expires_in": "60 days, or 2 weeks, up to 366 days. Leave it empty for 90 days.",
        "to:duration": "10 days, or 2 weeks.", "from:duration": "5 days.",
        "customer/id": "Of somebody who is on record: leave their other fields empty.",
        "language": "Such as en, de or pt-BR.", "said_by": "Leave it empty for whoever would say such a thing.",
        "stage": "By its name.", "case_id": "The one that it is a duplicate of: an open case of the same customer.",
        "with": "And not what was said: that stays between you.",
        "only": "By the number of its entry in the log of whom it goes back to.",
    ]

    /// What a field is called, with what it is a part of.
    ///
    /// - Parameters:
    ///   - form: the name of its form, where that makes another thing of it.
    ///   - named: how many parts of its path stand above it already.
    static func label(of field: BodyField, in form: String = "", below named: Int = 0) -> String {
        label(of: field.path, kind: field.kind.word, in: form, below: named)
    }

    /// The same of a place in a body; a name that no form asks for is its own label.
    static func label(of path: [String], kind: String = "", in form: String = "", below named: Int = 0) -> String {
        guard let leaf = path.last else { return "" }
        let own = entry(in: fields, path, kind, form) ?? fieldGroups[leaf] ?? plain(leaf)
        let groups = path.dropLast().dropFirst(named).map { part in
            Int(part).map { String($0 + 1) } ?? fieldGroups[part] ?? plain(part)
        }
        if let number = Int(leaf) { return (groups + [String(number + 1)]).joined(separator: ": ") }
        return groups.isEmpty ? own : (groups + [own.prefix(1).lowercased() + own.dropFirst()]).joined(separator: ": ")
    }

    /// What there is to say of a field besides; empty where its label says it.
    static func hint(of field: BodyField, in form: String = "") -> String {
        entry(in: fieldHints, field.path, field.kind.word, form) ?? ""
    }

    /// Whether every part of a field's path has its words.
    static func names(_ field: BodyField, in form: String) -> Bool {
        entry(in: fields, field.path, field.kind.word, form) != nil
            && field.path.dropLast().allSatisfy { Int($0) != nil || fieldGroups[$0] != nil }
    }

    private static func entry(in registry: [String: String], _ path: [String], _ kind: String, _ form: String)
        -> String?
    {
        let path = (form.isEmpty ? [] : [form]) + path.filter { Int($0) == nil }
        for start in path.indices {
            let key = path[start...].joined(separator: "/")
            if let entry = registry["\(key):\(kind)"] ?? registry[key] { return entry }
        }
        return nil
    }

    /// The name of the field that a pointer of the API points to.
    static func fieldName(_ pointer: String) -> String {
        String(decoding: pointer.utf8.drop { $0 == UInt8(ascii: "#") || $0 == UInt8(ascii: "/") }, as: UTF8.self)
    }

    private static func plain(_ name: String) -> String {
        let words = word(name)
        return words.prefix(1).uppercased() + words.dropFirst()
    }
}

// MARK: - What was typed
extension Texts {
    /// By which words a length of time is typed.
    static let durations = DurationWords([
        (.weeks, ["weeks", "week", "wk", "w"]), (.days, ["days", "day", "d"]),
        (.hours, ["hours", "hour", "hrs", "hr", "h"]),
        (.minutes, ["minutes", "minute", "mins", "min", "m"]), (.seconds, ["seconds", "second", "secs", "sec", "s"]),
    ])

    /// An ISO 8601 duration in words that can be typed; as it is, where it has none.
    static func duration(_ iso8601: String) -> String {
        guard let parts = DurationWords.parts(of: iso8601) else { return iso8601 }
        return parts.map { count, unit in
            switch unit {
            case .weeks: counted(count, "week")
            case .days: counted(count, "day")
            case .hours: counted(count, "hour")
            case .minutes: counted(count, "minute")
            case .seconds: counted(count, "second")
            }
        }.joined(separator: " ")
    }

    /// What to type instead.
    static func advice(for fault: TypingFault, in zone: Zone) -> String {
        switch fault {
        case .skipped: "The clocks of \(zone.name) are set ahead then, and never show that time: choose another one."
        case .twice(let first, let second):
            "The clocks of \(zone.name) show that time twice. Write \(first.rfc3339(in: zone)) for the first, "
                + "or \(second.rfc3339(in: zone)) for the second."
        case .noInstant: "Write a date and a time, such as 2026-12-01 15:30."
        case .noDuration: "Write a number and a unit, such as 4 hours, 2 days or 1 week."
        case .noNumber: "Write a whole number, in digits."
        }
    }

    static func unknownZone(_ name: String) -> String {
        "Your times were to be by the clocks of \(name), which the service does not know. Nothing has changed: look at them again, "
            + "as they are taken by the desk's clocks now."
    }

    /// How many fields of a form are to be corrected.
    static func toCorrect(_ count: Int) -> String {
        count == 1
            ? "One field is to be corrected: beside it stands what would be right. Nothing has changed."
            : "\(count) fields are to be corrected: beside each stands what would be right. Nothing has changed."
    }

    static let notRightYet = "Not right yet"
    /// What is wrong with a parameter of an address.
    static func wrongInAddress(_ count: Int) -> String {
        count == 1
            ? "Something in the address of the page is wrong." : "\(count) things in the address of the page are wrong."
    }

    /// What a refusal is called, where the API's words are for programs.
    static func refusal(_ code: String) -> (title: String, detail: String?)? {
        [
            "malformed_request": ("It could not be read", nil),
            "unsupported_media_type": (
                "It is no form of a page",
                "What was sent is not encoded as forms are. Nothing has changed: open the page, and send its form from there."
            ),
            "stale": (
                "It has changed since you opened the page",
                "Nothing that you sent is done. What you typed is still here: look at how it is now, and send it again if it still "
                    + "holds."
            ),
            "idempotency_key_reused": (
                "It looks like it was sent already",
                "You sent the same just now, or this very form with something else in it. Nothing more has changed: look whether "
                    + "what you want is there already, and send it again if it is not."
            ),
            "precondition_required": (
                "It does not say what you have seen",
                "Nothing has changed: open the page again, and send its form from there."
            ),
            "body_too_large": (
                "It is too long",
                "What was sent is longer than the service takes at once. Nothing has changed: go back, and send less of it."
            ),
        ][code] ?? refusals[code]
    }

    /// What the API says of a request, in the words of forms: names of fields as their labels, lengths of time in words, and instants
    /// as the clocks of `zone` show them.
    ///
    /// - Parameter instead: what is said where all of it is for whoever writes programs.
    static func inWords(_ detail: String, in zone: Zone?, or instead: String? = nil) -> String {
        APISentence.parts(of: forPeople(detail, or: instead), naming: labelled).map { part in
            switch part {
            case .text(let text), .said(let text): text
            case .instant(let instant, let written), .due(let instant, let written):
                zone.map { instant.minute(in: $0) } ?? written
            }
        }.joined()
    }

    /// What stands before an instant in a sentence of the API where something is due then.
    static let apiDue = "due at "

    /// The name of a field as its label, any other name of the API without its underscores; nil for any other word.
    private static func labelled(_ name: String) -> String? {
        guard name.utf8.contains(UInt8(ascii: "_")) else { return nil }
        let path = name.split(separator: "/").map(String.init)
        if entry(in: fields, path, "", "") != nil { return "“\(label(of: path))”" }
        guard path.count == 1 else { return nil }
        let other = fieldGroups[name] ?? filterNames.first { $0.key.isExactly(name) }?.value
        return other.map { "“\($0)”" } ?? word(ofAPI: name)
    }

    /// A word for programs without its underscores; nil for any other word.
    static func word(ofAPI name: String) -> String? {
        let isName =
            name.utf8.contains(UInt8(ascii: "_"))
            && name.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == UInt8(ascii: "_") }
        return isName ? word(name) : nil
    }
}

extension BodyField.Kind {
    /// What the registry of labels calls it.
    var word: String {
        switch self {
        case .line: "line"
        case .text: "text"
        case .words: "words"
        case .flag: "flag"
        case .number: "number"
        case .instant: "instant"
        case .duration: "duration"
        case .date: "date"
        case .texts: "texts"
        }
    }
}
