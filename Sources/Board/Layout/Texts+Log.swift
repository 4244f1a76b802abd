import CaseAPI
import Complaints

/// What entries of the log say, in words.
extension Texts {
    /// What an entry is, as its heading: a word of the API that is none of these stands as it is.
    static func entry(_ kind: String?) -> String {
        guard let kind else { return "" }
        return LogKind(rawValue: kind).map { capitalised(happened($0)) } ?? word(kind)
    }

    static func capitalised(_ words: String) -> String { words.prefix(1).uppercased() + words.dropFirst() }

    /// What a value of an entry is called; nil where nobody has said it.
    ///
    /// - Parameter kind: of the entry, where the same name is another thing in another kind.
    static func logged(_ name: String, in kind: LogKind?) -> String? {
        if let kind, let own = loggedNames["\(kind.rawValue)/\(name)"] { return own }
        if let label = loggedNames[name] { return label }
        let before = "_before"
        guard name.utf8.count > before.utf8.count, name.utf8.suffix(before.utf8.count).elementsEqual(before.utf8)
        else { return nil }
        return logged(String(decoding: name.utf8.dropLast(before.utf8.count), as: UTF8.self), in: kind)
            .map { "\($0), before" }
    }

    /// A number on record with what it is the number of.
    static func numbered(_ id: Int64, _ name: String) -> String {
        switch name {
        case "promise_id", "supersedes", "superseded_by", "transferred_from", "transferred_to": "promise \(id)"
        case "duplicate", "duplicate_of": "case \(id)"
        case "customer_id", "customer_id_before", "possible_duplicate_of", "into", "from": "customer \(id)"
        case "of": "entry \(id)"
        case "handover", "only": "handover \(id)"
        default: "\(id)"
        }
    }

    /// A word of a closed set as a value of an entry.
    static func loggedWord(_ word: String, _ name: String, in kind: LogKind?) -> String {
        if name.isExactly("state"), kind != .concession {
            let said = state(word)
            return said.isEmpty ? Texts.word(word) : said
        }
        return loggedWords[name]?.first { $0.key.isExactly(word) }?.value ?? Texts.word(word)
    }

    /// What the clock is to say of a promise, at an instant that stands before it.
    static func ofMark(_ kind: PromiseMark.Kind) -> String { ": \(mark(kind))" }

    private static func mark(_ kind: PromiseMark.Kind) -> String {
        switch kind {
        case .dueSoon: "a word that it is due soon"
        case .owner: "a word to its owner, if it is overdue"
        case .supervisor: "a word to the supervisor, if it is overdue"
        case .manager: "a word to the managers, if it is overdue"
        }
    }

    private static let taken = "nothing"

    private static let loggedWords: [String: [String: String]] = [
        "by": ["desk": "the desk", "customer": "the customer"],
        "to": ["customer": "the customer", "us": "us"],
        "state": ["granted": "granted", "pending": "waits for a manager"],
        "under_threat": ["unassessed": "one that nobody has looked into", "unfounded": "one that is unfounded"],
        "hearer": ["owner": "its owner", "supervisor": "the supervisor", "manager": "the managers"],
        "decision": ["keep": "it goes on", "end": "it is ended"],
        "cause": [
            "unreachable": "they could not be reached", "impossible": "it could not be done",
            "duplicate": "it was promised twice", "ended": "the relationship was ended",
        ],
        "received_closed": ["same": "that day", "next": "the next open day"],
    ]

    /// By the names of the API; where a name is another thing in one kind, the kind stands before it.
    private static let loggedNames: [String: String] = [
        "above_limit": "Above the limit of the policy", "absence": "Absence", "absence_from": "First day away",
        "absence_until": "Last day away", "absence_stand_in": "Whom to turn to meanwhile",
        "accepted": "Taken on by that", "agreement/accepted": "The customer took it",
        "acknowledge_in": "To be acknowledged within", "acknowledge_in_business": "To be acknowledged in opening hours",
        "active": "In use", "amount": "Amount", "approved": "Approved", "authority": "Authority",
        "automatic": "By the policy", "award": "What the customer is to get",
        "backdated": "Told of only after the date",
        "by": "Promised by", "threat_assessment/by": "Who looked into it", "concession_decision/by": "Who decided",
        "by_oneself": "By whom it is about", "calendar": "Calendar", "cases": "Open cases", "category": "Category",
        "cause": "Cause", "promise_withdrawn/cause": "Why without their release", "channel": "Channel",
        "case_opened/channel": "Came by", "clock": "Clock of the procedure", "clock_from": "Counted from",
        "clocks_added": "Clocks that are new", "clocks_removed": "Clocks that are gone",
        "concession_currency": "Currency of concessions", "concession_limit": "Limit of concessions",
        "confirmed": "The customer agreed that it is right", "contact_email": "E-mail address of who called",
        "contact_name": "Who called for them", "contact_phone": "Telephone of who called",
        "contact_relation": "What they are to the customer", "currency": "Currency",
        "customer_accepted": "The customer is content", "customer_agreed": "The customer released us",
        "customer_id": "Whose case it is", "customer_id_before": "Whose case it was",
        "relationship/customer_id": "With whom", "date": "Day", "decision": "Decision", "description": "What it is for",
        "desired_outcome": "What would make the customer happy", "due_at": "Due", "duplicate": "Its duplicate",
        "duplicate_of": "Duplicate of", "effective_from": "Holds from", "email": "E-mail address", "epoch": "Epoch",
        "escalate_after": "A supervisor is asked after so many broken",
        "escalate_after_slips": "A supervisor is asked after so many moves",
        "escalate_mood": "A supervisor is asked from this mood on", "estimate_from": "Takes at least",
        "estimate_to": "Takes at most", "evidence": "Evidence", "expires_at": "Ends",
        "case_shared/expires_at": "The link ends", "explanation": "Explanation for the customer",
        "external_id": "Key in another system", "final_response_channel": "Last word by",
        "final_response_sent_at": "Last word sent", "follow_up_in": "Followed up after",
        "follow_up_in_business": "Followed up after opening hours of", "from": "From",
        "owner_updated/from": "First day away", "given_deadline": "Final date that was given",
        "handover": "Part of", "hard_deadline": "To be settled by", "hearer": "Told to", "into": "Turned out to be",
        "kept_at": "Kept", "ladder": "Who is told when it is overdue", "language": "Language",
        "load_cap": "Most that somebody carries", "made_by": "Written down by", "marks": "Reminders",
        "match_category": "For the category", "match_channel": "For what came by", "match_mood": "For the mood",
        "match_regime": "For the regime", "match_relationship": "For a relationship that was",
        "match_severity": "For the severity", "match_team": "For the team", "max_span": "Farthest date", "mood": "Mood",
        "name": "Name", "needs": "What to mind with them",
        "next_step": "Next step", "no_review_reason": "Why the process is not reviewed",
        "notified_at": "The customer was told", "notified_channel": "Told by", "notified_outcome": "How that went",
        "number": "Number of the stage", "of": "About", "only": "Undoes", "option": "Option", "options": "Options",
        "outcome": "Outcome", "customer_notified/outcome": "How that went",
        "outcome_text": "Outcome, in words for the customer",
        "owner": "Owner", "promise_declined/owner": "Back with", "owner_before": "Owner, before",
        "phone": "Telephone", "position": "Place in the order", "possible_duplicate_of": "May be",
        "process": "Process that is at fault", "promise_id": "About", "promise_kind": "Kind of promise",
        "promises": "Promises", "reason": "Reason", "reassigned": "Was in other hands before",
        "received_at": "The complaint arrived", "received_closed": "A complaint of a closed day counts from",
        "receiver": "Where it posts", "redress_amount": "They get", "redress_currency": "Currency of that",
        "reference": "Their reference", "regime": "Regime", "regime_version": "Version of the regime",
        "remedy_in": "Remedies are due within", "remedy_in_business": "Remedies are due in opening hours",
        "requested_at": "The customer asked for it", "resolved_at": "It was resolved", "role": "Role",
        "said_by": "Who said it", "sealed": "Hashes that stand for what was erased", "severity": "Severity",
        "since": "Since", "stage_opened/since": "What was done counts since", "source": "Source",
        "special_days_added": "Days that are new", "special_days_removed": "Days that are gone", "stage": "Stage",
        "stages": "Stages", "stand_in": "Told instead, as the owner is away", "state": "Now",
        "concession/state": "As it was made", "subject": "Subject", "summary": "Summary",
        "superseded_by": "In its place comes", "supersedes": "Takes the place of", "supervisor": "Supervisor",
        "tags": "Tags", "team": "Team", "teams_added": "Teams that are new", "teams_removed": "Teams that are gone",
        "text": "Text", "thanked": "Who was thanked", "threat_kind": "Kind of threat", "time_zone": "Time zone",
        "title": "Title", "to": "Promised to", "referral/to": "To whom", "forwarded/to": "To whom",
        "handover/to": "Who has them now", "transferred_from": "Goes on from", "transferred_to": "Goes on as",
        "types": "Of which events", "under_threat": "Made beside a threat", "until": "Last day away",
        "update_every": "The customer hears something every", "update_in": "Updates are due within",
        "update_in_business": "Updates are due in opening hours", "upheld": "The promise was not kept",
        "url_changed": "Posts elsewhere now", "valid_from": "Holds from", "valid_until": "Holds until",
        "value_at_stake": "What it could cost", "verdict": "Verdict",
        "vulnerable": "To be treated with particular care",
        "vulnerable_reason": "Why", "warn_ahead": "Warned ahead by", "warn_at": "Warned when",
        "weekly": "Opening hours",
        "what": "What", "why": "Why", "with": "With whom", "written_down": "They were told that it is written down",
    ]

    /// Values of what was edited that are words of a closed set, lengths of time, flags or points in time, though the log has them as
    /// texts.
    static func edited(_ text: String, _ name: String) -> String? {
        guard !text.isEmpty else { return taken }
        let base = name.hasSuffix("_before") ? String(name.dropLast("_before".count)) : name
        let said =
            switch base {
            case "severity": severity(text)
            case "mood", "escalate_mood": mood(text)
            case "channel": word(text)
            case "vulnerable", "active": text.isExactly("true") ? yes : text.isExactly("false") ? no : ""
            case "estimate_from", "estimate_to": duration(text)
            default: ""
            }
        return said.isEmpty ? nil : said
    }
}
