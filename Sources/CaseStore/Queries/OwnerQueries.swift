public import Complaints
import GRDB

extension ReadTransaction {
    private static let ownerColumns = "id, name, email, team, time_zone, active, recorded_at, updated_at, version"

    private func owner(_ row: Columns) -> Owner {
        Owner(
            id: row.integer(0), name: row.text(1),
            fields: OwnerFields(
                email: row.optionalText(2), team: row.optionalText(3), timeZone: row.optionalText(4),
                active: row.flag(5)),
            recordedAt: row.instant(6), updatedAt: row.instant(7), version: row.integer(8))
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

    /// Everybody who was named.
    func namedOwners() throws -> [Owner] {
        var owners: [Owner] = []
        try statements.rows(Self.allOwners, db, bind: { $0.add(asOf) }) { owners.append(owner($0)) }
        return try withFieldsThen(owners).filter(\.isNamed)
    }

    /// That `column` has the id of a spelling of the name that is bound.
    private static func isTheirs(_ column: String) -> String {
        "\(column) IN (SELECT n.id FROM name n WHERE n.role = 'owner' AND n.folded = ?1)"
    }

    private static let unsettledOfOwner = """
        promise p INDEXED BY promise_unsettled_by_owner
        WHERE p.recorded_at IS NULL AND p.owner_id IS NOT NULL AND p.promised_by = 'desk' AND p.promised_to = 'customer'
        """
    private static let openOfOwner = """
        complaint_case c INDEXED BY complaint_case_open_by_owner WHERE c.status = 'open' AND c.owner_id IS NOT NULL
        """
    /// What the desk has promised itself has no index by owner: there is little of it.
    private static let reviewOfOwner = """
        promise p INDEXED BY promise_unsettled
        WHERE p.recorded_at IS NULL AND p.promised_by = 'desk' AND p.promised_to = 'us' AND p.owner_id IS NOT NULL
        """

    private static let anythingOfOwner = SQL(
        """
        SELECT EXISTS (SELECT 1 FROM \(unsettledOfOwner) AND \(isTheirs("p.owner_id")))
            OR EXISTS (SELECT 1 FROM \(openOfOwner) AND \(isTheirs("c.owner_id")))
            OR EXISTS (SELECT 1 FROM \(reviewOfOwner) AND \(isTheirs("p.owner_id")))
        """)

    /// Whether somebody owns an open case, or something that the desk has promised and not settled.
    func ownsAnything(_ name: FoldedName) throws -> Bool {
        try statements.first(Self.anythingOfOwner, db, bind: { $0.add(name.text.string) }) { $0.flag(0) } ?? false
    }

    /// Whoever owns something now, once each: the index is entered once for each of them.
    private static let owningNow = SQL(
        """
        WITH RECURSIVE keeping (id) AS (
            SELECT (SELECT min(p.owner_id) FROM \(unsettledOfOwner))
            UNION ALL
            SELECT (SELECT min(p.owner_id) FROM \(unsettledOfOwner) AND p.owner_id > k.id)
            FROM keeping k WHERE k.id IS NOT NULL),
        handling (id) AS (
            SELECT (SELECT min(c.owner_id) FROM \(openOfOwner))
            UNION ALL
            SELECT (SELECT min(c.owner_id) FROM \(openOfOwner) AND c.owner_id > h.id)
            FROM handling h WHERE h.id IS NOT NULL)
        SELECT id FROM keeping WHERE id IS NOT NULL
        UNION SELECT id FROM handling WHERE id IS NOT NULL
        UNION SELECT p.owner_id FROM \(reviewOfOwner)
        """)
    private static let everyOwner = SQL("SELECT id FROM name WHERE role = 'owner' ORDER BY id")

    /// The names of everybody who may own something, each as it was written first, in no order.
    func owningNames() throws -> [String] {
        var ids: [Int64] = []
        try statements.rows(isHistorical ? Self.everyOwner : Self.owningNow, db) { ids.append($0.integer(0)) }
        var names: [String] = []
        var seen: Set<FoldedName> = []
        for id in ids.sorted() {
            let name = try self.names.spelling(id, db)
            if seen.insert(FoldedName(name)).inserted { names.append(name) }
        }
        return names
    }

    /// Everybody's name who is known now, to find whom somebody meant.
    public func knownNames() throws -> [String] {
        try namedOwners().filter(\.fields.active).map(\.name) + owningNames()
    }

    /// The known name that was most likely meant by another one; nil where none is near.
    func nearestOwner(to name: FoldedName) throws -> String? { name.nearest(among: try knownNames()) }
}

extension ReadTransaction {
    private static let anyActor = SQL(
        "SELECT EXISTS (SELECT 1 FROM name WHERE role = 'actor' AND folded = ?)")

    /// Whether somebody of that name has ever acted, or has a token.
    func isSomebody(_ name: FoldedName) throws -> Bool {
        let hasActed = try statements.first(Self.anyActor, db, bind: { $0.add(name.text.string) }) { $0.flag(0) }
        return try hasActed == true
            || tokens().contains { token in
                [token.name, token.owner].contains { $0.map { FoldedName($0) == name } ?? false }
            }
    }
}

// MARK: - With what they carry
extension ReadTransaction {
    /// Whoever is known by that name, with what they carry; nil when nobody is.
    public func ownerRecord(_ name: String) throws -> OwnerRecord? {
        let owner = try owner(FoldedName(name))
        let record = try record(of: owner, named: try owner?.name ?? written(name) ?? name)
        if record.isKnown { return record }
        return try !isHistorical && ownsAnything(FoldedName(name)) ? record : nil
    }

    private static let firstSpelling = SQL(
        "SELECT id FROM name WHERE role = 'owner' AND folded = ? ORDER BY id LIMIT 1")

    /// The name as it was written first; nil where it never was.
    private func written(_ name: String) throws -> String? {
        let id = try statements.first(Self.firstSpelling, db, bind: { $0.add(name.folded) }) { $0.integer(0) }
        return try names.spelling(id, db)
    }

    /// A page of everybody who is known, by name. There are as many as a desk has people: who they are is read as a whole,
    /// and what they carry for the page alone.
    public func owners(_ request: PageRequest) throws -> Page<OwnerRecord> {
        var known = try namedOwners().map { (key: FoldedName($0.name), name: $0.name, owner: Optional($0)) }
        let named = Set(known.map(\.key))
        for name in try owningNames() where !named.contains(FoldedName(name)) {
            // Whether they owned something at an earlier instant only what they carried says.
            if isHistorical, try !record(of: nil, named: name).isKnown { continue }
            known.append((FoldedName(name), name, nil))
        }
        known.sort { $0.key < $1.key }
        let start = request.after.map { min(max(0, Int(clamping: $0.id)), known.count) } ?? 0
        let shown = known[start...].prefix(request.limit)
        let end = start + shown.count
        return Page(
            items: try shown.map { try record(of: $0.owner, named: $0.name) },
            next: end < known.count ? PageKey(value: nil, id: Int64(end)) : nil,
            total: request.counts ? known.count : nil, totalIsCapped: false)
    }

    private static let carriedNow = SQL(
        """
        SELECT coalesce(sum(p.due_at >= ?2), 0), coalesce(sum(p.due_at < ?2), 0),
            coalesce(sum(p.due_at >= ?3 AND p.due_at < ?4), 0)
        FROM \(unsettledOfOwner) AND \(isTheirs("p.owner_id"))
        """)
    private static let handledNow = SQL("SELECT count(*) FROM \(openOfOwner) AND \(isTheirs("c.owner_id"))")

    private func record(of owner: Owner?, named name: String) throws -> OwnerRecord {
        let today = LocalDay(of: asOf, in: ownerRules.zone(of: owner, by: try calendarBook(), at: asOf))
        let carried = try isHistorical ? carriedThen(name, today) : carriedNow(name, today)
        return OwnerRecord(
            name: name, owner: owner, tokenIDs: try owner.map { try tokenIDs(of: $0) } ?? [],
            openCases: carried[3], open: carried[0], overdue: carried[1], dueToday: carried[2])
    }

    /// Promises that are open, overdue, and due today, and open cases.
    private func carriedNow(_ name: String, _ today: LocalDay) throws -> [Int] {
        let promises = try statements.first(
            Self.carriedNow, db,
            bind: { row in
                row.add(name.folded)
                row.add(asOf)
                row.add(today.start.firstDueOfDay)
                row.add(today.end.firstDueOfDay)
            }
        ) { row in (0..<3).map { Int(row.integer($0)) } }
        let cases = try statements.first(Self.handledNow, db, bind: { $0.add(name.folded) }) { Int($0.integer(0)) }
        return (promises ?? [0, 0, 0]) + [cases ?? 0]
    }

    private func carriedThen(_ name: String, _ today: LocalDay) throws -> [Int] {
        var filter = PromiseFilter()
        filter.states = [.open, .overdue]
        filter.by = .desk
        filter.to = .customer
        filter.owner = name
        var list = try listSQL(filter)
        list.bind("now", .instant(asOf))
        list.bind("today", .instant(today.start.firstDueOfDay))
        list.bind("tomorrow", .instant(today.end.firstDueOfDay))
        var carried = [0, 0, 0]
        for walk in filter.walks(isHistorical: true).map({ $0.from(filter) }) {
            let sql = """
                SELECT coalesce(sum(p.due_at >= :now), 0), coalesce(sum(p.due_at < :now), 0),
                    coalesce(sum(p.due_at >= :today AND p.due_at < :tomorrow), 0)
                FROM \(walk.tables)
                \(list.adding(walk.conditions).whereClause)
                """
            try statements.rows(sql, list.values, db) { row in
                for index in 0..<3 { carried[index] += Int(row.integer(index)) }
                return true
            }
        }
        var cases = CaseFilter()
        cases.statuses = [.open]
        cases.owner = name
        let handled = try listSQL(cases)
        let sql = "SELECT count(*) FROM \(cases.walk(isHistorical: true).cases)\n\(handled.whereClause)"
        return carried + [try statements.first(sql, handled.values, db) { Int($0.integer(0)) } ?? 0]
    }

    private static let tokensOfOwner = SQL(
        """
        SELECT id FROM token
        WHERE owner_id = ? AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ?) ORDER BY id
        """)

    /// As of today.
    private func tokenIDs(of owner: Owner) throws -> [Int64] {
        var ids: [Int64] = []
        try statements.rows(
            Self.tokensOfOwner, db,
            bind: { row in
                row.add(owner.id)
                row.add(max(asOf, committed))
            }
        ) { ids.append($0.integer(0)) }
        return ids
    }
}
