import Complaints
import GRDB

// What a filter may ask for
//
// A name that a list is asked for and that is nobody's is a mistake, and must not look like an empty answer. As of an earlier
// instant whatever was ever given is known, as it may have been somebody's then. As of now it has to be somebody's who was named,
// who has a token, or of whom there is anything still: what was once given to a mistyped name, and is all with others by now,
// leaves none.
//
// Where it would take long to be sure, the name counts as known: then it is a list that finds nothing.

extension ReadTransaction {
    /// Whether there is that name in that role, in any case.
    public func isKnown(_ name: String, as role: NameRole) throws -> Bool {
        if role == .owner, let owner = try owner(FoldedName(name)),
            try owner.isNamed || !tokenIDs(of: owner).isEmpty
        {
            return true
        }
        let isWritten = try statements.first(
            Self.nameExists, db,
            bind: { row in
                row.add(role.rawValue)
                row.add(name.folded)
            }
        ) { $0.flag(0) }
        guard isWritten == true else { return false }
        guard role == .owner, !isHistorical, try !ownsAnything(FoldedName(name)) else { return true }
        return try isTrueUnlessLong {
            try statements.first(Self.everOwned, db, bind: { $0.add(name.folded) }) { $0.flag(0) } ?? false
        }
    }

    private static let nameExists = SQL("SELECT EXISTS (SELECT 1 FROM name WHERE role = ? AND folded = ?)")

    /// What is settled has no index by its owner: what became of it is counted for most, and the rest is looked through.
    private static let everOwned = SQL(
        """
        WITH spelling (id) AS MATERIALIZED (SELECT n.id FROM name n WHERE n.role = 'owner' AND n.folded = ?1)
        SELECT EXISTS (SELECT 1 FROM owner_record r WHERE r.owner_id IN (SELECT id FROM spelling)
                AND r.kept + r.kept_late + r.broken > 0)
            OR EXISTS (SELECT 1 FROM promise p NOT INDEXED WHERE p.owner_id IN (SELECT id FROM spelling))
            OR EXISTS (SELECT 1 FROM complaint_case c NOT INDEXED WHERE c.owner_id IN (SELECT id FROM spelling))
        """)

    /// Whether some case has that tag, or had it, in any case of its letters. The words of one are looked up in the full-text
    /// index, and then the whole of it is compared; while that index is made anew, every tag counts as known.
    public func isKnown(tag: String) throws -> Bool {
        guard let words = SearchQuery(phrase: tag) else { return true }
        // What there has been since is known, too.
        let today =
            isHistorical
            ? ReadTransaction(
                db, names: names, statements: statements, meter: meter, searchTail: searchTail, ownerRules: ownerRules,
                asOf: committed, committed: committed) : self
        let wasIncomplete = today.isSearchIncomplete
        defer { today.isSearchIncomplete = wasIncomplete }
        return try isTrueUnlessLong {
            var list = ListSQL()
            list.bind("tag", .text(tag.folded))
            var found = FoundSQL(today, named: "tag_words")
            let ids = try words.terms.map { try found.fields($0, &list) }.joined(separator: "\nUNION ALL\n")
            func has(_ tags: String) -> String {
                "EXISTS (SELECT 1 FROM json_each(\(tags)) g WHERE \(FoldName.name)(g.value) = :tag)"
            }
            let sql = """
                SELECT EXISTS (SELECT 1 FROM (\(ids)) w CROSS JOIN complaint_case c ON c.id = w.id WHERE \(has("c.tags")))
                    OR EXISTS (SELECT 1 FROM field_change f INDEXED BY field_change_since
                        WHERE f.about = 'case' AND f.field = 'tags' AND \(has("f.before")))
                """
            let isThere = try statements.first(sql, list.values, db) { $0.flag(0) } ?? false
            return isThere || today.isSearchIncomplete
        }
    }

    /// Whether there is a case of that id, whenever it was made.
    public func isCase(_ id: Int64) throws -> Bool { try isThere(Self.caseExists, id) }

    /// Whether there is a customer of that id, merged or erased ones too.
    public func isCustomer(_ id: Int64) throws -> Bool { try isThere(Self.customerExists, id) }

    private func isThere(_ sql: SQL, _ id: Int64) throws -> Bool {
        try statements.first(sql, db, bind: { $0.add(id) }) { $0.flag(0) } ?? false
    }

    private static let caseExists = SQL("SELECT EXISTS (SELECT 1 FROM complaint_case WHERE id = ?)")
    private static let customerExists = SQL("SELECT EXISTS (SELECT 1 FROM customer WHERE id = ?)")

    private func isTrueUnlessLong(_ body: () throws -> Bool) throws -> Bool {
        do {
            return try meter.limit(to: countingLimit, body)
        } catch StoreError.tooMuchWork {
            return true
        }
    }
}

// MARK: - Teams
extension ReadTransaction {
    /// Whether a case, an owner, or a calendar has a team, in any case of its letters.
    public func isKnown(team: String) throws -> Bool { try isKnown(team: team, besides: nil) }

    /// The same without regard to a calendar.
    func isKnown(team: String, besides calendar: CalendarRecord?) throws -> Bool {
        let book = try calendarBook()
        if book.other(than: calendar.map { FoldedName($0.name) }, having: team, from: nil) != nil { return true }
        let isWritten = try statements.first(
            Self.nameExists, db,
            bind: { row in
                row.add(NameRole.team.rawValue)
                row.add(team.folded)
            }
        ) { $0.flag(0) }
        if isWritten == true { return true }
        var isOwners = false
        try statements.rows(Self.teamsOfOwners, db) { row in
            isOwners = isOwners || FoldedName(row.text(0)) == FoldedName(team)
        }
        return isOwners
    }

    private static let teamsOfOwners = SQL("SELECT DISTINCT team FROM owner WHERE team IS NOT NULL")

    /// The team that somebody most likely meant.
    public func nearestTeam(to name: String) throws -> String? {
        var spellings: [String] = []
        try statements.rows(Self.teams, db) { spellings.append($0.text(0)) }
        return FoldedName(name).nearest(among: spellings.filter { FoldedName($0) != FoldedName(name) })
    }

    private static let teams = SQL(
        """
        SELECT * FROM (SELECT spelling FROM name WHERE role = 'team' ORDER BY id DESC LIMIT 1000)
        UNION ALL SELECT * FROM (SELECT DISTINCT team FROM owner WHERE team IS NOT NULL LIMIT 1000)
        UNION ALL SELECT * FROM (SELECT DISTINCT t.value FROM calendar_version v CROSS JOIN json_each(v.teams) t LIMIT 1000)
        """)
}

// MARK: - What was meant
extension ReadTransaction {
    /// The name of that role that is most like one that nobody has.
    public func nearestName(to name: String, as role: NameRole) throws -> String? {
        if role == .owner { return try nearestOwner(to: FoldedName(name)) }
        var spellings: [String] = []
        try statements.rows(Self.spellings, db, bind: { $0.add(role.rawValue) }) { spellings.append($0.text(0)) }
        return FoldedName(name).nearest(among: spellings)
    }

    private static let spellings = SQL("SELECT spelling FROM name WHERE role = ? ORDER BY id DESC LIMIT 1000")

    /// The tag of the latest cases that is most like one that none has.
    public func nearestTag(to tag: String) throws -> String? {
        var tags: [String] = []
        try statements.rows(Self.latestTags, db) { tags.append($0.text(0)) }
        return FoldedName(tag).nearest(among: tags)
    }

    private static let latestTags = SQL(
        """
        SELECT DISTINCT g.value FROM complaint_case c CROSS JOIN json_each(c.tags) g
        WHERE c.id > (SELECT max(id) FROM complaint_case) - 10000 ORDER BY c.id DESC LIMIT 1000
        """)
}
