import Complaints
import GRDB

// Who is known
//
// By name: whoever was named by `POST /v1/owners`, whoever a valid token acts as, and whoever owns an open case or something that
// the desk has promised and not settled. Whoever was never named is called as they are where they own something: where that is
// written in several ways, as it was written first of these. It is one rule as of now, by indexes, and as of earlier, by history.
extension ReadTransaction {
    /// That `column` has the id of a spelling of the name that is bound.
    static func isTheirs(_ column: String) -> String {
        "\(column) IN (SELECT n.id FROM name n WHERE n.role = 'owner' AND n.folded = ?1)"
    }

    static let unsettledOfOwner = """
        promise p INDEXED BY promise_unsettled_by_owner
        WHERE p.recorded_at IS NULL AND p.owner_id IS NOT NULL AND p.promised_by = 'desk' AND p.promised_to = 'customer'
        """
    static let openOfOwner = """
        complaint_case c INDEXED BY complaint_case_open_by_owner WHERE c.status = 'open' AND c.owner_id IS NOT NULL
        """
    /// What the desk has promised itself has no index by owner: there is little of it.
    private static let reviewOfOwner = """
        promise p INDEXED BY promise_unsettled
        WHERE p.recorded_at IS NULL AND p.promised_by = 'desk' AND p.promised_to = 'us' AND p.owner_id IS NOT NULL
        """

    /// The spellings of a name under which something is owned, the first one first.
    private static let owningSpelling = SQL(
        """
        SELECT n.id FROM name n WHERE n.role = 'owner' AND n.folded = ?1 AND (
            EXISTS (SELECT 1 FROM \(unsettledOfOwner) AND p.owner_id = n.id)
            OR EXISTS (SELECT 1 FROM \(openOfOwner) AND c.owner_id = n.id)
            OR EXISTS (SELECT 1 FROM \(reviewOfOwner) AND p.owner_id = n.id))
        ORDER BY n.id LIMIT 1
        """)

    /// The first spelling of a name under which somebody owns something today; nil where they own nothing.
    func owningSpelling(_ name: FoldedName) throws -> Int64? {
        try statements.first(Self.owningSpelling, db, bind: { $0.add(name.text.string) }) { $0.integer(0) }
    }

    /// Whether somebody owns an open case today, or something that the desk has promised and not settled.
    func ownsAnything(_ name: FoldedName) throws -> Bool { try owningSpelling(name) != nil }

    private static let tokensOfOwner = SQL(
        """
        SELECT id FROM token WHERE owner_id = ?1 AND created_at <= ?2 AND (revoked_at IS NULL OR revoked_at > ?2)
            AND (expires_at IS NULL OR expires_at > ?2) ORDER BY id
        """)

    /// The tokens that act as somebody, of those that were valid at the record's instant.
    func tokenIDs(of owner: Owner) throws -> [Int64] {
        var ids: [Int64] = []
        try statements.rows(
            Self.tokensOfOwner, db,
            bind: { row in
                row.add(owner.id)
                row.add(asOf)
            }
        ) { ids.append($0.integer(0)) }
        return ids
    }

    /// Whether somebody is known by that name today.
    ///
    /// - Parameter owner: whoever was named so, if anybody was, or a token says it acts as them.
    func isKnown(_ name: FoldedName, as owner: Owner?) throws -> Bool {
        if let owner, try owner.isNamed || !tokenIDs(of: owner).isEmpty { return true }
        return try ownsAnything(name)
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
        try allOwners().filter { try $0.isNamed ? $0.fields.active : !tokenIDs(of: $0).isEmpty }.map(\.name)
            + owningNames()
    }

    /// Whom somebody most likely meant by a name that nobody is known by, or ever was; nil where somebody is, and where none is near.
    package func ownerMeant(by name: String) throws -> String? {
        let folded = FoldedName(name)
        guard try !isKnown(folded, as: owner(folded)), try !isSomebody(folded) else { return nil }
        return try nearestOwner(to: folded)
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
