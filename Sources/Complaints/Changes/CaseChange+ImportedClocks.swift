/// History under a regime: of what is open the clocks run, counted from the receipt as those of a case that is opened are.
extension CaseChange {
    /// The first stage of the regime that a case of the past came in under; nil where it is under none, or is over and nothing
    /// says which clocks made its promises.
    static func opening(
        _ request: ImportRequest, under regime: RegimeInForce?, receivedAt: Instant
    ) -> StageOpening? {
        guard let regime, request.comesInOpen || request.promises.contains(where: { $0.clock != nil }) else {
            return nil
        }
        return StageOpening(firstOf: regime.timetable, receivedAt: receivedAt, openedAt: receivedAt)
    }

    /// Has an imported case come to its first stage.
    ///
    /// - Parameter givenDeadline: whether the row has a deadline.
    mutating func beginImported(_ opening: StageOpening, under regime: RegimeInForce?, givenDeadline: Bool) {
        self.regime = regime
        begin(opening, because: nil, setsDeadline: !givenDeadline, at: record.receivedAt)
    }

    /// Makes what the clocks of that stage promise at once. Of an own export whose promises come along nothing is made: they are
    /// those that there were.
    mutating func makeImported(_ opening: StageOpening, beside request: ImportRequest, under policy: Policy) {
        guard !request.hasOwnPromises else { return }
        let due = policy.acknowledgeDue(from: record.receivedAt)
        promise(opening, acknowledgingBy: due.instant, at: record.receivedAt)
    }

    /// The clock of the first stage that an own export has a promise to be of.
    func clock(of promise: ImportedPromiseRequest, in request: ImportRequest) -> Promise.StageClock? {
        guard let name = promise.clock, let stage = file.stages.first,
            let clock = regime?.timetable.stage(stage.name)?.stage.clocks.first(where: { $0.name.isExactly(name) })
        else { return nil }
        var from = record.receivedAt
        if case .kept(let kind) = clock.anchor {
            let kept = request.promises.filter { $0.kind == kind }.compactMap { $0.keptAt?.told }
            from = max(kept.min() ?? from, from)
        }
        return Promise.StageClock(name: clock.name, stage: stage.number, from: from)
    }
}

extension ImportRequest {
    /// Whether something of it is due in business time.
    package var usesBusinessTime: Bool {
        promises.contains { if case .business? = $0.due { true } else { false } }
    }

    /// Whether something of it is still to be kept.
    package var comesInOpen: Bool {
        end == nil && (promises.isEmpty || promises.contains { $0.keptAt == nil })
    }

    /// Whether its promises are on record elsewhere, those of clocks among them.
    var hasOwnPromises: Bool { promises.contains { $0.isOwn } }
}
