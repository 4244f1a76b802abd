/// What is in a copy, and what is wrong with it.
public struct CopyVerification: Sendable, Hashable {
    /// What was found, and the end of the log.
    public let verification: Verification
    /// How many cases there are.
    public let cases: Int
    /// How many promises there are.
    public let promises: Int
    /// The names of the migrations that it will need: it is of an older version when there are any.
    public let pendingMigrations: [String]
    /// Why it could not be brought up to date for this, where it could not: then SQLite's own checks alone were made, of the
    /// copy as it is, and what the log says of it is not known.
    public let shortfall: String?
}
