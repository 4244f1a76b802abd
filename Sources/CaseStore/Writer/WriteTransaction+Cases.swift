public import Complaints
import GRDB

extension WriteTransaction {
    /// Opens a case, with its customer if that is new.
    ///
    /// - Throws: `Refusal`.
    public func openCase(_ incoming: Incoming<CaseRequest>, by actor: Actor) throws -> CaseFile {
        let match = try match(incoming.value.customer)
        let policy = try record.policy(incoming.value.fields.severity)
        let file = try CaseFile.open(
            Incoming(incoming.value, issues: incoming.issues + match.issues), customer: match.customer,
            id: nextID(Self.nextCase), promiseID: nextID(Self.nextPromise), policy: policy, by: actor, at: now)
        try requireFree(externalID: file.record.fields.externalID)
        try insertIfNew(match)
        return try insert(file, by: actor, imported: false)
    }

    /// Takes over a case of the past; nil when its `external_id` is there already.
    ///
    /// - Throws: `Refusal`.
    public func importCase(_ incoming: Incoming<ImportRequest>, by actor: Actor) throws -> CaseFile? {
        if let externalID = incoming.value.fields.externalID, try caseID(externalID: externalID) != nil {
            return nil
        }
        let match = try match(incoming.value.customer, recordedAt: incoming.value.receivedAt?.instant(at: now))
        let policy = try record.policy(incoming.value.fields.severity)
        let file = try CaseFile.imported(
            Incoming(incoming.value, issues: incoming.issues + match.issues), customer: match.customer,
            id: nextID(Self.nextCase), promiseID: nextID(Self.nextPromise), policy: policy, by: actor, at: now)
        try insertIfNew(match)
        return try insert(file, by: actor, imported: true)
    }

    /// Changes a case and writes back what changed, with its log.
    ///
    /// - Parameter entries: the kinds of its log's entries that the change has to know.
    /// - Throws: `StoreError.notFound`, and what `change` throws.
    public func changeCase<Value>(
        _ id: Int64, by actor: Actor, knowing entries: [LogKind] = [],
        _ change: (inout CaseFile, Policy) throws -> Value
    ) throws -> (file: CaseFile, value: Value) {
        guard let loaded = try record.caseFile(id) else { throw StoreError.notFound }
        try loaded.record.customer.requireNotErased()
        var file = CaseFile(
            record: loaded.record, promises: loaded.promises, matters: loaded.matters,
            entries: try record.logEntries(ofCase: id, kinds: entries), nextPromiseID: try nextID(Self.nextPromise))
        let before = file
        let policy = try record.policy(file.record.fields.severity)
        let value = try change(&file, policy)
        if !file.log.isEmpty { file.escalateIfBroken(under: policy, at: now) }
        if !file.record.fields.externalID.isExactly(before.record.fields.externalID) {
            try requireFree(externalID: file.record.fields.externalID)
        }
        return (try save(file, from: before, by: actor), value)
    }

    /// Changes the case a promise is of.
    ///
    /// - Throws: `StoreError.notFound`, and what `change` throws.
    public func changePromise<Value>(
        _ id: Int64, by actor: Actor, _ change: (inout CaseFile, Policy) throws -> Value
    ) throws -> (file: CaseFile, value: Value) {
        guard let caseID = try record.caseID(ofPromise: id) else { throw StoreError.notFound }
        return try changeCase(caseID, by: actor, change)
    }

    private func caseID(externalID: String) throws -> Int64? {
        try statements.first(Self.caseByExternalID, db, bind: { $0.add(externalID) }) { $0.integer(0) }
    }

    private static let caseByExternalID = SQL("SELECT id FROM complaint_case WHERE external_id = ?")

    /// An `external_id` is one case's.
    private func requireFree(externalID: String?) throws {
        guard let externalID, let id = try caseID(externalID: externalID) else { return }
        throw Refusal.rule(
            RuleViolation(.duplicateExternalID, "Case \(id) has external_id \(externalID) already.", caseID: id))
    }

    private func insert(_ file: CaseFile, by actor: Actor, imported: Bool) throws -> CaseFile {
        let last = imported ? file.log.last?.at ?? now : now
        let saved = file.committed(at: last)
        try insert(saved.record)
        for promise in saved.promises { try insert(promise) }
        if imported {
            for status in file.statusesTaken { try insertStatusChange(status, ofCase: saved.record.id, at: last) }
        }
        try writeLog(of: file, after: 0, by: actor, imported: imported)
        let matters = try writeMatters(of: file, after: 0)
        try count(settled: saved.promises)
        try watch(saved.promises)
        return try advised(saved, matters, new: imported ? [] : saved.promises)
    }

    func save(_ file: CaseFile, from before: CaseFile, by actor: Actor) throws -> CaseFile {
        guard !file.log.isEmpty else { return file }
        let saved = file.committed(at: now)
        // A new promise goes in before the old one says that it is superseded by it.
        let new = saved.promises.filter { before.promise($0.id) == nil }
        for promise in new { try insert(promise) }
        for promise in saved.promises {
            guard let old = before.promise(promise.id) else { continue }
            guard old != promise || !old.owner.isExactly(promise.owner) else { continue }
            try update(promise)
        }
        for (id, owner) in file.ownersBefore.sorted(by: { $0.key < $1.key }) {
            try insertOwnerChange(ofPromise: id, from: owner, file.acceptancesBefore[id] ?? nil)
        }
        for status in file.statusesTaken { try insertStatusChange(status, ofCase: saved.record.id, at: now) }
        if saved.record.fields.subject.isExactly(before.record.fields.subject) {
            try update(saved.record)
        } else {
            try search.changing(caseID: saved.record.id) { try update(saved.record) }
        }
        let settled = saved.promises.filter { !$0.isUnsettled && before.promise($0.id)?.isUnsettled != false }
        try announceOverdue(before.promises.filter { $0.isUnsettled && saved.promise($0.id)?.isUnsettled == false })
        let last = try record.lastSeq(ofCase: file.record.id)
        try writeLog(of: file, after: last, by: actor, imported: false)
        let matters = try writeMatters(of: file, after: last)
        try writeRelationship(of: file, after: last)
        try count(settled: settled)
        try watch(new)
        return try advised(saved, matters, new: new)
    }

    private func writeLog(of file: CaseFile, after last: Int64, by actor: Actor, imported: Bool) throws {
        var seq = last
        for draft in file.log {
            seq += 1
            try log.write(
                draft, seq: seq, ofCase: file.record.id, complaint: file.record.complaint, actor: draft.actor ?? actor,
                recordedAt: imported ? draft.at : now, imported: imported, names: names, statements, db)
        }
    }
}
