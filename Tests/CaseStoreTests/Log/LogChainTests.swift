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
            id: 5, subject: .case(3), seq: 1, kind: "case_opened", promiseID: nil, tokenID: 7,
            at: Instant(milliseconds: 1_772_355_600_000), recordedAt: Instant(milliseconds: 1_772_355_600_123),
            imported: true)
        let hash = LogChain.hash(
            after: [UInt8](repeating: 9, count: 32), link, facts: Array(#"[["channel","phone"]]"#.utf8), digest: digest,
            in: &buffer)
        #expect(hash.hex == "1838906e723aee620b54efa1657911ca3898e557459a2adf6e8d085594e883cb")
    }

    @Test("covers what else than a case an entry is about, and its row, in the same bytes in every version")
    func row() {
        var buffer: [UInt8] = []
        let salt = [UInt8](0..<16)
        let rowDigest = LogChain.digest(ofRow: Array("name text 5A\n".utf8), salt: salt)
        #expect(rowDigest.hex == "640a56689b3d099d1e139f2d765ed3ecd4bef2b8ca940380e027081bf2b3d810")
        let digest = LogChain.digest(
            salt: salt, actor: "Anna", texts: Array(#"[["what","Zoë calls"]]"#.utf8), complaint: "It drips.",
            in: &buffer)
        func hash(_ subject: LogSubject) -> [UInt8] {
            let link = LogChain.Link(
                id: 5, subject: subject, seq: 1, kind: "policy_updated", promiseID: nil, tokenID: 7,
                at: Instant(milliseconds: 1_772_355_600_000), recordedAt: Instant(milliseconds: 1_772_355_600_123),
                imported: false, rowDigest: rowDigest)
            return LogChain.hash(
                after: [UInt8](repeating: 9, count: 32), link, facts: Array(#"[["severity","high"]]"#.utf8),
                digest: digest, in: &buffer)
        }
        #expect(hash(.policy(3)).hex == "37b46705639dbd6ac3693cf4e8da93fcea108a6d873f47b3516f205c3d95ee2d")
        #expect(hash(.policy(3)) != hash(.policy(1)) && hash(.policy(3)) != hash(.token(3)))
    }

    @Test("covers a customer who came with a case in the same bytes, whatever the order of their fields")
    func customer() {
        var buffer: [UInt8] = []
        let texts = [(name: "name", text: "Zoë"), (name: "email", text: "z@example.com")]
        for texts in [texts, texts.reversed()] {
            let customer = LogChain.newCustomer(texts, recordedAt: Instant(milliseconds: 1_772_355_600_120))
            let digest = LogChain.digest(
                salt: Array(0..<16), actor: "Anna", texts: Array(#"[["what","Zoë calls"]]"#.utf8),
                complaint: "It drips.", customer: customer, in: &buffer)
            #expect(digest.hex == "85786669ec0693e230566a0be97b73401d3bedc15ef9c19c952dc144ac0a35d9")
        }
    }

    @Test("has a salt of its own for every entry")
    func salts() {
        let salts = (0..<100).map { _ in LogChain.makeSalt() }
        #expect(salts.allSatisfy { $0.count == LogChain.saltSize })
        #expect(Set(salts).count == 100)
    }
}
