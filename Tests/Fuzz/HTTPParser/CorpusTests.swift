import Foundation
import Testing

@Suite("The request parser, on the inputs that fuzzing started from and found")
struct CorpusTests {
    /// Beside this file, so that `make fuzz` and this read and write the same folder.
    static let corpus = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Corpus")

    @Test("every claim holds for every input")
    func holds() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.corpus.path)
        #expect(!names.isEmpty)
        for name in names {
            let bytes = try Data(contentsOf: Self.corpus.appending(path: name))
            #expect(ParserCheck.violations(Array(bytes)) == [], "\(name)")
        }
    }

    @Test("and for every beginning of a few")
    func holdsForBeginnings() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.corpus.path).sorted().prefix(8)
        for name in names {
            let bytes = Array(try Data(contentsOf: Self.corpus.appending(path: name)).prefix(400))
            for length in 0..<bytes.count {
                #expect(ParserCheck.violations(Array(bytes[..<length])) == [], "\(name), \(length) bytes of it")
            }
        }
    }
}
