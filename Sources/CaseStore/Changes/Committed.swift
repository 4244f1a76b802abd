public import Complaints

/// What came of a change of a case, as it stands on record once its batch is on disk.
public struct Committed: Sendable {
    /// The case as the change left it.
    public let file: CaseFile
    /// What whoever made its promises is told with them (T4), by promise.
    public let advice: [Int64: PromiseAdvice]
    /// What they are told of the case itself.
    public internal(set) var warnings: [CaseWarning]
    private let firstMade: Int?
    private let log: [LogDraft]
    private let lastSeq: Int64
    private let actor: Actor
    /// Nil where each entry is recorded when it happened: imported history.
    private let recordedAt: Instant?

    init(
        _ file: CaseFile, _ change: CaseChange, advice: [Int64: PromiseAdvice], warnings: [CaseWarning] = [],
        after lastSeq: Int64, by actor: Actor,
        at recordedAt: Instant?
    ) {
        self.file = file
        firstMade = change.made.isEmpty ? nil : change.made.startIndex
        self.advice = advice
        self.warnings = warnings
        log = change.log
        self.lastSeq = lastSeq
        self.actor = actor
        self.recordedAt = recordedAt
    }

    /// The first promise that it made: what was asked for, where the policy made one beside it. Nil when it made none.
    public var promise: Promise? { firstMade.map { file.promises[$0] } }

    /// What it wrote to the case's log, in order; nothing when it changed nothing.
    public var entries: [LogEntry] {
        log.enumerated().map { index, draft in
            let actor = draft.actor ?? actor
            return LogEntry(
                subject: .case(file.record.id), seq: lastSeq + Int64(index) + 1, kind: draft.kind, at: draft.at,
                recordedAt: recordedAt ?? draft.at, actor: actor.name, tokenName: actor.tokenName,
                promiseID: draft.promiseID, facts: draft.facts, texts: draft.texts, imported: recordedAt == nil)
        }
    }
}
