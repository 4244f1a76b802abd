import CaseStore
import Complaints
import Foundation
import HTTPServer
import Logging
import TestSupport

@testable import CaseAPI

/// A whole service on port 0, with a database of its own and a clock that the test sets.
final class TestDesk: Sendable {
    /// A Sunday morning.
    static let start = Instant(milliseconds: 1_772_355_600_000)

    let clock: TestClock
    let store: CaseStore
    let client: TestClient
    private let folder: URL
    /// Whether the folder goes with the desk.
    private let ownsFolder: Bool
    private let server: Server<CaseService>
    let service: CaseService

    /// - Parameters:
    ///   - followsClock: whether time goes on by itself instead of being set by the test.
    ///   - configure: what else of the server is not as it is by default.
    ///   - before: a desk that has been stopped, whose database and clock this one goes on with.
    init(
        queueLimit: Int = 1024, reportQueue: Int = 64, eventQueue: Int = 4096, streamPause: Int = 15,
        loopWorkLimit: Int = 500_000, followsClock: Bool = false,
        busyTimeout: ElapsedTime = .seconds(5), access: AccessRules = AccessRules(), bodyLimit: Int? = nil,
        bulkBodyLimit: Int = CaseService.defaultBulkBodyLimit, owners: OwnerRules = OwnerRules(),
        receivers: ReceiverRules = ReceiverRules(), posts: Bool = true, links: PublicLinks = .relative,
        memory: MemoryAccount? = nil, loops: Int = 2, logger: Logger? = nil, continuing before: TestDesk? = nil,
        configure: (inout ServerConfiguration) -> Void = { _ in }
    ) throws {
        let clock = before?.clock ?? TestClock(Self.start)
        let wallClock: @Sendable () -> Instant = { followsClock ? StoreOptions.systemClock() : clock.tick() }
        self.clock = clock
        folder =
            before?.folder ?? FileManager.default.temporaryDirectory.appending(path: "desk-\(UUID().uuidString)")
        ownsFolder = before == nil
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let path = folder.appending(path: "desk.db").path
        try NewDatabase.make(at: path)
        store = try CaseStore(
            path: path,
            options: StoreOptions(
                wallClock: wallClock, busyTimeout: busyTimeout, queueLimit: queueLimit, owners: owners))
        let logger = logger ?? Self.silent
        service = try CaseService(
            store: store, reportQueue: reportQueue, eventQueue: eventQueue, streamPause: streamPause,
            loopWorkLimit: loopWorkLimit, bulkBodyLimit: bulkBodyLimit,
            clockTick: followsClock ? .seconds(1) : nil, access: access, receivers: receivers, posts: posts,
            links: links, logger: logger)
        var configuration = ServerConfiguration(listen: ListenAddress(host: "127.0.0.1", port: 0))
        configuration.loops = loops
        if let memory { configuration.memory = memory }
        if let bodyLimit { configuration.limits.body = bodyLimit }
        configure(&configuration)
        server = Server(service: service, configuration: configuration, logger: logger)
        client = TestClient(port: try server.start().port)
    }

    private static var silent: Logger {
        var logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        logger.logLevel = .critical
        return logger
    }

    /// Ends the service as SIGTERM does; the store stays open.
    func stop() {
        server.shutdownAndWait()
        service.stop()
    }

    /// Opens a case as another process does, and has the service notice.
    func openAsAnotherProcess() throws {
        try openUnnoticed()
        service.events.catchUp()
    }

    /// Opens cases in one commit of which the service is not told.
    func openUnnoticed(_ count: Int = 1) throws {
        let path = folder.appending(path: "desk.db").path
        let other = try CaseStore(path: path, options: StoreOptions(wallClock: { [clock] in clock.tick() }))
        try other.write { transaction in
            for _ in 0..<count {
                let request = CaseRequest(complaint: "It leaks.", customer: .new(CustomerFields(name: "Ann")))
                _ = try transaction.openCase(Incoming(request), by: .policy)
            }
        }
    }

    deinit {
        server.shutdownAndWait()
        service.stop()
        if ownsFolder { try? FileManager.default.removeItem(at: folder) }
    }

    /// Makes a token, and says what a client sends.
    ///
    /// - Parameter owner: whose it is; nil for one that is shared.
    func token(
        _ role: Role, name: String = "desk", owner: String? = nil, expiresAt: Instant? = nil
    ) throws -> (id: Int64, field: String) {
        let secret = TokenSecret()
        let token = try store.write { transaction in
            try transaction.createToken(name: name, role: role, secret: secret, expiresAt: expiresAt, owner: owner)
        }
        return (token.id, "Bearer \(secret.text)")
    }

    /// Begins a session of the board, as one does who logs in with that token.
    func beginSession(ofToken id: Int64) throws {
        try store.write { transaction in
            _ = try transaction.beginSession(SessionSecret(), of: transaction.record.token(id), actor: nil)
        }
    }

    /// Posts a case with a promise that is due in a day, and returns what the service answers.
    @discardableResult
    func openCase(_ body: String = #"{"complaint":"It leaks.","customer":{"name":"Ann"}}"#) throws -> JSONAnswer {
        try client.post("/v1/cases", body)
    }

    /// The instant that far from now, as a client sends it.
    func instant(in span: ElapsedTime) -> String {
        (clock.now + span).rfc3339
    }
}

extension TestDesk {
    /// Names somebody who keeps promises, a calendar and a regime, past HTTP, and makes a webhook: what paths that lead to
    /// neither a case nor a token lead to.
    func nameKim() throws {
        let request = Incoming(OwnerRequest(name: "Kim"))
        let calendar = CalendarCommand.put(name: "Kim", Incoming(.office))
        let regime = RegimeCommand.put(name: "Kim", Incoming(.twoStages))
        let actor = Actor(name: "Mia", role: .manager)
        _ = try store.write { transaction in
            _ = try transaction.createOwner(request, by: actor)
            _ = try transaction.perform(regime, on: nil, by: actor)
            return try transaction.perform(calendar, on: nil, by: actor)
        }
        try keepWebhook()
    }

    /// Makes a link to the customer's page of a case, past HTTP, with a secret that the test knows.
    func share(case id: Int64 = 1, _ secret: String = ShareRoutes.exampleSecret) throws {
        try store.write { transaction in
            let command = CaseCommand.share(case: id, Incoming(ShareRequest()))
            guard let file = try transaction.subject(of: command) else { return }
            _ = try transaction.perform(command, on: file, by: .local, sharing: ShareSecret(secret))
        }
    }

    /// Makes a webhook that is off, past HTTP, with a delivery that was taken, and one that waits for it to be on.
    func keepWebhook() throws {
        let url = try WebhookURL("https://hooks.example/")
        try store.write { transaction in
            let request = WebhookRequest(url: url, fields: WebhookFields(active: false))
            var webhook = try transaction.createWebhook(Incoming(request), secret: WebhookSecret(), by: .local)
            for text in ["On", "Off"] {
                let edit = WebhookEdit(fields: Edit { $0.name == "description" ? .some(.text(text)) : nil })
                webhook = try transaction.perform(.edit(webhook: webhook.id, Incoming(edit)), on: webhook, by: .local)
            }
            let step = try transaction.record.webhookEvents(
                for: webhook, after: webhook.afterEvent, looking: 9, taking: 9)
            var journal = WebhookJournal()
            journal.taken = [WebhookJournal.Taken(webhookID: webhook.id, cursor: step.cursor, events: step.taken)]
            try transaction.note(journal)
            guard let first = try transaction.record.delivery(1, ofWebhook: webhook.id)?.delivery else { return }
            let attempt = DeliveryAttempt(
                number: 1, at: first.createdAt, duration: .zero,
                outcome: .answered(status: 204, retryAfter: nil, beginning: []))
            let (taken, _) = first.tried(attempt, at: first.createdAt, chance: 0)
            journal = WebhookJournal()
            journal.tried = [WebhookJournal.Tried(delivery: taken, attempt: attempt, off: nil)]
            try transaction.note(journal)
        }
    }

    /// Opens that many cases in one batch, past HTTP.
    func openCases(_ count: Int) throws {
        try store.write { transaction in
            for index in 1...count {
                let request = CaseRequest(complaint: "Case \(index)", customer: .new(CustomerFields(name: "C\(index)")))
                _ = try transaction.openCase(Incoming(request), by: .policy)
            }
        }
    }
}
