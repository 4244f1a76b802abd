import Complaints
import GRDB

extension Verifier {
    /// Follows the chain, one entry at a time. Returns how many entries were followed.
    mutating func checkLog(head: String?) throws -> Int {
        let stamp = try ClockRow.stamp(db, transaction.statements)
        var isAhead = false
        var previous = LogChain.start
        var count: Int64 = 0
        var headWasSeen = false
        var buffer: [UInt8] = []
        var found: [VerificationFinding] = []
        var isWhole = true
        // Of each case, what is to be told by the entry that tells of its erasure, and where the first of it stands.
        var seals: [LogSubject: (first: Int64, place: String, told: [String])] = [:]
        /// Says what is wrong, and that there is no use in going on.
        func end(_ check: String, _ detail: String) -> Bool {
            found.append(VerificationFinding(check: check, detail: detail))
            isWhole = false
            return false
        }
        try rows(Self.chain) { row in
            count += 1
            let link = LogChain.Link(
                id: row.integer(0), subject: try row.subject(caseID: 1, about: 16), seq: row.integer(2),
                kind: row.text(3),
                promiseID: row.optionalInteger(4), tokenID: row.optionalInteger(5), at: row.instant(6),
                recordedAt: row.instant(7), imported: row.flag(8),
                rowDigest: row.optionalBytes(18))
            let digest = row.bytes(10)
            let place = "entry \(link.id) (\(link.subject.text), seq \(link.seq))"
            if link.id != count { return end("log_chain", "Log entry \(count) is missing before \(place).") }
            let hash = row.bytes(11)
            let left = LogChain.hash(after: previous, link, facts: row.textBytes(9), digest: digest, in: &buffer)
            if left != hash {
                guard row.optionalBytes(12) == nil, try hasErasedFacts(row, link) else {
                    return end("log_chain", "Log \(place) is not as it was written, or one before it is not.")
                }
                seals[link.subject, default: (link.id, place, [])].told.append(
                    LogChain.seal(left: left, hash: hash).hex)
            }
            if link.kind == LogKind.erased.rawValue {
                let told = FactCoding.texts(["sealed"], in: row.text(9))
                let expected = seals.removeValue(forKey: link.subject)?.told ?? []
                guard told.elementsEqual(expected, by: { $0.isExactly($1) }) else {
                    return end("log_chain", "What log \(place) tells of those that it erased is not what they are.")
                }
            }
            if let fault = try textFault(of: row, link, digest: digest, at: place, &buffer) {
                return end(fault.check, fault.detail)
            }
            if link.recordedAt > stamp, !isAhead {
                isAhead = true
                found.append(
                    VerificationFinding(
                        check: "clock",
                        detail: "The last batch was at \(stamp.rfc3339), but log \(place) is of a later one."))
            }
            if let head, hash.hex == head.lowercased() { headWasSeen = true }
            previous = hash
            return true
        }
        if isWhole, let sealed = seals.values.min(by: { $0.first < $1.first }) {
            _ = end("log_chain", "Log \(sealed.place) is not as it was written, and no erasure explains it.")
        }
        for finding in found { add(finding.check, finding.detail) }
        if let head, isWhole, !headWasSeen {
            add("log_head", "The head \(head) is not in the log: its end was cut off, or it was rewritten.")
        }
        return Int(count)
    }

    private static let chain = """
        SELECT l.id, l.case_id, l.seq, l.kind, l.promise_id, l.token_id, l.at, l.recorded_at, l.imported,
            l.facts, l.digest, l.hash, l.salt, l.actor_id, l.texts,
            CASE WHEN l.kind = 'case_opened' THEN c.complaint END, l.about, l.about_id, l.row_digest
        FROM case_log l LEFT JOIN complaint_case c ON c.id = l.case_id
        ORDER BY l.id
        """

    /// Whether an entry has facts of which an erasure took words: older versions had some there, which the chain covered
    /// themselves.
    private func hasErasedFacts(_ row: Columns, _ link: LogChain.Link) throws -> Bool {
        guard let kind = LogKind(rawValue: link.kind) else { return false }
        let facts = try FactCoding.decode(row.text(9))
        return Erasure.takes(from: facts, of: kind) && Erasure.facts(facts, of: kind) == facts
    }

    /// What is wrong with what an entry's digest covers. Without its salt an entry's texts were erased on request, and
    /// only the digest is left.
    private func textFault(
        of row: Columns, _ link: LogChain.Link, digest: [UInt8], at place: String, _ buffer: inout [UInt8]
    ) throws -> VerificationFinding? {
        guard let salt = row.optionalBytes(12) else { return nil }
        let actor: String
        do {
            actor = try names.spelling(row.integer(13), db)
        } catch StoreError.unreadable(let reason) {
            return VerificationFinding(check: "rows", detail: "Log \(place) can't be understood: \(reason).")
        }
        let texts = row.textBytes(14)
        let complaint = row.optionalText(15)
        func isCovered(_ customer: [UInt8]?, _ details: [UInt8]?) -> Bool {
            digest
                == LogChain.digest(
                    salt: salt, actor: actor, texts: texts, complaint: complaint, customer: customer,
                    details: details, in: &buffer)
        }
        let kind = LogKind(rawValue: link.kind)
        switch kind {
        case .caseOpened:
            let details = try link.subject.caseID.flatMap(caseAsOpened)
            if isCovered(nil, details) || isCovered(nil, nil) { return nil }
            let customer = try FactCoding.integer("customer_id", in: row.text(9)).flatMap(customerAsTheyCame)
            if isCovered(customer, details) || isCovered(customer, nil) { return nil }
        case .promiseMade:
            let promise = try link.promiseID.flatMap { id in
                try transaction.statements.first(Self.promise, db, bind: { $0.add(id) }) {
                    try PromiseColumns.promise($0, names: names, db)
                }
            }
            if isCovered(nil, promise.map { LogChain.details($0.coveredTexts) }) || isCovered(nil, nil) { return nil }
        case .caseShared:
            let details = try link.subject.caseID.flatMap { try secretHash(ofCase: $0, link.seq) }
            if isCovered(nil, details.map { LogChain.details(ShareSecret.coveredTexts($0)) }) { return nil }
        default: if isCovered(nil, nil) { return nil }
        }
        let what =
            switch kind {
            case .caseOpened: "texts, or what the case was opened with, or the customer who came with it,"
            case .promiseMade: "texts, or what was promised,"
            case .caseShared: "texts, or the link that was made,"
            default: "texts"
            }
        return VerificationFinding(
            check: "log_chain", detail: "The \(what) of log \(place) are not as they were written.")
    }

    /// What the opening of a case covered of its fields: its row, with what was changed since as it was before; nil when
    /// there is none.
    private func caseAsOpened(_ id: Int64) throws -> [UInt8]? {
        let record = try transaction.statements.first(Self.caseByID, db, bind: { $0.add(id) }) {
            try CaseColumns.record($0, names: names, db)
        }
        guard let record else { return nil }
        let texts = try texts(record.fields.coveredTexts, beforeAll: Self.changesOfCase, of: id) {
            CaseFields.coveredNames.contains($0)
        }
        return LogChain.details(texts)
    }

    /// Values of a row as they were before all changes that the log tells of: of each that was changed, what it was before
    /// the first time.
    ///
    /// - Parameter changes: the kind, the facts and the texts of each entry of the thing with that number, oldest first.
    private func texts(
        _ now: [(name: String, text: String)], beforeAll changes: SQL, of number: Int64,
        where isCovered: (String) -> Bool = { _ in true }
    ) throws -> [(name: String, text: String)] {
        var texts = Dictionary(uniqueKeysWithValues: now.map { ($0.name, $0.text) })
        var changed: Set<String> = []
        try transaction.statements.rows(changes, db, bind: { $0.add(number) }) { row in
            for change in try LoggedChange.all(kind: row.word(0), facts: row.text(1), texts: row.optionalText(2))
            where isCovered(change.name) && changed.insert(change.name).inserted {
                texts[change.name] = change.before
            }
        }
        return texts.map { ($0.key, $0.value) }
    }

    static let caseByID = SQL(
        "SELECT \(CaseColumns.list) FROM complaint_case c JOIN customer u ON u.id = c.customer_id WHERE c.id = ?")
    private static let promise = SQL("SELECT \(PromiseColumns.list) FROM promise p WHERE p.id = ?")
    private static let changesOfCase = SQL(
        """
        SELECT l.kind, l.facts, l.texts FROM case_log l
        WHERE l.case_id = ? AND l.kind IN ('case_updated', 'escalated', 'supervisor_joined') ORDER BY l.seq
        """)

    /// What the opening of their first case covered of a customer: their row, with what was edited since as it was before;
    /// nil when there is none.
    private func customerAsTheyCame(_ id: Int64) throws -> [UInt8]? {
        let customer = try transaction.statements.first(Self.customer, db, bind: { $0.add(id) }) {
            try CustomerColumns.customer($0, at: 0)
        }
        guard let customer else { return nil }
        let texts = try texts(customer.fields.loggedTexts(), beforeAll: Self.editsOfCustomer, of: id)
        return LogChain.newCustomer(texts, recordedAt: customer.recordedAt)
    }

    private static let customer = SQL("SELECT \(CustomerColumns.list) FROM customer u WHERE u.id = ?")
    private static let editsOfCustomer = SQL(
        """
        SELECT l.kind, l.facts, l.texts FROM case_log l
        WHERE l.about = 'customer' AND l.about_id = ? AND l.kind = '\(LogKind.customerUpdated.rawValue)' ORDER BY l.seq
        """)
}
