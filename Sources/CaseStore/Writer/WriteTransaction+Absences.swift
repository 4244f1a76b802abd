public import Complaints
import GRDB

/// When those of the desk are away.
extension WriteTransaction {
    /// Says when somebody is away.
    ///
    /// - Throws: `Refusal`: it is for them to say, or for a manager; of a stand-in whom nobody knows, or who takes on nothing new.
    func leave(_ subject: OwnerRecord, _ incoming: Incoming<AbsenceRequest>, by actor: Actor) throws -> OwnerRecord {
        try requireTheirs(subject, actor)
        let incoming = incoming.adding(try standInIssues(of: subject, incoming.value))
        let before = subject.owner
        let zone = owners.rules.zone(of: before, by: try record.calendarBook(), at: now)
        let today = CivilDate(of: now, in: zone)
        // Whoever is not named yet is, but for nothing that is refused.
        let unnamed = Owner(id: 0, name: subject.name, recordedAt: now, updatedAt: now)
        _ = try (before ?? unnamed).away(incoming, today: today, at: now)
        let named = try named(subject, by: actor)
        guard let after = try named.away(incoming, today: today, at: now) else { return subject }
        try save(after, from: named, by: actor)
        return try record(of: after)
    }

    /// Says that somebody is not away.
    ///
    /// - Throws: `Refusal`: it is for them to say, or for a manager.
    func comeBack(_ subject: OwnerRecord, _ incoming: Incoming<Void>, by actor: Actor) throws -> OwnerRecord {
        try requireTheirs(subject, actor)
        try incoming.taken()
        guard let before = subject.owner, let after = before.back(at: now) else { return subject }
        try save(after, from: before, by: actor)
        return try record(of: after)
    }

    private func requireTheirs(_ subject: OwnerRecord, _ actor: Actor) throws {
        guard actor.speaks(for: subject.name) else {
            throw Refusal.forbidden("When \(subject.name) is away they say themselves, or a manager does.")
        }
    }

    private func standInIssues(of subject: OwnerRecord, _ request: AbsenceRequest) throws -> [FieldIssue] {
        guard let standIn = request.standIn else { return [] }
        let name = FoldedName(standIn)
        if name == FoldedName(subject.name) {
            return [FieldIssue("stand_in", .invalidValue, "is away themselves then: name somebody else.")]
        }
        guard try owners.isActive(name, record) else {
            return [FieldIssue("stand_in", .inactiveOwner, RequestForm.body.ofInactive(standIn))]
        }
        guard try !owners.isKnown(name, record) else { return [] }
        let unknown = NewName(standIn, nearest: try nearestOwner(to: name))
        return [FieldIssue("stand_in", .unknownOwner, RequestForm.body.ofUnknown(unknown))]
    }

    /// What whoever has just said when somebody is away is told of it.
    public func warnings(ofAbsenceOf owner: OwnerRecord) throws -> [SettingWarning] {
        guard let absence = owner.absence else { return [] }
        var warnings: [SettingWarning] = []
        if owner.dueInAbsence > 0 { warnings.append(.dueInAbsence(owner: owner.name, count: owner.dueInAbsence)) }
        if let standIn = absence.standIn, let other = try owners.owner(FoldedName(standIn), record),
            let others = other.away.absence, others.overlaps(absence)
        {
            warnings.append(.standInAbsent(owner: other.name, others))
        }
        let theirs = try record.absences().filter { other in
            other.absence.overlaps(absence)
                && other.absence.standIn.map { FoldedName($0) == FoldedName(owner.name) } ?? false
        }
        if !theirs.isEmpty { warnings.append(.isStandIn(for: theirs.map(\.owner.name))) }
        return warnings
    }

    /// The absence of its owner in which a promise of the desk is due; nil where it is due in none.
    func absence(for promise: Promise) throws -> Absence? {
        guard promise.by == .desk, promise.isUnsettled, let name = promise.owner.map({ FoldedName($0) }),
            let absence = try owners.owner(name, record)?.away.absence
        else { return nil }
        let day = try owners.day(ofDue: promise.dueAt, for: name, record)
        return CivilDate(day.date).map(absence.contains) ?? false ? absence : nil
    }

    /// Who is told in place of its owner what the clock says of a promise now; nil where they are not away, and where nobody in
    /// particular stands in.
    ///
    /// - Parameter dueAt: nil for what is said of no promise.
    func standIn(for owner: String?, dueAt: Instant? = nil) throws -> String? {
        guard let owner = try owner.flatMap({ try owners.owner(FoldedName($0), record) }),
            let absence = owner.away.absence, let standIn = absence.standIn
        else { return nil }
        let zone = owners.rules.zone(of: owner, by: try owners.calendars.book(record), at: now)
        let today = CivilDate(of: now, in: zone)
        let day = dueAt.map { CivilDate(of: $0.lastBeforeDue, in: zone) }
        return absence.concerns(saidOn: today, dueOn: day ?? today) ? standIn : nil
    }

    /// Of those to whom something of a case may go back, who is away today.
    func away(among file: CaseFile) throws -> Set<FoldedName> {
        var away: Set<FoldedName> = []
        for name in file.promises.filter(\.waitsForAcceptance).compactMap({ $0.acceptance?.askedBy })
        where try absenceToday(of: name) != nil {
            away.insert(FoldedName(name))
        }
        return away
    }

    /// That the supervisor whom a change has asked to join is away.
    func absentSupervisor(after change: CaseChange) throws -> [CaseWarning] {
        let supervisor = change.record.fields.supervisor
        guard let supervisor, !supervisor.isExactly(change.before?.record.fields.supervisor ?? ""),
            let absence = try absenceToday(of: supervisor)
        else { return [] }
        return [.supervisorAbsent(supervisor: supervisor, absence)]
    }

    /// Why somebody is away today, by the clocks of their calendar; nil where they are not.
    private func absenceToday(of name: String) throws -> Absence? {
        guard let owner = try owners.owner(FoldedName(name), record), let absence = owner.away.absence else {
            return nil
        }
        let zone = owners.rules.zone(of: owner, by: try record.calendarBook(), at: now)
        return absence.contains(CivilDate(of: now, in: zone)) ? absence : nil
    }
}
