import Foundation
import Testing

/// Processes that work on one database, one after the other, with everything they did to its files and sockets.
final class Recording {
    private static let calls = [
        "open", "openat", "creat", "write", "pwrite64", "writev", "pwritev", "pwritev2", "fsync", "fdatasync",
        "sync_file_range", "ftruncate", "truncate", "fallocate", "rename", "renameat", "renameat2", "link", "linkat",
        "unlink", "unlinkat", "mmap", "sendto", "sendmsg", "copy_file_range", "sendfile",
    ]

    let folder: TemporaryFolder
    /// Of nothing but the database's files.
    let data: URL
    private(set) var trace = Trace()

    /// - Parameter folder: where `data` has been filled already, or nil.
    init(in folder: TemporaryFolder) throws {
        self.folder = folder
        data = folder.url.appending(path: "data")
        try FileManager.default.createDirectory(at: data, withIntermediateDirectories: true)
    }

    var database: String { data.appending(path: "casekeeper.db").path }

    /// The files that are there now.
    func files() throws -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: data.path) {
            files["\(data.path)/\(name)"] = try [UInt8](Data(contentsOf: data.appending(path: name)))
        }
        return files
    }

    /// Runs a program from its start to its end, and puts what it did behind what was done before.
    func run<Value>(_ path: String, _ arguments: [String], _ body: (RunningProcess) throws -> Value) throws -> Value {
        let output = folder.path("trace-\(UUID().uuidString)")
        // -D leaves the program our own child, so that it is the one that signals go to; -xx, as bytes are bytes.
        let options = ["-D", "-f", "-y", "-xx", "-s", "100000000", "-e", "trace=\(Self.calls.joined(separator: ","))"]
        let process = try RunningProcess(
            path: "/usr/bin/strace", options + ["-o", output, path] + arguments, environment: [:], in: folder)
        let value = try body(process)
        _ = try process.wait()
        // The tracer lives a moment longer than the program, and has its last word on the program's main thread.
        let end = try Regex("(?m)^\(process.id) +\\+\\+\\+ ")
        while try String(decoding: Data(contentsOf: URL(filePath: output)).suffix(4096), as: UTF8.self)
            .firstMatch(of: end) == nil
        { usleep(1000) }
        try trace.append(contentsOf: output)
        try FileManager.default.removeItem(atPath: output)
        return value
    }

    /// Has clients work on a server, and returns what it acknowledged until it was ended by a signal.
    func serve(
        _ path: String, _ arguments: [String], clients: Int, changes: Int, seed: UInt64, endedBy signal: Int32
    ) throws -> [AcknowledgedChange] {
        try run(path, arguments) { process in
            let server = try RunningServer(process)
            let load = Load(port: server.port, clients: clients, seed: seed)
            load.waitForChanges(changes)
            if signal == SIGKILL { process.signal(signal) }
            load.stop()
            process.signal(signal)
            #expect(load.unexpected.isEmpty, "\(load.unexpected)")
            return load.ledger.changes
        }
    }
}
