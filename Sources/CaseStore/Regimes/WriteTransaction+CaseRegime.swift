import Complaints

/// Which regime a case is under. One that is under none, and comes under none, is not looked any further.
extension WriteTransaction {
    /// The regime of a case that is opened: the one that it names, else its policy's where that holds for the receipt; and what
    /// is wrong with the one that it names.
    func regime(
        of request: CaseRequest, _ policy: Policy
    ) throws -> (regime: RegimeInForce?, issues: [FieldIssue]) {
        guard let name = request.fields.regime ?? policy.regime else { return (nil, []) }
        let receivedAt = request.receivedAt?.instant(at: now) ?? now
        let found = try regime(named: name, receivedAt: receivedAt)
        return (found.regime, request.fields.regime == nil ? [] : found.issues)
    }

    /// The regime that a case is under, by the version that was chosen for it; nil for none.
    func regime(of file: CaseFile) throws -> RegimeInForce? {
        guard let name = file.record.fields.regime else { return nil }
        if let stage = file.stage, FoldedName(stage.regime) == FoldedName(name) {
            let begun = stage.calendarAsOf(imported: file.record.imported, openedAt: file.record.openedAt)
            return try owners.regimes.timetable(named: stage.regime, version: stage.version, record).map { timetable in
                RegimeInForce(timetable, asBegun: try self.timetable(of: stage, calendarAsOf: begun))
            }
        }
        return try regime(named: name, receivedAt: file.record.receivedAt).regime
    }

    /// The regime that the clock of a promise is of, by its calendar as it was as the clock's first one was made; nil for one that
    /// is no clock's, or took nobody's place: of that nothing is asked.
    func regime(of promise: Promise, in file: CaseFile) throws -> RegimeInForce? {
        guard promise.supersedes != nil, let clock = promise.clock,
            let stage = file.stages.first(where: { $0.number == clock.stage })
        else { return nil }
        let made = file.promises.first { other in
            other.clock?.stage == clock.stage && other.clock?.from == clock.from
                && other.clock?.name.isExactly(clock.name) == true
        }?.madeAt
        let begun = stage.calendarAsOf(imported: file.record.imported, openedAt: file.record.openedAt)
        return try timetable(of: stage, calendarAsOf: max(made ?? begun, begun)).map { RegimeInForce($0) }
    }

    private func timetable(of stage: CaseStage, calendarAsOf then: Instant) throws -> RegimeTimetable? {
        try owners.regimes.timetable(named: stage.regime, version: stage.version, calendarAsOf: then, record)
    }

    /// Has a change know of the regime that its command names as the case's, as that is written.
    func put(_ change: inout CaseChange, under command: inout CaseCommand, _ issues: inout [FieldIssue]) throws {
        guard case .edit(let id, let incoming, let customer, let ending) = command,
            let name = incoming.value.regime ?? nil
        else { return }
        let found = try regime(named: name, receivedAt: change.record.receivedAt)
        guard let regime = found.regime else { return issues += found.issues }
        var edit = incoming.value
        edit.regime = .some(regime.timetable.regime.name)
        change.namedRegime = regime
        change.namedCalendarChangedAt = try record.calendar(regime.timetable.regime.calendar)?.versions.last?.recordedAt
        if !change.record.fields.regime.isExactly(regime.timetable.regime.name) { change.regime = regime }
        command = .edit(case: id, Incoming(edit, issues: incoming.issues), customer: customer, ending: ending)
    }

    /// What is wrong with the regimes that a policy names, and the policy's change with its own as it is written.
    func regimeNamed(in change: Incoming<PolicyChange>) throws -> Incoming<PolicyChange> {
        var change = change
        // A rule for a regime that there is not would never fit.
        for (index, name) in change.value.rule.applied(to: PolicyRule()).match.regime.enumerated()
        where try !record.isKnown(regime: name) {
            let issue = try record.unknownRegime(name).issue(at: "match" / "regime" / String(index))
            change = Incoming(change.value, issues: change.issues + [issue])
        }
        guard let name = change.value.terms.regime ?? nil else { return change }
        let found = try record.regimeName(sent: name)
        var value = change.value
        value.terms.regime = .some(found.name ?? name)
        return Incoming(value, issues: change.issues + found.issues)
    }

    private func regime(
        named name: String, receivedAt: Instant
    ) throws -> (regime: RegimeInForce?, issues: [FieldIssue]) {
        do {
            guard let found = try owners.regimes.timetable(named: name, receivedAt: receivedAt, record) else {
                return (nil, [try record.unknownRegime(name).issue(at: "regime")])
            }
            return (RegimeInForce(found), [])
        } catch let refusal as RegimeRefusal {
            return (nil, [refusal.issue(at: "regime")])
        }
    }
}
