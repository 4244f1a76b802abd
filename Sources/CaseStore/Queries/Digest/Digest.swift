public import Complaints

/// What somebody, or a team, has to do by the end of the week, as of one instant.
public struct Digest: Sendable, Hashable {
    /// A section of it.
    public struct Part: Sendable, Hashable {
        /// How many promises there are, however many are shown.
        public let total: Int
        /// Those that are due first.
        public let rows: [PromiseRow]
        /// As of when.
        public let asOf: Instant

        /// A section as it was read.
        public init(total: Int, rows: [PromiseRow], asOf: Instant) {
            self.total = total
            self.rows = rows
            self.asOf = asOf
        }
    }

    /// As of when.
    public let asOf: Instant
    /// As the record writes them; nil where it is nobody's own.
    public let owner: String?
    /// As it was asked for; nil where it is no team's own.
    public let team: String?
    /// The days that it is told by.
    public let days: DigestDays
    /// In the order of `DigestSection.allCases`.
    private let parts: [Part]

    /// A digest as it was read.
    ///
    /// - Parameter part: what there is of a section.
    public init(
        asOf: Instant, owner: String?, team: String?, days: DigestDays, _ part: (DigestSection) throws -> Part
    ) rethrows {
        self.asOf = asOf
        self.owner = owner
        self.team = team
        self.days = days
        parts = try DigestSection.allCases.map(part)
    }

    /// What there is of a section.
    public subscript(section: DigestSection) -> Part { parts[section.rank] }
}

/// A promise of a digest, with the section in which it stands: one that stands in two is two of these.
public struct DigestRow: Sendable, Hashable {
    /// Where it stands.
    public let section: DigestSection
    /// What stands there.
    public let row: PromiseRow

    /// A promise in a section.
    public init(section: DigestSection, row: PromiseRow) {
        self.section = section
        self.row = row
    }
}

extension DigestSection {
    /// Its place among the sections.
    var rank: Int { Self.allCases.firstIndex(of: self)! }
}
