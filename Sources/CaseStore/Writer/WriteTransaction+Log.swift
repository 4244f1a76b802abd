import Complaints

/// How what is decided about other things than cases gets into the log.
extension WriteTransaction {
    /// Writes an entry about a thing whose row has just been written.
    func log(_ draft: LogDraft, about subject: LogSubject, by actor: Actor) throws {
        let seq = try record.lastSeq(about: subject) + 1
        guard let row = try LoggedRow(subject.sort, db, statements)?.bytes(subject.id, seq: seq) else {
            throw StoreError.unreadable("\(subject.text) is not there")
        }
        try log.write(
            draft, seq: seq, about: subject, covering: .row(row), actor: actor,
            recordedAt: now, names: names, statements, db)
    }
}
