import CaseAPI
import CaseStore
import Dispatch
import Foundation
import HTTPServer
import Logging

/// The service as `casekeeper serve` wires it, but with SQLite's synchronous level of choice, and checkpoints so often
/// that a short recording has many: `power-cut-server FILE full|normal`. It is a program of the tests, so that the one
/// that people run knows no way to be less than durable.
@main
enum Main {
    static func main() throws {
        guard CommandLine.arguments.count == 3,
            let level = StoreOptions.Synchronous(rawValue: CommandLine.arguments[2].uppercased())
        else {
            fatalError("usage: power-cut-server FILE full|normal")
        }
        var options = StoreOptions()
        options.synchronous = level
        // Five eighths of it, some 50 pages, are copied at a time.
        options.logLimit = 80 * 4120
        let store = try CaseStore(path: CommandLine.arguments[1], options: options)
        let logger = Logger(label: "power-cut-server") { _ in SwiftLogNoOpLogHandler() }
        let service = try CaseService(store: store, listenHost: "127.0.0.1", logger: logger)
        let server = Server(
            service: service, configuration: ServerConfiguration(listen: try ListenAddress("127.0.0.1:0")),
            logger: logger)
        let bound = try server.start()
        FileHandle.standardError.write(Data("listening address=\(bound)\n".utf8))
        // Killed when it has done enough.
        dispatchMain()
    }
}
