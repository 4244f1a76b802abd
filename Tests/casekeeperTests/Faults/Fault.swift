import Foundation
import GRDB
import TestSupport
import Testing

/// Something that happens to a service, and what is to come of it.
struct Fault: Sendable, CustomTestStringConvertible {
    enum Aftermath: Sendable {
        /// Once it is over, changes are kept again without anybody doing anything.
        case recovers
        /// Nothing is written until the service is restarted.
        case latches
    }

    /// What a client is told whose change comes in its way.
    struct Refusal: Equatable {
        let status: Int
        let code: String
        let retryAfter: String

        static let diskFull = Refusal(status: 507, code: "disk_full", retryAfter: "60")
        static let busy = Refusal(status: 503, code: "busy", retryAfter: "1")
        static let outcomeUnknown = Refusal(status: 503, code: "outcome_unknown", retryAfter: "60")
        static let readOnly = Refusal(status: 503, code: "read_only", retryAfter: "60")
    }

    typealias End = () throws -> Void

    let testDescription: String
    var options: [String] = []
    /// Where the database needs a disk of its own.
    var diskBytes: Int?
    let refusal: Refusal
    /// The `reason` of /readyz.
    let reason: String
    let aftermath: Aftermath
    /// Makes it happen. What this returns makes it be over.
    let begin: @Sendable (FaultScene) throws -> End
}

extension Fault {
    static let all = [
        Fault(
            testDescription: "the disk is full", options: ["--min-free-space", "0"], diskBytes: 8 << 20,
            refusal: .diskFull, reason: "disk_full", aftermath: .recovers
        ) { scene in
            try #require(scene.disk).fill()
        },
        Fault(
            testDescription: "less is free than is to be kept", options: ["--min-free-space", "4194304"],
            diskBytes: 16 << 20, refusal: .diskFull, reason: "disk_full", aftermath: .recovers
        ) { scene in
            let end = try #require(scene.disk).fill(leaving: 2 << 20)
            #expect(try #require(try scene.figure("casekeeper_disk_free_bytes")) <= 2 << 20)
            return end
        },
        Fault(
            testDescription: "less than a twentieth of a small disk is free", diskBytes: 40 << 20, refusal: .diskFull,
            reason: "disk_full", aftermath: .recovers
        ) { scene in
            try #require(scene.disk).fill(leaving: 1 << 20)
        },
        Fault(
            testDescription: "another process holds the database for longer than is waited",
            options: ["--busy-timeout", "PT1S"], refusal: .busy, reason: "busy", aftermath: .recovers
        ) { scene in
            let lock = try OtherProcess(path: scene.path())
            try lock.execute("BEGIN IMMEDIATE")
            return { try lock.execute("ROLLBACK") }
        },
        Fault(
            testDescription: "a sync of the log fails (EIO)", refusal: .outcomeUnknown, reason: "commit_failed",
            aftermath: .latches
        ) { try badLog($0, "fdatasync,fsync", "EIO") },
        Fault(
            testDescription: "a write to the log fails (EIO)", refusal: .outcomeUnknown, reason: "commit_failed",
            aftermath: .latches
        ) { try badLog($0, "pwrite64", "EIO") },
        Fault(
            testDescription: "the file system turns read-only by itself (EROFS)", refusal: .outcomeUnknown,
            reason: "commit_failed", aftermath: .latches
        ) { try badLog($0, "pwrite64", "EROFS") },
        Fault(
            testDescription: "a file may not grow any more (RLIMIT_FSIZE)", refusal: .outcomeUnknown,
            reason: "commit_failed", aftermath: .latches
        ) { scene in
            let id = scene.server.process.id
            try limitFileSize(of: id, to: "\(try scene.logSize())", in: scene.folder)
            return { try limitFileSize(of: id, to: "unlimited", in: scene.folder) }
        },
        Fault(
            testDescription: "a sync of the database fails as the log is moved into it (EIO)",
            options: ["--wal-limit", "65536"], refusal: .readOnly, reason: "checkpoint_failed", aftermath: .latches
        ) { scene in
            let calls = try scene.makeBad("fdatasync,fsync", "error=EIO", on: "")
            // It is on disk, in the log, and so it is answered; the log is moved after that, beside what comes next.
            #expect(try scene.write().status == 201)
            #expect(try eventually { try scene.get("/readyz").status == 503 })
            return calls.end
        },
    ]

    private static func badLog(_ scene: FaultScene, _ calls: String, _ error: String) throws -> End {
        try scene.makeBad(calls, "error=\(error)", on: "-wal").end
    }

    private static func limitFileSize(of process: pid_t, to size: String, in folder: TemporaryFolder) throws {
        let result = try RunningProcess(
            path: "/usr/bin/prlimit", ["--pid", "\(process)", "--fsize=\(size):unlimited"], environment: [:],
            in: folder
        ).wait()
        guard result.exitCode == 0 else {
            throw FaultToolFailure(description: "prlimit does not work: \(result.errors)")
        }
    }
}

/// A connection of this process to a database that another one serves.
final class OtherProcess {
    private let connection: DatabaseQueue

    init(path: String) throws {
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        connection = try DatabaseQueue(path: path, configuration: configuration)
    }

    func execute(_ sql: String) throws {
        try connection.inDatabase { try $0.execute(sql: sql) }
    }
}
