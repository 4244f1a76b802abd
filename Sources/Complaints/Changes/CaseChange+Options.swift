extension CaseChange {
    /// What was offered in the case (T14), as far as the entries that the change asked for tell.
    private var offered: [String] {
        entries.filter { $0.kind == .option }.flatMap { $0.texts("options") }
    }

    /// What is wrong with the meaning of an answer to an option.
    func issues(agreeing request: AgreementRequest, under policy: Policy, at now: Instant) -> [FieldIssue] {
        switch (request.accepted, request.remedy) {
        case (true, nil):
            [FieldIssue("remedy", .required, "must be given: what is promised with the option that was accepted.")]
        case (true, let remedy?):
            remedy.issues(under: policy, at: now, concessions: matters, isToCustomer: true, path: "remedy")
        case (false, .some):
            [FieldIssue("remedy", .conflictingFields, "must be left out: nothing was accepted.")]
        case (false, nil): []
        }
    }

    /// Writes down what the customer said to an option, and makes the promise that goes with a yes (T14).
    mutating func agree(
        _ request: AgreementRequest, under policy: Policy, by actor: Actor, at now: Instant
    ) throws(Refusal) {
        let wanted = request.option.comparable
        guard let option = offered.last(where: { $0.comparable == wanted }) else {
            let known =
                offered.isEmpty
                ? "none was" : offered.map { "\"\(ExactText($0).prefix(scalars: 100))\"" }.joined(separator: ", ")
            throw .rule(
                .optionNotOffered, "Only what was offered in case \(record.id) can be agreed to: \(known).",
                caseID: record.id)
        }
        if request.accepted { try requireOpen() }
        log.append(
            LogDraft(
                .agreement, at: now, promiseID: request.accepted ? nextPromiseID : nil,
                facts: [Fact("accepted", .boolean(request.accepted))], texts: [Fact("option", .text(option))]))
        if request.accepted { make(request.remedy, from: now, under: policy, by: actor, at: now) }
    }
}

extension String {
    /// Without case and the white space around it.
    fileprivate var comparable: ExactText {
        let scalars = unicodeScalars
        guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return "" }
        return ExactText(String(self[first..<scalars.index(after: last)]).lowercased())
    }
}
