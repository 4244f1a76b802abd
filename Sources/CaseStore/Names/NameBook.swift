import Complaints
import GRDB

/// The names of the database, as one connection has met them. A name never changes and never goes, so what has been
/// read once stays true; only a rollback can take back a name that was just written.
///
/// The spelling of an id depends on the id alone; the id of a name on its role and its bytes; what is alike on the role, the
/// bytes and the names there are, of which a new one makes it forget, on the one connection that writes them.
final class NameBook {
    /// Names that only look the same are two.
    private struct Key: Hashable {
        let role: NameRole
        let spelling: ExactText

        init(_ spelling: String, _ role: NameRole) {
            self.role = role
            self.spelling = ExactText(spelling)
        }
    }

    /// Past this many it forgets and starts again.
    private static let limit = 50_000

    private var spellings: [Int64: String] = [:]
    private var ids: [Key: Int64] = [:]
    /// Of the one connection that writes names: another one's would be out of date with the next new spelling.
    private var families: [Key: [Int64]] = [:]
    /// The names written since the last commit, oldest first.
    private var written: [Key] = []

    /// The name with that id.
    func spelling(_ id: Int64, _ db: Database) throws -> String {
        if let spelling = spellings[id] { return spelling }
        let statement = try db.cachedStatement(sql: "SELECT spelling FROM name WHERE id = ?")
        guard let spelling = try String.fetchOne(statement, arguments: [id]) else {
            throw StoreError.failed("name \(id) is missing")
        }
        if spellings.count >= Self.limit { spellings.removeAll() }
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
        if ids.count >= Self.limit { ids.removeAll() }
        let find = try db.cachedStatement(sql: "SELECT id FROM name WHERE role = ? AND spelling = ?")
        if let id = try Int64.fetchOne(find, arguments: [role.rawValue, spelling]) {
            ids[key] = id
            return id
        }
        let insert = try db.cachedStatement(sql: "INSERT INTO name (role, spelling, folded) VALUES (?, ?, ?)")
        try insert.execute(arguments: [role.rawValue, spelling, spelling.folded])
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
        let find = try db.cachedStatement(sql: "SELECT id FROM name WHERE role = ? AND folded = ?")
        let ids = try Int64.fetchAll(find, arguments: [role.rawValue, spelling.folded])
        if families.count >= Self.limit { families.removeAll() }
        families[key] = ids
        return ids
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
