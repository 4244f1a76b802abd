import Complaints

extension ReadTransaction {
    /// A regime's name as it is written; nil where there is none of that name.
    func regimeName(_ name: FoldedName) throws -> String? { try regime(name)?.name }

    /// The same of a name that was sent, and what is wrong with one that nobody knows.
    func regimeName(sent name: String?) throws -> (name: String?, issues: [FieldIssue]) {
        guard let name else { return (nil, []) }
        if let known = try regimeName(FoldedName(name)) { return (known, []) }
        return (name, [try unknownRegime(name).issue(at: "regime")])
    }

    /// Whether there is a regime of that name.
    public func isKnown(regime name: String) throws -> Bool { try regimeName(FoldedName(name)) != nil }

    /// The regime whose name is most like one that there is not.
    public func nearestRegime(to name: String) throws -> String? {
        if case .unknown(_, let nearest) = try unknownRegime(name) { nearest } else { nil }
    }

    /// The regime that a case is under, by the version that was chosen for its stage; nil for none, and before its first stage.
    func regime(of file: CaseFile) throws -> RegimeInForce? {
        guard let name = file.record.fields.regime, let stage = file.stage,
            FoldedName(stage.regime) == FoldedName(name), let record = try regime(FoldedName(name))
        else { return nil }
        let begun = stage.calendarAsOf(imported: file.record.imported, openedAt: file.record.openedAt)
        guard let timetable = try timetable(of: record, version: stage.version) else { return nil }
        return RegimeInForce(
            timetable, asBegun: try self.timetable(of: record, version: stage.version, calendarAsOf: begun))
    }

    /// A version of a regime with its calendar; nil where it is not there, or its calendar has no rules on this system.
    func regime(_ name: String, version: Int64) throws -> RegimeInForce? {
        guard let record = try regime(FoldedName(name)) else { return nil }
        return try timetable(of: record, version: version).map { RegimeInForce($0) }
    }
}
