import Complaints

/// What `--blank` makes of a row in which every column of a field is blank.
enum BlankCell: String, Vocabulary {
    /// The complaint counts as received as it is imported.
    case now
    /// The row is left out, and counted as such.
    case skip
}
