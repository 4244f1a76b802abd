public import Complaints
import GRDB

extension ReadTransaction {
    private static let regimeByName = SQL("SELECT id, name FROM regime WHERE folded = ? AND recorded_at <= ?")
    private static let versionsOfRegime = SQL(
        """
        SELECT version, valid_from, valid_until, recorded_at FROM regime_version
        WHERE regime_id = ? AND recorded_at <= ? ORDER BY version
        """)
    private static let versionOfRegime = SQL(
        """
        SELECT \(RegimeColumns.names.joined(separator: ", ")) FROM regime_version
        WHERE regime_id = ? AND version = ?
        """)

    /// The regime of that name as its last version has it, or as another one does; nil when there is none of that name, or no
    /// such version. One that is shipped is there unless one of its name was on record before it was.
    public func regime(_ name: String, version: Int64? = nil) throws -> RegimeRecord? {
        try regime(FoldedName(name), version: version)
    }

    /// The same of a name that is folded already.
    package func regime(_ name: FoldedName, version: Int64? = nil) throws -> RegimeRecord? {
        guard let (id, name) = try named(name, by: Self.regimeByName, asOf: asOf) else {
            return (version ?? 0) == 0 ? ShippedRegimes.regime(named: name).map(RegimeRecord.init(shipped:)) : nil
        }
        let versions = try versions(ofRegime: id)
        guard let number = version ?? versions.last?.number, versions.contains(where: { $0.number == number }),
            let regime = try regime(id, name, version: number)
        else { return nil }
        return RegimeRecord(id: id, name: name, versions: versions, regime: regime)
    }

    private func versions(ofRegime id: Int64) throws -> [RegimeVersion] {
        var versions: [RegimeVersion] = []
        try statements.rows(
            Self.versionsOfRegime, db,
            bind: { row in
                row.add(id)
                row.add(asOf)
            }
        ) { row in
            let period = RegimePeriod(
                from: try CalendarTexts.date(row.optionalText(1)), until: try CalendarTexts.date(row.optionalText(2)))
            versions.append(
                RegimeVersion(number: row.integer(0), period: period, recordedAt: row.instant(3)))
        }
        return versions
    }

    private func regime(_ id: Int64, _ name: String, version: Int64) throws -> Regime? {
        try statements.first(
            Self.versionOfRegime, db,
            bind: { row in
                row.add(id)
                row.add(version)
            }
        ) { try RegimeColumns.regime($0, at: 0, named: name, version: version) }
    }

    private static let recordedRegimes = SQL("SELECT folded FROM regime WHERE recorded_at <= ?")

    /// The folded names of all regimes: of those on record, and of those that are shipped.
    package func regimeNames() throws -> Set<FoldedName> {
        var names = ShippedRegimes.names
        try statements.rows(Self.recordedRegimes, db, bind: { $0.add(asOf) }) { names.insert(FoldedName($0.text(0))) }
        return names
    }

    /// A page of all regimes, by name.
    public func regimes(_ request: PageRequest) throws -> Page<RegimeRecord> {
        let names = try regimeNames().sorted()
        let start = request.after.map { min(max(0, Int(clamping: $0.id)), names.count) } ?? 0
        let shown = names[start...].prefix(request.limit)
        let end = start + shown.count
        return Page(
            items: try shown.compactMap { try regime($0) },
            next: end < names.count ? PageKey(value: nil, id: Int64(end)) : nil,
            total: request.counts ? names.count : nil, totalIsCapped: false)
    }
}

// MARK: - For a case
extension ReadTransaction {
    /// The version of a regime that holds for a complaint that was received then, with its calendar; nil when there is no regime
    /// of that name. It is the highest one whose dates have that of the receipt, by the clocks of its calendar; one that was
    /// given once more from the same date on, such as with an end, holds no longer.
    ///
    /// - Throws: `RegimeRefusal`: none holds then.
    public func regime(_ name: String, receivedAt: Instant) throws -> RegimeTimetable? {
        guard let record = try regime(name) else { return nil }
        return try timetable(of: record, receivedAt: receivedAt) { try self.timetable(of: record, version: $0) }
    }

    /// That there is no regime of a name, and which one was most likely meant.
    public func unknownRegime(_ name: String) throws -> RegimeRefusal {
        let known = try regimeNames().map(\.text.string).sorted()
        let meant = FoldedName(name).text.string
        let nearest =
            NearestName.nearest(to: meant, among: known) ?? known.first { $0.utf8.starts(with: meant.utf8) }
        return .unknown(name: name, nearest: nearest)
    }

    /// - Parameter read: a version of it.
    func timetable(
        of record: RegimeRecord, receivedAt: Instant, _ read: (Int64) throws -> RegimeTimetable?
    ) throws -> RegimeTimetable {
        let versions =
            record.isShipped
            ? [(record.regime.version, record.regime.period)] : record.standing.map { ($0.number, $0.period) }
        var date: CivilDate?
        for (number, period) in versions.reversed() {
            guard let timetable = try read(number) else { continue }
            let received = timetable.date(of: receivedAt)
            if period.contains(received) { return timetable }
            date = date ?? received
        }
        throw RegimeRefusal.notInForce(
            name: record.name, on: date ?? CivilDate(of: receivedAt, in: .utc), held: versions.map(\.1))
    }

    /// A version of a regime with its calendar; nil when there is no such version, or no such calendar.
    ///
    /// - Parameter then: as of when its calendar is wanted; nil: as this transaction has it.
    func timetable(
        of record: RegimeRecord, version: Int64, calendarAsOf then: Instant? = nil
    ) throws -> RegimeTimetable? {
        let other =
            version == record.regime.version ? record.regime : try regime(record.id, record.name, version: version)
        guard let regime = other, let calendar = try calendar(FoldedName(regime.calendar), asOf: then) else {
            return nil
        }
        do {
            return RegimeTimetable(regime, calendar: try Timetable(versions(of: calendar)))
        } catch let fault as Timetable.Fault {
            guard case .zone(let calendar, let advice) = fault else { return nil }
            throw RegimeRefusal.zone(name: record.name, calendar: calendar, advice: advice)
        }
    }
}
