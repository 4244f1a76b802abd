import CaseAPI
import CaseStore
import Complaints
import Foundation
import HTTPServer
import Logging
import Synchronization
import Testing

@testable import Board

/// A whole service with the board, on port 0, with a database of its own and a clock that the test sets.
final class BoardDesk: Sendable {
    private let folder: URL
    let store: CaseStore
    let client: Browser
    private let server: Server<CaseService>
    private let service: CaseService
    let clock: TestTime

    init(access: AccessRules = AccessRules(), links: PublicLinks = .relative) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "board-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        // A Monday.
        let clock = TestTime(Instant(milliseconds: 1_772_442_000_000))
        self.clock = clock
        store = try CaseStore(
            path: folder.appending(path: "desk.db").path, options: StoreOptions(wallClock: { clock.tick() }))
        var logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        logger.logLevel = .critical
        service = try CaseService(
            store: store, clockTick: nil, access: access, pages: Board.book, links: links, logger: logger)
        var configuration = ServerConfiguration(listen: ListenAddress(host: "127.0.0.1", port: 0))
        configuration.loops = 2
        server = Server(service: service, configuration: configuration, logger: logger)
        client = Browser(port: try server.start().port)
    }

    deinit {
        server.shutdownAndWait()
        service.stop()
        try? FileManager.default.removeItem(at: folder)
    }

    /// Makes a token, and returns its secret.
    func token(
        _ role: Role, name: String, owner: String? = nil, expiresAt: Instant? = nil
    ) throws -> (id: Int64, secret: String) {
        let secret = TokenSecret()
        let token = try store.write {
            try $0.createToken(name: name, role: role, secret: secret, expiresAt: expiresAt, owner: owner)
        }
        return (token.id, secret.text)
    }

    /// Opens a case with a promise that is due in an hour, and returns its id.
    @discardableResult
    func openCase(
        customer: String = "Ann", complaint: String = "It leaks.", owner: String? = "Kim", what: String = "Call Ann"
    ) throws -> Int64 {
        try store.write { transaction in
            var request = CaseRequest(complaint: complaint, customer: .new(CustomerFields(name: customer)))
            request.owner = owner
            return try transaction.openCase(Incoming(request), by: Actor(name: "Lou", role: .admin)).file.record.id
        }
    }

    /// A browser in which somebody has logged in.
    func browser(as role: Role, name: String, owner: String? = nil) throws -> Browser {
        let token = try token(role, name: name, owner: owner)
        var browser = client
        try browser.logIn(token.secret)
        return browser
    }
}

/// A clock that a test sets; it moves on by a millisecond each time it is asked, as stamps never stand still.
final class TestTime: Sendable {
    let start: Instant
    private let time: Mutex<Instant>

    init(_ start: Instant) {
        self.start = start
        time = Mutex(start)
    }

    var now: Instant { time.withLock(\.self) }

    func tick() -> Instant {
        time.withLock { time in
            time = time + ElapsedTime(milliseconds: 1)
            return time
        }
    }

    func advance(by span: ElapsedTime) { time.withLock { $0 = $0 + span } }
}
