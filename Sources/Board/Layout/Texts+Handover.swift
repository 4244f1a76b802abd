import CaseAPI
import Complaints

/// What goes from one to another: a handover, before and after, and what is taken on.
extension Texts {
    static let handoverTitle = "Hand over"
    static let handOver = "Look at what would go over"
    static let handOverNow = "Hand over"
    static let leaveIt = "Leave it as it is"
    static let movingTitle = "What would go over"
    static let moreToHandOver = "It was too much for once: hand over again for the rest."

    /// How much has gone over, and to whom.
    static func handedOver(promises: Int, cases: Int, from: String, to: String) -> String {
        guard promises + cases > 0 else { return "Nothing was left to hand over." }
        return "Handed over. \(counted(promises, "promise")) and \(counted(cases, "case")) went from \(from) to \(to)."
    }

    /// How much would go over.
    static func wouldGoOver(promises: String, cases: String?, from: String, to: String) -> String {
        let parts = [counted(promises, "promise"), cases.map { counted($0, "open case") } ?? "no case"]
        return "\(parts.joined(separator: " and ")) would go from \(from) to \(to). Nothing has changed yet."
    }

    /// How many there are, which may be more than were counted.
    private static func counted(_ total: String, _ thing: String) -> String {
        "\(total) \(thing)\(total.utf8.elementsEqual("1".utf8) ? "" : "s")"
    }

    /// What whoever is to have it carries by now.
    static func carries(_ owner: JSONValue) -> String {
        func count(_ name: String) -> Int64 { owner[name].integer ?? 0 }
        let promises = "\(counted(count("open") + count("overdue"), "promise")) to customers"
        return "\(owner["name"].text ?? "") carries by now \(promises), \(count("overdue")) of them overdue and "
            + "\(count("due_today")) due today, and \(counted(count("open_cases"), "open case"))."
    }

    static func isAway(_ name: String) -> String { "\(name) is away, or takes on nothing new." }
    static func isAway(_ name: String, from first: String, until last: String) -> String {
        "\(name) is away from \(first) to \(last)."
    }
    static func isNew(_ name: String) -> String {
        "Nobody on record is called \(name): look whether it is spelled right."
    }
    static func waitsUntilAccepted(_ to: String, handedOverBy name: String) -> String {
        "What goes over waits for \(to)'s yes. Until then it counts for whoever hands it over: \(name)."
    }
    static func mostAtOnce(_ count: Int) -> String { "At most \(count) promises and cases go over at once." }

    static func promise(_ id: Int64, _ what: String) -> String { "\(promiseNumber(String(id))), \(what)" }
    static func comesToo(_ what: String) -> String { "Would go over now, too: \(what)" }
    static func staysNow(_ what: String) -> String { "Would not go over any more: \(what)" }
    static let sameGoesOver =
        "The same would go over. How much is late or due, or an absence, is otherwise: look at it again."
    static func lookAgain(at name: String) -> String { "Did you mean \(name)? Look at what would go to them" }

    static func acceptAll(_ count: Int) -> String { "Accept all \(count)" }
    static func acceptedAll(_ count: Int) -> String { "\(counted(count, "promise")) accepted." }
    static func accepted(_ count: Int, of all: Int) -> String {
        "\(count) of \(counted(all, "promise")) accepted. The others are as they were:"
    }
    static func notAccepted(_ id: Int64, _ what: String, _ why: String) -> String {
        "\(promise(id, what)): \(why)"
    }
}
