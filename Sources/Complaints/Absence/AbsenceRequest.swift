/// That somebody of the desk will be away, or is.
public struct AbsenceRequest: Sendable, Hashable {
    /// The first date.
    public var from: CivilDate
    /// The last date.
    public var until: CivilDate
    /// Whom to turn to meanwhile; nil: nobody in particular.
    public var standIn: String?

    /// An absence from a date to a date, both included.
    public init(from: CivilDate, until: CivilDate, standIn: String? = nil) {
        self.from = from
        self.until = until
        self.standIn = standIn
    }

    /// What is wrong with it, but for the stand-in.
    ///
    /// - Parameter today: where they are.
    func issues(today: CivilDate) -> [FieldIssue] {
        if until < from {
            return [FieldIssue("until", .invalidValue, "must not lie before from: it is the last date.")]
        }
        if until < today { return [FieldIssue("until", .inThePast, "must not lie before today, \(today.iso8601).")] }
        return []
    }
}

extension Owner {
    /// The owner with that absence in place of any other, from `now` on; nil when it changes nothing.
    ///
    /// - Parameter today: where they are.
    public func away(
        _ incoming: Incoming<AbsenceRequest>, today: CivilDate, at now: Instant
    ) throws(Refusal) -> Owner? {
        // A date that could not be read is told of by itself.
        let hasDates = !incoming.issues.contains { ["from", "until"].contains($0.path) }
        let request = try incoming.checked(hasDates ? incoming.value.issues(today: today) : [])
        return with(Absence(from: request.from, until: request.until, standIn: request.standIn), at: now)
    }

    /// The owner without an absence; nil when there is none.
    public func back(at now: Instant) -> Owner? { with(nil, at: now) }

    private func with(_ absence: Absence?, at now: Instant) -> Owner? {
        var owner = self
        owner.away = AbsenceFields(absence)
        guard !owner.away.isExactly(away) else { return nil }
        owner.version += 1
        owner.updatedAt = now
        return owner
    }
}
