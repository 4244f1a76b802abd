import CaseStore
import Complaints
import HTTPServer

/// Why something fails, in the words that problems and `/readyz` have for it.
package struct FailureReason: Sendable {
    /// For programs: a problem's code.
    package let word: String
    /// In a sentence.
    package let detail: String

    /// What an error is called; `internal` where it is a failure of ours.
    package init(_ error: any Error) {
        let problem = Problem.of(error)
        word = (problem?.kind ?? .internal).rawValue
        detail = problem?.detail ?? "Changes fail."
    }
}

extension Problem {
    /// What an error means to the client. Nil for what this table does not know: that is a failure of the service,
    /// and nothing of its inside is told.
    static func of(_ error: any Error) -> Problem? {
        switch error {
        case let problem as Problem: problem
        case let problem as PageProblem: problem.problem
        case let refusal as Refusal: Problem(refusal)
        case let refusal as ServerRefusal: Problem(refusal)
        case let unavailable as StoreUnavailable: Problem(unavailable)
        case let error as StoreError: Problem(error)
        case is IdempotencyKeyReused:
            Problem(
                .idempotencyKeyReused,
                "This Idempotency-Key came with another request before. Make a new key for this one; nothing has changed."
            )
        default: nil
        }
    }

    private init(_ refusal: Refusal) {
        switch refusal {
        case .invalid(let issues): self.init(issues)
        case .rule(let violation): self.init(violation)
        case .forbidden(let detail): self.init(.forbidden, detail)
        }
    }

    /// One item a field: what is wrong with its form goes before what would be wrong with its meaning.
    private init(_ issues: [FieldIssue]) {
        var paths: Set<FieldPath> = []
        var items: [FieldIssue] = []
        var hasMore = issues.contains(where: \.hasMore)
        for issue in issues where paths.insert(issue.path).inserted {
            guard items.count < FieldIssue.mostListed else {
                hasMore = true
                break
            }
            items.append(issue)
        }
        if let only = items.first, items.count == 1, only.code == .calendarMissing {
            self.init(.calendarMissing, only.detail)
        } else {
            let wrong = Self.wrong("field", items.count, hasMore: hasMore)
            self.init(.validationFailed, "\(wrong) what would be right. Nothing has changed.")
        }
        errors = items.map {
            Item(place: .pointer($0.path.pointer), code: $0.code.rawValue, detail: $0.detail)
        }
    }

    /// How many are wrong, and whether `errors` lists all of them.
    static func wrong(_ what: String, _ listed: Int, hasMore: Bool) -> String {
        switch (listed, hasMore) {
        case (1, false): "A \(what) is wrong: errors lists"
        case (1, true): "More than one \(what) is wrong: errors lists one of them and"
        case (_, false): "\(listed) \(what)s are wrong: errors lists"
        case (_, true): "More than \(listed) \(what)s are wrong: errors lists \(listed) of them and"
        }
    }

    private init(_ violation: RuleViolation) {
        self.init(ProblemKind(violation.code), violation.detail)
        if !violation.promiseIDs.isEmpty { members.append(Member(.promiseIDs, .integers(violation.promiseIDs))) }
        if let id = violation.caseID { members.append(Member(.caseID, .integer(id))) }
        if let id = violation.customerID { members.append(Member(.customerID, .integer(id))) }
        if let settlement = violation.settlement {
            members.append(Member(.settledBy, .text(settlement.by)))
            members.append(Member(.settledAt, .text(settlement.recordedAt.rfc3339)))
        }
        if let proposal = violation.proposal { members.append(Member(.nextPromise, .promise(proposal))) }
        if let state = violation.state { members.append(Member(.state, .text(state.rawValue))) }
    }

    private init(_ unavailable: StoreUnavailable) {
        switch unavailable {
        case .busy: self.init(.busy, "Too many changes wait already. Nothing has changed; try again in a moment.")
        case .latched(let latch): self.init(latch)
        case .stopping: self.init(.shuttingDown, "The service is shutting down. Nothing has changed; try again.")
        }
    }

    private init(_ latch: WriterLatch) {
        let until =
            switch latch {
            case .fileLost:
                "Nothing is written any more. An operator has to restore what the service copies as it ends: its log says how."
            case .commitFailed, .checkpointFailed, .damaged: "Nothing is written until the service is restarted."
            }
        self.init(.readOnly, "\(latch.summary) \(until) Nothing of this change is kept.")
    }

    private init(_ trouble: ClockTrouble) {
        let kind: ProblemKind =
            switch trouble {
            case .jumped: .clockJumped
            case .behind: .clockBehind
            }
        self.init(
            kind, "\(trouble.summary) No change is kept until it is right, and nothing has changed. \(trouble.remedy)")
    }

    private init?(_ error: StoreError) {
        switch error {
        case .inTheFuture(let now): self = QueryIssues.asOfInTheFuture(now: now).problem
        case .locked: self.init(.busy, "Another process holds the database. Nothing has changed; try again.")
        case .batchFailed:
            self.init(.busy, "The batch this change was in was rolled back. Nothing has changed; try again.")
        case .readOnly: self.init(.readOnly, "The database can't be written. Nothing has changed.")
        case .diskFull: self.init(.diskFull, "The disk is full. Nothing has changed.")
        case .lowSpace(let free, let needed):
            self.init(
                .diskFull, "Only \(free) bytes are free on the disk, and \(needed) must be. Nothing has changed.")
        case .latched(let latch): self.init(latch)
        case .clock(let trouble): self.init(trouble)
        case .superseded(let epoch, let successor):
            self.init(
                .superseded,
                "Another service goes on with this record, in epoch \(successor); this one is of epoch \(epoch), and keeps no "
                    + "change any more. Nothing has changed: send it to the other one.")
        case .damaged:
            self.init(.databaseDamaged, "The database can't be read where this was looked for. Nothing has changed.")
        case .unreadable:
            self.init(
                .databaseDamaged,
                "What is on record where this was looked for is nothing that this program writes. Nothing has changed.")
        case .outcomeUnknown:
            self.init(
                .outcomeUnknown,
                "The commit failed on its way to the disk. Whether the change is kept shows after a restart: look "
                    + "before you send it again.")
        case .notYetClosed, .tooMuchWork, .unusable, .inUse, .failed: return nil
        }
    }

    /// What the server itself turned down (`ProblemKind.isOfServer`).
    init(_ refusal: ServerRefusal) {
        self.init(ProblemKind(rawValue: refusal.code.rawValue) ?? .internal, refusal.detail)
    }
}

extension ProblemKind {
    /// Whether the server turns requests down with it by itself, before there is a path or after.
    var isOfServer: Bool { ServerRefusal.Code(rawValue: rawValue) != nil }
}
