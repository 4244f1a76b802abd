import Complaints
import GRDB

@testable import CaseStore

/// A store on a file of its own, with a clock that the test sets and a reader.
final class Desk {
    static let agent = Actor(name: "Anna", role: .agent)
    static let manager = Actor(name: "Marta", role: .manager)

    let clock: TestClock
    let store: CaseStore
    let reader: Reader
    private let folder: ScratchFolder

    convenience init(queueLimit: Int = 1024, batchLimit: Int = 256) throws {
        try self.init(
            folder: ScratchFolder(), clock: TestClock(), queueLimit: queueLimit, batchLimit: batchLimit)
    }

    /// One on the database that is in a folder, or on a new one.
    init(folder: ScratchFolder, clock: TestClock, queueLimit: Int = 1024, batchLimit: Int = 256) throws {
        self.folder = folder
        self.clock = clock
        try NewDatabase.make(at: folder.path("desk.db"))
        store = try CaseStore(
            path: folder.path("desk.db"),
            options: StoreOptions(wallClock: { clock.now }, queueLimit: queueLimit, batchLimit: batchLimit))
        reader = try store.makeReader()
    }

    /// Another store on the same file.
    func opened(clock: TestClock) throws -> Desk {
        try Desk(folder: folder, clock: clock)
    }

    /// A path beside the database.
    func path(_ name: String) -> String { folder.path(name) }

    /// A connection that knows nothing of the store.
    func raw() throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        return try DatabaseQueue(path: store.path, configuration: configuration)
    }

    /// Opens a case in a batch of its own.
    @discardableResult
    func open(_ request: CaseRequest = .plain(), by actor: Actor = agent) throws -> CaseFile {
        try store.write { try $0.openCase(Incoming(request), by: actor) }.file
    }

    /// Changes a case in a batch of its own.
    @discardableResult
    func change(
        _ id: Int64, by actor: Actor = agent, _ change: (inout CaseChange, Policy, Instant) throws -> Void
    ) throws -> CaseFile {
        try store.write { transaction in
            try transaction.changeCase(id, by: actor) { file, policy in try change(&file, policy, transaction.now) }
                .file
        }
    }

    /// Writes a note to the log of a case.
    @discardableResult
    func note(_ id: Int64, _ text: String) throws -> CaseFile {
        try change(id) { file, policy, now in
            try file.write(Incoming(.note(text: text)), under: policy, by: Desk.agent, at: now)
        }
    }

    /// Settles a promise as kept and promises something else.
    @discardableResult
    func keep(_ promiseID: Int64, ofCase id: Int64) throws -> CaseFile {
        try change(id) { file, policy, now in
            try file.keep(
                promiseID, Incoming(SettleAndContinue(KeepRequest(), then: .promise(.plain()))), under: policy,
                by: Self.agent, at: now)
        }
    }

    /// Opens two cases of one customer, and resolves the first as a duplicate of the second. Returns the first one's id.
    @discardableResult
    func duplicate() throws -> Int64 {
        let first = try open()
        let again = CaseRequest(complaint: "It drips, as I said.", customer: .known(id: first.record.customer.id))
        let second = try open(again)
        let request = DuplicateRequest(caseID: second.record.id, reason: "They called, and wrote.")
        try store.write { transaction in
            let command = DuplicateCommand(case: first.record.id, Incoming(request))
            guard let file = try transaction.subject(of: command) else { return }
            _ = try transaction.perform(command, on: file, by: Self.agent)
        }
        return first.record.id
    }

    /// Brings the full-text index up to date.
    func catchUpSearch() throws {
        try store.write { try $0.catchUpSearch() }
    }

    /// What the record says of a case now.
    func file(_ id: Int64, asOf: Instant? = nil) throws -> CaseFile? {
        try reader.read(asOf: asOf) { try $0.caseFile(id) }
    }
}

extension CaseRequest {
    /// Only what a case can't do without.
    static func plain(
        _ complaint: String = "The tap drips.", customer: String = "Ida Kern", fields: CaseFields = CaseFields()
    ) -> CaseRequest {
        CaseRequest(fields: fields, complaint: complaint, customer: .new(CustomerFields(name: customer)))
    }
}

extension PromiseRequest {
    /// A promise to the customer, due in a day.
    static func plain(
        _ what: String = "Call back", due: ElapsedTime = .days(1), nextStep: String? = nil
    ) -> PromiseRequest {
        PromiseRequest(what: what, due: .after(due), nextStep: nextStep)
    }
}

extension NoticeRequest {
    /// That the customer was spoken to.
    static let reached = NoticeRequest(channel: .phone, outcome: .reached)
}

extension Desk {
    /// Makes a policy, or changes one, in a batch of its own.
    @discardableResult
    func perform(_ command: PolicyCommand, by actor: Actor = manager) throws -> Policy {
        try store.write { transaction in
            try transaction.perform(command, on: transaction.subject(of: command), by: actor)
        }
    }
}

extension PolicyCommand {
    /// An edit of what the policy of a severity says.
    static func edit(_ severity: Severity, _ edit: PolicyEdit) -> PolicyCommand {
        .edit(policy: severity.rawValue, Incoming(PolicyChange(terms: edit)))
    }
}

/// What a test asks for is not there.
struct NotThere: Error {}

extension WriteTransaction {
    /// Changes a case by its rules, one or more of them in one step.
    func changeCase(
        _ id: Int64, by actor: Actor, _ rules: (inout CaseChange, Policy) throws -> Void
    ) throws -> Committed {
        guard let file = try record.caseFile(id) else { throw NotThere() }
        try file.record.customer.requireNotErased()
        let policy = try record.policy(for: file.record)
        // No rule looks at notes, of which a test may write thousands.
        var change = CaseChange(
            of: file, knowing: try record.logEntries(ofCase: id, kinds: LogKind.written.filter { $0 != .note }),
            nextPromiseID: try nextID(Self.nextPromise))
        change.regime = try regime(of: file)
        try rules(&change, policy)
        if !change.log.isEmpty { change.escalateIfBroken(under: policy, at: now) }
        try requireFreeKey(change)
        return try save(change, by: actor)
    }

    /// Performs a command on the customer that it is about.
    func perform(_ command: CustomerCommand, by actor: Actor = Desk.agent) throws -> CustomerRecord {
        guard let subject = try subject(of: command) else { throw NotThere() }
        return try perform(command, on: subject, by: actor)
    }
}
