/// What there is to know of a kind of log entry: whoever writes, shows, describes, searches or erases entries works
/// through it, and knows none of the kinds.
public struct LogForm: Sendable {
    /// What the feed of events calls an entry of the kind.
    public let event: EventType
    /// What sort of thing such an entry is about.
    public let about: LogSubject.Sort
    /// What an entry has of its own, beside what every entry has.
    public let facts: [LogFact]
    /// Whether a client may write one itself.
    public private(set) var isWritten = false
    /// Whether writing one may make a promise.
    public private(set) var mayPromise = false
    /// Whether it names somebody of the desk whom nobody may know.
    public private(set) var namesPeople = false
    /// Whether whoever writes one is told more than what it says.
    public var isAnswered: Bool { mayPromise || namesPeople }
    /// The texts that an erasure leaves.
    let keptTexts: Set<String>
    /// What an erasure takes.
    package let takenNames: Set<String>

    /// An entry that the service writes with a change.
    init(_ event: EventType, about: LogSubject.Sort = .case, _ facts: LogFact...) {
        self.init(event, about: about, facts)
    }

    /// The same, with any number of values.
    init(_ event: EventType, about: LogSubject.Sort = .case, _ facts: [LogFact]) {
        self.event = event
        self.about = about
        self.facts = facts
        keptTexts = Set(facts.lazy.filter { $0.privacy.isText && !$0.privacy.leavesLog }.map(\.name))
        takenNames = Set(facts.lazy.filter(\.privacy.leavesLog).map(\.name))
    }

    /// An entry that a client may write: what is noted in a case without changing anything else of it is an update too.
    static func written(_ facts: LogFact..., mayPromise: Bool = false, namesPeople: Bool = false) -> LogForm {
        var form = LogForm(.caseUpdated, facts)
        form.isWritten = true
        form.mayPromise = mayPromise
        form.namesPeople = namesPeople
        return form
    }

    /// Whether an entry has what one of its kind has, each among the facts or the texts as its privacy asks for.
    package func fits(facts: [Fact], texts: [Fact]) -> Bool {
        func isKnown(_ fact: Fact, isText: Bool) -> Bool {
            self.facts.contains { $0.name == fact.name && $0.privacy.isText == isText && $0.takes(fact.value) }
        }
        return facts.allSatisfy { isKnown($0, isText: false) } && texts.allSatisfy { isKnown($0, isText: true) }
            && self.facts.allSatisfy { fact in
                !fact.isAlways || (fact.privacy.isText ? texts : facts).contains { $0.name == fact.name }
            }
    }
}
