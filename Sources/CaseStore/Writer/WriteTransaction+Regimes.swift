public import Complaints
import GRDB

extension WriteTransaction {
    /// The regime that a command is about; nil where there is none of that name.
    public func subject(of command: RegimeCommand) throws -> RegimeRecord? { try record.regime(command.name) }

    /// Performs a command on the regime that it is about, as this transaction has read it.
    ///
    /// - Throws: `Refusal`.
    public func perform(_ command: RegimeCommand, on subject: RegimeRecord?, by actor: Actor) throws -> RegimeRecord {
        switch command {
        case .put(let name, let incoming): try put(incoming, named: subject?.name ?? name, after: subject, by: actor)
        }
    }

    private func put(
        _ incoming: Incoming<RegimeRequest>, named name: String, after subject: RegimeRecord?, by actor: Actor
    ) throws -> RegimeRecord {
        let request = try incoming.adding(issues(of: incoming.value, newlyNamed: subject == nil ? name : nil)).taken()
        if let subject, subject.isShipped { throw Refusal.rule(.shippedRegime(subject.name)) }
        guard let next = Regime.next(request, named: name, after: subject?.regime) else {
            guard let subject else { preconditionFailure("the first version of a regime is a change") }
            return subject
        }
        return try add(next, after: subject, by: actor)
    }

    private func issues(of request: RegimeRequest, newlyNamed name: String?) throws -> [FieldIssue] {
        var issues = request.issues
        if let name {
            if let issue = VisibleName.issue(ofNew: name) { issues.append(issue) }
            let count = try record.regimeNames().count - ShippedRegimes.all.count
            if count >= Limits.regimes {
                issues.append(
                    FieldIssue(.body, .outOfRange, "There are \(count) regimes, and no more are taken: change one."))
            }
        }
        // What could not be read has been told of.
        if !request.calendar.isEmpty, try record.calendar(request.calendar) == nil {
            let known = try record.calendarNames().map(\.text.string).sorted()
            let nearest = NearestName.nearest(to: FoldedName(request.calendar).text.string, among: known)
            issues.append(
                FieldIssue(
                    "calendar", .invalidValue,
                    "must be a calendar that there is, and there is no \(request.calendar): "
                        + (nearest.map { "did you mean \($0)? " } ?? "") + "PUT /v1/calendars/{name} makes one."))
        }
        return issues
    }

    /// Writes a version of a regime.
    private func add(_ version: Regime, after subject: RegimeRecord?, by actor: Actor) throws -> RegimeRecord {
        let id = try subject?.id ?? insertNamed(version.name, Self.insertRegime, Self.nextRegime)
        try statements.run(Self.insertVersion, db) { row in
            row.add(id)
            row.add(version.version)
            row.add(now)
            row.add(version.validFrom?.iso8601)
            row.add(version.validUntil?.iso8601)
            row.add(version.receivedClosed.rawValue)
            row.add(version.calendar)
            row.add(version.title)
            row.add(version.authority)
            row.add(version.source)
            row.add(RegimeTexts.stages(version.stages))
        }
        owners.regimes.forget()
        try log(.regimeUpdated(from: subject?.regime, to: version, at: now), about: .regime(id), by: actor)
        return RegimeRecord(
            id: id, name: version.name,
            versions: (subject?.versions ?? []) + [
                RegimeVersion(number: version.version, period: version.period, recordedAt: now)
            ], regime: version)
    }

    private static let insertVersion = SQL(
        """
        INSERT INTO regime_version (regime_id, version, recorded_at, valid_from, valid_until, received_closed, calendar,
            title, authority, source, stages)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)

    private static let insertRegime = SQL("INSERT INTO regime (id, name, folded, recorded_at) VALUES (?, ?, ?, ?)")
}
