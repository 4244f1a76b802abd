import Complaints
import Foundation
import GRDB
import Testing

@testable import CaseStore

@Suite("Tokens")
struct TokenTests {
    private func make(_ desk: Desk, _ secret: TokenSecret, expiresAt: Instant? = nil) throws -> Token {
        try desk.store.write { try $0.createToken(name: "board", role: .agent, secret: secret, expiresAt: expiresAt) }
    }

    @Test("no two secrets are the same, and each carries 256 bits")
    func secrets() {
        let secrets = (0..<1000).map { _ in TokenSecret() }
        #expect(Set(secrets).count == 1000)
        for secret in secrets {
            // 43 characters of base64 hold 256 bits.
            #expect(secret.text.hasPrefix("ck_") && secret.text.utf8.count == 46)
            #expect(TokenSecret(secret.text) == secret)
        }
    }

    @Test(
        "what can't be a secret is none",
        arguments: [
            "", "ck_", "ck_short", String(repeating: "a", count: 46), "ck_" + String(repeating: "é", count: 43),
            "ck_" + String(repeating: "a", count: 300),
        ])
    func noSecret(text: String) {
        #expect(TokenSecret(text) == nil)
    }

    @Test("a token is found by its secret alone, and the secret is nowhere in the files")
    func stored() throws {
        let desk = try Desk()
        let secret = TokenSecret()
        #expect(try desk.reader.read { try $0.hasTokens() } == false)
        let token = try make(desk, secret)
        try desk.reader.read { transaction throws in
            #expect(try transaction.hasTokens())
            #expect(try transaction.token(secret) == token)
            #expect(try transaction.token(TokenSecret()) == nil)
            #expect(try transaction.tokens() == [token])
        }
        for ending in ["", "-wal"] {
            let bytes = try Data(contentsOf: URL(filePath: desk.store.path + ending))
            #expect(bytes.range(of: Data(secret.text.utf8.dropFirst(3))) == nil)
        }
        #expect(throws: StoreError.self, "a secret is one token's") { try make(desk, secret) }
    }

    @Test("it lets nobody in once it is expired or revoked")
    func validity() throws {
        let desk = try Desk()
        let end = TestClock.start + .days(1)
        let token = try make(desk, TokenSecret(), expiresAt: end)
        #expect(token.isValid(at: Instant(milliseconds: end.milliseconds - 1)))
        #expect(!token.isValid(at: end))
        let revoked = try #require(try desk.store.write { try $0.revokeToken(token.id) })
        #expect(!revoked.isValid(at: TestClock.start))
        #expect(try desk.store.write { try $0.revokeToken(token.id) } == revoked, "revoked is revoked")
        #expect(try desk.store.write { try $0.revokeToken(99) } == nil)
    }
}
