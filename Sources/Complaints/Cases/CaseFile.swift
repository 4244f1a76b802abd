/// A case with its promises and what waits in it, as the record has it at an instant.
public struct CaseFile: Sendable, Hashable {
    /// The case itself.
    public internal(set) var record: Case
    /// All promises ever made in the case, oldest first.
    public internal(set) var promises: [Promise]
    /// What waits in the case for somebody, or did, oldest first.
    public internal(set) var matters: [Matter]
    /// The cases that went on in this one as its duplicates, be it through others, by their ids.
    public internal(set) var duplicates: [Int64: DuplicateFile]
    /// The stages of regimes that it came to, the first one first.
    public internal(set) var stages: [CaseStage]
    /// Those that were a mistake.
    public internal(set) var undoneStages: [CaseStage]
    /// How often it was resolved, and by whom, oldest first, where it has stages.
    public internal(set) var resolutions: [Resolution]
    /// The policy that holds for it; nil where nobody has looked it up.
    public var policy: CasePolicy?

    /// A file as it was read.
    ///
    /// - Parameter stages: those that were a mistake among them.
    public init(
        record: Case, promises: [Promise], matters: [Matter] = [], duplicates: [Int64: DuplicateFile] = [:],
        stages: [CaseStage] = [], resolutions: [Resolution] = [], policy: CasePolicy? = nil
    ) {
        self.record = record
        self.promises = promises
        self.matters = matters
        self.duplicates = duplicates
        self.stages = stages.filter { $0.undoneAt == nil }
        undoneStages = stages.filter { $0.undoneAt != nil }
        self.resolutions = resolutions
        self.policy = policy
    }

    /// All stages, those among them that were a mistake, by their numbers.
    public var everyStage: [CaseStage] {
        undoneStages.isEmpty ? stages : (stages + undoneStages).sorted { $0.number < $1.number }
    }

    /// The promise of that id, if it is one of this case.
    public func promise(_ id: Int64) -> Promise? {
        promises.first { $0.id == id }
    }

    /// What waits in the case for somebody, of one kind, oldest first.
    public func waiting(_ kind: Matter.Kind) -> [Matter] {
        matters.filter { $0.kind == kind && $0.isWaiting }
    }

    /// How the concession of that entry stands; nil when it is none of the case. One that was decided again stands as
    /// decided last.
    public func concession(_ seq: Int64) -> Matter? {
        matters.last { $0.kind == .concession && $0.seq == seq }
    }

    /// All of the case, each as it was decided last, oldest first.
    var concessions: [Matter] {
        matters.filter { $0.kind == .concession && $0 == concession($0.seq) }
    }

    /// How the concession stands that a promise of the case makes good; nil for none. It may be another case's.
    public func concession(of promise: Promise) -> Matter? {
        guard let seq = promise.concession else { return nil }
        guard let other = promise.concessionCase else { return concession(seq) }
        return duplicates[other]?.matters.last { $0.kind == .concession && $0.seq == seq }
    }

    /// Whether a promise may be kept, as far as concessions go: it makes none good, or that was within the limit, or a manager
    /// said yes (T15).
    func isGranted(_ promise: Promise) -> Bool {
        promise.concession == nil || [.granted, .approved].contains(concession(of: promise)?.outcome)
    }

    /// Whether a promise makes a concession good that a manager said no to (T15).
    func isRefused(_ promise: Promise) -> Bool { concession(of: promise)?.outcome == .refused }

    /// Whether something of that kind waits.
    public func isWaiting(_ kind: Matter.Kind) -> Bool {
        matters.contains { $0.kind == kind && $0.isWaiting }
    }

    /// What was last decided about going on with the customer. One who may be somebody with whom it was ended bears that
    /// mark until it is decided (T17).
    public var relationship: Relationship? {
        record.customer.relationship?.decision ?? (isWaiting(.return) ? .end : nil)
    }
}

/// The policy that holds for a case: the first rule in use that fits it.
public struct CasePolicy: Sendable, Hashable {
    /// What the log numbers it with.
    public let id: Int64
    /// As it was given.
    public let name: String
    /// Whether the severity of the case alone decides: it is one of the four that come last.
    public let isBySeverity: Bool
    /// How often the customer is to hear something; nil: nothing says.
    public let updateEvery: ElapsedTime?

    /// What a case has to know of its policy.
    public init(_ policy: Policy) {
        updateEvery = policy.updateEvery
        id = policy.id
        name = policy.name
        isBySeverity = policy.severity != nil
    }
}

extension CaseFile {
    /// Whether both are the same of their case: what waits elsewhere, and whatever policies there are, is not its own.
    public static func == (left: CaseFile, right: CaseFile) -> Bool {
        left.record == right.record && left.promises == right.promises && left.matters == right.matters
            && left.everyStage == right.everyStage && left.resolutions == right.resolutions
    }

    /// Of what it has of its case.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(record)
        hasher.combine(promises)
        hasher.combine(matters)
        hasher.combine(stages)
    }
}
