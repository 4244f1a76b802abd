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
        "method_not_allowed": ("That is no page", "Go back, and follow a link or send a form."),
    ]

    /// What tells that a sentence is for whoever writes programs.
    private static let marksOfAPI = [
        "/v1/", "/openapi.json", "/problems/", "allow_unknown", "If-Match", "ETag", "Idempotency-Key", "PATCH ",
        "POST ",
    ]

    /// Phrases of the API in the middle of what is for people, and what is said instead.
    private static let phrases: [(api: String, words: String)] = [
        (", with a token of their own or as Casekeeper-Actor", ", once they have logged in"),
        ("must lie after from.", "must lie after the beginning of the range."),
        ("with Casekeeper-Actor or a token of their own", "once they have logged in"),
    ]

    /// A text of the API without the sentences that are for whoever writes programs; all of it where nothing else is said.
    static func forPeople(_ detail: String) -> String {
        let text = phrases.reduce(detail) { $0.replacing($1.api, with: $1.words) }
        guard marksOfAPI.contains(where: { text.contains($0) }) else { return text }
        let kept = sentences(of: text).filter { sentence in !marksOfAPI.contains { sentence.contains($0) } }
        return kept.isEmpty ? cantBeDone : kept.joined(separator: " ")
    }

    /// The sentences of a text, each with the mark at its end.
    private static func sentences(of text: String) -> [String] {
        var (sentences, sentence): ([String], [UInt8]) = ([], [])
        for byte in text.utf8 {
            if byte == UInt8(ascii: " "), let last = sentence.last, ".!?".utf8.contains(last) {
                sentences.append(String(decoding: sentence, as: UTF8.self))
                sentence = []
            } else {
                sentence.append(byte)
            }
        }
        return sentence.isEmpty ? sentences : sentences + [String(decoding: sentence, as: UTF8.self)]
    }

    /// What is said of a word of an address that is none of a closed set, whose words are the API's; nil for any other fault.
    static func choosing(_ detail: String) -> String? { detail.utf8.starts(with: apiChoice.utf8) ? notOffered : nil }

    private static let apiChoice = "must be one "
    private static let notOffered = "must be one of those that the form on the page offers."

    private static let cantBeDone = "It can't be done as it is. Nothing has changed."
}
