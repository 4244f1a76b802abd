import TestSupport
import Testing

@Suite("The request parser, on the inputs that fuzzing started from and found")
struct CorpusTests {
    @Test("every claim holds for every input")
    func holds() throws {
        let inputs = try CorpusInput.all(beside: #filePath)
        #expect(!inputs.isEmpty)
        for input in inputs { #expect(ParserCheck.violations(input.bytes) == [], "\(input.name)") }
    }

    @Test("and for every beginning of a few")
    func holdsForBeginnings() throws {
        for input in try CorpusInput.all(beside: #filePath).prefix(8) {
            for length in 0..<min(input.bytes.count, 400) {
                let bytes = Array(input.bytes[..<length])
                #expect(ParserCheck.violations(bytes) == [], "\(input.name), \(length) bytes of it")
            }
        }
    }
}
