/// What the tactics look at to say what is to be done about a case.
struct GuidanceBasis {
    let file: CaseFile
    let policy: Policy
    let hotInARow: Int
    /// The regime that the case is under.
    let regime: RegimeInForce?
    /// By when it must be settled, and how long that is.
    let deadline: DeadlineLeft?
    let now: Instant
    /// All of the case's log that guidance knows, oldest first.
    let entries: [LogEntry]
    /// Those since the case was opened, or last opened again: then the talk begins anew.
    let talk: [LogEntry]
    /// How the customer was, each time it was observed, oldest first.
    let moods: [Observation]

    /// How the customer was at some time.
    struct Observation {
        let seq: Int64
        let mood: Mood
        let recordedAt: Instant
        /// False for the `calm` that a new case is taken for.
        let wasSeen: Bool
    }

    init(
        of file: CaseFile, entries: [LogEntry], under policy: Policy, hotInARow: Int, regime: RegimeInForce? = nil,
        deadline: DeadlineLeft? = nil, at now: Instant
    ) {
        self.regime = regime
        self.deadline = deadline
        self.file = file
        self.entries = entries
        self.policy = policy
        self.hotInARow = hotInARow
        self.now = now
        let start = entries.last { $0.kind == .caseReopened }?.seq ?? 0
        talk = entries.filter { $0.seq >= start }
        let observed = Set(entries.filter { $0.kind == .mood }.map(\.recordedAt))
        moods = entries.compactMap { entry in
            // An opening and an edit tell of the mood too; since observations are written down, these do.
            guard [.caseOpened, .caseUpdated, .mood].contains(entry.kind), let mood: Mood = entry.word("mood"),
                entry.kind == .mood || !observed.contains(entry.recordedAt)
            else { return nil }
            return Observation(
                seq: entry.seq, mood: mood, recordedAt: entry.recordedAt,
                wasSeen: entry.kind != .caseOpened || mood > .calm)
        }
    }
}

// The case and its promises.
extension GuidanceBasis {
    var fields: CaseFields { file.record.fields }

    var isVulnerable: Bool { file.record.customer.fields.vulnerable }

    var isOpen: Bool { file.record.status == .open }

    var status: String { file.record.status.rawValue }

    /// What is promised to the customer and not yet settled, the first due first.
    var unsettled: [Promise] {
        file.unsettledToCustomer.sorted { ($0.dueAt, $0.id) < ($1.dueAt, $1.id) }
    }

    var overdue: [Promise] { unsettled.filter { $0.state(at: now) == .overdue } }

    /// Those whose time has come (T2).
    var near: [Promise] { unsettled.filter(isNear) }

    /// What ends a pause is near in the last quarter of its span alone: a pause shorter than the policy warns ahead would be
    /// over as it begins.
    func isNear(_ promise: Promise) -> Bool {
        rest?.callback.id == promise.id
            ? file.isInLastQuarter(promise, at: now) : file.isNear(promise, under: policy, at: now)
    }

    /// What the customer hears next: while the talk rests, what ends that; the acknowledgement until it is kept; then what
    /// is due first.
    var nextPromise: Promise? { rest?.callback ?? unsettled.first { $0.kind == .acknowledge } ?? unsettled.first }

    /// When a promise to the customer was last broken.
    var lastBreak: Instant? { file.promises.compactMap { $0.brokeAt(now) }.max() }

    var broken: [Promise] { file.promises.broke(at: now).map { $0.promise } }

    /// Where the chain of dates that a promise began has come to.
    func current(_ id: Int64) -> Promise? {
        var promise = file.promise(id)
        while let next = promise?.successor.flatMap(file.promise) { promise = next }
        return promise
    }

    /// By when, in examples.
    var due: DueRequest { .at(policy.exampleDue(at: now)) }

    /// That the customer was told, in examples.
    var notice: NoticeRequest { NoticeRequest(channel: fields.channel, outcome: .messageLeft) }
}

// The talk with the customer.
extension GuidanceBasis {
    func all(_ kinds: LogKind...) -> [LogEntry] { entries.filter { kinds.contains($0.kind) } }

    /// Since the talk began.
    func said(_ kinds: LogKind...) -> [LogEntry] { talk.filter { kinds.contains($0.kind) } }

    var mood: Mood { moods.last?.mood ?? fields.mood }

    var moodTrend: MoodTrend? {
        let seen = moods.filter(\.wasSeen)
        guard seen.count > 1, let last = seen.last else { return nil }
        return MoodTrend(from: seen[seen.count - 2].mood, to: last.mood)
    }

    /// The observations that say how the customer is.
    var moodSeqs: [Int64] { moods.suffix(1).map(\.seq) }

    var hotMoods: [Observation] { moods.filter(\.mood.isHot) }

    /// That the desk saw how they feel, since what heats them now began. What was said to somebody calm, before anybody wrote
    /// down that they were not, was said to that; but not that the complaint is written down (T5), which tells of no feeling.
    var acknowledgement: LogEntry? {
        let outburst = outburst
        return said(.acknowledgement, .support).last {
            $0.seq > outburst.heated || $0.seq > outburst.calm && $0.flag("written_down") != true
        }
    }

    /// Where they last got worse after they were calm or had cooled down, or lost their temper: another outburst is to be
    /// acknowledged anew, one that goes on is not. By the entries of how they were before, where that was calm, and then.
    private var outburst: (calm: Int64, heated: Int64) {
        if let last = moods.last, last.mood == .calm { return (last.seq, last.seq) }
        var outburst: (calm: Int64, heated: Int64) = (0, 0)
        var hasCooled = false
        for (before, after) in zip(moods, moods.dropFirst()) where before.mood != after.mood {
            if after.mood > before.mood, hasCooled || before.mood == .calm {
                outburst = (before.seq, after.seq)
            } else if after.mood.isHot, !before.mood.isHot {
                outburst = (after.seq, after.seq)
            }
            hasCooled = after.mood < before.mood
        }
        return outburst
    }

    /// They were upset or worse at some time since the talk began.
    var wasUpset: Bool { moods.contains { $0.mood > .calm && $0.seq >= talk.first?.seq ?? 0 } || mood > .calm }

    /// They were acknowledged, and are as hot as before or hotter.
    var nothingHelps: Bool {
        guard mood.isHot, let acknowledgement, let last = moods.last else { return false }
        return last.seq > acknowledgement.seq && moodTrend != .falling
    }

    /// What ended the talk for now, and the promise to take it up again.
    var pause: (entry: LogEntry, callback: Promise)? {
        guard let entry = said(.coolOff, .refusal).last, let id = entry.promiseID, let callback = current(id) else {
            return nil
        }
        return (entry, callback)
    }

    /// The pause, while it lasts: until the callback, or until the customer is heard of otherwise.
    var rest: (entry: LogEntry, callback: Promise)? {
        guard isOpen, let pause, pause.callback.isUnsettled, (moods.last?.seq ?? 0) < pause.entry.seq else {
            return nil
        }
        return pause
    }

    /// The pause is over, or the case is open again, and nobody has said how the customer is since.
    var needsAnotherLook: Bool {
        if let start = talk.first, start.kind == .caseReopened, let last = moods.last, last.seq < start.seq {
            return true
        }
        guard let pause, let ended = pause.callback.settlement?.recordedAt, let last = moods.last else { return false }
        return last.recordedAt <= ended
    }

    /// Why the talk waits, while it does.
    var restReason: Guidance.Reason? {
        rest.map {
            Guidance.Reason(
                "The talk rests until promise \($0.callback.id), due at \($0.callback.dueAt.rfc3339).",
                entries: [$0.entry.seq], promises: [$0.callback.id])
        }
    }

    /// What the customer said last that goes on from the complaint.
    var statement: LogEntry? { said(.statement).last }

    /// That the customer agreed to an option, and no manager has refused it since.
    var agreement: LogEntry? { said(.agreement).last { $0.flag("accepted") == true && !isTakenBack($0) } }

    /// Whether what was promised as an option was agreed on can't be kept, as a manager refused it.
    func isTakenBack(_ agreement: LogEntry) -> Bool { agreement.promiseID.flatMap(current).map(isRefused) ?? false }

    /// Whether a promise makes a concession good that a manager refused: something else takes its place (T15).
    func isRefused(_ promise: Promise) -> Bool {
        promise.isUnsettled && file.isRefused(promise)
    }

    /// What was promised as the way out since the talk began: with its beginning nobody has listened yet.
    var remedies: [Promise] {
        guard let start = talk.first?.recordedAt else { return [] }
        return file.promises.filter {
            $0.kind == .remedy && $0.isToCustomer && $0.madeAt > start && $0.state(at: now) != .void && !isRefused($0)
        }
    }

    /// A way out was agreed on or promised: what comes before is over.
    var isSolved: Bool { agreement != nil || !remedies.isEmpty }

    var solution: Guidance.Reason {
        Guidance.Reason(
            "A way out is agreed on.", entries: agreement.map { [$0.seq] } ?? [], promises: remedies.map(\.id))
    }
}
