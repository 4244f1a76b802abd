import TestSupport
import Testing

@Suite("The reader of a zone's file, on the inputs that fuzzing started from and found")
struct CorpusTests {
    @Test("every claim holds for every input, and for every beginning of it")
    func holds() throws {
        let inputs = try CorpusInput.all(beside: #filePath)
        #expect(!inputs.isEmpty)
        for input in inputs {
            for bytes in input.beginnings {
                #expect(TZifCheck.violations(bytes) == [], "\(input.name), \(bytes.count) bytes of it")
            }
        }
    }
}
