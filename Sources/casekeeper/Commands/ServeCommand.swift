import ArgumentParser
import Board
import CaseAPI
import CaseStore
import Dispatch
import Glibc
import HTTPClient
import HTTPServer
import Logging

/// `casekeeper serve`
struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Serves the API over HTTP.",
        discussion: """
            While the database has no token, the service answers only processes of its own user, or of root, on this \
            machine, and nothing that a proxy passes on. SIGTERM, SIGINT, SIGHUP and SIGQUIT end it once what is in \
            flight is done; a second one ends it at once.
            """)

    @Option(
        help: ArgumentHelp(
            "Where to listen, also at a Unix socket: unix:/path, or unix:/path?mode=0660 for its group as well; more than once, or "
                + "separated by commas. Port 0 takes any that is free.",
            valueName: "host:port|unix:path"), form: .addresses)
    var listen = [[ListenAddress(host: "127.0.0.1", port: 8080)]]

    @Option(
        help: ArgumentHelp(
            "Where the first admin token is: taken from the file, or written into it when it is empty or missing.",
            valueName: "file"), form: .file)
    var bootstrapTokenFile: String?

    @Option(
        help: ArgumentHelp(
            "Where people find the service, behind whatever ends TLS: links are made absolute with it, and the board's cookie is for "
                + "https alone.",
            valueName: "https://host"), form: .publicURL)
    var publicUrl: PublicLinks?

    @Flag(
        help: """
            Makes no database: where there is none, or an empty file, the start is refused (66), as where a disk was lost it is \
            a backup that is missing.
            """)
    var noCreate = false

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var configuration: ConfigurationOptions
    @OptionGroup var logging: LogOptions
    @OptionGroup(title: "Owners") var owners: OwnerOptions
    @OptionGroup(title: "Customers") var customers: CustomerOptions
    @OptionGroup(title: "Bounds of clients") var access: AccessOptions
    @OptionGroup(title: "Webhooks") var webhooks: WebhookOptions
    @OptionGroup(title: "Bounds of a request") var request: RequestOptions
    @OptionGroup(title: "Bounds of connections") var connection: ConnectionOptions
    @OptionGroup(title: "Bounds of what waits") var queue: QueueOptions
    @OptionGroup(title: "Bounds of the disk") var disk: DiskOptions
    @OptionGroup(title: "Backups") var backups: BackupFolderOptions

    func validate() throws {
        // By what they say of where it is, whatever the settings of a socket's file.
        var seen: Set<String> = []
        // Port 0 is another one each time.
        for address in listen.flatMap(\.self) where address.port != 0 && !seen.insert("\(address)").inserted {
            throw ValidationError("--listen has \(address) twice: give each address once.")
        }
    }

    func run() throws {
        // Before there is anything to end, so that a signal always finds the way out prepared.
        let signalled = DispatchSemaphore(value: 0)
        let interruption = Interruption()
        let trap = SignalTrap(SignalTrap.endings) { @Sendable in
            interruption.request()
            signalled.signal()
        }
        let logger = logging.makeLogger()
        // What is wrong is found out before anything is made: a start that is refused leaves nothing behind.
        let addresses = listen.flatMap(\.self)
        let memory = connection.memory(addresses: addresses.count)
        let configurations = addresses.map { address in
            var configuration = ServerConfiguration(listen: address)
            request.apply(to: &configuration)
            connection.apply(to: &configuration, memory: memory)
            return configuration
        }
        if noCreate { try database.requireRecord() }
        if let shortage = shortage(configurations) { throw CommandFailure(.configuration, shortage) }
        let taken = try take(configurations)
        let isNew = !database.exists
        var options = storeOptions(logger)
        let manager = NotifySocket()
        // A new database is there at once.
        if !isNew { options.migrations = .logged(logger, until: interruption, telling: manager) }
        let bootstrap = bootstrapTokenFile.map { BootstrapToken(path: $0, database: database.database) }
        let open = zip(addresses, taken).first { !$1.address.isLoopback }?.0
        if try CaseStore.hasTokens(path: database.database, options: options) != true {
            try bootstrap?.check()
            if bootstrap == nil, let open { throw refusal(of: open) }
        }

        manager?.tell(NotifySocket.status("opening \(database.database)"))
        let store: CaseStore
        do {
            store = try database.open(for: "serve", options: options)
        } catch let error as MigrationInterruption {
            logger.notice(
                "shut down before the database was up to date: the next start goes on", metadata: ["state": "\(error)"])
            return
        }
        if isNew {
            logger.notice(
                "made a new database, with nothing in it",
                metadata: ["database": "\(DatabaseName.absolute(database.database))"])
        }
        if let bootstrap, let note = try bootstrap.install(in: store) {
            logger.log(note, of: bootstrap.path, tokenCommand)
        }
        let isProtected = try !store.makeReader().read { try $0.hasTokens() }
        if isProtected, let open { throw refusal(of: open) }
        warn(of: store.broadFiles, logger)
        warn(ofCopies: isNew ? [] : CaseStore.rescuedCopies(of: database.database), logger)
        let service = try CaseService(
            store: store, listenHost: addresses.lazy.compactMap(\.host).first, reportQueue: queue.reportQueue,
            eventQueue: queue.eventQueue, bulkBodyLimit: request.bulkBodyLimit, access: access.rules(),
            receivers: webhooks.rules(), posts: !webhooks.noWebhooks, pages: Board.book, links: publicUrl ?? .relative,
            contact: customers.contact, backups: backups.folder(ofDatabase: database.database),
            version: Casekeeper.configuration.version,
            logger: logger)
        // Said before anybody can come.
        if isProtected {
            logger.notice(
                """
                protected mode: there is no token, so only processes of this user and of root on this machine are \
                answered, and nothing that a proxy passes on
                """,
                metadata: ["user_id": "\(geteuid())", "remedy": "\(tokenCommand)"])
        }
        let servers = try start(service, zip(configurations, taken), logger: logger)
        let status = "serving \(database.database) at \(taken.map { "\($0.address)" }.joined(separator: ", "))"
        manager?.tell("READY=1", NotifySocket.status(status))
        let watchdog = manager.flatMap { watch(servers, service, telling: $0, status, logger) }
        defer { watchdog?.cancel() }
        withExtendedLifetime(trap) { signalled.wait() }

        logger.notice("shutting down")
        manager?.tell("STOPPING=1", NotifySocket.status("finishing what is in flight"))
        DispatchQueue.concurrentPerform(iterations: servers.count) { servers[$0].shutdownAndWait() }
        service.stop()
        do {
            if let place = try store.rescue(orInto: LastingFolders.all()) {
                logger.error(
                    "the database was deleted, or another was put in its place: all that was in it is in a copy",
                    metadata: [
                        "copy": "\(place)",
                        "remedy": "\(database.command("restore \(DatabaseName.shellWord(place)) --force"))",
                    ])
            }
        } catch {
            logger.error(
                "the database was deleted, or another was put in its place, and can't be copied",
                metadata: ["error": "\(error)"])
        }
        store.checkpoint()
        if let latch = store.latch {
            throw CommandFailure(.inputOutput, "the service ended after this: \(latch.summary) (\(latch.cause))")
        }
        logger.notice("shut down")
    }

    /// Takes each of the addresses. That two of them are one, by another name or as a part of it, would show only when
    /// both are listened on.
    private func take(_ configurations: [ServerConfiguration]) throws -> [TakenAddress] {
        var taken: [TakenAddress] = []
        for configuration in configurations {
            let next = try TakenAddress(for: configuration)
            if let index = taken.firstIndex(where: { $0.address.collides(with: next.address) }) {
                throw ValidationError(
                    "--listen has \(next.address) twice, as \(configurations[index].listen) and as "
                        + "\(configuration.listen): give each address once.")
            }
            taken.append(next)
        }
        return taken
    }

    /// Why it could not open what it takes while it runs.
    private func shortage(_ configurations: [ServerConfiguration]) -> String? {
        DescriptorLimit.shortage(
            addresses: configurations.count, loops: configurations.map(\.loops).reduce(0, +),
            connections: configurations.count * ServerConfiguration.leastConnections,
            transfers: webhooks.noWebhooks ? 0 : TransferLimits().atOnce)
    }

    private func storeOptions(_ logger: Logger) -> StoreOptions {
        var options = queue.storeOptions
        disk.apply(to: &options)
        owners.apply(to: &options)
        let command = OperatorCommand(database: database.database)
        options.observe = { event in logger.log(event, command) }
        return options
    }

    /// What a service saved as it lost the database, and nobody has put back or taken away since: it may have more than what is
    /// served now.
    private func warn(ofCopies copies: [String], _ logger: Logger) {
        for copy in copies {
            logger.warning(
                "a service that lost this database saved a copy, which is still there and may have what this one has not",
                metadata: [
                    "copy": "\(copy)",
                    "remedy": "see by verify --database which of the two is longer; restore the copy, or take it away",
                ])
        }
    }

    /// Files that others can read are left as they are: somebody may have meant it so.
    private func warn(of broadFiles: [String], _ logger: Logger) {
        guard !broadFiles.isEmpty else { return }
        let files = broadFiles.joined(separator: " ")
        logger.warning(
            "others on this machine can read or write files of the database",
            metadata: ["files": "\(files)", "remedy": "chmod go= \(files)"])
    }

    /// A server an address, all with the same service. When one can't start, none is left running.
    private func start(
        _ service: CaseService, _ places: some Sequence<(ServerConfiguration, TakenAddress)>,
        logger: Logger
    ) throws -> [Server<CaseService>] {
        var servers: [Server<CaseService>] = []
        do {
            for (configuration, taken) in places {
                let server = Server(service: service, configuration: configuration, logger: logger)
                let bound = try server.start(at: taken)
                servers.append(server)
                logger.notice(
                    "listening",
                    metadata: ["address": "\(bound)", "database": "\(DatabaseName.absolute(database.database))"])
            }
        } catch {
            for server in servers { server.shutdownAndWait() }
            throw error
        }
        return servers
    }

    /// Tells the service manager that all goes on, if it waits for that, to the very end: what it takes to drain is bounded
    /// by an option of its own.
    private func watch(
        _ servers: [Server<CaseService>], _ service: CaseService, telling manager: NotifySocket, _ status: String,
        _ logger: Logger
    ) -> (any DispatchSourceTimer)? {
        guard let interval = Watchdog.interval() else { return nil }
        var parts = [Watchdog.Part(name: "the writer") { service.askWriter($0) }]
        for (number, server) in servers.enumerated() {
            for loop in 0..<server.loopCount {
                parts.append(
                    Watchdog.Part(name: "loop \(loop + 1) of \(listen.joined().dropFirst(number).first!)") {
                        server.askLoop(loop, $0)
                    })
            }
        }
        return Watchdog(parts, telling: manager, status: status, logger: logger).start(every: interval)
    }

    private func refusal(of address: ListenAddress) -> CommandFailure {
        CommandFailure(
            .configuration,
            "\(address) can be reached from elsewhere, and there is no token yet; make one first:\n  \(tokenCommand)")
    }

    private var tokenCommand: String {
        OperatorCommand(database: database.database)
            .line("token create NAME --role admin", program: ProcessArguments.program)
    }
}

extension OptionForm where Value == [ListenAddress] {
    /// Some, separated by commas.
    fileprivate static var addresses: OptionForm {
        OptionForm(
            "HOST:PORT, [IPV6]:PORT or unix:PATH, or some, separated by commas", example: "127.0.0.1:8080",
            text: { $0.map(\.description).joined(separator: ",") }
        ) { text in
            let texts = text.split(separator: ",")
            return texts.isEmpty
                ? nil : try texts.map { try ListenAddress($0.trimmingPrefix(while: \.isWhitespace).description) }
        }
    }
}

extension OptionForm where Value == PublicLinks {
    /// An https origin.
    fileprivate static var publicURL: OptionForm {
        OptionForm(
            "https://HOST or https://HOST:PORT, without a path", example: "https://desk.example",
            text: { $0.origin ?? "" }
        ) { try PublicLinks($0) }
    }
}
