/// How a case ended, put right without opening it again.
extension CaseChange {
    /// What is wrong with the meaning of it.
    func issues(correcting edit: EndingEdit, at now: Instant) -> [FieldIssue] {
        (edit.finalResponse ?? nil)?.issues(of: record, at: now, path: "final_response") ?? []
    }

    /// Of an open case there is nothing to put right yet.
    func requireOver(for edit: EndingEdit) throws(Refusal) {
        guard !edit.isNone, record.status == .open else { return }
        throw .rule(
            .caseNotResolved,
            "Case \(record.id) is open: outcome, redress and final_response are given as it is resolved.",
            caseID: record.id)
    }

    /// Says otherwise how the case ended; the status stays, with its instants. What it said before is in the log.
    mutating func correct(_ edit: EndingEdit, at now: Instant) {
        var ending = record.ending
        if let outcome = edit.outcome { ending.outcome = outcome }
        if let redress = edit.redress { ending.redress = redress }
        if let response = edit.finalResponse {
            ending.finalResponse = response.map { request in
                var sent = request.finalResponse(of: record, at: now)
                if request.sentAt == nil, let before = ending.finalResponse { sent.sentAt = before.sentAt }
                return sent
            }
        }
        guard ending != record.ending else { return }
        log.append(.resolutionCorrected(from: record.ending, to: ending, at: now))
        take(
            StatusChange(
                recordedAt: now, status: record.status, customerAccepted: record.customerAccepted,
                duplicateOf: record.duplicateOf, ending: ending, isCorrection: true))
    }

    /// That a case under a regime was resolved without a word on what was found, which its authority asks for.
    package var lacksOutcome: [CaseWarning] {
        guard before?.record.status == .open, record.status != .open, record.duplicateOf == nil,
            record.ending.outcome == nil, let regime = record.fields.regime
        else { return [] }
        return [.noOutcome(regime: regime)]
    }
}
