import Complaints
import Foundation
import GRDB
import Testing

@testable import CaseStore

@Suite("A lesson from before its words could be erased")
struct ErasedLessonTests {
    /// The words that the chain covered themselves.
    private static let facts =
        #"[["cause","Driver hit Ann \#(ErasableDesk.ending)"],["process","Tour \#(ErasableDesk.ending)"]]"#

    /// A desk whose customer has one as an older version wrote it, at the end of the log of their first case.
    private func desk() throws -> (desk: ErasableDesk, entry: Int64) {
        let desk = try ErasableDesk()
        let caseID = try desk.cases[0].record.id
        var entry: Int64 = 0
        try desk.desk.raw().write { db in
            let last = try #require(try Row.fetchOne(db, sql: "SELECT * FROM case_log ORDER BY id DESC LIMIT 1"))
            let seq = try Int64.fetchOne(
                db, sql: "SELECT max(seq) + 1 FROM case_log WHERE case_id = ?", arguments: [caseID])
            let actor = try #require(try Row.fetchOne(db, sql: "SELECT id, spelling FROM name WHERE role = 'actor'"))
            let now = Instant(milliseconds: try Int64.fetchOne(db, sql: "SELECT stamp FROM clock") ?? 0)
            entry = last["id"] as Int64 + 1
            let salt = [UInt8](repeating: 7, count: LogChain.saltSize)
            var buffer: [UInt8] = []
            let digest = LogChain.digest(
                salt: salt, actor: actor["spelling"], texts: [], complaint: nil, in: &buffer)
            let link = LogChain.Link(
                id: entry, subject: .case(caseID), seq: seq ?? 0, kind: LogKind.lesson.rawValue, promiseID: nil,
                tokenID: nil,
                at: now, recordedAt: now, imported: false)
            let hash = LogChain.hash(
                after: [UInt8](last["hash"] as Data), link, facts: Array(Self.facts.utf8), digest: digest, in: &buffer)
            try db.execute(
                sql: """
                    INSERT INTO case_log (id, case_id, seq, kind, actor_id, at, recorded_at, imported, facts, salt, digest, hash)
                    VALUES (?, ?, ?, 'lesson', ?, ?, ?, 0, ?, ?, ?, ?)
                    """,
                arguments: [
                    entry, caseID, seq, actor["id"] as Int64, now.milliseconds, now.milliseconds, Self.facts,
                    Data(salt),
                    Data(digest), Data(hash),
                ])
            try db.execute(
                sql: "UPDATE complaint_case SET version = version + 1, updated_at = ? WHERE id = ?",
                arguments: [now.milliseconds, caseID])
        }
        return (desk, entry)
    }

    @Test("loses them as any other, and the chain stays whole: for earlier heads, and after further changes")
    func erased() throws {
        let (desk, entry) = try desk()
        let head = try #require(try desk.desk.reader.verify().head)
        #expect(head.id == entry)
        #expect(try desk.desk.reader.verify().findings == [])
        try desk.erase()
        try desk.purge()
        #expect(try ErasableDesk.traces(in: desk.desk.store.path) == 0)
        try desk.desk.open()
        #expect(try desk.desk.reader.verify(head: head.hash).findings == [])
        let facts = try desk.desk.raw().read {
            try String.fetchOne($0, sql: "SELECT facts FROM case_log WHERE id = \(entry)")
        }
        #expect(facts == #"[["cause","[erased]"],["process","[erased]"]]"#)
        let request = try #require(CauseReportRequest(from: .earliest, to: .latest, groupBy: .cause))
        let report = try desk.desk.reader.read { try $0.causeReport(request) }
        #expect(report.groups.map(\.key) == ["[erased]"] && report.total.lessons == 3, "counts stay")
    }

    /// What somebody could change who can write to the file.
    static let changes = [
        "UPDATE case_log SET facts = '[[\"cause\",\"Nothing\"],[\"process\",\"[erased]\"]]' WHERE id = :entry",
        "UPDATE case_log SET facts = '[[\"cause\",\"[erased]\"]]' WHERE id = :entry",
        "UPDATE case_log SET at = at - 1 WHERE id = :entry",
        "UPDATE case_log SET hash = zeroblob(32) WHERE id = :entry",
        "UPDATE case_log SET salt = zeroblob(16) WHERE id = :entry",
        "UPDATE case_log SET hash = zeroblob(32) WHERE id = :entry - 1",
        "UPDATE case_log SET facts = replace(facts, 'sealed', 'sealer') WHERE id > :entry",
    ]

    @Test("is held by the entry that tells of the erasure: whatever is changed of it is found", arguments: changes)
    func changed(sql: String) throws {
        let (desk, entry) = try desk()
        try desk.erase()
        try desk.desk.raw().write { db in
            try db.execute(sql: "DROP TRIGGER case_log_stays_as_it_is")
            try db.execute(sql: sql.replacing(":entry", with: "\(entry)"))
        }
        #expect(try desk.desk.reader.verify().findings.map(\.check).contains("log_chain"))
    }

    @Test("is held with all that comes before, also by who writes the entry before it anew, with its hash")
    func before() throws {
        let (desk, entry) = try desk()
        try desk.erase()
        try desk.desk.raw().write { db in
            try db.execute(sql: "DROP TRIGGER case_log_stays_as_it_is")
            let rows = try Row.fetchAll(
                db, sql: "SELECT * FROM case_log WHERE id IN (\(entry - 1), \(entry - 2)) ORDER BY id")
            let row = rows[1]
            let link = LogChain.Link(
                id: row["id"], subject: .case(row["case_id"]), seq: row["seq"], kind: row["kind"],
                promiseID: row["promise_id"],
                tokenID: row["token_id"], at: Instant(milliseconds: (row["at"] as Int64) - 1),
                recordedAt: Instant(milliseconds: row["recorded_at"]), imported: row["imported"])
            var buffer: [UInt8] = []
            let hash = LogChain.hash(
                after: [UInt8](rows[0]["hash"] as Data), link, facts: Array((row["facts"] as String).utf8),
                digest: [UInt8](row["digest"] as Data), in: &buffer)
            try db.execute(
                sql: "UPDATE case_log SET at = at - 1, hash = ? WHERE id = ?", arguments: [Data(hash), entry - 1])
        }
        #expect(try desk.desk.reader.verify().findings.map(\.check).contains("log_chain"))
    }
}
