/// Whether an object has a field, as its schema says it.
///
/// Where a rule of the domain wants a field that the reader would do without, or refuses one, the read says so for the
/// schema alone: what comes is read all the same, and the rule has its own words for it.
enum Presence {
    /// It has to be there.
    case required
    /// It may be left out, or null for the same.
    case optional
    /// It may be left out, but is never null: in a merge patch, what always has a value.
    case replaced
    /// It can only be left out, or null for the same.
    case absent
}
