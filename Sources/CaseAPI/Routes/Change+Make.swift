import CaseStore
import Complaints
import HTTPServer

/// What is answered to a change, once that is on disk.
struct ChangeAnswer: Sendable {
    let first: Answering
    /// Of whom it tells.
    let subject: AnswerSubject
    /// What is kept for retries where that is another: a secret stands in the first answer alone. Nil: the first.
    var again: Answering?

    init(of subject: AnswerSubject, _ first: @escaping Answering) {
        self.subject = subject
        self.first = first
    }
}

/// Makes a response; runs on the loop, so that the writer need not wait for it.
typealias Answering = @Sendable () -> Response

extension Change {
    /// Makes the change in the writer's transaction: what it is about is read (404), the client's conditions are held
    /// against that (412), and it is performed by the rules (403, 409, 422).
    func make(_ call: Call, in transaction: WriteTransaction) throws -> ChangeAnswer {
        let (actor, conditions, now) = (call.actor, call.preconditions, transaction.now)
        switch self {
        case .open(let request):
            try conditions.requireNothingNamed()
            let opened = try transaction.openCase(request, by: actor)
            return ChangeAnswer(of: AnswerSubject(opened.file.record)) { .opened(opened, at: now) }
        case .openMany(let requests):
            let results = try requests.enumerated().map { index, request in
                try BulkResult(index: index, request, by: actor, in: transaction)
            }
            // It has their keys and numbers, and no words of theirs.
            return ChangeAnswer(of: .none) { .bulk(results) }
        case .cases(let command, let answer):
            guard let file = try transaction.subject(of: command) else { throw Problem.missing(command.target.name) }
            if case .unshare(let id, _) = command, try !transaction.record.isShared(case: id, at: now) {
                throw Problem.missing("link to case \(id)")
            }
            try conditions.requireMatch(EntityTag(command.target, of: file, at: now))
            let committed = try transaction.perform(command, on: file, by: actor)
            return ChangeAnswer(of: AnswerSubject(committed.file.record)) { answer.response(committed, at: now) }
        case .duplicate(let command):
            let target = CaseCommand.Target.case(command.caseID)
            guard let file = try transaction.subject(of: command) else { throw Problem.missing(target.name) }
            try conditions.requireMatch(EntityTag(target, of: file, at: now))
            let committed = try transaction.perform(command, on: file, by: actor)
            return ChangeAnswer(of: AnswerSubject(committed.duplicate.file.record)) { .transferred(committed, at: now) }
        case .newShare(let id, let request, let secret):
            let (command, links) = (CaseCommand.share(case: id, request), call.service.links)
            guard let file = try transaction.subject(of: command) else { throw Problem.missing(command.target.name) }
            try conditions.requireMatch(EntityTag(command.target, of: file, at: now))
            let committed = try transaction.perform(command, on: file, by: actor, sharing: secret)
            guard let entry = committed.entries.first(where: { $0.kind == .caseShared }) else {
                preconditionFailure("a link has its entry")
            }
            var answer = ChangeAnswer(of: AnswerSubject(committed.file.record)) { .shared(secret, by: entry, links) }
            answer.again = { .shared(nil, by: entry, links) }
            return answer
        case .customers(let command):
            guard let subject = try transaction.subject(of: command) else {
                throw Problem.missing("customer \(command.customerID)")
            }
            if case .unmerge(let id, _) = command, subject.customer.mergedInto == nil {
                throw Problem.missing("merge of customer \(id)")
            }
            try conditions.requireMatch(EntityTag(subject))
            let customer = try transaction.perform(command, on: subject, by: actor)
            if case .erase = command {
                call.service.keptForms.forgetAll()
                let traces = ErasureTrace.all(isReplicated: call.service.store.logFigures.isReplicated)
                let erased = ErasedCustomer(customer: customer, traces: traces)
                return ChangeAnswer(of: AnswerSubject(customer.customer)) {
                    .resource(tag: EntityTag(customer)) { $0.write(erased, ErasedCustomer.shown) }
                }
            }
            return ChangeAnswer(of: AnswerSubject(customer.customer)) {
                .resource(tag: EntityTag(customer)) { $0.write(customer, CustomerRecord.shown) }
            }
        case .policies(let command, let sentBack):
            guard let subject = try transaction.subject(of: command) else {
                guard command.makesNew else { throw Problem.missing("policy \(command.name)") }
                try conditions.requireNothingThere()
                let policy = try transaction.perform(
                    command.adding(sentBack.issues(of: nil, Policy.shown)), on: nil, by: actor)
                let changed = ChangedSetting(policy, warnings: try transaction.warnings(of: policy, by: actor))
                return ChangeAnswer(of: .none) { .made(changed) }
            }
            try conditions.requireMatch(EntityTag(subject))
            let policy = try transaction.perform(
                command.adding(sentBack.issues(of: subject, Policy.shown)), on: subject, by: actor)
            let changed = ChangedSetting(policy, warnings: try transaction.warnings(of: policy, by: actor))
            return ChangeAnswer(of: .none) {
                .resource(tag: EntityTag(policy)) { $0.write(changed, ChangedSetting<Policy>.shown) }
            }
        case .calendars(let command, let sentBack):
            let subject = try transaction.subject(of: command)
            try subject.map { try conditions.requireMatch(EntityTag($0)) } ?? conditions.requireNothingThere()
            let calendar = try transaction.perform(
                command.adding(sentBack.issues(of: subject, CalendarRecord.shown)), on: subject, by: actor)
            let changed = ChangedSetting(calendar, warnings: try transaction.warnings(of: calendar, after: subject))
            return ChangeAnswer(of: .none) { .put(changed, isNew: subject == nil) }
        case .regimes(let command, let sentBack):
            let subject = try transaction.subject(of: command)
            try subject.map { try conditions.requireMatch(EntityTag($0)) } ?? conditions.requireNothingThere()
            let regime = try transaction.perform(
                command.adding(sentBack.issues(of: subject, RegimeRecord.shown)), on: subject, by: actor)
            return ChangeAnswer(of: .none) { .put(regime, isNew: subject == nil) }
        case .holidays(let name, let feed):
            guard let subject = try transaction.record.calendar(name) else { throw CalendarRoutes.missing(name) }
            try conditions.requireMatch(EntityTag(subject))
            let holidays = try transaction.addHolidays(feed, to: subject, by: actor)
            return ChangeAnswer(of: .none) {
                .resource(tag: EntityTag(holidays.calendar)) { $0.write(holidays, AddedHolidays.shown) }
            }
        case .newOwner(let request):
            try conditions.requireNothingNamed()
            let owner = try transaction.createOwner(request, by: actor)
            return ChangeAnswer(of: .none) { .named(owner) }
        case .owners(let command):
            guard let subject = try transaction.subject(of: command) else {
                throw Problem.missing("owner \(command.name)")
            }
            if case .comeBack = command, subject.absence == nil {
                throw Problem.missing("absence of \(subject.name)")
            }
            try conditions.requireMatch(EntityTag(subject))
            let owner = try transaction.perform(command, on: subject, by: actor)
            guard case .leave = command else {
                return ChangeAnswer(of: .none) {
                    .resource(tag: EntityTag(owner)) { $0.write(owner, OwnerRecord.shown) }
                }
            }
            let changed = ChangedSetting(owner, warnings: try transaction.warnings(ofAbsenceOf: owner))
            return ChangeAnswer(of: .none) {
                .resource(tag: EntityTag(owner)) { $0.write(changed, ChangedSetting<OwnerRecord>.shown) }
            }
        case .handover(let name, let request):
            guard let subject = try transaction.record.ownerRecord(name) else { throw Problem.missing("owner \(name)") }
            try conditions.requireMatch(EntityTag(subject))
            let handover = try transaction.handOver(from: subject, request, by: actor)
            return ChangeAnswer(of: .none) { .handedOver(handover) }
        case .newToken(let request, let secret):
            try conditions.requireNothingNamed()
            let (token, new) = try transaction.createToken(request, secret: secret, by: actor)
            var answer = ChangeAnswer(of: .none) { .made(token, secret: secret, new) }
            answer.again = { .made(token, secret: nil, new) }
            return answer
        case .tokens(let command):
            guard let subject = try transaction.subject(of: command) else {
                throw Problem.missing("token \(command.tokenID)")
            }
            try conditions.requireMatch(EntityTag(transaction.record.withSessions(subject)))
            let token = try transaction.perform(command, on: subject, by: actor)
            return ChangeAnswer(of: .none) { .resource(tag: EntityTag(token)) { $0.write(token, Token.shown) } }
        case .sessionEnd(let id, let sessionID, let request):
            guard let token = try transaction.record.token(id) else { throw Problem.missing("token \(id)") }
            let subject = try transaction.record.withSessions(token)
            guard subject.sessions.contains(where: { $0.id == sessionID }) else {
                throw Problem.missing("open session \(sessionID) of token \(id)")
            }
            try conditions.requireMatch(EntityTag(subject))
            _ = try request.taken()
            try transaction.endSession(sessionID)
            let left = try transaction.record.withSessions(token)
            return ChangeAnswer(of: .none) { .resource(tag: EntityTag(left)) { $0.write(left, Token.shown) } }
        case .newWebhook(let request, let secret):
            try conditions.requireNothingNamed()
            let webhook = try transaction.createWebhook(request, secret: secret, by: actor)
            let warnings = try transaction.warnings(of: webhook, by: actor)
            var answer = ChangeAnswer(of: .none) { .disclosed(webhook, secret, isNew: true, warnings) }
            answer.again = { .disclosed(webhook, nil, isNew: true, warnings) }
            return answer
        case .webhooks(let command):
            guard let subject = try transaction.subject(of: command) else {
                throw WebhookRoutes.missing(command.webhookID)
            }
            try conditions.requireMatch(EntityTag(subject))
            let webhook = try transaction.perform(command, on: subject, by: actor)
            if case .delete = command {
                return ChangeAnswer(of: .none) {
                    .resource(tag: EntityTag(webhook)) { $0.write(webhook, Webhook.shown) }
                }
            }
            let changed = ChangedSetting(webhook, warnings: try transaction.warnings(of: webhook, by: actor))
            return ChangeAnswer(of: .none) {
                .resource(tag: EntityTag(webhook)) { $0.write(changed, ChangedSetting<Webhook>.shown) }
            }
        case .webhookRotation(let id, let request, let secret):
            guard let subject = try transaction.record.webhook(id) else { throw WebhookRoutes.missing(id) }
            try conditions.requireMatch(EntityTag(subject))
            let webhook = try transaction.rotate(subject, request, to: secret, by: actor)
            var answer = ChangeAnswer(of: .none) { .disclosed(webhook, secret, isNew: false) }
            answer.again = { .disclosed(webhook, nil, isNew: false) }
            return answer
        case .webhookTest(let id, let request):
            guard let subject = try transaction.record.webhook(id) else { throw WebhookRoutes.missing(id) }
            try conditions.requireMatch(EntityTag(subject))
            let delivery = try transaction.test(subject, request)
            return ChangeAnswer(of: .none) { .delivery(delivery) }
        case .epoch(let request):
            try conditions.requireNothingNamed()
            let news = try request.taken()
            if let theirs = news.record, try transaction.record.logHead()?.record.isExactly(theirs) != true {
                throw Problem(
                    .otherRecord, "This service has another record than the one whose log begins with \(theirs).")
            }
            let epochs = try transaction.learn(of: news)
            return ChangeAnswer(of: .none) {
                var json = JSONWriter()
                ItemForm.epochs.json(&json, epochs)
                return .json(json.bytes)
            }
        case .redelivery(let id, let deliveryID, let request):
            guard let webhook = try transaction.record.webhook(id) else { throw WebhookRoutes.missing(id) }
            guard let subject = try transaction.record.delivery(deliveryID, ofWebhook: id) else {
                throw Problem.missing("delivery \(deliveryID) of webhook \(id)")
            }
            try conditions.requireMatch(EntityTag(webhook))
            let delivery = try transaction.redeliver(subject, of: webhook, request)
            return ChangeAnswer(of: .none) { .delivery(delivery) }
        }
    }
}

extension CaseCommand.Target {
    /// As it is called where there is none.
    fileprivate var name: String {
        switch self {
        case .case(let id): "case \(id)"
        case .promise(let id): "promise \(id)"
        }
    }
}
