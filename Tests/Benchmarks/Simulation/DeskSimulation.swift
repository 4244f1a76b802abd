import CaseStore
import Complaints
import TestSupport

/// A desk at work for years, case by case in the order of time: what is promised, kept, kept late, moved, withdrawn,
/// taken back or forgotten, with notes in between, until the cases are resolved and closed, and some opened again.
package struct DeskSimulation {
    /// What a case waits for.
    private enum Step {
        case settle(Outcome)
        case close
        case reopen

        var isVoid: Bool { if case .settle(.void) = self { true } else { false } }
    }

    /// What becomes of a promise.
    enum Outcome: CaseIterable {
        case kept, keptLate, moved, recovered, withdrawn, void
    }

    private struct Event {
        let caseID: Int64
        let step: Step
    }

    private let plan: DeskPlan
    private var random: SeededRandom
    private var texts: CaseTexts
    private var queue = EventQueue<Event>()
    /// Only the cases that something will still happen to, or whose promises are unsettled.
    private var files: [Int64: CaseFile] = [:]
    private var neglected: Set<Int> = []
    /// The latest of these.
    private var latest: Int64?

    /// How many of each were made.
    package private(set) var cases = 0
    package private(set) var promises = 0

    package init(_ plan: DeskPlan) {
        self.plan = plan
        random = SeededRandom(plan.seed)
        texts = CaseTexts(plan)
        // The neglected are among the newer cases, but not so new that their promise is not yet due.
        let last = plan.cases - Int(Double(plan.cases) * Double(Self.settling) / Double(plan.span.milliseconds)) - 1
        let first = max(0, min(last - 2 * plan.overdue, plan.cases * 9 / 10))
        for index in 0..<plan.overdue { neglected.insert(first + (last - first) * index / plan.overdue) }
    }

    /// The longest that the policy's promises take.
    private static let settling = ElapsedTime.days(4).milliseconds

    /// Makes all of it; `progress` is told after each case how many there are.
    package mutating func run(into load: BulkLoad, progress: (Int) -> Void = { _ in }) throws {
        let start = plan.until.milliseconds - plan.span.milliseconds
        for index in 0..<plan.cases {
            let share = (Double(index) + Double.random(in: 0..<1, using: &random)) / Double(plan.cases)
            let time = start + Int64(share * Double(plan.span.milliseconds - 1))
            try work(until: time, load)
            try open(index, at: time, load)
            progress(cases)
        }
        try work(until: plan.until.milliseconds, load)
        try catchUp(load)
    }

    private mutating func open(_ index: Int, at time: Int64, _ load: BulkLoad) throws {
        let isNeglected = neglected.contains(index)
        let isNew = time > plan.until.milliseconds - Self.settling
        var request = texts.request(
            number: index, at: time, promise: isNew || (!isNeglected && random.happens(0.4)) ? promise(at: time) : nil,
            &random)
        // Whoever has just called comes again now and then, about the same.
        let isAgain = !isNeglected && random.happens(0.03)
        let other = isAgain ? latest.flatMap { files[$0] }.flatMap { $0.record.status == .open ? $0 : nil } : nil
        if let other { request.customer = .known(id: other.record.customer.id) }
        let actor = Actor(name: request.fields.owner ?? DeskPlan.owners[0], role: .agent)
        var file = try load.open(request, by: actor, at: Instant(milliseconds: time))
        (cases, promises) = (cases + 1, promises + file.promises.count)
        if random.happens(0.2) {
            file = try load.change(file, by: actor, at: file.record.updatedAt) { file, policy, now in
                try file.write(Incoming(texts.entry(&random)), under: policy, by: actor, at: now)
            }
        }
        if isNeglected { return }
        if let other {
            let found = try load.resolve(
                file, asDuplicateOf: other, because: texts.reason(&random), by: actor, at: file.record.updatedAt)
            promises += found.other.promises.count - other.promises.count
            files[other.record.id] = found.other
            return
        }
        latest = file.record.id
        schedule(file)
    }

    /// Decides what becomes of the case's next unsettled promise, and when.
    private mutating func schedule(_ file: CaseFile) {
        files[file.record.id] = file
        guard let promise = file.nextUnsettled else { return }
        let (from, due) = (file.record.updatedAt.milliseconds, promise.dueAt.milliseconds)
        // In one expression the compiler takes seconds over what type it is of.
        let days: UInt64 = random.next() % 6
        let part: UInt64 = 1 + random.next() % 24
        let delay = Int64(days * 86_400_000 / part)
        let late: Int64 = max(from, due) + 60_000 + delay
        let timely = due > from ? Int64.random(in: from...due, using: &random) : nil
        let draw = Double.random(in: 0..<1, using: &random)
        let (outcome, time): (Outcome, Int64) =
            switch (draw, timely) {
            case (0..<0.62, let timely?): (.kept, timely)
            case (0.62..<0.76, let timely?): (.moved, timely)
            case (0.76..<0.81, let timely?): (.withdrawn, timely)
            case (0.81..<0.82, let timely?): (.void, min(timely, from + 600_000))
            case (0.82..<0.94, _): (.keptLate, late)
            case (0.94..<0.99, _): (.recovered, late)
            default: (.withdrawn, late)
            }
        queue.add(Event(caseID: file.record.id, step: .settle(outcome)), at: time)
    }

    private mutating func work(until time: Int64, _ load: BulkLoad) throws {
        while let next = queue.nextTime, next <= time, let (time, event) = queue.next() {
            guard let file = files.removeValue(forKey: event.caseID) else { continue }
            try take(event.step, file, at: Instant(milliseconds: time), load)
        }
    }

    private mutating func take(_ step: Step, _ before: CaseFile, at time: Instant, _ load: BulkLoad) throws {
        // What is past taking back by whoever promised it is so by somebody else, be it a manager who did.
        let others = Self.managers.filter { $0 != before.nextUnsettled?.madeBy }
        let name = step.isVoid ? others[0] : before.record.fields.owner ?? DeskPlan.owners[1]
        let actor = Actor(name: name, role: .manager)
        let file = try load.change(before, by: actor, at: time) { file, policy, now in
            if random.happens(0.25) {
                try file.write(Incoming(texts.entry(&random)), under: policy, by: actor, at: now)
            }
            switch step {
            case .settle(let outcome):
                guard let promise = file.file.nextUnsettled else { return }
                // What one has just given away counts for oneself still, and is not one's own to take back.
                if random.happens(0.05), !step.isVoid {
                    let owner = ReassignRequest(owner: random.skewed(DeskPlan.owners), reason: "Change of shift")
                    try file.reassign(promise.id, Incoming(owner), by: actor, at: now)
                }
                try settle(promise, outcome, &file, under: policy, by: actor, at: now)
            case .close: try file.close(Incoming(nil), by: actor, at: now)
            case .reopen:
                let request = ReopenRequest(reason: texts.reason(&random), promise: promise(at: now.milliseconds))
                try file.reopen(Incoming(request), under: policy, by: actor, at: now)
            }
        }
        promises += file.promises.count - before.promises.count
        switch (file.record.status, step) {
        case (.open, _): schedule(file)
        case (.resolved, _):
            files[file.record.id] = file
            let step: Step = random.happens(0.04) ? .reopen : .close
            let days = Int64.random(in: 1...10, using: &random)
            if random.happens(0.8) {
                queue.add(
                    Event(caseID: file.record.id, step: step),
                    at: file.record.updatedAt.milliseconds + days * 86_400_000)
            } else {
                files[file.record.id] = nil
            }
        case (.closed, _): break
        }
    }

    private mutating func settle(
        _ promise: Promise, _ outcome: Outcome, _ file: inout CaseChange, under policy: Policy, by actor: Actor,
        at now: Instant
    ) throws {
        switch outcome {
        case .kept where now <= promise.dueAt, .keptLate:
            let isBackdated = now > promise.dueAt && promise.dueAt > promise.madeAt && random.happens(0.1)
            let keep = KeepRequest(
                keptAt: isBackdated ? PastInstant(promise.dueAt) : nil,
                evidence: isBackdated || random.happens(0.3) ? texts.reason(&random) : nil)
            let then = continuation(of: file.file, settling: promise, at: now, share: 0.55)
            try file.keep(
                promise.id, Incoming(SettleAndContinue(keep, then: then)), under: policy, by: actor, at: now)
        case .moved, .recovered:
            let request = RenegotiateRequest(
                due: due(at: now.milliseconds, within: .days(14)), reason: texts.reason(&random),
                nextStep: texts.reason(&random), customerNotified: texts.notice(&random))
            // A step just after another one may have come past the due instant.
            try file.renew(
                promise.id, now > promise.dueAt ? .recover : .renegotiate, Incoming(request), under: policy, by: actor,
                at: now)
        case .void:
            let request = SettleAndContinue(
                VoidRequest(reason: "Entered twice", customerNotified: Self.reached),
                then: .promise(self.successor(at: now.milliseconds)))
            try file.void(promise.id, Incoming(request), under: policy, by: actor, at: now)
        case .kept, .withdrawn:
            let release = random.one([Release.customerAgreed, .customerAgreed, .without(.unreachable)])
            let request = SettleAndContinue(
                WithdrawRequest(reason: texts.reason(&random), release: release, customerNotified: Self.reached),
                then: continuation(of: file.file, settling: promise, at: now, share: 0.2))
            try file.withdraw(promise.id, Incoming(request), under: policy, by: actor, at: now)
        }
    }

    /// What goes on after a promise: another one in that share of the cases, else the end, with all that is left.
    private mutating func continuation(
        of file: CaseFile, settling promise: Promise, at now: Instant, share: Double
    ) -> Continuation {
        if random.happens(share) { return .promise(successor(at: now.milliseconds)) }
        let rest = file.unsettledToCustomer.filter { $0.id != promise.id }
        return .resolve(
            ResolveRequest(
                summary: texts.reason(&random), customerAccepted: random.happens(0.8),
                settle: rest.map { SettleRequest(promiseID: $0.id, action: .keep(KeepRequest())) }))
    }

    /// Moves on what is overdue at the end, all but the neglected.
    private mutating func catchUp(_ load: BulkLoad) throws {
        for id in files.keys.sorted() {
            while let file = files[id], let next = file.nextUnsettled, next.dueAt <= plan.until {
                try take(.settle(.recovered), file, at: plan.until, load)
            }
        }
    }

    private static let managers = ["Ines Maier", "Otto Brandt"]
    private static let reached = NoticeRequest(channel: .phone, outcome: .reached)

    /// What takes the place of another promise: it says what happens next.
    private mutating func successor(at time: Int64) -> PromiseRequest {
        var promise = promise(at: time)
        promise.nextStep = promise.nextStep ?? texts.reason(&random)
        return promise
    }

    private mutating func promise(at time: Int64) -> PromiseRequest {
        PromiseRequest(
            kind: random.skewed([.update, .callback, .answer, .remedy, .decision, .checkIn, .other]),
            what: texts.reason(&random), due: due(at: time, within: .days(10)),
            channel: random.happens(0.5) ? .phone : nil, nextStep: random.happens(0.3) ? texts.reason(&random) : nil,
            customerNotified: random.happens(0.7) ? texts.notice(&random) : nil)
    }

    private mutating func due(at time: Int64, within span: ElapsedTime) -> DueRequest {
        let length = Int64.random(in: 3_600_000...span.milliseconds, using: &random)
        let beyond = time + length - plan.until.milliseconds
        let quiet = DeskPlan.quiet.milliseconds + 60_000
        return .after(ElapsedTime(milliseconds: length + (beyond > -60_000 && beyond < quiet ? quiet : 0)))
    }
}

extension CaseFile {
    /// The promise to the customer that is to be kept first.
    fileprivate var nextUnsettled: Promise? {
        unsettledToCustomer.min { ($0.dueAt, $0.id) < ($1.dueAt, $1.id) }
    }
}
