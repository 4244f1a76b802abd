import GRDB

extension WriteTransaction {
    private static let savepoint = SQL("SAVEPOINT change")
    private static let release = SQL("RELEASE change")
    private static let rollBackTo = SQL("ROLLBACK TO change")

    /// Makes a change, or a part of one, in a savepoint: with an error of its own nothing of it is kept, and all before
    /// it is.
    ///
    /// - Throws: an error that ended the whole transaction (a full disk, an I/O error), or after which nothing may be
    ///   written any more, for then nothing of the batch is kept.
    public func attempt<Value>(_ change: () throws -> Value) throws -> Result<Value, any Error> {
        let before = log
        let mark = names.mark
        try statements.run(Self.savepoint, db)
        do {
            let value = try change()
            guard db.isInsideTransaction else { throw StoreError.batchFailed("the transaction was rolled back") }
            try statements.run(Self.release, db)
            return .success(value)
        } catch {
            guard db.isInsideTransaction else { throw error }
            if let error = error as? DatabaseError, error.isDamage { throw error }
            try statements.run(Self.rollBackTo, db)
            try statements.run(Self.release, db)
            log = before
            names.rollBack(to: mark)
            if let error = error as? DatabaseError { return .failure(StoreError(error)) }
            return .failure(error)
        }
    }
}

extension Result {
    /// What it failed with, if it did.
    var error: Failure? {
        if case .failure(let error) = self { error } else { nil }
    }
}
