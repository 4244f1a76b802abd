public import Complaints
import GRDB

extension ReadTransaction {
    /// A page of what waits for somebody: by rank, each with what has waited longest first.
    public func queue(_ filter: QueueFilter, _ request: PageRequest) throws -> Page<QueueItem> {
        let ranks = QueueRank.all.filter { filter.kinds.isEmpty || filter.kinds.contains($0.kind) }
        let count = request.counts ? try queueCount(ranks, filter) : nil
        var rest = ranks
        var after: QueuePlace?
        if let key = request.after {
            after = QueuePlace(key)
            let isPast = Set(QueueRank.all.prefix { $0 != after?.rank })
            rest = after == nil ? [] : ranks.filter { !isPast.contains($0) }
        }
        var rows: [QueueRow] = []
        for rank in rest where rows.count <= request.limit {
            let walk = try QueueWalk(rank, filter, in: self, after: after?.rank == rank ? after : nil)
            rows += try queueRows(walk, limit: request.limit + 1 - rows.count)
        }
        let page = page(rows, request, count: count) {
            QueuePlace(rank: QueueRank(of: $0.item.reason), since: $0.place, id: $0.id).key
        }
        return Page(
            items: page.items.map(\.item), next: page.next, total: page.total, totalIsCapped: page.totalIsCapped)
    }

    private func queueCount(_ ranks: [QueueRank], _ filter: QueueFilter) throws -> (total: Int, isCapped: Bool) {
        let cap = Page<QueueItem>.totalCap
        var total = 0
        for rank in ranks {
            let walk = try QueueWalk(rank, filter, in: self)
            let count = try count(walk.counted, walk.list)
            total += count.total
            if count.isCapped || total > cap { return (min(total, cap), true) }
        }
        return (total, false)
    }

    private func queueRows(_ walk: QueueWalk, limit: Int) throws -> [QueueRow] {
        var rows: [QueueRow] = []
        var calendars = CaseCalendars()
        let standIns = walk.kind == .overdue || walk.kind == .ladder ? try standIns() : [:]
        try statements.rows(walk.sql(limit: limit), walk.list.values, db) { row in
            switch walk.subject {
            case .promise: rows.append(try promiseItem(row, walk.kind, standIns))
            case .step: rows.append(try stepItem(row, standIns))
            case .matter: rows.append(try matterItem(row, walk.kind))
            case .case: rows.append(try deadlineItem(row, &calendars))
            }
            return true
        }
        guard isHistorical || rows.contains(where: \.item.summary.customer.isOfSeveral) else { return rows }
        return zip(rows, try asOfRecord(rows.map(\.item.summary))).map { row, summary in
            QueueRow(id: row.id, place: row.place, item: row.item.showing(summary))
        }
    }

    /// Of the columns of a walk through promises.
    ///
    /// - Parameter standIns: of those who are away.
    private func promiseItem(
        _ row: Columns, _ kind: QueueKind, _ standIns: [FoldedName: String]
    ) throws -> QueueRow {
        let owner = try names.spelling(row.optionalInteger(3), db)
        let what = row.text(2)
        let summary = try SummaryColumns.summary(row, at: 7)
        return QueueRow(
            id: row.integer(0), place: row.instant(1),
            item: QueueItem(
                reason: kind == .overdue
                    ? .overdue(what: what, by: try row.word(4), to: try row.word(5), isCaseOpen: row.flag(6))
                    : .acceptance(what: what, owner: owner),
                since: row.instant(1), place: .promise(row.integer(0)),
                waitsFor: owner.map { standIns[FoldedName($0)] ?? $0 }, summary: summary,
                exampleDue: try policy(for: summary).exampleDue(at: asOf)))
    }

    /// Of the columns of a walk through what came up the ladder.
    private func stepItem(_ row: Columns, _ standIns: [FoldedName: String]) throws -> QueueRow {
        let summary = try SummaryColumns.summary(row, at: 9)
        let policy = try policy(for: summary)
        let hearer = FactCoding.text("hearer", in: row.text(6)).flatMap(LadderStep.Hearer.init(rawValue:)) ?? .manager
        let waitsFor: String? =
            switch hearer {
            case .owner: try names.spelling(row.optionalInteger(7), db).map { standIns[FoldedName($0)] ?? $0 }
            case .supervisor: try names.spelling(row.optionalInteger(8), db) ?? policy.supervisor
            case .manager: nil
            }
        return QueueRow(
            id: row.integer(0), place: row.instant(1),
            item: QueueItem(
                reason: .ladder(
                    hearer: hearer, what: row.text(3), to: try row.word(4), isOverdue: row.instant(5) < asOf),
                since: row.instant(1), place: .promise(row.integer(2)), waitsFor: waitsFor, summary: summary,
                exampleDue: policy.exampleDue(at: asOf)))
    }

    /// Of the columns of a walk through cases.
    private func deadlineItem(_ row: Columns, _ calendars: inout CaseCalendars) throws -> QueueRow {
        let summary = try SummaryColumns.summary(row, at: 5)
        let deadline = row.instant(1)
        let left = try calendars.left(
            until: deadline, ofCase: row.integer(0), regime: row.optionalText(3),
            team: try names.spelling(row.optionalInteger(4), db), self)
        return QueueRow(
            id: row.integer(0), place: deadline,
            item: QueueItem(
                reason: .deadline(left), since: left.since, place: .case,
                waitsFor: try names.spelling(row.optionalInteger(2), db), summary: summary,
                exampleDue: try policy(for: summary).exampleDue(at: asOf)))
    }

    /// Of the columns of a walk through matters.
    private func matterItem(_ row: Columns, _ kind: QueueKind) throws -> QueueRow {
        let supervisor = try names.spelling(row.optionalInteger(5), db)
        let owner = try names.spelling(row.optionalInteger(6), db)
        let summary = try SummaryColumns.summary(row, at: 8)
        let waitsFor: String?
        switch kind {
        case .threat: waitsFor = supervisor ?? owner
        case .concession:
            // Nobody decides about what they gave away themselves.
            let writer = try names.spelling(row.integer(7), db)
            waitsFor = supervisor.flatMap { FoldedName($0) == FoldedName(writer) ? nil : $0 }
        default: waitsFor = supervisor
        }
        return QueueRow(
            id: row.integer(0), place: row.instant(1),
            item: QueueItem(
                reason: try reason(kind, facts: row.text(3), texts: row.text(4), supervisor: supervisor),
                since: row.instant(1), place: .entry(row.integer(2)),
                waitsFor: waitsFor, summary: summary,
                exampleDue: try policy(for: summary).exampleDue(at: asOf)))
    }

    private func reason(
        _ kind: QueueKind, facts: String, texts: String, supervisor: String?
    ) throws -> QueueReason {
        switch kind {
        case .danger:
            return .danger(
                by: FactCoding.text("by", in: texts), reason: FactCoding.text("reason", in: texts))
        case .notAccepted: return .notAccepted(summary: FactCoding.text("summary", in: texts))
        case .threat:
            let threat = FactCoding.text("threat_kind", in: facts).flatMap(ThreatKind.init(rawValue:))
            return .threat(threat ?? .other, stake: FactCoding.money("value_at_stake", in: facts))
        case .escalation:
            return .escalation(supervisor: supervisor, reason: FactCoding.text("reason", in: texts))
        case .concession:
            guard let money = FactCoding.money("amount", in: facts) else {
                throw StoreError.unreadable("a concession has no amount")
            }
            return .concession(
                money, isAboveLimit: FactCoding.flag("above_limit", in: facts),
                beside: FactCoding.shadow(in: facts))
        case .dispute:
            return .dispute(
                reason: FactCoding.text("reason", in: texts), saidBy: FactCoding.text("said_by", in: texts))
        case .return: return .return(of: FactCoding.integer("possible_duplicate_of", in: facts))
        case .ladder, .overdue, .acceptance, .deadline: preconditionFailure("\(kind.rawValue) is no matter")
        }
    }
}

/// An item with the id of the matter, promise or case it is of, and the instant that it is sorted by.
private struct QueueRow {
    let id: Int64
    let place: Instant
    let item: QueueItem
}
