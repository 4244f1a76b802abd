import Complaints
import GRDB

/// The row of a thing that entries of the log are about, but for a case: an entry covers all of it, as it left it, so that
/// a row that was changed by hand is not what its last entry says.
///
/// Which columns it has is taken from the schema, so none is forgotten. A value that is its column's default is left out:
/// so a column that a later migration adds changes nothing of what was covered before.
struct LoggedRow {
    /// Every one there is, by its number.
    private let all: String
    private let one: String
    private let statements: StatementCache
    private let db: Database

    /// The rows of a sort of things; nil for cases, whose entries say by themselves what changed.
    ///
    /// - Parameter ignored: columns that are not looked at.
    init?(
        _ sort: LogSubject.Sort, without ignored: Set<String> = [], _ db: Database, _ statements: StatementCache
    ) throws {
        guard let table = sort.table else { return nil }
        (self.db, self.statements) = (db, statements)
        var lines: [String] = []
        try statements.rows(Self.columns, db, bind: { $0.add(table) }) { row in
            let name = row.text(0)
            guard !sort.columnsToldElsewhere.contains(name), !ignored.contains(name) else { return }
            lines.append(
                """
                CASE WHEN "\(name)" IS NOT \(row.optionalText(1) ?? "NULL")
                    THEN '\(name) ' || typeof("\(name)") || ' ' || hex("\(name)") || char(10) ELSE '' END
                """)
        }
        all = "SELECT \(sort.number) AS number, \(lines.joined(separator: " || ")) AS covered FROM \(table)"
        one = "\(all) WHERE \(sort.number) = :number\(sort.version.map { " AND \($0) = :seq" } ?? "")"
    }

    private static let columns = SQL("SELECT name, dflt_value FROM pragma_table_info(?) ORDER BY name")

    /// What is covered of the thing with that number, as the entry `seq` left it: a line a column in the order of their names;
    /// nil when it is not there.
    func bytes(_ number: Int64, seq: Int64) throws -> [UInt8]? {
        try statements.first(one, ["number": .integer(number), "seq": .integer(seq)], db) { $0.textBytes(1) }
    }

    /// The same of all of them, by their numbers.
    func bytesOfAll() throws -> [Int64: [UInt8]] {
        var rows: [Int64: [UInt8]] = [:]
        try statements.rows(all, [:], db) { row in
            rows[row.integer(0)] = row.textBytes(1)
            return true
        }
        return rows
    }
}

extension LogSubject.Sort {
    /// Where the rows of things of this sort are; nil for cases.
    var table: String? {
        switch self {
        case .case: nil
        case .customer, .policy, .token, .owner, .webhook, .epoch: rawValue
        case .calendar: "calendar_version"
        case .regime: "regime_version"
        }
    }

    /// The column that has the seq of the entry that left a row, where each leaves another one; nil where there is one row.
    var version: String? {
        switch self {
        case .calendar, .regime: "version"
        case .case, .customer, .policy, .token, .owner, .webhook, .epoch: nil
        }
    }

    /// What numbers them there.
    var number: String {
        switch self {
        case .calendar: "calendar_id"
        case .regime: "regime_id"
        case .case, .customer, .policy, .token, .owner, .webhook, .epoch: "id"
        }
    }

    /// Columns that say something else than what was decided about the thing, and that other checks hold.
    fileprivate var columnsToldElsewhere: Set<String> {
        switch self {
        case .case, .token, .owner, .calendar, .regime, .webhook, .epoch: []
        // Rows had none when the first entries covered them; an entry is about the id itself.
        case .policy: ["id"]
        // A decision about going on with them is an entry of a case, and counts in their version; keys follow from what is
        // covered.
        case .customer:
            [
                "relationship", "relationship_at", "version", "updated_at", "phone_key", "email_key", "external_id_key",
            ]
        }
    }
}
