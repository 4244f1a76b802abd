/// Why a copy of a database was not made, or not put in its place. Nothing has changed then.
public enum CopyError: Error, Sendable, Hashable {
    /// There is something at the copy's place, and nobody said that it may go.
    case alreadyThere(String)
    /// What is at the copy's place is no ordinary file.
    case noFile(String)
    /// The copy's place is the very file it would be copied from.
    case ownSource(String)
    /// A process has the database at the copy's place open.
    case inUse(String)
    /// What is to be copied is no database of this program, or one of a newer version; says why.
    case unfit(String)
    /// The system refused something with a file; says what, which and why.
    case file(String)
}
