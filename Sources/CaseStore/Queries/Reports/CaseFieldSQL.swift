import Complaints
import GRDB

/// Where the field of a case that a report groups by is found: in `complaint_case c`, as of `:now`.
struct CaseFieldSQL {
    /// NULL when the report groups by something else.
    let column: String
    /// Whether the column holds the id of a name.
    let isName: Bool
    /// What joins the case to what is counted; empty where it is not needed.
    let join: String

    /// - Parameter caseID: the column of what is counted that says in which case it is.
    init(_ field: CaseField?, of caseID: String, in transaction: ReadTransaction) throws {
        column =
            switch field {
            case nil: "NULL"
            case .outcome?: transaction.ofStatus("outcome")
            case let field?: try transaction.caseField(field.rawValue)
            }
        isName = field.flatMap { NameRole(rawValue: $0.rawValue) } != nil
        join = field == nil ? "" : "CROSS JOIN complaint_case c ON c.id = \(caseID)"
    }
}
