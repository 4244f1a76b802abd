/// A calendar as it stands on record. Each change of it is a version, and a version stays as it is.
public struct CalendarRecord: Sendable, Hashable {
    /// What the log numbers it with; 0 for one that is shipped.
    public let id: Int64
    /// As it was given first; names compare without case.
    public let name: String
    /// Every version's, the first one first; none of one that is shipped.
    public let versions: [CalendarVersion]
    /// What one of them says: the last one, unless another was asked for.
    public let calendar: BusinessCalendar

    /// A calendar as it was read.
    public init(id: Int64, name: String, versions: [CalendarVersion], calendar: BusinessCalendar) {
        self.id = id
        self.name = name
        self.versions = versions
        self.calendar = calendar
    }

    /// One that is shipped: nobody recorded it.
    public init(shipped calendar: BusinessCalendar) {
        self.init(id: 0, name: calendar.name, versions: [], calendar: calendar)
    }

    /// Whether it came with the program.
    public var isShipped: Bool { versions.isEmpty }

    /// The number of its last version.
    public var lastVersion: Int64 { versions.last?.number ?? 0 }

    /// When the version that it shows was recorded; nil for one that is shipped.
    public var recordedAt: Instant? { versions.first { $0.number == calendar.version }?.recordedAt }
}

/// When a version of a calendar holds, and since when the service knows of it.
public struct CalendarVersion: Sendable, Hashable {
    /// 1 for the first, and one more for each.
    public let number: Int64
    /// The first local date that it holds on; nil: from ever.
    public let effectiveFrom: CivilDate?
    /// When the service was told of it.
    public let recordedAt: Instant

    /// A version as it stands on record.
    public init(number: Int64, effectiveFrom: CivilDate?, recordedAt: Instant) {
        self.number = number
        self.effectiveFrom = effectiveFrom
        self.recordedAt = recordedAt
    }

    /// Whether it holds on no date before that one.
    func begins(by date: CivilDate?) -> Bool {
        guard let effectiveFrom else { return true }
        return date.map { effectiveFrom <= $0 } ?? false
    }
}

extension [CalendarVersion] {
    /// Those that hold on some date from `date` on (nil: on any), the first one first: a version takes the place of all
    /// before it that begin no earlier.
    public func inForce(from date: CivilDate? = nil) -> [CalendarVersion] {
        var held: [CalendarVersion] = []
        for version in reversed() {
            guard let next = held.last else {
                held.append(version)
                continue
            }
            // The one that begins next begins at once where it does so from ever, or by the date.
            if next.begins(by: date) { break }
            if !next.begins(by: version.effectiveFrom) { held.append(version) }
        }
        return held.reversed()
    }
}
