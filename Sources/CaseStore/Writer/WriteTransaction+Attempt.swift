import GRDB

/// A change has failed that had changed something already, and there is no savepoint to go back to: the batch has to be
/// made again with savepoints.
struct SavepointNeeded: Error {}

extension WriteTransaction {
    private static let savepoint = SQL("SAVEPOINT change")
    private static let release = SQL("RELEASE change")
    private static let rollBackTo = SQL("ROLLBACK TO change")

    /// Makes a change, or a part of one: with an error of its own nothing of it is kept, and all before it is.
    ///
    /// For a savepoint SQLite copies every page that is changed after it, which is a good part of what a create costs, and
    /// for nothing: rules are looked at before anything is written, so what is refused has left nothing behind. Only when
    /// something fails half way, the whole batch is made again with savepoints.
    ///
    /// - Throws: `SavepointNeeded`, or an error that ended the whole transaction (a full disk, an I/O error), or after
    ///   which nothing may be written any more, for then nothing of the batch is kept.
    public func attempt<Value>(_ change: () throws -> Value) throws -> Result<Value, any Error> {
        try hasSavepoints ? attemptInSavepoint(change) : attemptWithoutSavepoint(change)
    }

    private func attemptWithoutSavepoint<Value>(_ change: () throws -> Value) throws -> Result<Value, any Error> {
        let changesBefore = db.totalChangesCount
        do {
            let value = try change()
            try requireTransaction()
            return .success(value)
        } catch {
            let failure = try ownFailure(error)
            guard db.totalChangesCount == changesBefore else { throw SavepointNeeded() }
            return .failure(failure)
        }
    }

    private func attemptInSavepoint<Value>(_ change: () throws -> Value) throws -> Result<Value, any Error> {
        let (log, nextIDs, mark) = (log, nextIDs, names.mark)
        try statements.run(Self.savepoint, db)
        do {
            let value = try change()
            try requireTransaction()
            try statements.run(Self.release, db)
            return .success(value)
        } catch {
            let failure = try ownFailure(error)
            try statements.run(Self.rollBackTo, db)
            try statements.run(Self.release, db)
            self.log = log
            self.nextIDs = nextIDs
            record.policiesRead = nil
            record.forgetCalendars()
            ownerCounts.forget()
            names.rollBack(to: mark)
            ended.forget()
            owners.forget()
            return .failure(failure)
        }
    }

    private func requireTransaction() throws {
        guard db.isInsideTransaction else { throw StoreError.batchFailed("the transaction was rolled back") }
    }

    /// The error as that of the change alone.
    ///
    /// - Throws: the error, when it is not.
    private func ownFailure(_ error: any Error) throws -> any Error {
        guard db.isInsideTransaction else { throw error }
        guard let error = error as? DatabaseError else { return error }
        if error.isDamage { throw error }
        return StoreError(error)
    }
}

extension Result {
    /// What it failed with, if it did.
    var error: Failure? {
        if case .failure(let error) = self { error } else { nil }
    }
}
