// Whom commands give something to.

extension PromiseRequest {
    fileprivate func namedOwners(at path: FieldPath) -> [NamedOwner] {
        owner.map { [NamedOwner(path / "owner", $0)] } ?? []
    }
}

extension Continuation {
    fileprivate var namedOwners: [NamedOwner] {
        switch self {
        case .none: []
        case .promise(let request): request.namedOwners(at: "next_promise")
        case .resolve(let request): request.followUp?.namedOwners(at: "resolve" / "follow_up") ?? []
        }
    }
}

extension LogRequest {
    fileprivate var namedOwners: [NamedOwner] {
        switch self {
        case .agreement(let request): request.remedy?.namedOwners(at: "remedy") ?? []
        case .coolOff(let request): request.callback.namedOwners(at: "callback")
        case .refusal(let request): request.callback?.namedOwners(at: "callback") ?? []
        case .disputeDecision(let request): request.next?.namedOwners(at: "next_promise") ?? []
        case .lesson(let request): request.review?.namedOwners(at: "review") ?? []
        default: []
        }
    }

    /// Who is to have something to do with the case beside its owner: a supervisor, or whom somebody talked with.
    fileprivate var namedPeople: [String] {
        switch self {
        case .supervisorJoined(let name?), .debrief(let name, _): [name]
        default: []
        }
    }
}

extension CaseRequest {
    /// Whom it gives something to.
    package var namedOwners: [NamedOwner] {
        (fields.owner.map { [NamedOwner("owner", $0)] } ?? []) + (promise?.namedOwners(at: "promise") ?? [])
    }
}

extension ImportRequest {
    /// Whom it gives something to, or gave.
    package var namedOwners: [NamedOwner] {
        (fields.owner.map { [NamedOwner("owner", $0)] } ?? [])
            + promises.compactMap { $0.owner.map { NamedOwner("promise" / "owner", $0) } }
    }
}

extension CaseCommand {
    /// Whom it gives something to. Who has it already is given nothing.
    package func namedOwners(in file: CaseFile, by actor: Actor) -> [NamedOwner] {
        switch self {
        case .keep(_, let incoming): incoming.value.then.namedOwners
        case .withdraw(_, let incoming): incoming.value.then.namedOwners
        case .void(_, let incoming): incoming.value.then.namedOwners
        case .reassign(let id, let incoming):
            file.promise(id)?.owner.map({ FoldedName($0) == FoldedName(incoming.value.owner) }) ?? false
                ? [] : [NamedOwner("owner", incoming.value.owner)]
        case .accept(let id, _): file.promise(id)?.owner == nil ? [NamedOwner(.body, actor.name)] : []
        case .edit(_, let incoming, _, _):
            (incoming.value.owner ?? nil).flatMap { name in
                file.record.fields.owner.map({ FoldedName($0) == FoldedName(name) }) ?? false
                    ? nil : [NamedOwner("owner", name)]
            } ?? []
        case .promise(_, let incoming): incoming.value.promise.namedOwners(at: .body)
        case .write(_, let incoming): incoming.value.namedOwners
        case .resolve(_, let incoming): incoming.value.followUp?.namedOwners(at: "follow_up") ?? []
        case .reopen(_, let incoming): incoming.value.promise?.namedOwners(at: "promise") ?? []
        case .renew, .decline, .escalate, .decide, .close, .stage, .share, .unshare: []
        }
    }

    /// Who is to have something to do with the case beside its owner, where that is not so yet.
    package func namedPeople(in file: CaseFile) -> [String] {
        let names: [String] =
            switch self {
            case .edit(_, let incoming, _, _): (incoming.value.supervisor ?? nil).map { [$0] } ?? []
            case .escalate(_, let incoming): [incoming.value.supervisor]
            case .write(_, let incoming): incoming.value.namedPeople
            default: []
            }
        let asked = file.record.fields.supervisor.map(FoldedName.init)
        return names.filter { FoldedName($0) != asked }
    }

    /// The same command with more that is wrong with it.
    package func adding(_ issues: [FieldIssue]) -> CaseCommand {
        guard !issues.isEmpty else { return self }
        return switch self {
        case .keep(let id, let incoming): .keep(promise: id, incoming.adding(issues))
        case .withdraw(let id, let incoming): .withdraw(promise: id, incoming.adding(issues))
        case .void(let id, let incoming): .void(promise: id, incoming.adding(issues))
        case .renew(let id, let kind, let incoming): .renew(promise: id, kind, incoming.adding(issues))
        case .reassign(let id, let incoming): .reassign(promise: id, incoming.adding(issues))
        case .accept(let id, let incoming): .accept(promise: id, incoming.adding(issues))
        case .decline(let id, let incoming): .decline(promise: id, incoming.adding(issues))
        case .edit(let id, let incoming, let customer, let ending):
            .edit(case: id, incoming.adding(issues), customer: customer, ending: ending)
        case .promise(let id, let incoming): .promise(case: id, incoming.adding(issues))
        case .write(let id, let incoming): .write(case: id, incoming.adding(issues))
        case .escalate(let id, let incoming): .escalate(case: id, incoming.adding(issues))
        case .decide(let id, let incoming): .decide(case: id, incoming.adding(issues))
        case .resolve(let id, let incoming): .resolve(case: id, incoming.adding(issues))
        case .close(let id, let incoming): .close(case: id, incoming.adding(issues))
        case .reopen(let id, let incoming): .reopen(case: id, incoming.adding(issues))
        case .stage(let id, let incoming): .stage(case: id, incoming.adding(issues))
        case .share(let id, let incoming): .share(case: id, incoming.adding(issues))
        case .unshare(let id, let incoming): .unshare(case: id, incoming.adding(issues))
        }
    }
}
