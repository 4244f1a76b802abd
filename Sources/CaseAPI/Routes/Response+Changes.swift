import CaseStore
import Complaints
import HTTPServer
import HTTPTypes

/// The answers to changes.
extension Response {
    /// A case that was just opened.
    static func opened(_ committed: Committed, at now: Instant) -> Response {
        changed(committed, at: now, .created, location: "/v1/cases/\(committed.file.record.id)")
    }

    /// A case as a change left it.
    fileprivate static func changed(
        _ committed: Committed, at now: Instant, _ status: HTTPResponse.Status = .ok, location: String? = nil
    ) -> Response {
        .resource(status, tag: EntityTag(committed.file, at: now), location: location) {
            $0.write(CaseView(committed, at: now), CaseView.shown)
        }
    }

    /// Somebody who was just named.
    static func named(_ owner: OwnerRecord) -> Response {
        let name = QueryParameters.encoded(ExactText(owner.name))
        return .resource(.created, tag: EntityTag(owner), location: "/v1/owners/\(name)") {
            $0.write(owner, OwnerRecord.shown)
        }
    }

    /// A calendar that was just sent.
    static func put(_ changed: ChangedSetting<CalendarRecord>, isNew: Bool) -> Response {
        let calendar = changed.setting
        let name = QueryParameters.encoded(ExactText(calendar.name))
        return .resource(
            isNew ? .created : .ok, tag: EntityTag(calendar), location: isNew ? "/v1/calendars/\(name)" : nil
        ) { $0.write(changed, ChangedSetting<CalendarRecord>.shown) }
    }

    /// A regime that was just sent.
    static func put(_ regime: RegimeRecord, isNew: Bool) -> Response {
        let name = QueryParameters.encoded(ExactText(regime.name))
        return .resource(
            isNew ? .created : .ok, tag: EntityTag(regime), location: isNew ? "/v1/regimes/\(name)" : nil
        ) { $0.write(regime, RegimeRecord.shown) }
    }

    /// A policy that was just made.
    static func made(_ changed: ChangedSetting<Policy>) -> Response {
        let policy = changed.setting
        let name = QueryParameters.encoded(ExactText(policy.name))
        return .resource(.created, tag: EntityTag(policy), location: "/v1/policies/\(name)") {
            $0.write(changed, ChangedSetting<Policy>.shown)
        }
    }

    /// What was handed over.
    static func handedOver(_ handover: Handover) -> Response {
        var json = JSONWriter(capacity: 1024 + 768 * handover.promises.count)
        json.write(handover, Handover.shown)
        return .json(json.bytes)
    }

    /// A case that was found to be a duplicate, with what went on in the other one.
    static func transferred(_ committed: CommittedTransfer, at now: Instant) -> Response {
        let transferred = TransferredCase(committed, at: now)
        return .resource(tag: EntityTag(committed.duplicate.file, at: now)) {
            $0.write(transferred, TransferredCase.shown)
        }
    }

    /// A token that was just made.
    static func made(_ token: Token, secret: TokenSecret?, _ new: [NewName]) -> Response {
        var response = Response.resource(.created, tag: EntityTag(token), location: "/v1/tokens/\(token.id)") {
            $0.write(DisclosedToken(token: token, secret: secret, new: new), DisclosedToken.shown)
        }
        // A secret is not compressed: how long the answer is would say something of it.
        response.isCodable = false
        return response
    }

    /// A webhook that was just given a secret.
    static func disclosed(
        _ webhook: Webhook, _ secret: WebhookSecret?, isNew: Bool, _ warnings: [SettingWarning] = []
    ) -> Response {
        var response = Response.resource(
            isNew ? .created : .ok, tag: EntityTag(webhook), location: isNew ? "/v1/webhooks/\(webhook.id)" : nil
        ) {
            $0.write(
                DisclosedWebhook(webhook: webhook, secret: secret, warnings: warnings), DisclosedWebhook.shown)
        }
        // As of a token's.
        response.isCodable = false
        return response
    }

    /// A link to a customer's page that was just made. Where it is on record leads to the entry of the log: a secret is in no
    /// field of the head, which proxies log.
    static func shared(_ secret: ShareSecret?, by entry: LogEntry, _ links: PublicLinks) -> Response {
        let id = entry.subject.id
        var response = Response.resource(
            .created, tag: EntityTag(entry), location: "/v1/cases/\(id)/log/\(entry.seq)"
        ) { $0.write(DisclosedShare(secret: secret, entry: entry, links: links), DisclosedShare.shown) }
        // As of a token's.
        response.isCodable = false
        return response
    }

    /// Something that is to be posted.
    static func delivery(_ delivery: DeliveryRecord) -> Response {
        var json = JSONWriter(capacity: 1024)
        json.write(delivery, DeliveryRecord.shown)
        return .json(json.bytes)
    }

    /// What became of many cases: 207 as soon as one is refused (RFC 4918 section 13), so that nobody takes it for all.
    static func bulk(_ results: [BulkResult]) -> Response {
        let created = results.count { $0.isCreated }
        let body = JSONWriter.object(capacity: 128 + 128 * results.count) { json in
            json.member("total", results.count)
            json.member("created", created)
            json.member("refused", results.count - created)
            json.member("items", array: { json in for result in results { result.write(to: &json) } })
        }
        return .json(body, created == results.count ? .ok : .init(code: 207, reasonPhrase: "Multi-Status"))
    }
}

extension CaseAnswer {
    /// What came of the change, as it is answered.
    func response(_ committed: Committed, at now: Instant) -> Response {
        let summary = committed.file.record.summary
        switch self {
        case .changedCase: return .changed(committed, at: now)
        case .settled(let id):
            guard let promise = committed.file.promise(id) else {
                preconditionFailure("promise \(id) is not of its case")
            }
            let settled = SettledPromise(
                promise: PromiseView(promise, of: committed, at: now), file: CaseView(committed, at: now),
                next: committed.promise.map { PromiseView($0, of: committed, at: now) },
                proposal: committed.file.nextUpdate(
                    after: promise, every: committed.file.policy?.updateEvery, at: now))
            return .resource(tag: EntityTag(promise, of: summary, at: now)) { $0.write(settled, SettledPromise.shown) }
        case .newPromise:
            guard let promise = committed.promise else { preconditionFailure("no promise was made") }
            return .resource(
                .created, tag: EntityTag(promise, of: summary, at: now), location: "/v1/promises/\(promise.id)"
            ) { $0.write(PromiseView(promise, of: committed, at: now), PromiseView.shown) }
        case .newEntry:
            guard let entry = committed.entries.first else { preconditionFailure("no entry was written") }
            return .resource(
                .created, tag: EntityTag(entry), location: "/v1/cases/\(committed.file.record.id)/log/\(entry.seq)"
            ) { $0.write(LogEntryView(entry, of: committed, at: now)) }
        }
    }
}
