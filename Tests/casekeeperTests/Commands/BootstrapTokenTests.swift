import CaseStore
import Complaints
import Foundation
import Testing

@testable import casekeeper

@Suite("The bootstrap token")
struct BootstrapTokenTests {
    let folder = try! TemporaryFolder()

    private func makeStore() throws -> CaseStore { try CaseStore(path: folder.path("x.db")) }

    @Test("is written into a file that only its owner reads, and let in as admin", arguments: [nil, "", " \n"])
    func written(content: String?) throws {
        if let content { try folder.write(content, to: "token") }
        let store = try makeStore()
        try BootstrapToken(path: folder.path("token"), database: folder.path("x.db")).install(in: store)
        let text = try folder.read("token").trimmingCharacters(in: .newlines)
        let secret = try #require(TokenSecret(text))
        let token = try #require(try store.makeReader().read { try $0.token(secret) })
        #expect(token.role == .admin)
        #expect(token.expiresAt == nil)
        let attributes = try FileManager.default.attributesOfItem(atPath: folder.path("token"))
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test("is taken from the file when it holds one")
    func taken() throws {
        let secret = TokenSecret()
        try folder.write(secret.text + "\n", to: "token")
        let store = try makeStore()
        try BootstrapToken(path: folder.path("token"), database: folder.path("x.db")).install(in: store)
        #expect(try store.makeReader().read { try $0.token(secret) }?.role == .admin)
    }

    @Test("is not made when there is a token, even one that was revoked")
    func notTheFirst() throws {
        let store = try makeStore()
        _ = try store.write { transaction in
            let token = try transaction.createToken(
                name: "x", role: .reader, secret: TokenSecret(), expiresAt: nil)
            return try transaction.revokeToken(token.id)
        }
        try BootstrapToken(path: folder.path("token"), database: folder.path("x.db")).install(in: store)
        #expect(!folder.has("token"))
        #expect(try store.makeReader().read { try $0.tokens() }.count == 1)
    }

    @Test("that makes none is told of, unless it is good for what it is there for")
    func notes() throws {
        let store = try makeStore()
        let bootstrap = BootstrapToken(path: folder.path("token"), database: folder.path("x.db"))
        #expect(try bootstrap.install(in: store) == .written)
        #expect(try bootstrap.install(in: store) == nil, "its own token is valid")
        let other = try store.write {
            try $0.createToken(name: "Ann", role: .admin, secret: TokenSecret(), expiresAt: nil)
        }
        _ = try store.write { try $0.revokeToken(1) }
        #expect(try bootstrap.install(in: store) == .other)
        for content in ["", "nonsense", TokenSecret().text] {
            try folder.write(content, to: "token")
            #expect(try bootstrap.install(in: store) == .other)
        }
        _ = try store.write { try $0.createToken(name: "Bo", role: .agent, secret: TokenSecret(), expiresAt: nil) }
        _ = try store.write { try $0.revokeToken(other.id) }
        #expect(try bootstrap.install(in: store) == .noAdmin)
    }

    @Test("is told of once in the log of the service, by its file and never by the secret")
    func told() throws {
        let server = try RunningServer(["--bootstrap-token-file", "token"], in: folder)
        let log = server.process.errors
        let lines = log.split(separator: "\n").filter { $0.contains("written into the bootstrap token file") }
        #expect(lines.count == 1 && lines[0].contains(folder.path("token")), "\(log)")
        let secret = try folder.read("token").trimmingCharacters(in: .newlines)
        #expect(secret.hasPrefix("ck_") && !log.contains("ck_"))
    }

    @Test("beside revoked tokens alone is told of in the log of the service, with what would help")
    func revoked() throws {
        _ = try Binary.run(["token", "create", "Ann", "--role", "admin"], in: folder)
        _ = try Binary.run(["token", "revoke", "1"], in: folder)
        let server = try RunningServer(["--bootstrap-token-file", "token"], in: folder)
        let log = server.process.errors
        #expect(log.contains("the bootstrap token file is not used"))
        #expect(log.contains("token create NAME --role admin --database \(folder.path("casekeeper.db"))"))
        #expect(!folder.has("token"))
    }

    @Test(
        "is refused when it could be guessed",
        arguments: [
            "secret", "ck_short", "ck_" + String(repeating: "a", count: 43), "ck_" + String(repeating: "ab", count: 30),
        ])
    func weak(text: String) throws {
        try folder.write(text, to: "token")
        let store = try makeStore()
        let failure = #expect(throws: CommandFailure.self) {
            try BootstrapToken(path: folder.path("token"), database: folder.path("x.db")).install(
                in: store)
        }
        #expect(failure?.status == .configuration)
        #expect(try store.makeReader().read { try $0.tokens() }.isEmpty)
    }

    @Test("that can't be written is refused, and no token made")
    func unwritable() throws {
        let store = try makeStore()
        #expect(throws: CommandFailure.self) {
            try BootstrapToken(path: folder.path("no/such/folder/token"), database: folder.path("x.db"))
                .install(in: store)
        }
        #expect(try store.makeReader().read { try $0.tokens() }.isEmpty)
    }

    @Test("is private before the secret is in it: nobody has the file open from before")
    func isPrivate() throws {
        try folder.write("", to: "token")
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o644], ofItemAtPath: folder.path("token"))
        let early = try FileHandle(forReadingFrom: folder.url.appending(path: "token"))
        try BootstrapToken(path: folder.path("token"), database: folder.path("x.db")).install(
            in: makeStore())
        #expect(try folder.read("token").hasPrefix("ck_"))
        #expect(try early.readToEnd()?.isEmpty ?? true)
    }

    @Test("is taken through a symbolic link, as secrets are mounted, and not written through one")
    func link() throws {
        let secret = TokenSecret()
        try folder.write(secret.text, to: "real")
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("token"), withDestinationPath: "real")
        let store = try makeStore()
        let token = BootstrapToken(path: folder.path("token"), database: folder.path("x.db"))
        try folder.write("", to: "real")
        #expect(throws: CommandFailure.self) { try token.check() }
        #expect(throws: CommandFailure.self) { try token.install(in: store) }
        #expect(try folder.read("real").isEmpty)
        try folder.write(secret.text, to: "real")
        try token.install(in: store)
        #expect(try store.makeReader().read { try $0.token(secret) }?.role == .admin)
    }
}
