import CaseAPI
import Foundation
import Testing

@testable import casekeeper

@Suite("A CSV file is read in constant memory")
struct CSVReaderTests {
    @Test("records that lie across the pieces a file is read in are whole")
    func pieces() throws {
        let folder = try TemporaryFolder()
        let rows = (0..<3000).map {
            ["\($0)", "line one\r\nline two, \"\($0)\"", String(repeating: "é", count: $0 % 97)]
        }
        let path = try folder.write(rows.flatMap { Self.line($0) }, to: "rows.csv")
        var reader = try CSVReader(path: path)
        var read: [[String]] = []
        while let record = try reader.next() { read.append(record.fields) }
        #expect(read == rows)
        let more = try reader.next()
        #expect(more == nil)
    }

    @Test("a file that is not there is refused")
    func missing() {
        #expect(throws: FileError(.open, "/nowhere/at/all.csv", reason: "No such file or directory")) {
            _ = try CSVReader(path: "/nowhere/at/all.csv")
        }
    }

    @Test("a folder is refused")
    func folder() throws {
        let folder = try TemporaryFolder()
        #expect(throws: FileError(.open, folder.url.path, reason: "it is no regular file")) {
            _ = try CSVReader(path: folder.url.path)
        }
    }

    @Test(
        "what is written is read back", arguments: ["", " ", "a", ",", "\"", "\"\"", "\r", "\n", "a\r\nb", "é,\"漢\""])
    func roundTrip(text: String) throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(Self.line(["x", text, text]), to: "row.csv")
        var reader = try CSVReader(path: path)
        #expect(try reader.next()?.fields == ["x", text, text])
    }

    private static func line(_ fields: [String]) -> [UInt8] {
        var writer = CSVWriter()
        for field in fields { writer.plainField(field) }
        writer.endRecord()
        return writer.bytes
    }
}
