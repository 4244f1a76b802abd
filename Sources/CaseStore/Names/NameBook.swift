import Complaints
import GRDB

/// String interner of the names in the database, as one connection has met them. A name never changes and never goes, so what has been
/// read once stays true; only a rollback can take back a name that was just written.
///
/// The spelling of an id depends on the id alone; the id of a name on its role and its bytes; what is alike on the role, the
/// bytes and the names there are, of which a new one makes it forget, on the one connection that writes them.
package final class NameBook {
    /// Names that only look the same are two.
    private struct Key: Hashable {
        let role: NameRole
        let spelling: ExactText

        init(_ spelling: String, _ role: NameRole) {
            self.role = role
            self.spelling = ExactText(spelling)
        }
    }

    /// Past so many bytes of names it forgets and starts again.
    static let limit = 4 << 20
    /// What a name takes beside its letters.
    private static let overhead = 64

    private static let spellingOfID = SQL("SELECT spelling FROM name WHERE id = ?")
    private static let idOfSpelling = SQL("SELECT id FROM name WHERE role = ? AND spelling = ?")
    private static let idsOfFolded = SQL("SELECT id FROM name WHERE role = ? AND folded = ?")
    private static let insert = SQL("INSERT INTO name (role, spelling, folded) VALUES (?, ?, ?)")

    private let statements: StatementCache
    private var spellings: [Int64: String] = [:]
    private var ids: [Key: Int64] = [:]
    /// Of the one connection that writes names: another one's would be out of date with the next new spelling.
    private var families: [Key: [Int64]] = [:]
    /// About what all of them take: what is kept under an id and what is kept under a name counts each.
    private(set) var bytes = 0
    /// The names written since the last commit, oldest first.
    private var written: [Key] = []

    /// - Parameter statements: the connection's.
    package init(_ statements: StatementCache = StatementCache()) {
        self.statements = statements
    }

    /// The name with that id.
    func spelling(_ id: Int64, _ db: Database) throws -> String {
        if let spelling = spellings[id] { return spelling }
        guard let spelling = try statements.first(Self.spellingOfID, db, bind: { $0.add(id) }, { $0.text(0) }) else {
            throw StoreError.unreadable("name \(id) is missing")
        }
        makeRoom(for: spelling)
        spellings[id] = spelling
        return spelling
    }

    /// The name with that id, if there is one.
    func spelling(_ id: Int64?, _ db: Database) throws -> String? {
        try id.map { try spelling($0, db) }
    }

    /// The id of a name, written down if it was never seen.
    func id(_ spelling: String, _ role: NameRole, _ db: Database) throws -> Int64 {
        let key = Key(spelling, role)
        if let id = ids[key] { return id }
        makeRoom(for: spelling)
        let known = try statements.first(
            Self.idOfSpelling, db,
            bind: { row in
                row.add(role.rawValue)
                row.add(spelling)
            }
        ) { $0.integer(0) }
        if let known {
            ids[key] = known
            return known
        }
        try statements.run(Self.insert, db) { row in
            row.add(role.rawValue)
            row.add(spelling)
            row.add(spelling.folded)
        }
        let id = db.lastInsertedRowID
        ids[key] = id
        families.removeAll()
        written.append(key)
        return id
    }

    /// The ids of all spellings of a name: names compare without case.
    func alike(_ spelling: String, _ role: NameRole, _ db: Database) throws -> [Int64] {
        let key = Key(spelling, role)
        if let ids = families[key] { return ids }
        var ids: [Int64] = []
        try statements.rows(Self.idsOfFolded, db) { row in
            row.add(role.rawValue)
            row.add(spelling.folded)
        } _: {
            ids.append($0.integer(0))
        }
        makeRoom(for: spelling)
        families[key] = ids
        return ids
    }

    /// Another connection may have written spellings.
    func forgetAlike() { families.removeAll() }

    private func makeRoom(for spelling: String) {
        let needed = spelling.utf8.count + Self.overhead
        if bytes + needed > Self.limit {
            spellings = [:]
            ids = [:]
            families = [:]
            bytes = 0
        }
        bytes += needed
    }

    /// The id of a name, if there is one.
    func optionalID(_ spelling: String?, _ role: NameRole, _ db: Database) throws -> Int64? {
        try spelling.map { try id($0, role, db) }
    }

    /// How many names have been written since the last commit, to go back to when a change is rolled back.
    var mark: Int { written.count }

    /// Forgets the names written since `mark`: a rollback has taken them back.
    func rollBack(to mark: Int) {
        if mark < written.count { families.removeAll() }
        for key in written[mark...] {
            if let id = ids.removeValue(forKey: key) { spellings[id] = nil }
        }
        written.removeSubrange(mark...)
    }

    /// What was written is there to stay.
    func committed() {
        written.removeAll(keepingCapacity: true)
    }
}
