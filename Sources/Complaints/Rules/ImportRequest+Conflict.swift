extension ImportRequest {
    /// What is wrong with taking the request for the case that has its `external_id` already; nil where it may be that
    /// one. Their complaint is what no case changes, so another one would be lost: an erasure alone leaves another text.
    /// What else a row says may have been edited here since.
    ///
    /// - Parameter known: what is on record of that case.
    public func conflict(with known: (id: Int64, complaint: String, isErased: Bool)) -> FieldIssue? {
        guard !known.isErased, !known.complaint.isExactly(complaint) else { return nil }
        return FieldIssue("external_id", .conflictingFields, "is that of case \(known.id), whose complaint is another.")
    }
}

extension ImportEdits {
    /// What is wrong with changing the case to what the row says: what it says otherwise than is on record of what nobody
    /// changes, when the complaint came in and what was promised. Each says both values. Of several promises the row's is
    /// any that is as it says, else the one that an import has brought.
    ///
    /// - Parameter calendar: that of the case's team; nil where there is none, or nothing is due in business time.
    public func conflicts(with file: CaseFile, on calendar: DeskCalendar? = nil) -> [FieldIssue] {
        var issues: [FieldIssue] = []
        let record = file.record
        if let receivedAt, !receivedAt.isSame(as: record.receivedAt) {
            let told = receivedAt.told.rfc3339
            issues.append(Difference("received_at", told, record.receivedAt.rfc3339).issue(of: "case \(record.id)"))
        }
        let made = file.promises.filter(\.isToCustomer)
        for told in promises where !told.isOver(before: record.receivedAt) {
            let differences = made.map { told.differences(from: $0, receivedAt: record.receivedAt, calendar) }
            if differences.contains(where: \.isEmpty) { continue }
            if let index = made.firstIndex(where: \.imported) ?? made.indices.first {
                issues += differences[index].map { $0.issue(of: "promise \(made[index].id)") }
            } else if told != ImportedPromiseRequest() {
                issues.append(
                    FieldIssue(
                        "promise", .conflictingFields, "is none of case \(record.id): an import adds none to it."))
            }
        }
        return issues
    }
}

/// A value that a row has, and another one that is on record.
private struct Difference {
    let path: FieldPath
    let told: String
    let recorded: String?

    init(_ path: FieldPath, _ told: String, _ recorded: String?) {
        self.path = path
        self.told = told
        self.recorded = recorded
    }

    func issue(of what: String) -> FieldIssue {
        let recorded = recorded.map { "'\($0)'" } ?? "nothing"
        return FieldIssue(
            path, .conflictingFields,
            "is '\(told)' here, and \(recorded) on record of \(what): an import does not change it.")
    }
}

extension ImportedPromiseRequest {
    fileprivate func differences(
        from promise: Promise, receivedAt: Instant, _ calendar: DeskCalendar?
    ) -> [Difference] {
        var differences: [Difference] = []
        func compare(_ field: String, _ told: String?, _ recorded: String?, isSame: Bool? = nil) {
            guard let told, !(isSame ?? recorded.map { told.isExactly($0) } ?? false) else { return }
            differences.append(Difference("promise" / field, told, recorded))
        }
        let isOwners = owner.map { FoldedName($0) } == promise.owner.map { FoldedName($0) }
        compare("kind", kind?.rawValue, promise.kind.rawValue)
        compare("what", what, promise.what)
        compare("owner", owner, promise.owner, isSame: isOwners)
        compare("channel", channel?.rawValue, promise.channel?.rawValue)
        compare("next_step", nextStep, promise.nextStep)
        switch due {
        case .at(let instant): compare("due_at", instant.rfc3339, promise.dueAt.rfc3339)
        case .after(let span):
            compare(
                "due_in", span.iso8601, promise.dueAt.rfc3339, isSame: receivedAt + span == promise.dueAt)
        case .business(let span):
            let due = calendar?.due(.after(span), from: receivedAt).due?.instant
            compare("due_in_business", span.iso8601, promise.dueAt.rfc3339, isSame: due == promise.dueAt)
        case nil: break
        }
        if let keptAt {
            // What was kept before the receipt, in a duplicate, counts as kept with that where it was imported.
            let isSame = promise.keptAt.map { recorded in
                keptAt.isSame(as: recorded, until: keptUntil)
                    || promise.imported && recorded == receivedAt && keptAt.told < receivedAt
            }
            compare("kept_at", keptAt.told.rfc3339, promise.keptAt?.rfc3339, isSame: isSame ?? false)
        }
        compare("evidence", evidence, promise.settlement?.evidence)
        return differences
    }
}

extension PastInstant {
    /// Whether it is what was taken of it: itself, the stamp of then where the clock was a little ahead of that, or an instant
    /// of its day.
    fileprivate func isSame(as recorded: Instant, until end: Instant? = nil) -> Bool {
        if let end, told <= recorded, recorded < end { return true }
        return recorded <= told && told - recorded <= tolerance
    }
}
