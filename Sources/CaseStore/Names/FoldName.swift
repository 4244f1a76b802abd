import Complaints
import GRDB

/// How names compare, as a function of SQL: whatever compares in a statement compares as Swift does.
enum FoldName {
    /// What it is called in SQL.
    static let name = "fold_name"

    /// Takes a name, and gives what two spellings of one name have in common.
    static let function = DatabaseFunction(name, argumentCount: 1, pure: true) { values in
        String.fromDatabaseValue(values[0])?.folded
    }
}
