/// A regime as it stands on record, or as it is shipped. Each change of it is a version, and a version stays as it is.
public struct RegimeRecord: Sendable, Hashable {
    /// What the log numbers it with; 0 for one that is shipped.
    public let id: Int64
    /// As it was given first; names compare without case.
    public let name: String
    /// Every version's, the first one first; none of one that is shipped.
    public let versions: [RegimeVersion]
    /// What one of them says: the last one, unless another was asked for.
    public let regime: Regime

    /// A regime as it was read.
    public init(id: Int64, name: String, versions: [RegimeVersion], regime: Regime) {
        self.id = id
        self.name = name
        self.versions = versions
        self.regime = regime
    }

    /// One that is shipped: nobody recorded it.
    public init(shipped regime: Regime) {
        self.init(id: 0, name: regime.name, versions: [], regime: regime)
    }

    /// The versions that no later one has taken the place of, the first one first: what holds from a date on is what was said
    /// last of that date, even where that has an end.
    public var standing: [RegimeVersion] {
        versions.enumerated().filter { index, version in
            !versions[(index + 1)...].contains { $0.period.from == version.period.from }
        }.map(\.element)
    }

    /// Whether it came with the program.
    public var isShipped: Bool { versions.isEmpty }

    /// The number of its last version.
    public var lastVersion: Int64 { versions.last?.number ?? regime.version }

    /// When the version that it shows was recorded; nil for one that is shipped.
    public var recordedAt: Instant? { versions.first { $0.number == regime.version }?.recordedAt }
}

/// When a version of a regime holds, and since when the service knows of it.
public struct RegimeVersion: Sendable, Hashable {
    /// 1 for the first, and one more for each.
    public let number: Int64
    /// On which dates of receipt it holds.
    public let period: RegimePeriod
    /// When the service was told of it.
    public let recordedAt: Instant

    /// A version as it stands on record.
    public init(number: Int64, period: RegimePeriod, recordedAt: Instant) {
        self.number = number
        self.period = period
        self.recordedAt = recordedAt
    }
}

/// The local dates of receipt that a version of a regime holds for.
public struct RegimePeriod: Sendable, Hashable {
    /// The first one; nil: from ever.
    public let from: CivilDate?
    /// The last one; nil: it still holds.
    public let until: CivilDate?

    /// From one date to another, both of them in it.
    public init(from: CivilDate?, until: CivilDate?) {
        self.from = from
        self.until = until
    }

    /// Whether it has that date.
    public func contains(_ date: CivilDate) -> Bool {
        (from.map { $0 <= date } ?? true) && (until.map { date <= $0 } ?? true)
    }

    /// `from 2026-04-01`, `until 2026-03-31`, `from 2024-04-01 until 2026-03-31`
    public var words: String {
        let words = [from.map { "from \($0.iso8601)" }, until.map { "until \($0.iso8601)" }].compactMap(\.self)
        return words.isEmpty ? "always" : words.joined(separator: " ")
    }
}

extension Regime {
    /// The dates of receipt that it holds for.
    public var period: RegimePeriod { RegimePeriod(from: validFrom, until: validUntil) }
}
