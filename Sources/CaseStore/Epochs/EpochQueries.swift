import Complaints
import GRDB

extension ReadTransaction {
    /// The record's epoch, and what was seen of others.
    public func epochs() throws -> Epochs { try Epochs.read(db, statements) }
}

extension Epochs {
    private static let all = SQL(
        "SELECT coalesce((SELECT max(id) FROM epoch), 1), (SELECT epoch FROM epoch_seen WHERE id = 1)")

    static func read(_ db: Database, _ statements: StatementCache) throws -> Epochs {
        try statements.first(all, db) { Epochs(own: $0.integer(0), seen: $0.optionalInteger(1)) }
            ?? Epochs(own: 1, seen: nil)
    }
}

extension WriteTransaction {
    private static let insertEpoch = SQL("INSERT INTO epoch (id, begun_at) VALUES (?, ?)")

    /// Begins the next epoch, higher than any that is known. Returns its number.
    func beginEpoch(by actor: Actor) throws -> Int64 {
        let number = try record.epochs().next
        try statements.run(Self.insertEpoch, db) { row in
            row.add(number)
            row.add(now)
        }
        try log(.epochBegun(number, at: now), about: .epoch(number), by: actor)
        return number
    }

    private static let noteEpoch = SQL(
        """
        INSERT INTO epoch_seen (id, epoch) VALUES (1, ?)
        ON CONFLICT (id) DO UPDATE SET epoch = excluded.epoch WHERE excluded.epoch > epoch_seen.epoch
        """)

    /// Writes down that another service was found to have that epoch, unless a higher one was.
    func noteEpoch(_ number: Int64) throws {
        notesEpoch = true
        try locally { try statements.run(Self.noteEpoch, db) { $0.add(number) } }
    }
}

extension WriteTransaction {
    /// Takes somebody's word that another service has that epoch: with a higher one no later batch is kept. Returns what is known
    /// then.
    public func learn(of news: EpochNews) throws -> Epochs {
        let number = news.epoch
        let known = try record.epochs()
        guard number > max(known.own, known.seen ?? 0) else { return known }
        try noteEpoch(number)
        return try record.epochs()
    }
}

extension CaseStore {
    /// Begins the next epoch of a record that is opened for that: whoever went on with an earlier one takes no changes any
    /// more once it learns of this one. Returns its number.
    ///
    /// - Throws: `StoreError`.
    public func promote() throws -> Int64 {
        try write { try $0.beginEpoch(by: .local) }
    }

    /// Writes down in a database, which another process may serve, that another service has a higher epoch: no change of it
    /// is kept from then on.
    ///
    /// - Throws: `StoreError`.
    public static func supersede(path: String, by epoch: Int64) throws {
        var options = StoreOptions()
        options.writesWhenSuperseded = true
        try CaseStore(path: path, options: options).write { try $0.noteEpoch(epoch) }
    }
}
