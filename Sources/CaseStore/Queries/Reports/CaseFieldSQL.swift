import Complaints
import GRDB

/// Where the field of a case that a report groups by is found: in `complaint_case c`.
struct CaseFieldSQL {
    /// NULL when the report groups by something else.
    let column: String
    /// Whether the column holds the id of a name.
    let isName: Bool
    /// What joins the case to what is counted; empty where it is not needed.
    let join: String

    /// - Parameter caseID: the column of what is counted that says in which case it is.
    init(_ field: CaseField?, of caseID: String) {
        switch field {
        case nil: (column, isName) = ("NULL", false)
        case .owner: (column, isName) = ("c.owner_id", true)
        case .team: (column, isName) = ("c.team_id", true)
        case .category: (column, isName) = ("c.category_id", true)
        case .channel: (column, isName) = ("c.channel", false)
        case .severity: (column, isName) = ("c.severity", false)
        }
        join = field == nil ? "" : "CROSS JOIN complaint_case c ON c.id = \(caseID)"
    }
}
