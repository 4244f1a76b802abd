import CaseStore
import Complaints

/// The record as plain values, with every list as a loop over all of it: what the store's lists are held against.
struct NaiveRecord {
    /// Every case, in the order of ids.
    var files: [CaseFile]
    /// The instant the lists are for.
    var now: Instant
    /// When customers were changed, whom their cases show.
    var customerUpdates: [Int64: Set<Instant>]

    /// What the policies say in a database that nobody has edited them in.
    private static let warnAhead: [Severity: ElapsedTime] = [
        .critical: .hours(1), .high: .hours(4), .normal: .hours(8), .low: .days(1),
    ]

    func promises(_ filter: PromiseFilter) -> [PromiseRow] {
        let rows = files.flatMap { file in
            file.promises.filter { matches($0, of: file.record, filter) }
                .map { PromiseRow(promise: $0, summary: file.record.summary) }
        }
        let sorted = rows.sorted {
            ($0.promise.dueAt.milliseconds, $0.promise.id) < ($1.promise.dueAt.milliseconds, $1.promise.id)
        }
        return filter.order == .dueAt ? sorted : sorted.reversed()
    }

    private func matches(_ promise: Promise, of record: Case, _ filter: PromiseFilter) -> Bool {
        var allOf = [
            filter.states.isEmpty || filter.states.contains(promise.state(at: now)),
            isName(promise.owner, filter.owner),
            isName(promise.accountable, filter.accountable),
            isName(record.fields.team, filter.team), isName(record.fields.category, filter.category),
            filter.kinds.isEmpty || filter.kinds.contains(promise.kind),
            filter.severities.isEmpty || filter.severities.contains(record.fields.severity),
        ]
        if let unowned = filter.unowned { allOf.append(unowned == (promise.owner == nil)) }
        if let by = filter.by { allOf.append(promise.by == by) }
        if let to = filter.to { allOf.append(promise.to == to) }
        if let id = filter.caseID { allOf.append(record.id == id) }
        if let id = filter.customerID { allOf.append(record.customer.id == id) }
        if let before = filter.dueBefore { allOf.append(promise.dueAt < before) }
        if let after = filter.dueAfter { allOf.append(promise.dueAt >= after) }
        if let dueSoon = filter.dueSoon, let ahead = Self.warnAhead[record.fields.severity] {
            allOf.append(dueSoon == (promise.isUnsettled && promise.dueAt >= now && promise.dueAt <= now + ahead))
        }
        if let unaccepted = filter.unaccepted { allOf.append(unaccepted == promise.waitsForAcceptance) }
        if let slips = filter.slipsMin { allOf.append(promise.slips >= slips) }
        return !allOf.contains(false)
    }

    /// All but `search`, which is not looked at.
    func cases(_ filter: CaseFilter) -> [CaseFile] {
        let found = files.filter { matches($0, filter) }
        switch filter.order {
        case .openedAt: return found.sorted { key($0, $0.record.openedAt) < key($1, $1.record.openedAt) }
        case .openedAtDescending: return found.sorted { key($0, $0.record.openedAt) > key($1, $1.record.openedAt) }
        case .nextDueAt:
            return found.sorted {
                key($0, $0.timeline(at: now).nextDueAt ?? .latest) < key($1, $1.timeline(at: now).nextDueAt ?? .latest)
            }
        }
    }

    private func matches(_ file: CaseFile, _ filter: CaseFilter) -> Bool {
        let fields = file.record.fields
        let timeline = file.timeline(at: now)
        var allOf = [
            filter.statuses.isEmpty || filter.statuses.contains(file.record.status),
            isName(fields.owner, filter.owner),
            isName(fields.team, filter.team), isName(fields.category, filter.category),
            filter.severities.isEmpty || filter.severities.contains(fields.severity),
            filter.moods.isEmpty || filter.moods.contains(fields.mood),
            filter.channels.isEmpty || filter.channels.contains(fields.channel),
        ]
        if let unowned = filter.unowned { allOf.append(unowned == (fields.owner == nil)) }
        if !filter.outcomes.isEmpty {
            let found = file.record.ending.outcome?.rawValue ?? SoughtOutcome.none.rawValue
            allOf.append(
                file.record.status != .open && filter.outcomes.contains { $0.rawValue.isExactly(found) })
        }
        if let vulnerable = filter.vulnerable {
            allOf.append(vulnerable == file.record.customer.fields.vulnerable)
        }
        if let overdue = filter.overdue { allOf.append(timeline.isOverdue == overdue) }
        if let silent = filter.silent { allOf.append(timeline.isSilent == silent) }
        if let id = filter.customerID { allOf.append(file.record.customer.id == id) }
        if let id = filter.externalID { allOf.append(fields.externalID == id) }
        let resolvedAt = file.record.resolvedAt
        if let instant = filter.resolvedAfter { allOf.append(resolvedAt.map { $0 >= instant } ?? false) }
        if let instant = filter.resolvedBefore { allOf.append(resolvedAt.map { $0 < instant } ?? false) }
        if let instant = filter.updatedAfter {
            let updates = customerUpdates[file.record.customer.id] ?? []
            allOf.append(file.record.updatedAt > instant || updates.contains { $0 > instant && $0 <= now })
        }
        return !allOf.contains(false)
    }

    private func key(_ file: CaseFile, _ value: Instant) -> (Int64, Int64) { (value.milliseconds, file.record.id) }

    /// Names compare without case.
    private func isName(_ name: String?, _ wanted: String?) -> Bool {
        wanted == nil || name?.lowercased() == wanted?.lowercased()
    }
}
