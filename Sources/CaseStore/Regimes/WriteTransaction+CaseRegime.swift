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
        if let stage = file.stage, FoldedName(stage.regime) == FoldedName(name) { return try regime(of: stage) }
        return try regime(named: name, receivedAt: file.record.receivedAt).regime
    }

    /// The regime that the clock of a promise is of; nil for one that is no clock's, or took nobody's place: of that nothing is
    /// asked.
    func regime(of promise: Promise, in file: CaseFile) throws -> RegimeInForce? {
        guard promise.supersedes != nil, let clock = promise.clock,
            let stage = file.stages.first(where: { $0.number == clock.stage })
        else { return nil }
        return try regime(of: stage)
    }

    private func regime(of stage: CaseStage) throws -> RegimeInForce? {
        let versions = try owners.regimes.versions(FoldedName(stage.regime), record)
        return try versions.first { $0.version == stage.version }.flatMap { try owners.regimes.inForce($0, record) }
    }

    /// Has a change know of the regime that its command names as the case's, as that is written.
    func put(_ change: inout CaseChange, under command: inout CaseCommand, _ issues: inout [FieldIssue]) throws {
        guard case .edit(let id, let incoming, let customer) = command, let name = incoming.value.regime ?? nil else {
            return
        }
        let found = try regime(named: name, receivedAt: change.record.receivedAt)
        guard let regime = found.regime else { return issues += found.issues }
        var edit = incoming.value
        edit.regime = .some(regime.timetable.regime.name)
        change.namedRegime = regime
        if !change.record.fields.regime.isExactly(regime.timetable.regime.name) { change.regime = regime }
        command = .edit(case: id, Incoming(edit, issues: incoming.issues), customer: customer)
    }

    /// What is wrong with the regime that a policy names, and the policy's change with that as it is written.
    func regimeNamed(in change: Incoming<PolicyChange>) throws -> Incoming<PolicyChange> {
        guard let name = change.value.terms.regime ?? nil else { return change }
        let found = try record.regimeName(sent: name, in: .body)
        var value = change.value
        value.terms.regime = .some(found.name ?? name)
        return Incoming(value, issues: change.issues + found.issues)
    }

    private func regime(
        named name: String, receivedAt: Instant
    ) throws -> (regime: RegimeInForce?, issues: [FieldIssue]) {
        let versions = try owners.regimes.versions(FoldedName(name), record)
        guard let first = versions.first else { return (nil, [try record.unknownRegime(name, in: .body)]) }
        for version in versions.reversed() {
            guard let regime = try owners.regimes.inForce(version, record) else {
                let detail =
                    "The calendar \(version.calendar) of the regime \(first.name) is not there, or has no rules on "
                    + "this system."
                return (nil, [FieldIssue("regime", .calendarMissing, detail)])
            }
            if regime.holds(receivedAt) { return (regime, []) }
        }
        let detail =
            "The regime \(first.name) does not hold for a complaint that was received at \(receivedAt.rfc3339): "
            + "GET /v1/regimes/\(first.name) says from when until when it does."
        return (nil, [FieldIssue("regime", .invalidValue, detail)])
    }
}

extension ReadTransaction {
    /// The regime that a case is under, by the version that was chosen for its stage; nil for none, and before its first stage.
    func regime(of file: CaseFile) throws -> RegimeInForce? {
        guard let name = file.record.fields.regime, let stage = file.stage,
            FoldedName(stage.regime) == FoldedName(name),
            let version = try regimeVersions(FoldedName(name)).first(where: { $0.version == stage.version })
        else { return nil }
        return try regimeInForce(version)
    }

    /// A regime's name as it is written; what is wrong with one that nobody knows.
    func regimeName(sent name: String?, in form: RequestForm) throws -> (name: String?, issues: [FieldIssue]) {
        guard let name else { return (nil, []) }
        if let known = try regimeName(FoldedName(name)) { return (known, []) }
        return (name, [try unknownRegime(name, in: form)])
    }

    /// That there is no regime of a name, with what was most likely meant.
    func unknownRegime(_ name: String, in form: RequestForm) throws -> FieldIssue {
        let nearest = FoldedName(name).nearest(among: try regimeNames()).map { " Did you mean \($0)?" } ?? ""
        let list =
            switch form {
            case .body: "GET /v1/regimes has them."
            case .row: "--value-map takes it for another name."
            }
        return FieldIssue("regime", .invalidValue, "There is no regime \(name).\(nearest) \(list)")
    }
}
