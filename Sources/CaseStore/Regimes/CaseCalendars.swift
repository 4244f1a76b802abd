import Complaints

/// What business days are counted on for cases, as far as it was asked: the calendar of a case's regime, else of its team.
struct CaseCalendars {
    private struct Key: Hashable {
        let regime: FoldedName
        let version: Int64
    }

    private var regimes: [Key: RegimeInForce?] = [:]
    private var calendars: [FoldedName: DeskCalendar?] = [:]

    private static let latestStage = SQL(
        """
        SELECT regime, regime_version FROM case_stage
        WHERE case_id = ?1 AND recorded_at <= ?2 AND (undone_at IS NULL OR undone_at > ?2) ORDER BY number DESC LIMIT 1
        """)

    /// How long there is for a case until its deadline, by the calendar, and without one by the clocks of the desk.
    ///
    /// - Parameter regime: the one that it is under, by name.
    mutating func left(
        until end: Instant, ofCase id: Int64, regime: String?, team: String?, _ transaction: ReadTransaction
    ) throws -> DeadlineLeft {
        let now = transaction.asOf
        if let regime, let found = try self.regime(regime, ofCase: id, transaction) {
            let calendar = found.timetable.calendar
            return DeadlineLeft(
                end, at: now, businessDays: calendar.openDates(from: now, until: end), zone: calendar.zone(at: end))
        }
        guard let entry = try transaction.calendarBook().calendar(ofTeam: team, at: transaction.asOf) else {
            return left(until: end, at: now, by: nil, transaction)
        }
        let name = FoldedName(entry.name)
        let calendar: DeskCalendar?
        if let known = calendars[name] {
            calendar = known
        } else {
            // A deadline may have passed some time ago.
            calendar = try transaction.deskCalendar(entry.name, from: min(now, end))
            calendars.updateValue(calendar, forKey: name)
        }
        return left(until: end, at: now, by: calendar, transaction)
    }

    private func left(
        until end: Instant, at now: Instant, by calendar: DeskCalendar?, _ transaction: ReadTransaction
    ) -> DeadlineLeft {
        DeadlineLeft(
            end, at: now, businessDays: calendar?.openDates(from: now, until: end),
            zone: calendar?.zone(at: end) ?? transaction.ownerRules.timeZone)
    }

    private mutating func regime(
        _ name: String, ofCase id: Int64, _ transaction: ReadTransaction
    ) throws -> RegimeInForce? {
        let stage = try transaction.statements.first(
            Self.latestStage, transaction.db,
            bind: { row in
                row.add(id)
                row.add(transaction.asOf)
            }
        ) { (regime: $0.text(0), version: $0.integer(1)) }
        let isOwn = stage.map { FoldedName($0.regime) == FoldedName(name) } ?? false
        let key = Key(regime: FoldedName(name), version: isOwn ? stage?.version ?? 0 : -1)
        if let known = regimes[key] { return known }
        let version = try isOwn ? stage?.version : transaction.regime(key.regime)?.lastVersion
        let found = try version.flatMap { try transaction.regime(name, version: $0) }
        regimes.updateValue(found, forKey: key)
        return found
    }
}
