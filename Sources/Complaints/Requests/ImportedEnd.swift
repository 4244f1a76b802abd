/// How a case ended where it was exported: as it stood then, without the words of whoever ended it.
public struct ImportedEnd: Sendable, Hashable {
    /// When it was resolved.
    public var resolvedAt: PastInstant
    /// When it was closed; nil: it was not.
    public var closedAt: PastInstant?
    /// What the customer said to it; nil where nobody wrote it down.
    public var customerAccepted: Bool?
    /// What was found, what the customer got, and when they had the last word.
    public var ending: CaseEnding
    /// The case that it was a duplicate of, by its id where it was exported: for the words alone. What is a duplicate of what
    /// is not taken over, as promises of both say it too.
    public var duplicateOf: Int64?

    /// An end, of which no more than that is known.
    public init(
        resolvedAt: PastInstant, closedAt: PastInstant? = nil, customerAccepted: Bool? = nil,
        ending: CaseEnding = CaseEnding(), duplicateOf: Int64? = nil
    ) {
        self.resolvedAt = resolvedAt
        self.closedAt = closedAt
        self.customerAccepted = customerAccepted
        self.ending = ending
        self.duplicateOf = duplicateOf
    }
}

extension ImportedEnd {
    /// What is wrong with its meaning: one thing comes after another, and a closed case has nothing left to keep.
    ///
    /// - Parameter promises: those of the case.
    func issues(
        receivedAt: Instant, promises: [ImportedPromiseRequest], at now: Instant
    ) -> [FieldIssue] {
        var issues: [FieldIssue] = []
        func look(_ field: String, _ told: PastInstant?, notBefore first: Instant, _ name: String) {
            guard let told else { return }
            let path = FieldPath([field])
            let found = told.issues(at: now, path: path)
            issues += found
            guard found.isEmpty, told.instant(at: now) < first else { return }
            issues.append(FieldIssue(path, .beforeMadeAt, "must not lie before \(name), \(first.rfc3339)."))
        }
        look("resolved_at", resolvedAt, notBefore: receivedAt, "received_at")
        look("closed_at", closedAt, notBefore: resolvedAt.instant(at: now), "resolved_at")
        look(
            "final_response_sent_at", ending.finalResponse.map { PastInstant($0.sentAt) }, notBefore: receivedAt,
            "received_at")
        guard let closedAt = closedAt?.instant(at: now) else { return issues }
        let isSettled = promises.allSatisfy { promise in
            promise.keptAt(after: receivedAt, at: now).map { $0 <= closedAt } ?? false
        }
        if !isSettled {
            let detail =
                "is that of a case with a promise that was not kept by then: export cases and promises as of one instant."
            issues.append(FieldIssue("closed_at", .conflictingFields, detail))
        }
        return issues
    }
}
