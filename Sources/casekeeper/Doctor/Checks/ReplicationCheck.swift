import CaseStore
import Complaints
import Foundation

extension DoctorCheck {
    /// How long what Litestream has read may lie before what was written last.
    private static let patience = ElapsedTime.minutes(1)

    static let replication = DoctorCheck(
        "replication", "whether Litestream reads the database, and keeps up with what is written"
    ) { inspection in
        if let hidden = inspection.hidden { return [.unseen("for Litestream's folder", hidden)] }
        guard inspection.isReplicated else {
            if let obstacle = inspection.obstacle(to: inspection.record) {
                return [.unseen("whether Litestream has replicated it", obstacle)]
            }
            guard inspection.record.value?.wasReplicated == true else { return [.ok("Litestream is not in use here")] }
            return [
                .warning(
                    "Litestream has replicated this database, or one that it was restored from, and does so no more",
                    why: "what is lost with this disk is all since the last backup",
                    remedy:
                        "start litestream replicate with a destination of its own (operating.md, A standby and a point in time)"
                )
            ]
        }
        let folder = Replication.folder(of: inspection.database)
        if let obstacle = inspection.obstacle(reading: folder) {
            return [.unseen("at what Litestream has read", obstacle)]
        }
        let written = FileStatus(DatabaseName.resolved(inspection.database) + "-wal")?.writtenAt
        let read = newest(in: folder)
        guard let read else {
            // Said to be replicated, with what Litestream keeps elsewhere.
            guard FileStatus(folder) != nil else {
                return [.ok("it is said to be replicated, by what keeps its files elsewhere")]
            }
            return [
                .warning(
                    "Litestream's folder \(folder) has nothing in it", why: "nothing was replicated from here",
                    remedy: "look into Litestream's log")
            ]
        }
        guard let written, written - read > patience else {
            return [
                .ok(
                    "Litestream has read what was written; that it is elsewhere, and whole, only a restored copy tells that "
                        + "passes verify")
            ]
        }
        return [
            .warning(
                "Litestream last read the database at \(read.rfc3339), and it was written at \(written.rfc3339)",
                why: "what was answered since is lost with this machine",
                remedy: "look into Litestream's log, and restart it")
        ]
    }

    /// When the newest file in a folder was written; nil where there is none.
    private static func newest(in folder: String) -> Instant? {
        guard let files = FileManager.default.enumerator(atPath: folder) else { return nil }
        var newest: Instant?
        for case let name as String in files.lazy.prefix(100_000) {
            guard let status = FileStatus("\(folder)/\(name)"), status.isRegular else { continue }
            newest = max(newest ?? status.writtenAt, status.writtenAt)
        }
        return newest
    }
}
