import Foundation
import Logging
import TestSupport
import Testing

@testable import casekeeper

@Suite("Lines for systemd's journal", .serialized)
struct JournalStreamTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// What the binary writes into a file, which it is told to be the journal's stream where it is.
    private func said(_ words: String, isJournal: Bool) throws -> [Substring] {
        let stream = isJournal ? "$(stat -c %d:%i said)" : "1:1"
        let result = try RunningProcess(
            path: "/bin/sh",
            ["-c", ": > said; JOURNAL_STREAM=\(stream) CASEKEEPER_CONFIG=/dev/null \(Binary.path) \(words) 2> said"],
            environment: ["PATH": "/usr/bin:/bin"], in: folder
        ).wait()
        #expect(result.exitCode != 0)
        return try String(contentsOfFile: folder.path("said"), encoding: .utf8).split(separator: "\n")
    }

    @Test(
        "have their priority before them where the stream is the journal's, and nowhere else, whoever writes them",
        arguments: [
            "serve --no-create --listen 127.0.0.1:0", "serve --listn 1", "verify --database none.db",
            "backup x.db --database none.db", "doctor --backup-age soon",
        ])
    func marked(_ words: String) throws {
        let journal = try said(words, isJournal: true)
        #expect(!journal.isEmpty && journal.allSatisfy { $0.hasPrefix("<") }, "\(journal)")
        #expect(journal.contains { $0.hasPrefix("<3>") }, "\(journal)")
        let other = try said(words, isJournal: false)
        #expect(other.count == journal.count && other.allSatisfy { !$0.hasPrefix("<") }, "\(other)")
    }

    @Test("have that of syslog for each level, each line of a text by itself")
    func levels() {
        let priorities = Logger.Level.allCases.map { JournalStream.marking("a\n\nb\n", $0) }
        #expect(priorities == [7, 7, 6, 5, 4, 3, 2].map { "<\($0)>a\n\n<\($0)>b\n" })
    }
}
