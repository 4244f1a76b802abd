extension CaseFile {
    /// Writes an entry of a client's to the log. A notice that reached the customer says that they know of the
    /// promises made to them.
    public mutating func write(_ incoming: Incoming<LogRequest>, at now: Instant) throws(Refusal) {
        var issues: [FieldIssue] = []
        if case .customerNotified(let notice, let promiseID, _) = incoming.value {
            issues += notice.issues(at: now, path: .body)
            if let promiseID, promise(promiseID) == nil {
                issues.append(
                    FieldIssue("promise_id", .invalidValue, "is no promise of case \(record.id)."))
            }
        }
        switch try incoming.checked(issues) {
        case .note(let text):
            log.append(LogDraft(.note, at: now, texts: [Fact("text", .text(text))]))
        case .statement(let text, let saidBy):
            log.append(
                LogDraft(
                    .statement, at: now,
                    texts: [Fact("text", .text(text)), Fact("said_by", .text(saidBy ?? "customer"))]))
        case .customerNotified(let request, let promiseID, let text):
            let notice = request.notice(at: now)
            log.append(.customerNotified(notice, promiseID: promiseID, text: text))
            tell(notice, of: promiseID, at: now)
        }
    }

    private mutating func tell(_ notice: CustomerNotice, of promiseID: Int64?, at now: Instant) {
        guard notice.outcome.informs else { return }
        for promise in promises where promise.isToCustomer && promise.told == nil {
            guard promiseID == promise.id || (promiseID == nil && promise.isUnsettled) else { continue }
            var told = promise
            // Nobody knows of a promise before it is made.
            told.told = Promise.Told(at: max(notice.at, promise.madeAt), recordedAt: now)
            replace(told)
        }
    }
}
