import Foundation
import TestSupport
import Testing

/// Litestream (https://litestream.io), which replicates the database of a folder into another folder.
final class Litestream {
    private let folder: TemporaryFolder
    private let database: String
    private(set) var process: RunningProcess

    private static let tool = "\(PythonTool.folder)/litestream"

    /// Begins to replicate, as the documentation has it but for the pauses.
    ///
    /// - Parameter interval: after which what was committed is read.
    init(of database: String, in folder: TemporaryFolder, interval: String = "100ms") throws {
        self.folder = folder
        self.database = folder.path(database)
        try folder.write(
            """
            socket:
              enabled: true
              path: \(folder.path("litestream.sock"))
            dbs:
              - path: \(self.database)
                min-checkpoint-page-count: 50
                replica:
                  type: file
                  path: \(folder.path("replica"))
                  sync-interval: \(interval)
            """, to: "litestream.yml")
        process = try Self.start(in: folder)
        try requireReady()
    }

    /// Begins again, once it has ended.
    ///
    /// - Parameter waits: until it replicates.
    func start(waits: Bool = true) throws {
        process = try Self.start(in: folder)
        if waits { try requireReady() }
    }

    private static func start(in folder: TemporaryFolder) throws -> RunningProcess {
        try RunningProcess(
            path: tool, ["replicate", "-config", folder.path("litestream.yml")], environment: [:], in: folder)
    }

    /// Waits until it replicates.
    func requireReady() throws {
        #expect(try eventually { try self.sync().exitCode == 0 }, "\(process.errors)")
    }

    /// Has all that is committed by now replicated, and waits for it.
    func sync() throws -> RunResult {
        try run("sync", "-wait", "-socket", folder.path("litestream.sock"), database)
    }

    /// Restores what was replicated, up to an instant or to the last, into another file of the folder.
    func restore(to name: String, at instant: String? = nil) throws -> RunResult {
        let place = ["-o", folder.path(name)] + (instant.map { ["-timestamp", $0] } ?? [])
        return try run(["restore"] + place + ["-config", folder.path("litestream.yml"), database])
    }

    private func run(_ words: String...) throws -> RunResult { try run(words) }

    private func run(_ words: [String]) throws -> RunResult {
        try RunningProcess(path: Self.tool, words, environment: [:], in: folder).wait()
    }
}
