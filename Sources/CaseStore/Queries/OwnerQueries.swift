public import Complaints
import GRDB

extension ReadTransaction {
    private static let ownerColumns = """
        id, name, email, team, time_zone, active, recorded_at, updated_at, version, absence_from, absence_until,
            absence_stand_in
        """

    private func owner(_ row: Columns) throws -> Owner {
        var away = AbsenceFields()
        away.from = try date(row.optionalText(9))
        away.until = try date(row.optionalText(10))
        away.standIn = row.optionalText(11)
        return Owner(
            id: row.integer(0), name: row.text(1),
            fields: OwnerFields(
                email: row.optionalText(2), team: row.optionalText(3), timeZone: row.optionalText(4),
                active: row.flag(5)), away: away,
            recordedAt: row.instant(6), updatedAt: row.instant(7), version: row.integer(8))
    }

    func date(_ text: String?) throws -> CivilDate? {
        try text.map { text in
            guard let date = CivilDate(text) else { throw StoreError.unreadable("\(text) is no date") }
            return date
        }
    }

    private static let ownerByName = SQL("SELECT \(ownerColumns) FROM owner WHERE folded = ? AND recorded_at <= ?")

    /// Whoever was named so; nil when nobody was (or not yet).
    package func owner(_ name: FoldedName) throws -> Owner? {
        let owner = try statements.first(
            Self.ownerByName, db,
            bind: { row in
                row.add(name.text.string)
                row.add(asOf)
            }, owner)
        return try owner.flatMap { try withFieldsThen([$0]).first }
    }

    private static let allOwners = SQL("SELECT \(ownerColumns) FROM owner WHERE recorded_at <= ? ORDER BY id")

    /// Everybody who was named, or whom a token has acted as, or the log tells of.
    func allOwners() throws -> [Owner] {
        var owners: [Owner] = []
        try statements.rows(Self.allOwners, db, bind: { $0.add(asOf) }) { owners.append(try owner($0)) }
        return try withFieldsThen(owners)
    }
}

// MARK: - With what they carry
extension ReadTransaction {
    /// Whoever is known by that name, with what they carry; nil when nobody is.
    public func ownerRecord(_ name: String) throws -> OwnerRecord? {
        let record = try record(of: owner(FoldedName(name)), named: name)
        return record.isKnown ? record : nil
    }

    /// A page of everybody who is known, by name. There are as many as a desk has people: who they are is read as a whole,
    /// and what they carry for the page alone.
    public func owners(_ filter: OwnerFilter, _ request: PageRequest) throws -> Page<OwnerRecord> {
        var known: [(key: FoldedName, name: String, owner: Owner?)] = []
        var seen: Set<FoldedName> = []
        var unnamed: [FoldedName: Owner] = [:]
        for owner in try allOwners() {
            let key = FoldedName(owner.name)
            if try owner.isNamed || !tokenIDs(of: owner).isEmpty {
                seen.insert(key)
                known.append((key, owner.name, owner))
            } else {
                unnamed[key] = owner
            }
        }
        for name in try owningNames() {
            let key = FoldedName(name)
            guard seen.insert(key).inserted else { continue }
            // Who was never named is in no team.
            if filter.team != nil { continue }
            // Whether they owned something at an earlier instant only what they carried says.
            if isHistorical, try !carriedThen(name, day(of: unnamed[key])).isAnything { continue }
            known.append((key, name, unnamed[key]))
        }
        if let team = filter.team.map({ FoldedName($0) }) {
            known.removeAll { $0.owner?.fields.team.map { FoldedName($0) } != team }
        }
        known.sort { $0.key < $1.key }
        if filter.isDescending { known.reverse() }
        let start = request.after.map { min(max(0, Int(clamping: $0.id)), known.count) } ?? 0
        let shown = known[start...].prefix(request.limit)
        let end = start + shown.count
        return Page(
            items: try shown.map { try record(of: $0.owner, named: $0.name) },
            next: end < known.count ? PageKey(value: nil, id: Int64(end)) : nil,
            total: request.counts ? known.count : nil, totalIsCapped: false)
    }

    /// What somebody carries as of the record's instant.
    private struct Carried {
        /// Promises to customers that are not past due, past due, and due on the day.
        var promises = [0, 0, 0]
        /// Open cases.
        var cases = 0
        /// The first spelling under which they own any of it, or something that the desk has promised itself.
        var spelling: Int64?

        var isAnything: Bool { spelling != nil }

        /// Goes on with what else is owned under a name.
        mutating func take(_ other: Int64?) {
            spelling = [spelling, other].compactMap { $0 }.min()
        }
    }

    private static let carriedNow = SQL(
        """
        SELECT coalesce(sum(p.due_at >= ?2), 0), coalesce(sum(p.due_at < ?2), 0),
            coalesce(sum(p.due_at >= ?3 AND p.due_at < ?4), 0)
        FROM \(unsettledOfOwner) AND \(isTheirs("p.owner_id"))
        """)
    private static let handledNow = SQL("SELECT count(*) FROM \(openOfOwner) AND \(isTheirs("c.owner_id"))")

    private func day(of owner: Owner?) throws -> LocalDay {
        LocalDay(of: asOf, in: ownerRules.zone(of: owner, by: try calendarBook(), at: asOf))
    }

    /// - Parameter name: theirs, however it is written.
    private func record(of owner: Owner?, named name: String) throws -> OwnerRecord {
        let today = try day(of: owner)
        let carried = try isHistorical ? carriedThen(name, today) : carriedNow(name, today)
        let named = owner.flatMap { $0.isNamed ? $0.name : nil }
        let date = CivilDate(of: asOf, in: today.zone)
        let absence = owner?.away.absence.flatMap { $0.until < date ? nil : $0 }
        return OwnerRecord(
            name: try named ?? names.spelling(carried.spelling, db) ?? owner?.name ?? name, owner: owner,
            tokenIDs: try owner.map { try tokenIDs(of: $0) } ?? [], openCases: carried.cases,
            open: carried.promises[0], overdue: carried.promises[1], dueToday: carried.promises[2],
            ownsAnything: carried.isAnything, absence: absence,
            isAway: absence?.contains(date) ?? false,
            dueInAbsence: try absence.map { try due(in: $0, of: name, today.zone) } ?? 0)
    }

    private func carriedNow(_ name: String, _ today: LocalDay) throws -> Carried {
        var carried = Carried()
        carried.spelling = try owningSpelling(FoldedName(name))
        guard carried.isAnything else { return carried }
        try statements.rows(
            Self.carriedNow, db,
            bind: { row in
                row.add(name.folded)
                row.add(asOf)
                row.add(today.start.firstDueOfDay)
                row.add(today.end.firstDueOfDay)
            }
        ) { row in carried.promises = (0..<3).map { Int(row.integer($0)) } }
        carried.cases =
            try statements.first(Self.handledNow, db, bind: { $0.add(name.folded) }) { Int($0.integer(0)) } ?? 0
        return carried
    }

    private func carriedThen(_ name: String, _ today: LocalDay) throws -> Carried {
        var carried = Carried()
        var filter = PromiseFilter()
        filter.states = [.open, .overdue]
        filter.by = .desk
        filter.to = nil
        filter.owner = name
        var list = try listSQL(filter)
        list.bind("now", .instant(asOf))
        list.bind("today", .instant(today.start.firstDueOfDay))
        list.bind("tomorrow", .instant(today.end.firstDueOfDay))
        for walk in filter.walks(isHistorical: true).map({ $0.from(filter) }) {
            let sql = """
                SELECT coalesce(sum(\(PromiseStateSQL.toCustomer) AND p.due_at >= :now), 0),
                    coalesce(sum(\(PromiseStateSQL.toCustomer) AND p.due_at < :now), 0),
                    coalesce(sum(\(PromiseStateSQL.toCustomer) AND p.due_at >= :today AND p.due_at < :tomorrow), 0),
                    min(\(Self.ownerAsOf))
                FROM \(walk.tables)
                \(list.adding(walk.conditions).whereClause)
                """
            try statements.rows(sql, list.values, db) { row in
                for index in 0..<3 { carried.promises[index] += Int(row.integer(index)) }
                carried.take(row.optionalInteger(3))
                return true
            }
        }
        var cases = CaseFilter()
        cases.statuses = [.open]
        cases.owner = name
        let handled = try listSQL(cases)
        let sql = """
            SELECT count(*), min(\(try caseField("owner"))) FROM \(cases.walk(isHistorical: true).cases)
            \(handled.whereClause)
            """
        try statements.rows(sql, handled.values, db) { row in
            carried.cases = Int(row.integer(0))
            carried.take(row.optionalInteger(1))
            return true
        }
        return carried
    }
}
