/// What a case's deadline and its regime add to what the tactics say.
extension GuidanceBasis {
    /// Of T1: how long there is until the case must be settled.
    var deadlineWords: [String] { isOpen ? deadline.map { [$0.words] } ?? [] : [] }

    /// Of T2: what can be sent instead of what a clock asks for, which clocks are met by something else that was kept, and that an
    /// answer is somebody else's to give.
    var clockWords: [String] {
        guard isOpen, let stage = file.stage else { return [] }
        return (alternatives(at: stage) + met(at: stage)).map(\.text) + secondLook(at: stage).map(\.text)
    }

    /// The promises that these are about.
    var clockPromises: [Int64] {
        guard isOpen, let stage = file.stage else { return [] }
        return met(at: stage).flatMap(\.promises) + secondLook(at: stage).flatMap(\.promises)
    }

    private var clocks: [RegimeClock] {
        guard let stage = file.stage, let timetable = regime?.timetable,
            FoldedName(stage.regime) == FoldedName(timetable.regime.name)
        else { return [] }
        return timetable.stage(stage.name)?.stage.clocks ?? []
    }

    /// Until when a clock lets the case be resolved in place of what another one asks for.
    private func alternatives(at stage: CaseStage) -> [Guidance.Reason] {
        clocks.compactMap { clock in
            guard let other = clock.insteadOf, let timetable = regime?.asBegun else { return nil }
            let start: Instant? =
                switch clock.anchor {
                case .received: file.record.receivedAt
                case .stageRequested: stage.requestedAt
                case .stageOpened: stage.reason == nil ? file.record.openedAt : stage.beginning
                case .kept(let kind): firstKept(kind, at: stage)
                }
            guard let start, let due = try? timetable.due(clock, from: start), now <= due.instant else { return nil }
            return Guidance.Reason(
                "Resolved by \(due.instant.rfc3339), the case needs no \(other): \(clock.name) can be sent instead.")
        }
    }

    private func firstKept(_ kind: PromiseKind, at stage: CaseStage) -> Instant? {
        file.promises.filter { promise in
            promise.kind == kind && promise.isToCustomer
                && promise.settlement.map { $0.recordedAt >= stage.beginning } ?? false
        }.compactMap(\.keptAt).min()
    }

    /// What is promised by clocks that something else meets which was kept at the stage.
    private func met(at stage: CaseStage) -> [Guidance.Reason] {
        unsettled.compactMap { promise in
            guard let running = promise.clock, running.stage == stage.number,
                let clock = clocks.first(where: { $0.name.isExactly(running.name) }),
                let kept = file.promises.first(where: { other in
                    other.isToCustomer && other.keptAt != nil && other.upheld == nil && other.id != promise.id
                        && clock.meetingKinds.contains(other.kind) && other.kind != promise.kind
                        && other.settlement.map { $0.recordedAt >= stage.beginning } ?? false
                })
            else { return nil }
            return Guidance.Reason(
                "Promise \(kept.id), which was kept, meets the clock \(clock.name): promise \(promise.id) can be kept with the "
                    + "same evidence.", promises: [promise.id, kept.id])
        }
    }

    /// That whoever is to answer had answered at an earlier stage.
    private func secondLook(at stage: CaseStage) -> [Guidance.Reason] {
        unsettled.compactMap { promise in
            guard promise.kind == .answer, let owner = promise.owner, file.answererBefore(stage, is: owner) else {
                return nil
            }
            return Guidance.Reason(
                "\(owner) had answered at an earlier stage: promise \(promise.id) is for somebody else to keep.",
                promises: [promise.id])
        }
    }
}

extension Finding {
    /// The same with more that it says.
    func adding(_ sentences: [String], promises: [Int64] = []) -> Finding {
        guard !sentences.isEmpty else { return self }
        return Finding(
            tactic: tactic, title: title, standing: standing,
            why: Guidance.Reason(
                ([why.text] + sentences).joined(separator: " "), entries: why.entries,
                promises: why.promises + promises.filter { !why.promises.contains($0) }), call: call)
    }
}
