import Complaints
package import GRDB

/// Appender to the cases' log (not the write-ahead log): writes entries and carries the hash chain from one to the next
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
            facts, texts, salt, digest, hash)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)

    /// Writes an entry, which has what its kind's form asks for; `complaint` is what the opening of a case covers besides.
    mutating func write(
        _ draft: LogDraft, seq: Int64, ofCase caseID: Int64, complaint: String? = nil, actor: Actor,
        recordedAt: Instant, imported: Bool, names: NameBook, _ statements: StatementCache, _ db: Database
    ) throws {
        assert(draft.kind.form.fits(facts: draft.facts, texts: draft.texts), "\(draft) is not as its kind's form says")
        let link = LogChain.Link(
            id: lastID + 1, caseID: caseID, seq: seq, kind: draft.kind.rawValue, promiseID: draft.promiseID,
            tokenID: actor.tokenID, at: draft.at, recordedAt: recordedAt, imported: imported)
        let salt = makeSalt()
        let facts = FactCoding.bytes(draft.facts)
        let texts = draft.texts.isEmpty ? [] : FactCoding.bytes(draft.texts)
        let digest = LogChain.digest(
            salt: salt, actor: actor.name, texts: texts, complaint: draft.kind == .caseOpened ? complaint : nil,
            in: &covered)
        let hash = LogChain.hash(after: lastHash, link, facts: facts, digest: digest, in: &covered)
        let actorID = try names.id(actor.name, .actor, db)
        try statements.run(Self.insertEntry, db) { row in
            row.add(link.id)
            row.add(link.caseID)
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
        }
        lastID = link.id
        lastHash = hash
        count += 1
        textBytes += texts.count
        if draft.kind == .caseOpened { textBytes += complaint?.utf8.count ?? 0 }
        types.insert(EventTypes(draft.kind.form.event))
    }
}
