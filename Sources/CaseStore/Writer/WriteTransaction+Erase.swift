import Complaints

extension WriteTransaction {
    /// Erases all that is personal of a customer and their cases, and all free text: what was promised by when, and every
    /// digest of the hash chain, stays. So it is with everybody who was merged into them. A second time changes nothing.
    ///
    /// - Parameter reason: why; it is kept in the log of each case, and in the customer's own.
    /// - Throws: `Refusal`.
    func erase(
        _ before: CustomerRecord, because reason: Incoming<String>, by actor: Actor
    ) throws -> CustomerRecord {
        let everybody = try record.everybody(like: before.customer.id)
        let unsettled = try everybody.flatMap { try ids(Self.unsettledPromises, $0) }.sorted()
        guard let erased = try before.customer.erased(because: reason, unsettled: unsettled, at: now) else {
            return before
        }
        for id in everybody {
            guard let customer = try record.customer(id),
                let erased = try customer.erased(because: reason, unsettled: [], at: now)
            else { continue }
            try erase(customer, erased, because: reason.value, by: actor)
        }
        return try record.record(of: erased)
    }

    /// Erases one of them: their own cases, their log, and what is of them in the logs of cases that are somebody else's by now.
    private func erase(_ before: Customer, _ erased: Customer, because reason: String, by actor: Actor) throws {
        let id = before.id
        var sealed: [Int64: [String]] = [:]
        try search.erasing(entries: ids(Self.entries, id), customerID: id) {
            try erase(erased)
            try statements.run(Self.eraseCases, db) { row in
                row.add(id)
                row.add(now)
            }
            try statements.run(Self.erasePromises, db) { $0.add(id) }
            try statements.run(Self.eraseStages, db) { $0.add(id) }
            // Each after the one that it goes on from, or took the place of: then its words may go.
            for promise in try ids(Self.carriedOn, id) { try statements.run(Self.erasePromise, db) { $0.add(promise) } }
            sealed = try eraseLog(ofCustomer: id)
            try keepHistory(of: erased, from: before)
            try eraseHistory(ofCustomer: id)
        }
        try eraseAnswers(ofCustomer: id)
        try eraseReceiversAnswers(ofCustomer: id)
        for caseID in try ids(Self.cases, id) {
            let seq = try record.lastSeq(ofCase: caseID) + 1
            try log.write(
                .erased(reason, sealed: sealed[caseID] ?? [], at: now), seq: seq, about: .case(caseID),
                actor: actor,
                recordedAt: now, names: names, statements, db)
            try letMattersLapse(ofCase: caseID, by: seq)
            try endShares(ofCase: caseID)
        }
        try log(.customerErased(reason, at: now), about: .customer(id), by: actor)
        leavesTraces = true
    }

    private func ids(_ sql: SQL, _ customerID: Int64) throws -> [Int64] {
        var ids: [Int64] = []
        try statements.rows(sql, db, bind: { $0.add(customerID) }) { ids.append($0.integer(0)) }
        return ids
    }

    private static let ofCustomer = "FROM complaint_case c INDEXED BY complaint_case_by_customer"
    private static let cases = SQL("SELECT c.id \(ofCustomer) WHERE c.customer_id = ? ORDER BY c.id")
    /// What was promised in their cases and went on in others, with all that took its place there.
    private static let carried = """
        WITH RECURSIVE carried (id) AS (
            SELECT n.id \(ofCustomer) CROSS JOIN promise p INDEXED BY promise_by_case ON p.case_id = c.id
            CROSS JOIN promise n INDEXED BY promise_by_transferred_from ON n.transferred_from = p.id
            WHERE c.customer_id = ?1
            UNION SELECT q.id FROM carried h CROSS JOIN promise q INDEXED BY promise_by_supersedes ON q.supersedes = h.id
            UNION SELECT q.id FROM carried h
                CROSS JOIN promise q INDEXED BY promise_by_transferred_from ON q.transferred_from = h.id)
        """
    /// Entries in the logs of cases: of their own, but for what was decided about somebody whose a case was before; and of those
    /// that are somebody else's by now, what was decided about them, the opening, which covers who they were, and what goes on
    /// there from a case of theirs.
    private static let entries = SQL(
        """
        SELECT l.id \(ofCustomer) CROSS JOIN case_log l INDEXED BY sqlite_autoindex_case_log_1 ON l.case_id = c.id
        WHERE c.customer_id = ?1 AND coalesce(\(DecisionSQL.about), ?1) = ?1
        UNION
        SELECT l.id FROM relationship_decision d INDEXED BY relationship_decision_by_customer
        CROSS JOIN case_log l INDEXED BY sqlite_autoindex_case_log_1 ON l.case_id = d.case_id AND l.seq >= d.seq
        WHERE d.customer_id = ?1 AND l.recorded_at = d.recorded_at AND \(DecisionSQL.about) = ?1
        UNION
        SELECT l.id FROM field_change f INDEXED BY field_change_since
        CROSS JOIN case_log l INDEXED BY sqlite_autoindex_case_log_1 ON l.case_id = f.about_id AND l.seq = 1
        WHERE f.about = 'case' AND f.field = 'customer_id' AND f.before = ?1
            AND instr(l.facts, '["customer_id",' || ?1 || ']') > 0
        UNION
        SELECT id FROM (\(carried)
            SELECT l.id FROM carried h CROSS JOIN promise p ON p.id = h.id
            CROSS JOIN case_log l INDEXED BY sqlite_autoindex_case_log_1 ON l.case_id = p.case_id AND l.promise_id = p.id)
        UNION
        SELECT l.id \(ofCustomer) CROSS JOIN status_change s INDEXED BY status_change_by_case ON s.case_id = c.id
        CROSS JOIN case_log l INDEXED BY sqlite_autoindex_case_log_1 ON l.case_id = s.duplicate_of
        WHERE c.customer_id = ?1 AND l.kind = '\(LogKind.duplicate.rawValue)' AND l.recorded_at = s.recorded_at
        """)
    private static let unsettledPromises = SQL(
        """
        SELECT p.id \(ofCustomer) CROSS JOIN promise p INDEXED BY promise_by_case ON p.case_id = c.id
        WHERE c.customer_id = ? AND p.recorded_at IS NULL ORDER BY p.id
        """)

    private static let eraseCustomer = SQL(
        """
        UPDATE customer SET \(CustomerFields.erasing.joined(separator: ", ")), phone_key = NULL, email_key = NULL,
            external_id_key = NULL, erased_at = ?, updated_at = ?, version = ?
        WHERE id = ?
        """)

    private func erase(_ customer: Customer) throws {
        ended.forget()
        try statements.run(Self.eraseCustomer, db) { row in
            row.add(customer.erasedAt)
            row.add(customer.updatedAt)
            row.add(customer.version)
            row.add(customer.id)
        }
    }

    private static let lapseMatters = SQL(
        """
        UPDATE matter SET settled_at = ?, settled_seq = ?, outcome = '\(Matter.Outcome.lapsed.rawValue)'
        WHERE case_id = ? AND settled_at IS NULL
        """)

    /// Nobody can look into a threat, or decide on a concession, that has no words any more.
    private func letMattersLapse(ofCase id: Int64, by seq: Int64) throws {
        try statements.run(Self.lapseMatters, db) { row in
            row.add(now)
            row.add(seq)
            row.add(id)
        }
    }

    /// The case's key in another system stays, so that an import of the same file does not bring it back. Each case gets
    /// an entry that says so, which its version counts.
    private static let eraseCases = SQL(
        """
        UPDATE complaint_case SET complaint = '\(Erasure.mark)', \(CaseFields.erasing.joined(separator: ", ")),
            version = version + 1, updated_at = ?2, update_due_at = NULL
        WHERE customer_id = ?1
        """)

    private static let erasePromises = SQL(
        """
        UPDATE promise SET \(PromiseColumns.personal.map(marked).joined(separator: ", "))
        WHERE case_id IN (SELECT c.id \(ofCustomer) WHERE c.customer_id = ?)
        """)

    private static let eraseStages = SQL(
        """
        UPDATE case_stage SET reason = '\(Erasure.mark)'
        WHERE reason IS NOT NULL AND case_id IN (SELECT c.id \(ofCustomer) WHERE c.customer_id = ?)
        """)

    private static let carriedOn = SQL("\(carried) SELECT id FROM carried ORDER BY id")
    private static let erasePromise = SQL(
        "UPDATE promise SET \(PromiseColumns.personal.map(marked).joined(separator: ", ")) WHERE id = ?")

    private static func marked(_ column: String) -> String {
        "\(column) = CASE WHEN \(column) IS NOT NULL THEN '\(Erasure.mark)' END"
    }

    private static let logTexts = SQL(
        """
        SELECT l.id, l.texts, l.kind, l.facts, l.case_id FROM (\(entries.text)) e CROSS JOIN case_log l ON l.id = e.id
        UNION ALL
        SELECT l.id, l.texts, l.kind, l.facts, l.case_id FROM case_log l WHERE l.about = 'customer' AND l.about_id = ?1
        ORDER BY 1
        """)
    private static let eraseEntry = SQL("UPDATE case_log SET texts = ?, facts = ?, salt = NULL WHERE id = ?")

    /// Without its salt a digest tells nothing of what it covered, and it still stands in the hash chain. Returns, by
    /// case, what stands for the hashes of entries whose facts had words.
    private func eraseLog(ofCustomer id: Int64) throws -> [Int64: [String]] {
        var erased: [(id: Int64, caseID: Int64?, texts: String?, facts: String, isSealed: Bool)] = []
        try statements.rows(Self.logTexts, db, bind: { $0.add(id) }) { row in
            let kind: LogKind = try row.word(2)
            let texts = try row.optionalText(1).map {
                try FactCoding.encode(Erasure.texts(FactCoding.decode($0), of: kind))
            }
            var facts = row.text(3)
            let isSealed = !FactCoding.texts(kind.form.takenNames, in: facts).isEmpty
            if isSealed { facts = try FactCoding.encode(Erasure.facts(FactCoding.decode(facts), of: kind)) }
            erased.append((row.integer(0), row.optionalInteger(4), texts, facts, isSealed))
        }
        var sealed: [Int64: [String]] = [:]
        for entry in erased {
            try statements.run(Self.eraseEntry, db) { row in
                row.add(entry.texts)
                row.add(entry.facts)
                row.add(entry.id)
            }
            guard entry.isSealed, let caseID = entry.caseID else { continue }
            sealed[caseID, default: []].append(try seal(ofEntry: entry.id))
        }
        return sealed
    }

    private static let sealedEntry = SQL(
        """
        SELECT l.id, l.case_id, l.seq, l.kind, l.promise_id, l.token_id, l.at, l.recorded_at, l.imported, l.facts,
            l.digest, l.hash, p.hash
        FROM case_log l LEFT JOIN case_log p ON p.id = l.id - 1 WHERE l.id = ?
        """)

    /// What stands for the hash of an entry whose facts had words, once these are erased.
    private func seal(ofEntry id: Int64) throws -> String {
        var buffer: [UInt8] = []
        let seal = try statements.first(Self.sealedEntry, db, bind: { $0.add(id) }) { row in
            let link = LogChain.Link(
                id: row.integer(0), subject: .case(row.integer(1)), seq: row.integer(2), kind: row.text(3),
                promiseID: row.optionalInteger(4), tokenID: row.optionalInteger(5), at: row.instant(6),
                recordedAt: row.instant(7), imported: row.flag(8), rowDigest: nil)
            let left = LogChain.hash(
                after: row.optionalBytes(12) ?? LogChain.start, link, facts: row.textBytes(9), digest: row.bytes(10),
                in: &buffer)
            return LogChain.seal(left: left, hash: row.bytes(11)).hex
        }
        guard let seal else { throw StoreError.unreadable("log entry \(id) is gone") }
        return seal
    }

    /// What is kept for retries shows a case, a promise or an entry of theirs, or themselves. A retry must not do it once
    /// more, so the key stays.
    private static let eraseAnswers = SQL(
        """
        UPDATE answered_request SET body = x'' WHERE customer_id = ?1
            OR case_id IN (SELECT c.id \(ofCustomer) WHERE c.customer_id = ?1)
            OR case_id IN (\(carried) SELECT p.case_id FROM carried h CROSS JOIN promise p ON p.id = h.id)
        """)

    private func eraseAnswers(ofCustomer id: Int64) throws {
        try statements.run(Self.eraseAnswers, db) { $0.add(id) }
    }

    /// What receivers of webhooks answered when they were told of them. By their events, as deliveries have no other index.
    private static let eraseReceiversAnswers = SQL(
        """
        UPDATE webhook_attempt SET answer = NULL WHERE answer IS NOT NULL AND delivery_id IN (
            SELECT d.id FROM (\(entries.text) UNION \(ownEntries)) e CROSS JOIN webhook w
            CROSS JOIN webhook_delivery d INDEXED BY webhook_delivery_by_event
                ON d.webhook_id = w.id AND d.event_id = e.id)
        """)
    private static let ownEntries = "SELECT l.id FROM case_log l WHERE l.about = 'customer' AND l.about_id = ?1"

    /// They were sent nothing but ids, and may have said what they know by these. What they say from now on is not kept.
    private func eraseReceiversAnswers(ofCustomer id: Int64) throws {
        try locally { try statements.run(Self.eraseReceiversAnswers, db) { $0.add(id) } }
    }
}
