import Hashing
import Testing

@Suite("Hashes are those of the standards")
struct HashingTests {
    /// FIPS 180-4's examples, and the empty message.
    @Test(
        "SHA-256 of published messages",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
            (
                String(repeating: "a", count: 1_000_000),
                "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
            ),
        ])
    func published(message: String, expected: String) {
        #expect(hexadecimal(SHA256.hash(Array(message.utf8))) == expected)
        #expect(hexadecimal(SHA256.hash(message.utf8.lazy.map { $0 })) == expected)
    }

    @Test("hashes made at the same time do not mix")
    func parallel() async {
        await withTaskGroup(of: Bool.self) { group in
            for task in 0..<8 {
                let message = [UInt8](repeating: UInt8(task), count: 1000 + task)
                let expected = SHA256.hash(message)
                group.addTask { (0..<2000).allSatisfy { _ in SHA256.hash(message) == expected } }
            }
            for await isSame in group { #expect(isSame) }
        }
    }

    /// RFC 4231 section 4.4 and 4.7, whose keys are padded or hashed down.
    @Test(
        "HMAC-SHA-256 of published messages",
        arguments: [
            (
                [UInt8](repeating: 0xAA, count: 131), "Test Using Larger Than Block-Size Key - Hash Key First",
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
            ),
            (
                [UInt8](repeating: 0xAA, count: 131),
                "This is a test using a larger than block-size key and a larger than block-size data. "
                    + "The key needs to be hashed before being used by the HMAC algorithm.",
                "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"
            ),
        ])
    func codes(key: [UInt8], message: String, expected: String) {
        let hmac = HMACSHA256(key: key)
        let code = hmac.code(of: Array(message.utf8))
        #expect(hexadecimal(code) == expected)
        #expect(hmac.isCode(code, of: Array(message.utf8)))
        #expect(hmac.isCode(Array(code.prefix(16)), of: Array(message.utf8)))
        #expect(!hmac.isCode(code, of: Array((message + ".").utf8)))
        for index in code.indices {
            var other = code
            other[index] ^= 1
            #expect(!hmac.isCode(other, of: Array(message.utf8)))
        }
    }

    private func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }
}
