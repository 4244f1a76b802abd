import Complaints
import TestSupport
import Testing

@testable import CaseStore

/// A desk at random work: batches of changes through the store, some of them refused, with time passing in between.
/// Beside the store it keeps what each change returned, as plain values.
struct RandomHistory {
    static let owners = ["Anna", "Bo", "Zoë", "anna"]
    static let teams = ["Billing", "billing", "Repairs"]
    static let categories = ["Water", "Heat"]

    let desk: Desk
    /// Every case as it stands now, by id.
    private(set) var files: [Int64: CaseFile] = [:]
    /// What stood after each batch, by its stamp, oldest first.
    private(set) var batches: [(stamp: Instant, files: [Int64: CaseFile])] = []
    /// How many changes were made, and how many were refused.
    private(set) var counts = (made: 0, refused: 0)
    var random: SeededRandom
    /// When each promise was given to somebody, or taken by them, oldest first.
    private(set) var reassigned: [Int64: [Instant]] = [:]
    /// How many cases were found to be duplicates.
    private(set) var duplicates = 0
    /// When each customer was changed.
    private(set) var customerUpdates: [Int64: Set<Instant>] = [:]

    /// Whether cases are found to be duplicates of others.
    private let hasDuplicates: Bool
    /// Whether customers are found to be vulnerable, which databases of before knew nothing of.
    private let hasVulnerable: Bool
    /// Whether cases are under regimes, the same.
    private let hasRegimes: Bool

    init(
        _ desk: Desk, seed: UInt64, hasDuplicates: Bool = true, hasVulnerable: Bool = true, hasRegimes: Bool = true
    ) {
        self.hasRegimes = hasRegimes
        self.desk = desk
        self.hasDuplicates = hasDuplicates
        self.hasVulnerable = hasVulnerable
        random = SeededRandom(seed)
    }

    /// The record as of an instant, in which cases were like that.
    func record(of files: [CaseFile], at instant: Instant) -> NaiveRecord {
        NaiveRecord(files: files, now: instant, customerUpdates: customerUpdates)
    }

    /// Every case as it stands now.
    var now: [CaseFile] { files.values.sorted { $0.record.id < $1.record.id } }

    /// Lets some time pass and makes a few changes in one commit.
    mutating func work() throws {
        desk.clock.advance(by: random.once(in: 3) ? .zero : random.span(.seconds(1)...(.hours(30))))
        var stamp: Instant?
        let errors = try desk.store.commit(count: .random(in: 1...4, using: &random)) { _, transaction in
            stamp = transaction.now
            try act(transaction)
        }
        for case let error? in errors where !(error is Refusal) { throw error }
        counts.refused += errors.count { $0 != nil }
        counts.made += errors.count { $0 == nil }
        if let stamp { batches.append((stamp, files)) }
    }

    private mutating func act(_ transaction: WriteTransaction) throws {
        guard let id = files.keys.sorted().randomElement(using: &random), !random.once(in: 8) else {
            let file = try transaction.openCase(Incoming(caseRequest(at: transaction.now)), by: actor()).file
            files[file.record.id] = file
            return
        }
        if random.once(in: 20), let record = files[id]?.record {
            try editCustomer(record.customer.id, transaction)
            return
        }
        let actor = actor()
        if hasDuplicates, random.once(in: 10), let file = files[id] {
            try resolveAsDuplicate(file, by: actor, transaction)
            return
        }
        // A seed of its own: what a refused change drew is forgotten with it.
        let seed = random.next()
        var given: Set<Int64> = []
        let file = try transaction.changeCase(id, by: actor) { file, policy in
            var change = RandomChange(
                random: SeededRandom(seed), policy: policy, actor: actor, now: transaction.now)
            try change.make(&file)
            given = Set(file.ownersBefore.keys).subtracting(file.declined)
        }.file
        files[id] = file
        for promise in given { reassigned[promise, default: []].append(transaction.now) }
        take(file.record.customer)
        for (other, before) in files {
            guard before.duplicates[id] != nil else { continue }
            files[other] = before.knowing(file, at: transaction.now)
        }
    }

    /// Mostly of another case of the customer's.
    private mutating func resolveAsDuplicate(_ file: CaseFile, by actor: Actor, _ transaction: WriteTransaction) throws
    {
        let others = now.filter {
            $0.record.customer.id == file.record.customer.id && $0.record.id != file.record.id
                && $0.record.status == .open
        }
        let other = others.randomElement(using: &random)?.record.id ?? random.one([1, 2, 3])
        let request = DuplicateRequest(caseID: other, reason: "They called, and wrote.")
        let command = DuplicateCommand(case: file.record.id, Incoming(request))
        let before = try #require(try transaction.subject(of: command))
        let transfer = try transaction.perform(command, on: before, by: actor)
        for changed in [transfer.duplicate.file, transfer.other.file] { files[changed.record.id] = changed }
        for promise in transfer.promises {
            guard let origin = promise.origin else { continue }
            reassigned[promise.id] = reassigned[origin.promise]
        }
        duplicates += 1
    }

    /// Every case shows its customer as they are today.
    private mutating func take(_ customer: Customer) {
        customerUpdates[customer.id, default: []].insert(customer.updatedAt)
        for (id, file) in files where file.record.customer.id == customer.id { files[id] = file.showing(customer) }
    }

    private mutating func actor() -> Actor { random.one([Desk.agent, Desk.manager]) }

    private mutating func editCustomer(_ id: Int64, _ transaction: WriteTransaction) throws {
        var edit = CustomerEdit()
        edit.name = random.one(["Ida Kern", "Ida Kern-Voss", "Jan Roth"])
        edit.phone = .some(random.perhaps(["+49 30 1234", "+49 30 5678"]))
        if hasVulnerable {
            var random = SeededRandom(UInt64(transaction.now.milliseconds))
            edit.vulnerableIfSo = .some(random.perhaps([true]))
            edit.vulnerableReason = .some(random.perhaps(["In mourning", "Lives alone"]))
        }
        take(try transaction.perform(.edit(customer: id, Incoming(edit))).customer)
    }

    private mutating func caseRequest(at now: Instant) -> CaseRequest {
        var fields = CaseFields(
            externalID: random.perhaps(["K-\(Int.random(in: 1...200, using: &random))"]),
            subject: random.perhaps(["Tap", "Boiler"]), channel: random.one(Array(Channel.allCases)),
            category: random.perhaps(Self.categories), severity: random.one(Array(Severity.allCases)),
            mood: random.one(Array(Mood.allCases)), owner: random.perhaps(Self.owners),
            team: random.perhaps(Self.teams))
        let customer: CustomerRequest =
            switch files.count {
            case 2... where random.once(in: 3): .known(id: 1)
            case _ where random.once(in: 3):
                .keyed(externalID: "C-1", CustomerFields(name: "Jan Roth", email: "jan@roth.example"))
            default: .new(CustomerFields(name: "Ida Kern"))
            }
        // It draws nothing of what other fields are drawn from.
        if hasRegimes, files.count % 4 == 1 { fields.regime = "housing-ombudsman" }
        let age = random.span(.zero...(.days(6)))
        return CaseRequest(
            fields: fields, complaint: "It drips.", customer: customer,
            receivedAt: random.perhaps([Instant(milliseconds: now.milliseconds - age.milliseconds)]).map {
                PastInstant($0)
            },
            promise: random.perhaps([PromiseRequest.plain("Call", due: random.span(.seconds(1)...(.days(3))))]))
    }
}

extension CaseFile {
    func showing(_ customer: Customer) -> CaseFile {
        var record = record
        record.customer = customer
        return CaseFile(
            record: record, promises: promises, matters: matters, duplicates: duplicates, stages: stages,
            resolutions: resolutions)
    }

    /// The same, once a duplicate of it is another.
    func knowing(_ file: CaseFile, at now: Instant) -> CaseFile {
        var duplicates = duplicates
        duplicates[file.record.id] = DuplicateFile(promises: file.promises, matters: file.matters, at: now)
        return CaseFile(
            record: record, promises: promises, matters: matters, duplicates: duplicates, stages: stages,
            resolutions: resolutions)
    }
}
