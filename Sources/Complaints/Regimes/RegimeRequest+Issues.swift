extension RegimeRequest {
    /// What is wrong with it as a whole, whatever is on record. What could not be read has a stand-in that is not judged: a name
    /// that is empty, or a clock that makes nothing and stands for none.
    public var issues: [FieldIssue] {
        var issues: [FieldIssue] = []
        if let from = period.from, let until = period.until, until < from {
            issues.append(FieldIssue("valid_until", .conflictingFields, "must not lie before valid_from."))
        }
        let path: FieldPath = "stages"
        issues += Self.repeated(stages.map(\.name), "stage", at: path)
        for (index, stage) in stages.enumerated() { issues += stage.issues(at: path / String(index)) }
        return issues
    }

    /// Names that stand before in a list.
    fileprivate static func repeated(_ names: [String], _ what: String, at path: FieldPath) -> [FieldIssue] {
        var known: Set<FoldedName> = []
        return names.enumerated().compactMap { index, name in
            guard !name.isEmpty, !known.insert(FoldedName(name)).inserted else { return nil }
            return FieldIssue(
                path / String(index) / "name", .conflictingFields,
                "must be another name than those of the \(what)s before it: names compare without case.")
        }
    }
}

extension RegimeStage {
    fileprivate func issues(at path: FieldPath) -> [FieldIssue] {
        let path = path / "clocks"
        return RegimeRequest.repeated(clocks.map(\.name), "clock", at: path)
            + clocks.enumerated().flatMap { index, clock in clock.issues(among: clocks, index, at: path / String(index))
            }
    }
}

extension RegimeClock {
    /// The kinds of promises that it has to do with.
    fileprivate var kinds: [PromiseKind] {
        guard case .promise(let kind)? = makes else { return metBy }
        return metBy + [kind]
    }

    /// Whether what it makes could not be read.
    private var isUnread: Bool { makes == nil && insteadOf == nil }

    fileprivate func issues(among clocks: [RegimeClock], _ index: Int, at path: FieldPath) -> [FieldIssue] {
        var issues = lengthIssues(at: path)
        if length.unit == .hours, until != nil {
            issues.append(
                FieldIssue(
                    path / "until", .conflictingFields, "must be left out beside hours, which end by themselves."))
        }
        if makes == nil, insteadOf == nil {
            issues.append(
                FieldIssue(
                    path / "makes", .required,
                    "must be given: a promise's kind, or hard_deadline. Only a clock with instead_of makes nothing."))
        }
        if every, makes == .hardDeadline || (makes == nil && insteadOf != nil) {
            issues.append(
                FieldIssue(
                    path / "every", .conflictingFields,
                    "must be false unless it makes a promise, which is kept again and again."))
        }
        if case .kept(let kind) = anchor, !clocks.contains(where: \.isUnread),
            !clocks.contains(where: { $0.kinds.contains(kind) })
        {
            issues.append(
                FieldIssue(
                    path / "anchor", .invalidValue,
                    "must be a kind that a clock of the stage makes or is met by, and none is by \(kind.rawValue)."))
        }
        if let insteadOf, !insteadOf.isEmpty, !clocks.contains(where: { $0.name.isEmpty }) {
            let wanted = FoldedName(insteadOf)
            let isThere = clocks.enumerated().contains { $0 != index && FoldedName($1.name) == wanted }
            if !isThere {
                let others = clocks.enumerated().filter { $0.offset != index }.map(\.element.name)
                issues.append(
                    FieldIssue(
                        path / "instead_of", .invalidValue,
                        others.isEmpty
                            ? "must name another clock of the stage, and there is none."
                            : "must name another clock of the stage: \(others.joined(separator: ", "))."))
            }
        }
        return issues
    }

    private func lengthIssues(at path: FieldPath) -> [FieldIssue] {
        func outOfRange(_ length: ClockLength, at path: FieldPath) -> FieldIssue? {
            let counts = length.unit.counts
            guard !counts.contains(length.count) else { return nil }
            return FieldIssue(
                path / "count", .outOfRange,
                "must be from \(counts.lowerBound) to \(counts.upperBound) \(length.unit.rawValue).")
        }
        var issues = outOfRange(length, at: path).map { [$0] } ?? []
        guard let `extension` else { return issues }
        if let issue = outOfRange(`extension`.length, at: path / "extension") { issues.append(issue) }
        if `extension`.from == .anchor, `extension`.length.isShorter(than: length) {
            issues.append(
                FieldIssue(
                    path / "extension" / "count", .conflictingFields,
                    "must not be shorter than the clock, as it counts from its anchor: from due adds to it."))
        }
        return issues
    }
}
