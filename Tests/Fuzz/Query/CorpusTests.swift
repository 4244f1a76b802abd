import Foundation
import Testing

@Suite("Query strings, cursors and searches, on the inputs that fuzzing started from and found")
struct CorpusTests {
    /// Beside this file, so that `make fuzz` and this read and write the same folder.
    static let corpus = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Corpus")

    @Test("every claim holds for every input, and for every beginning of it")
    func holds() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.corpus.path)
        #expect(!names.isEmpty)
        for name in names {
            let bytes = Array(try Data(contentsOf: Self.corpus.appending(path: name)))
            for length in bytes.count > 200 ? [bytes.count] : Array(0...bytes.count) {
                #expect(QueryCheck.violations(Array(bytes[..<length])) == [], "\(name), \(length) bytes of it")
            }
        }
    }
}
