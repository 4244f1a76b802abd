import Complaints
import Testing

@testable import CaseStore

@Suite("The hash chain")
struct LogChainTests {
    /// Worked out by hand, with another SHA-256: what is on record must be found right by every version to come.
    @Test("covers the same bytes in every version")
    func bytes() {
        var buffer: [UInt8] = [1, 2, 3]
        let digest = LogChain.digest(
            salt: Array(0..<16), actor: "Anna", texts: Array(#"[["what","Zoë calls"]]"#.utf8), complaint: "It drips.",
            in: &buffer)
        #expect(digest.hex == "5d47f9bfa7c0a3da3316abbf2fdfc8d3438a7dedc55e9fe44658d53eb4c5085f")
        let link = LogChain.Link(
            id: 5, caseID: 3, seq: 1, kind: "case_opened", promiseID: nil, tokenID: 7,
            at: Instant(milliseconds: 1_772_355_600_000), recordedAt: Instant(milliseconds: 1_772_355_600_123),
            imported: true)
        let hash = LogChain.hash(
            after: [UInt8](repeating: 9, count: 32), link, facts: Array(#"[["channel","phone"]]"#.utf8), digest: digest,
            in: &buffer)
        #expect(hash.hex == "1838906e723aee620b54efa1657911ca3898e557459a2adf6e8d085594e883cb")
    }

    @Test("has a salt of its own for every entry")
    func salts() {
        let salts = (0..<100).map { _ in LogChain.makeSalt() }
        #expect(salts.allSatisfy { $0.count == LogChain.saltSize })
        #expect(Set(salts).count == 100)
    }
}
