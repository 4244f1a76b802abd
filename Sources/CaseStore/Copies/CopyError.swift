/// Why a file, such as a copy of a database, was not made or not put in its place. Nothing has changed then, but for
/// `.unsettled`.
public enum CopyError: Error, Sendable, Hashable {
    /// There is something at the file's place, and nobody said that it may go.
    case alreadyThere(String)
    /// What is at the file's place is no regular file.
    case noFile(String)
    /// What is at the file's place is a symbolic link.
    case link(String)
    /// What is at the file's place is no such file as may be replaced; says what would be.
    case foreign(String, String)
    /// The file's place is that of something which is read for it, or of what belongs to that.
    case ownSource(String)
    /// A process has the database at the copy's place open, which is no service of it where that was to be shut out. By which
    /// one, `4711 (litestream)`, as far as that is seen; and whether Litestream's folder is beside the database.
    case inUse(String, by: String?, isReplicated: Bool)
    /// Standard output leads into the file's place.
    case ownOutput(String)
    /// What is to be copied is no database of this program, or one of a newer version; says why.
    case unfit(String)
    /// The system refused something with a file; says what, which and why.
    case file(String)
    /// The file is in its place, and its name was not brought to disk: after a power cut it may be as if it never had been. With
    /// what the system says.
    case unsettled(String, String)
}
