import Complaints
package import GRDB

/// Appender to the log (not the write-ahead log): writes entries and carries the hash chain from one to the next
/// within a batch.
package struct LogWriter {
    private(set) var lastID: Int64
    private var lastHash: [UInt8]
    private let makeSalt: () -> [UInt8]
    /// What a hash covers, put together.
    private var covered: [UInt8] = []
    /// How many entries it has written, and of which types.
    private(set) var count: Int64 = 0
    private(set) var types: EventTypes = []
    /// How many bytes of text, complaints included.
    private(set) var textBytes = 0

    /// Goes on after the last entry there is.
    ///
    /// - Parameter makeSalt: gives the 16 bytes that each entry's digest is salted with.
    package init(
        _ db: Database, _ statements: StatementCache, makeSalt: @escaping () -> [UInt8] = LogChain.makeSalt
    ) throws {
        self.makeSalt = makeSalt
        let last = try statements.first(Self.lastEntry, db) { (id: $0.integer(0), hash: $0.bytes(1)) }
        lastID = last?.id ?? 0
        lastHash = last?.hash ?? LogChain.start
    }

    private static let lastEntry = SQL("SELECT id, hash FROM case_log ORDER BY id DESC LIMIT 1")

    private static let insertEntry = SQL(
        """
        INSERT INTO case_log (id, case_id, seq, kind, promise_id, actor_id, token_id, at, recorded_at, imported,
            facts, texts, salt, digest, hash, about, about_id, row_digest)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)

    /// What an entry covers besides itself.
    enum Covered {
        case nothing
        /// The complaint of the case that it opened, with its fields as they were then, and its customer where they came
        /// with it.
        case opening(complaint: String, CaseFields, newCustomer: Customer?)
        /// What it does not say of the promise that it made.
        case making(Promise)
        /// The secret of the link that it tells of, by its hash.
        case sharing(ShareSecret)
        /// What there is of the row that it is about, by `LoggedRow`.
        case row([UInt8])
    }

    /// Writes an entry, which has what its kind's form asks for.
    mutating func write(
        _ draft: LogDraft, seq: Int64, about subject: LogSubject, covering beside: Covered = .nothing, actor: Actor,
        recordedAt: Instant, imported: Bool = false, names: NameBook, _ statements: StatementCache, _ db: Database
    ) throws {
        assert(draft.kind.form.fits(facts: draft.facts, texts: draft.texts), "\(draft) is not as its kind's form says")
        assert(draft.kind.form.about == subject.sort, "\(draft) is about something else than \(subject)")
        let salt = makeSalt()
        var (complaint, customer, details, rowDigest): (String?, [UInt8]?, [UInt8]?, [UInt8]?)
        switch beside {
        case .nothing: break
        case .making(let promise): details = LogChain.details(promise.coveredTexts)
        case .sharing(let secret): details = LogChain.details(ShareSecret.coveredTexts(secret.hash))
        case .opening(let text, let fields, let newCustomer):
            complaint = text
            details = LogChain.details(fields.coveredTexts)
            customer = newCustomer.map {
                LogChain.newCustomer($0.fields.loggedTexts(), recordedAt: $0.recordedAt)
            }
        case .row(let row): rowDigest = LogChain.digest(ofRow: row, salt: salt)
        }
        let link = LogChain.Link(
            id: lastID + 1, subject: subject, seq: seq, kind: draft.kind.rawValue, promiseID: draft.promiseID,
            tokenID: actor.tokenID, at: draft.at, recordedAt: recordedAt, imported: imported, rowDigest: rowDigest)
        let facts = FactCoding.bytes(draft.facts)
        let texts = draft.texts.isEmpty ? [] : FactCoding.bytes(draft.texts)
        let digest = LogChain.digest(
            salt: salt, actor: actor.name, texts: texts, complaint: complaint, customer: customer, details: details,
            in: &covered)
        let hash = LogChain.hash(after: lastHash, link, facts: facts, digest: digest, in: &covered)
        let actorID = try names.id(actor.name, .actor, db)
        try statements.run(Self.insertEntry, db) { row in
            row.add(link.id)
            row.add(subject.caseID)
            row.add(link.seq)
            row.add(link.kind)
            row.add(link.promiseID)
            row.add(actorID)
            row.add(link.tokenID)
            row.add(link.at)
            row.add(link.recordedAt)
            row.add(link.imported)
            row.add(text: facts)
            row.add(text: draft.texts.isEmpty ? nil : texts)
            row.add(salt)
            row.add(digest)
            row.add(hash)
            row.add(subject.caseID == nil ? subject.sort.rawValue : nil)
            row.add(subject.caseID == nil ? subject.id : nil)
            row.add(rowDigest)
        }
        lastID = link.id
        lastHash = hash
        count += 1
        textBytes += texts.count + (complaint?.utf8.count ?? 0)
        types.insert(EventTypes(draft.kind.form.event))
    }
}
